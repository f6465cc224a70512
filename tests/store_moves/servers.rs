//! What can happen to the server while a store moves there.

use super::postgres::{self, Postgres, outside};
use super::source::Source;
use super::trouble::{FEW_PLACES, TROUBLES, Taken, Trouble};
use bindeledd::domain::{Actor, Fault};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Home, Move, MoveEnded, Server, Step};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A name, and which step it is.
type Phase = (&'static str, fn(&Step) -> bool);

/// When it is done: behind the first step that is so.
const PHASES: [Phase; 4] = [
    ("begun", |step| matches!(step, Step::Begun { .. })),
    ("copying", |step| matches!(step, Step::Copied { table, .. } if table == "history")),
    ("comparing", |step| matches!(step, Step::Compared { .. })),
    ("marked", |step| matches!(step, Step::Marked)),
];

fn moves(source: &Source, server: &Arc<Server>, told: &mut dyn FnMut(Step)) -> Result<MoveEnded, Fault> {
    let who = Actor::account("drift", None);
    Move::new(&source.options, server, &who).run(&MachineClock, &mut |step| {
        told(step);
        Ok(())
    })
}

/// A move on which the trouble comes behind the step that is meant.
fn in_trouble(
    server: &Postgres,
    source: &Source,
    (there, database): (&Arc<Server>, &str),
    trouble: Trouble,
    is_it: fn(&Step) -> bool,
) -> (Result<MoveEnded, Fault>, Taken) {
    let start = Instant::now();
    loop {
        let (mut came, mut taken) = (false, Taken::default());
        let ended = moves(source, there, &mut |step| {
            if is_it(&step) && !came {
                came = true;
                taken = outside(|| trouble.begin(server, database));
            }
        });
        if came {
            return (ended, taken);
        }
        // The places of the others become free when the server has noticed that they are gone.
        assert!(start.elapsed() < PATIENCE, "{trouble:?}: the step never came: {:?}", ended.err());
    }
}

#[test]
fn a_server_that_dies_is_full_or_must_not_be_written_to_in_any_phase_loses_nothing_of_a_move() {
    if postgres::is_missing() {
        return;
    }
    let server = Postgres::start(&[FEW_PLACES, "recovery_init_sync_method=syncfs"]);
    for trouble in TROUBLES {
        let source = Source::fill(240);
        let database = server.fresh_database();
        let Home::Postgres(there) = server.home(&database) else { unreachable!("a server is elsewhere") };
        for (phase, is_it) in PHASES {
            let (ended, taken) = in_trouble(&server, &source, (&there, &database), trouble, is_it);
            let fault = ended.err().unwrap_or_else(|| panic!("{trouble:?} while {phase}: it is moved all the same"));
            trouble.must_be_told_by(&fault, &format!("while {phase}"));
            trouble.end(&server, &database, taken);
        }
        let ended = moves(&source, &there, &mut |_| {}).unwrap_or_else(|fault| panic!("{trouble:?}: {}", fault.inner()));
        assert!(matches!(ended, MoveEnded::Moved { .. }), "{ended:?}");
        let again = moves(&source, &there, &mut |step| panic!("{step:?}, and all was done"));
        assert!(matches!(again, Ok(MoveEnded::Before { .. })));
    }
}
