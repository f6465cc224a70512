//! What can happen to a server while somebody works with it.

use super::postgres::{Postgres, outside};
use bindeledd::domain::{Fault, FaultKind};
use std::time::{Duration, Instant};

/// What is done to it, and undone.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Trouble {
    /// It dies.
    Killed,
    /// Others have all its places.
    Full,
    /// It refuses writes, as one does whose disk is full.
    MustNotBeWrittenTo,
}

/// Every kind.
pub const TROUBLES: [Trouble; 3] = [Trouble::Killed, Trouble::Full, Trouble::MustNotBeWrittenTo];
/// Connections that such a server takes.
pub const FEW_PLACES: &str = "max_connections=10";
/// When nobody gives a place back for so long, all are taken.
const NO_MORE: Duration = Duration::from_millis(300);

/// Places that somebody else has.
#[derive(Default)]
pub struct Taken(Vec<::postgres::Client>);

impl Drop for Taken {
    fn drop(&mut self) {
        outside(|| self.0.clear());
    }
}

impl Trouble {
    /// It begins.
    pub fn begin(self, server: &Postgres, database: &str) -> Taken {
        match self {
            Self::Killed => server.kill(),
            Self::MustNotBeWrittenTo => {
                server.run("postgres", &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"));
                server.disconnect_all(database);
            }
            Self::Full => return take_all_places(server, database, Taken::default()),
        }
        Taken::default()
    }

    /// It is over.
    pub fn end(self, server: &Postgres, database: &str, taken: Taken) {
        drop(taken);
        match self {
            Self::Killed => server.start_again(),
            Self::MustNotBeWrittenTo => {
                server.run("postgres", &format!("ALTER DATABASE {database} RESET default_transaction_read_only"));
                server.disconnect_all(database);
            }
            Self::Full => {}
        }
    }

    /// Fails where a fault is not what the trouble is called.
    pub fn must_be_told_by(self, fault: &Fault, when: &str) {
        let kinds: &[FaultKind] = match self {
            Self::Killed | Self::Full => &[FaultKind::Passing],
            Self::MustNotBeWrittenTo => &[FaultKind::StorageFull, FaultKind::Passing],
        };
        assert!(kinds.contains(&fault.kind()), "{self:?} {when}: {:?} {}", fault.kind(), fault.inner());
    }
}

/// Ends the connections of a database, and takes every place that the server has, besides those that are taken.
pub fn take_all_places(server: &Postgres, database: &str, taken: Taken) -> Taken {
    outside(move || {
        let mut taken = taken;
        match taken.0.first_mut() {
            None => server.disconnect_all(database),
            Some(one) => {
                let sql = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
                one.batch_execute(&sql).expect("good SQL");
            }
        }
        let mut last = Instant::now();
        while last.elapsed() < NO_MORE {
            if let Ok(one) = server.try_connect("postgres") {
                taken.0.push(one);
                last = Instant::now();
            }
        }
        assert!(taken.0.len() >= 5, "only {} connections", taken.0.len());
        taken
    })
}
