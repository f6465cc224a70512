//! Both ends of each transport, as the conformance suite sees them: an inbox that can be told what to say, a peer that brings
//! bytes and sees what becomes of them, a receiver that can be told to fail.

pub mod book;
pub mod amqp;
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
    /// Whether what it needs besides us is not on this machine.
    pub is_missing: fn() -> bool,
    /// Opens a way in with the given inbox and largest size in bytes.
    pub open_in: OpenIn,
    pub open_out: OpenOut,
}

/// The list: a new transport gets its line here.
pub const ALL: [Transport; 5] = [
    alone(bindeledd::transports::LOOPBACK, loopback::open_in, loopback::open_out),
    alone(bindeledd::transports::DIRECTORY, directory::open_in, directory::open_out),
    alone(bindeledd::transports::HTTP, http::open_in, http::open_out),
    alone(bindeledd::transports::FHIR, fhir::open_in, fhir::open_out),
    Transport {
        name: bindeledd::transports::AMQP,
        is_missing: amqp::rabbitmq::is_missing,
        open_in: amqp::open_in,
        open_out: amqp::open_out,
    },
];

type OpenIn = fn(Arc<Book>, usize) -> BoxFuture<'static, Arc<dyn WayIn>>;
type OpenOut = fn() -> BoxFuture<'static, Arc<dyn WayOut>>;

/// One that needs nothing besides us.
const fn alone(name: &'static str, open_in: OpenIn, open_out: OpenOut) -> Transport {
    Transport { name, is_missing: || false, open_in, open_out }
}
