//! Both ends of each transport, as the conformance suite sees them: an inbox that can be told what to say, a peer that brings
//! bytes and sees what becomes of them, a receiver that can be told to fail.

pub mod book;
pub mod directory;
pub mod fhir;
pub mod http;
pub mod loopback;

use bindeledd::transports::{BoxFuture, Outbound, Stopper};
use book::Book;
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Nothing here takes seconds; what takes this long hangs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What a peer sees of the answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Saw {
    Receipt {
        tracking: String,
        repeated: Option<bool>,
    },
    /// With everything that the peer is told.
    TurnedAway {
        told: String,
    },
    TooLarge {
        told: String,
    },
    /// The peer still has its message and was not told that anything is wrong with it.
    NotYet,
}

/// A peer's end of a way in, and what keeps our end running.
pub trait WayIn: Send + Sync {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw>;
    fn running(&self) -> &Running;
}

/// Our end of a way in.
pub struct Running {
    stopper: Stopper,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Running {
    pub fn new(stopper: Stopper, task: JoinHandle<()>) -> Self {
        Self { stopper, task: Mutex::new(Some(task)) }
    }

    pub fn tell_to_stop(&self) {
        self.stopper.stop();
    }

    pub fn has_ended(&self) -> bool {
        self.task.lock().unwrap().as_ref().is_none_or(JoinHandle::is_finished)
    }

    pub async fn ended(&self) {
        let task = self.task.lock().unwrap().take();
        if let Some(task) = task {
            tokio::time::timeout(PATIENCE, task).await.expect("it stops in time").expect("it ends well");
        }
    }
}

/// A kind of failure that a receiver can be brought to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failing {
    Temporary,
    Permanent,
    Unknown,
}

/// A receiver at the far end of a way out.
pub trait WayOut: Send + Sync {
    fn outbound(&self) -> &dyn Outbound;
    /// What has arrived, in no certain order.
    fn got(&self) -> Vec<Bytes>;
    /// Makes the next attempt fail so; false if this transport cannot fail so in a test.
    fn fail(&self, how: Failing) -> bool;
    /// Everything works again.
    fn mend(&self);
}

/// One transport with both its ends.
pub struct Transport {
    pub name: &'static str,
    /// Opens a way in with the given inbox and largest size in bytes.
    pub open_in: fn(Arc<Book>, usize) -> BoxFuture<'static, Arc<dyn WayIn>>,
    pub open_out: fn() -> BoxFuture<'static, Arc<dyn WayOut>>,
}

/// The list: a new transport gets its line here.
pub const ALL: [Transport; 4] = [
    Transport { name: bindeledd::transports::LOOPBACK, open_in: loopback::open_in, open_out: loopback::open_out },
    Transport { name: bindeledd::transports::DIRECTORY, open_in: directory::open_in, open_out: directory::open_out },
    Transport { name: bindeledd::transports::HTTP, open_in: http::open_in, open_out: http::open_out },
    Transport { name: bindeledd::transports::FHIR, open_in: fhir::open_in, open_out: fhir::open_out },
];
