//! The demo from its first line to its last.

use super::board::Board;
use super::closing::{self, LOG};
use super::folder::Folder;
use super::letters::Letters;
use super::script::TRY_ME;
use super::story::Story;
use super::teller::Teller;
use super::town::Town;
use crate::domain::{Chance, Clock, Fault};
use crate::gateway::{MachineChance, MachineClock};
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What can be chosen.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// End after the play instead of staying up.
    pub once: bool,
    /// The folder to use and to keep; otherwise one that is gone afterwards.
    pub keep: Option<PathBuf>,
}

/// How the demo ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// Everything as the script says.
    Good,
    /// Something came to another end.
    Surprised,
}

/// Plays to the standard output until it is over, or until Ctrl-C. The gateway's log goes into the demo's folder, unless the
/// process writes a log already.
pub async fn run(options: Options) -> Result<Ended, Fault> {
    let mut out = std::io::stdout();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colours = out.is_terminal() && !plain;
    let folder = Folder::make(options.keep.as_deref(), &MachineChance::default())?;
    log_to(&folder)?;
    play_in(&folder, options.once, &mut out, colours, asked_to_leave()).await
}

/// Plays to a writer, until it is over, or until `leave` comes to its end.
pub async fn play(options: &Options, out: &mut (dyn Write + Send), leave: impl Future<Output = ()>) -> Result<Ended, Fault> {
    let folder = Folder::make(options.keep.as_deref(), &MachineChance::default())?;
    play_in(&folder, options.once, out, false, leave).await
}

async fn play_in(
    folder: &Folder,
    once: bool,
    out: &mut (dyn Write + Send),
    colours: bool,
    leave: impl Future<Output = ()>,
) -> Result<Ended, Fault> {
    let clock: Arc<dyn Clock> = Arc::new(MachineClock);
    let chance: Arc<dyn Chance> = Arc::new(MachineChance::default());
    let mut town = Town::start(folder.path(), &clock, &chance).await?;
    let mut teller = Teller::new(out, colours, clock.clone());
    closing::open(&mut teller, folder, town.gateway(), town.addresses());
    let mut play = Play { folder, once, teller: &mut teller, town: &mut town, clock, chance, ended: Ended::Good };
    let performed = tokio::select! {
        performed = play.perform() => performed,
        () = leave => Ok(()),
    };
    let ended = play.ended;
    // Also after a fault: nothing is left running.
    let stopped = town.stop().await;
    closing::close(&mut teller, folder);
    performed.and(stopped).map(|()| ended)
}

struct Play<'p, 'o> {
    folder: &'p Folder,
    once: bool,
    teller: &'p mut Teller<'o>,
    town: &'p mut Town,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    ended: Ended,
}

impl Play<'_, '_> {
    async fn perform(&mut self) -> Result<(), Fault> {
        let board = Story::new(self.teller, self.town, self.letters()).perform().await?;
        board.show(self.teller);
        closing::sum_up(self.teller, &board);
        if board.surprises() > 0 {
            self.ended = Ended::Surprised;
        }
        if self.once || !self.teller.is_heard() { Ok(()) } else { self.stay(&board).await }
    }

    async fn stay(&mut self, board: &Board) -> Result<(), Fault> {
        closing::lay_out(self.folder, &self.letters().write(TRY_ME)?)?;
        let tracking = board.0.last().map_or("", |row| row.tracking.as_str());
        closing::look_around(self.teller, self.folder, self.town.gateway(), tracking);
        Story::new(self.teller, self.town, self.letters()).go_on().await;
        Ok(())
    }

    fn letters(&self) -> Letters {
        Letters::new(self.clock.clone(), self.chance.clone())
    }
}

/// The gateway's log would disturb the play; it goes into a file.
fn log_to(folder: &Folder) -> Result<(), Fault> {
    let file = File::create(folder.path().join(LOG)).map_err(|error| Fault::lasting(format!("no log: {error}")))?;
    let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::INFO).with_writer(Mutex::new(file));
    // Whoever has begun a log of this process already keeps it.
    let _ = log.try_init();
    Ok(())
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
