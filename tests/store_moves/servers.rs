//! What can happen to the server while a store moves there.

use super::postgres::{self, Postgres, outside};
use super::source::Source;
use bindeledd::domain::{Actor, Fault, FaultKind};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Home, Move, MoveEnded, Server, Step};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is done to the server in the middle of a move, and what undoes it.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Trouble {
    Killed,
    Full,
    MustNotBeWrittenTo,
}

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

fn begin(server: &Postgres, database: &str, trouble: Trouble) -> Vec<::postgres::Client> {
    let mut taken = Vec::new();
    match trouble {
        Trouble::Killed => server.kill(),
        Trouble::MustNotBeWrittenTo => {
            server.run("postgres", &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"));
            server.disconnect_all(database);
        }
        Trouble::Full => {
            // The places that the move had are taken as soon as they are free.
            server.disconnect_all(database);
            let mut last = Instant::now();
            while last.elapsed() < Duration::from_millis(300) {
                if let Ok(one) = server.try_connect("postgres") {
                    taken.push(one);
                    last = Instant::now();
                }
            }
            assert!(taken.len() >= 5, "only {} connections", taken.len());
        }
    }
    taken
}

fn end(server: &Postgres, database: &str, trouble: Trouble) {
    match trouble {
        Trouble::Killed => server.start_again(),
        Trouble::MustNotBeWrittenTo => {
            server.run("postgres", &format!("ALTER DATABASE {database} RESET default_transaction_read_only"));
        }
        Trouble::Full => {}
    }
}

/// A move on which the trouble comes behind the step that is meant.
fn in_trouble(
    server: &Postgres,
    source: &Source,
    (there, database): (&Arc<Server>, &str),
    trouble: Trouble,
    is_it: fn(&Step) -> bool,
) -> (Result<MoveEnded, Fault>, Vec<::postgres::Client>) {
    let start = Instant::now();
    loop {
        let (mut came, mut taken) = (false, Vec::new());
        let ended = moves(source, there, &mut |step| {
            if is_it(&step) && !came {
                came = true;
                taken = outside(|| begin(server, database, trouble));
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
    let server = Postgres::start(&["max_connections=10", "recovery_init_sync_method=syncfs"]);
    for trouble in [Trouble::Killed, Trouble::Full, Trouble::MustNotBeWrittenTo] {
        let source = Source::fill(240);
        let database = server.fresh_database();
        let Home::Postgres(there) = server.home(&database) else { unreachable!("a server is elsewhere") };
        for (phase, is_it) in PHASES {
            let (ended, taken) = in_trouble(&server, &source, (&there, &database), trouble, is_it);
            let fault = ended.err().unwrap_or_else(|| panic!("{trouble:?} while {phase}: it is moved all the same"));
            let kinds: &[FaultKind] = match trouble {
                Trouble::Killed | Trouble::Full => &[FaultKind::Passing],
                Trouble::MustNotBeWrittenTo => &[FaultKind::StorageFull, FaultKind::Passing],
            };
            assert!(kinds.contains(&fault.kind()), "{trouble:?} while {phase}: {:?} {}", fault.kind(), fault.inner());
            outside(|| drop(taken));
            end(&server, &database, trouble);
        }
        let ended = moves(&source, &there, &mut |_| {}).unwrap_or_else(|fault| panic!("{trouble:?}: {}", fault.inner()));
        assert!(matches!(ended, MoveEnded::Moved { .. }), "{ended:?}");
        let again = moves(&source, &there, &mut |step| panic!("{step:?}, and all was done"));
        assert!(matches!(again, Ok(MoveEnded::Before { .. })));
    }
}
