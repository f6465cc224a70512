//! Tells the play: one line for each thing that happens, when it happens, to one writer.

use crate::domain::{Clock, Timestamp};
use std::io::Write;
use std::sync::Arc;

/// The colours, as SGR parameters of a terminal.
#[derive(Clone, Copy)]
pub enum Colour {
    Plain,
    Bold,
    Dim,
    Green,
    Yellow,
    Red,
}

impl Colour {
    fn code(self) -> Option<u8> {
        match self {
            Self::Plain => None,
            Self::Bold => Some(1),
            Self::Dim => Some(2),
            Self::Green => Some(32),
            Self::Yellow => Some(33),
            Self::Red => Some(31),
        }
    }
}

/// The gateway among the names.
pub const GATEWAY: &str = "gateway";

/// Writes to whoever watches.
pub struct Teller<'o> {
    out: &'o mut (dyn Write + Send),
    colours: bool,
    clock: Arc<dyn Clock>,
    began: Timestamp,
    heard: bool,
}

impl<'o> Teller<'o> {
    /// The play begins now.
    pub fn new(out: &'o mut (dyn Write + Send), colours: bool, clock: Arc<dyn Clock>) -> Self {
        let began = clock.now();
        Self { out, colours, clock, began, heard: true }
    }

    /// False when whoever watched has gone, as after `| head`. The play goes on without a word.
    pub fn is_heard(&self) -> bool {
        self.heard
    }

    /// One line, or several.
    pub fn say(&mut self, text: &str) {
        if self.heard {
            self.heard = writeln!(self.out, "{text}").and_then(|()| self.out.flush()).is_ok();
        }
    }

    /// A heading with space above it.
    pub fn heading(&mut self, text: &str) {
        let text = self.paint(Colour::Bold, text);
        self.say(&format!("\n{text}\n"));
    }

    /// Something went from one to the other.
    pub fn passed(&mut self, from: &str, to: &str, colour: Colour, what: &str) {
        self.line(&format!("{from:<12} ──▶ {to:<12}"), colour, what);
    }

    /// Something happened at somebody's.
    pub fn happened(&mut self, at: &str, colour: Colour, what: &str) {
        self.line(&format!("{at:<29}"), colour, what);
    }

    fn line(&mut self, who: &str, colour: Colour, what: &str) {
        let seconds = self.clock.now().since(self.began).as_secs_f64();
        let (time, what) = (self.paint(Colour::Dim, &format!("{seconds:>6.2} s")), self.paint(colour, what));
        self.say(&format!("{time}  {who}  {what}"));
    }

    /// The text in this colour, if there are colours.
    pub fn paint(&self, colour: Colour, text: &str) -> String {
        match colour.code().filter(|_| self.colours) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still;

    impl Clock for Still {
        fn now(&self) -> Timestamp {
            Timestamp::from_millis(0)
        }
    }

    /// A pipe whose reader leaves after the first line.
    struct Leaves(Vec<u8>);

    impl Write for Leaves {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.0.contains(&b'\n') { Err(std::io::ErrorKind::BrokenPipe.into()) } else { self.0.write(bytes) }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_leaves_ends_the_telling_and_nothing_else() {
        let mut pipe = Leaves(Vec::new());
        let mut teller = Teller::new(&mut pipe, false, Arc::new(Still));
        teller.passed("Hospital", "gateway", Colour::Green, "x");
        assert!(teller.is_heard());
        teller.say("y");
        teller.say("z");
        assert!(!teller.is_heard());
        assert_eq!(String::from_utf8(pipe.0).unwrap(), "  0.00 s  Hospital     ──▶ gateway       x\n");
    }

    #[test]
    fn there_are_control_characters_only_when_colours_are_wished() {
        for (colours, expected) in [(false, "x\n"), (true, "\u{1b}[32mx\u{1b}[0m\n")] {
            let mut out = Vec::new();
            let mut teller = Teller::new(&mut out, colours, Arc::new(Still));
            let text = teller.paint(Colour::Green, "x");
            teller.say(&text);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
