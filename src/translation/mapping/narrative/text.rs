//! Texts as XHTML, and times as Norwegians write them.

/// Escaped, with its line ends; blanks around it are left out.
pub(super) fn escape(value: &str, out: &mut String) {
    let mut rest = trimmed(value);
    loop {
        let (plain, behind) = rest.split_at(plain_len(rest.as_bytes()));
        out.push_str(plain);
        let Some(byte) = behind.bytes().next() else { return };
        out.push_str(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\n' => "<br/>",
            _ => "",
        });
        rest = &behind[1..];
    }
}

/// Without white space around it; most texts have none.
fn trimmed(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) { text } else { text.trim() }
}

/// Whether nothing is to be read in what was written.
pub(super) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// How many bytes at the head stand for themselves.
fn plain_len(bytes: &[u8]) -> usize {
    const LANES: usize = 16;
    let is_special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'\n' | b'\r');
    let (blocks, _) = bytes.as_chunks::<LANES>();
    // Without a way out in the middle, a block is looked at in one go.
    let is_plain = |block: &&[u8; LANES]| !block.iter().fold(false, |any, byte| any | is_special(byte));
    let plain = blocks.iter().take_while(is_plain).count() * LANES;
    plain + bytes[plain..].iter().position(is_special).unwrap_or(bytes.len() - plain)
}

/// Writes what is not empty, with commas between.
pub(super) struct Listed<'o> {
    out: &'o mut String,
    is_first: bool,
}

impl<'o> Listed<'o> {
    pub(super) fn new(out: &'o mut String) -> Self {
        Self { out, is_first: true }
    }

    pub(super) fn add(&mut self, value: impl FnOnce(&mut String)) {
        let before = self.out.len();
        self.out.push_str(if self.is_first { "" } else { ", " });
        let start = self.out.len();
        value(self.out);
        if self.out.len() == start { self.out.truncate(before) } else { self.is_first = false }
    }
}

const MONTHS: [&str; 12] =
    ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];

/// Writes `2026-03-05T14:30:00` as "5. mars 2026 kl. 14.30"; years, months and dates alone as they are. What is written otherwise
/// stays.
pub(super) fn time(written: &str, out: &mut String) {
    let start = out.len();
    if !in_words(written.trim(), out) {
        out.truncate(start);
        escape(written, out);
    }
}

/// Whether it could.
fn in_words(written: &str, out: &mut String) -> bool {
    let (date, clock) = written.split_once('T').map_or((written, None), |(date, clock)| (date, Some(clock)));
    day_in_words(date.get(..10).unwrap_or(date), out) && clock.is_none_or(|clock| clock_in_words(clock, out).is_some())
}

/// A year, a month or a day.
fn day_in_words(date: &str, out: &mut String) -> bool {
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let is_number =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = month.map(|month| month.parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)));
    let day = day.map(|day| if day.len() > 1 { day.strip_prefix('0').unwrap_or(day) } else { day });
    if year.len() != 4 || !is_number(year, 4) || !day.is_none_or(|day| is_number(day, 2)) {
        return false;
    }
    match (month, day) {
        (None, _) => out.push_str(year),
        (Some(None), _) => return false,
        (Some(Some(month)), None) => out.extend([month, " ", year]),
        (Some(Some(month)), Some(day)) => out.extend([day, ". ", month, " ", year]),
    }
    true
}

fn clock_in_words(clock: &str, out: &mut String) -> Option<()> {
    if !clock.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.' | b'+' | b'-' | b'Z')) {
        return None;
    }
    out.extend([" kl. ", clock.get(..2)?, ".", clock.get(3..5)?]);
    // The offset that Norway has at the time says nothing new; another would be misread without it.
    let offset = clock.get(8..).and_then(|rest| rest.find(['Z', '+', '-']).map(|at| &rest[at..])).unwrap_or_default();
    match offset {
        "" | "+01:00" | "+02:00" => {}
        "Z" => out.push_str(" UTC"),
        other => out.extend([" UTC", other]),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_norwegians_do() {
        for (written, read) in [
            ("2026-03-05", "5. mars 2026"),
            ("2026-03-05+01:00", "5. mars 2026"),
            ("2026-12", "desember 2026"),
            ("2026", "2026"),
            ("2026-03-05T14:30:00", "5. mars 2026 kl. 14.30"),
            ("2026-03-05T14:30:00.123+01:00", "5. mars 2026 kl. 14.30"),
            ("2026-03-05T14:30:00Z", "5. mars 2026 kl. 14.30 UTC"),
            ("2026-03-05T14:30:00-05:30", "5. mars 2026 kl. 14.30 UTC-05:30"),
            ("2026-13-05", "2026-13-05"),
            ("i går", "i går"),
            ("2026-03-05T<b>:<i>", "2026-03-05T&lt;b&gt;:&lt;i&gt;"),
            ("-0044-03-15", "-0044-03-15"),
        ] {
            let mut out = String::new();
            time(written, &mut out);
            assert_eq!(out, read);
        }
    }

    #[test]
    fn a_text_is_shown_as_text_whatever_stands_in_it() {
        let mut out = String::new();
        escape(" <script>&amp;\r\nto ", &mut out);
        assert_eq!(out, "&lt;script&gt;&amp;amp;<br/>to");
    }
}
