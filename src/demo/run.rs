//! The demo from its first line to its last.

use super::closing;
use super::folder::Folder;
use super::letters::Letters;
use super::script::{PLAY, Script, TRY_ME};
use super::story::Story;
use super::teller::Teller;
use super::town::Town;
use crate::domain::{Chance, Clock, Fault};
use crate::gateway::{MachineChance, MachineClock};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The pause before each message, for people to follow.
const PAUSE: Duration = Duration::from_millis(500);

/// What can be chosen.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// End after the play instead of staying up.
    pub once: bool,
    /// The folder to use and to keep; otherwise one that is gone afterwards.
    pub keep: Option<PathBuf>,
    /// Without the pauses that let people follow.
    pub fast: bool,
}

/// How the demo ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Everything as the script says.
    Good,
    /// Something came to another end.
    Surprised,
}

/// Plays to the standard output until it is over, or until Ctrl-C.
pub async fn run(options: Options) -> Result<Ended, Fault> {
    let mut out = std::io::stdout();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colours = out.is_terminal() && !plain;
    let folder = Folder::make(options.keep.as_deref(), &MachineChance::default())?;
    Play::of(&PLAY, &options, &folder).show(&mut out, colours, asked_to_leave()).await
}

/// Plays to a writer, until it is over, or until `leave` comes to its end.
pub async fn play(options: &Options, out: &mut (dyn Write + Send), leave: impl Future<Output = ()>) -> Result<Ended, Fault> {
    let folder = Folder::make(options.keep.as_deref(), &MachineChance::default())?;
    Play::of(&PLAY, options, &folder).show(out, false, leave).await
}

/// One performance of a script.
struct Play<'p> {
    folder: &'p Folder,
    script: &'static Script,
    options: &'p Options,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
}

impl<'p> Play<'p> {
    fn of(script: &'static Script, options: &'p Options, folder: &'p Folder) -> Self {
        Self { folder, script, options, clock: Arc::new(MachineClock), chance: Arc::new(MachineChance::default()) }
    }

    async fn show(
        &self,
        out: &mut (dyn Write + Send),
        colours: bool,
        leave: impl Future<Output = ()>,
    ) -> Result<Ended, Fault> {
        let mut town = Town::start(self.folder.path(), &self.clock, &self.chance).await?;
        let mut teller = Teller::new(out, colours, self.clock.clone());
        closing::open(&mut teller, self.folder, town.gateway(), town.addresses());
        let mut ended = Ended::Good;
        let performed = tokio::select! {
            performed = self.perform(&mut teller, &mut town, &mut ended) => performed,
            () = leave => Ok(()),
        };
        // Also after a fault: nothing is left running.
        let stopped = town.stop().await;
        closing::close(&mut teller, self.folder);
        performed.and(stopped).map(|()| ended)
    }

    async fn perform(&self, teller: &mut Teller<'_>, town: &mut Town, ended: &mut Ended) -> Result<(), Fault> {
        let board = Story::new(teller, town, self.letters())
            .perform(self.script, if self.options.fast { Duration::ZERO } else { PAUSE })
            .await?;
        board.show(teller);
        closing::sum_up(teller, &board);
        if board.surprises() > 0 {
            *ended = Ended::Surprised;
        }
        if !self.options.once && teller.is_heard() {
            closing::lay_out(self.folder, &self.letters().write(TRY_ME)?)?;
            let tracking = board.0.last().map_or("", |row| row.tracking.as_str());
            closing::look_around(teller, self.folder, town.gateway(), tracking);
            Story::new(teller, town, self.letters()).go_on().await;
        }
        Ok(())
    }

    fn letters(&self) -> Letters {
        Letters::new(self.clock.clone(), self.chance.clone())
    }
}

/// Ctrl-C, or what a process manager sends.
async fn asked_to_leave() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // It cannot be heard; then only the end of the play ends it.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        let terminate = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { () = ctrl_c => {}, _ = terminate => {} }
    }
    #[cfg(not(unix))]
    ctrl_c.await;
}

#[cfg(test)]
mod tests {
    use super::super::board::{End, Receipt};
    use super::super::script::{Scene, Step};
    use super::*;

    /// What the gateway refuses, in a script that says it is delivered.
    static WRONG: Script = Script { scenes: &[SCENE], patience: Duration::from_millis(100) };
    const SCENE: Scene = Scene { title: "wrong", steps: &STEPS };
    const STEPS: [Step; 1] = [Step {
        letter: include_str!("../../fixtures/msghead/refused/r063_unknown_service.xml"),
        says: "x",
        ends: &[End { at: None, state: "held", receipt: Receipt::None }],
        down: None,
    }];

    #[tokio::test(flavor = "multi_thread")]
    async fn what_does_not_end_as_the_script_says_is_a_surprise() {
        let options = Options { once: true, keep: None, fast: true };
        let folder = Folder::make(None, &MachineChance::default()).unwrap();
        let mut out = Vec::new();
        let ended = Play::of(&WRONG, &options, &folder).show(&mut out, false, std::future::pending()).await;
        assert_eq!(ended.unwrap(), Ended::Surprised);
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("NOT AS IN THE SCRIPT") && text.contains("1 of 1 did not end"), "{text}");
    }
}
