//! `serve`: runs the gateway until it is told to stop.

use super::files;
use super::logging;
use super::report::{Answer, Report};
use crate::config::Installation;
use crate::domain::Fault;
use crate::gateway::{MachineChance, MachineClock};
use crate::service::Service;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Builder;
use tracing::{error, info, warn};

/// Threads that may wait for files and for the reading of large messages.
const BLOCKING_THREADS: usize = 64;

/// Runs the gateway. What it has to say it says in the log; a report is made when it cannot start.
pub(super) fn serve(folder: &Path) -> Result<Answer, Box<Report>> {
    let installation = files::installation(folder)?;
    logging::start(&installation.log).map_err(|why| Box::new(Report::trouble(why)))?;
    logging::log_panics();
    let runtime =
        Builder::new_multi_thread().enable_all().thread_name("gateway").max_blocking_threads(BLOCKING_THREADS).build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return Err(Box::new(Report::trouble(format!("no threads to work with: {error}")))),
    };
    let answer = runtime.block_on(until_stopped(&installation));
    // Whatever still hangs in a dead share must not hold up the end; what it came to counts as unknown at the next start.
    runtime.shutdown_background();
    answer.map_err(|fault| {
        error!(fault = fault.inner(), "the gateway could not start");
        Box::new(cannot_start(&fault))
    })
}

fn cannot_start(fault: &Fault) -> Report {
    let Report { text, .. } = Report::fault(fault);
    let text = format!("The gateway could not start. {text}");
    Report { answer: Answer::Fault, json: json!({ "good": false, "trouble": text }), text }
}

async fn until_stopped(installation: &Installation) -> Result<Answer, Fault> {
    let mut signals = Signals::new()?;
    let start = Service::start(installation, Arc::new(MachineClock), Arc::new(MachineChance::default()));
    let mut service = tokio::select! {
        started = start => started?,
        signal = signals.next() => {
            info!(signal, "stopped before it had started");
            return Ok(Answer::Good);
        }
    };
    let signal = tokio::select! {
        signal = signals.next() => signal,
        fault = service.broke_down() => {
            error!(fault = fault.inner(), "ended, so that it can be started anew; nothing that was taken in is lost");
            return Ok(Answer::Fault);
        }
    };
    info!(signal, "stopping: what is under way comes to its end; a second signal ends it at once");
    tokio::select! {
        drained = service.stop() => Ok(Answer::of(drained)),
        signal = signals.next() => {
            warn!(signal, "ended at once; what was under way counts as unknown and is tried again after the next start");
            Ok(Answer::No)
        }
    }
}

/// The signals that stop a service: SIGTERM from whatever runs it, SIGINT from a terminal.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> Result<Self, Fault> {
        use tokio::signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).map_err(|error| Fault::lasting(format!("signals cannot be heard: {error}")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn new() -> Result<Self, Fault> {
        Ok(Self {})
    }

    async fn next(&mut self) -> &'static str {
        // Without Ctrl-C there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        "Ctrl-C"
    }
}
