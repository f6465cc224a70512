//! Reading a body within bounds of size, time and memory. It knows no message.

use super::InOptions;
use super::problem::{Problem, ProblemKind};
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// Memory for bodies, shared by all requests. It is handed out, never waited for: who waits holds memory too.
pub struct Room(Arc<Semaphore>);

/// A whole body, and the room it takes until it is dropped.
pub struct Held {
    /// The bytes.
    pub bytes: Bytes,
    _room: OwnedSemaphorePermit,
}

const ROOM_UNIT_BYTES: usize = 1024;

impl Room {
    /// Room for so many bytes, and at least for one message of the largest size.
    pub fn new(options: &InOptions) -> Self {
        let bytes = options.bytes_at_once.max(options.max_message_bytes);
        Self(Arc::new(Semaphore::new(bytes.div_ceil(ROOM_UNIT_BYTES).min(Semaphore::MAX_PERMITS))))
    }

    /// Makes sure that `taken` is enough for `bytes`.
    fn take(&self, taken: &mut OwnedSemaphorePermit, bytes: usize) -> Result<(), Problem> {
        let missing = bytes.div_ceil(ROOM_UNIT_BYTES).saturating_sub(taken.num_permits());
        let missing = u32::try_from(missing).unwrap_or(u32::MAX);
        let more = self.0.clone().try_acquire_many_owned(missing).map_err(|_| Problem::new(ProblemKind::TooBusy))?;
        taken.merge(more);
        Ok(())
    }
}

/// Reads a body to its end. `announced` is what Content-Length says; room for it is taken at once.
pub async fn read(body: &mut Body, announced: Option<usize>, options: &InOptions, room: &Room) -> Result<Held, Problem> {
    if announced.is_some_and(|bytes| bytes > options.max_message_bytes) {
        return Err(too_large(options));
    }
    let mut taken = room.0.clone().try_acquire_many_owned(0).map_err(|_| Problem::new(ProblemKind::TooBusy))?;
    room.take(&mut taken, announced.unwrap_or(0))?;
    let started = Instant::now();
    let mut content = Content::default();
    loop {
        let deadline = started + time_allowed(content.len(), options);
        let frame = timeout_at(deadline, body.frame()).await.map_err(|_| Problem::new(ProblemKind::MessageTooSlow))?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| Problem::new(ProblemKind::MessageCutShort))?;
        let Ok(data) = frame.into_data() else { continue };
        let length = content.len() + data.len();
        if length > options.max_message_bytes {
            return Err(too_large(options));
        }
        room.take(&mut taken, length)?;
        content.push(data, announced);
    }
    Ok(Held { bytes: content.whole(), _room: taken })
}

fn too_large(options: &InOptions) -> Problem {
    Problem::new(ProblemKind::MessageTooLarge)
        .detail(format!("This gateway takes at most {} bytes.", options.max_message_bytes))
}

/// How long a body may have taken when so much of it is here. One byte now and then does not keep a connection open.
fn time_allowed(received: usize, options: &InOptions) -> Duration {
    let for_speed = Duration::from_secs_f64(received as f64 / f64::from(options.body_bytes_per_second.max(1)));
    (options.body_grace + for_speed).min(options.body_total)
}

/// Most messages come in one piece, which then need not be copied.
#[derive(Default)]
struct Content {
    first: Bytes,
    all: BytesMut,
}

impl Content {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, data: Bytes, announced: Option<usize>) {
        if self.len() == 0 {
            self.first = data;
            return;
        }
        if self.all.is_empty() {
            self.all.reserve(announced.unwrap_or(0).max(self.first.len() + data.len()));
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&data);
    }

    fn whole(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}

/// Reads on for a while and throws it away: a peer that is still writing when we close sees a broken connection, not our answer.
pub async fn drain(body: &mut Body, options: &InOptions) {
    let reading = async {
        let mut left = options.drain_bytes;
        while let Some(Ok(frame)) = body.frame().await {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            if bytes > left {
                break;
            }
            left -= bytes;
        }
    };
    // When the time is up, so is our patience.
    let _ = timeout(options.drain_time, reading).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> InOptions {
        InOptions { max_message_bytes: 4096, bytes_at_once: 8192, ..InOptions::default() }
    }

    async fn kind(body: &'static [u8], announced: Option<usize>, room: &Room) -> Result<Held, ProblemKind> {
        read(&mut Body::from(body), announced, &options(), room).await.map_err(|problem| problem.kind)
    }

    #[tokio::test]
    async fn a_body_of_the_largest_size_is_read_and_one_byte_more_is_not() {
        let room = Room::new(&options());
        for announced in [None, Some(4096)] {
            assert_eq!(kind(&[b'x'; 4096], announced, &room).await.ok().map(|held| held.bytes.len()), Some(4096));
        }
        assert_eq!(kind(&[b'x'; 4097], None, &room).await.err(), Some(ProblemKind::MessageTooLarge));
        assert_eq!(kind(b"", Some(4097), &room).await.err(), Some(ProblemKind::MessageTooLarge), "before any of it is read");
    }

    #[tokio::test]
    async fn when_the_room_is_full_the_next_is_told_to_come_again_until_one_is_done() {
        let room = Room::new(&options());
        let (first, second) = (kind(&[b'x'; 4096], None, &room).await, kind(&[b'x'; 4096], None, &room).await);
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(kind(b"x", None, &room).await.err(), Some(ProblemKind::TooBusy));
        drop(first);
        assert!(kind(b"x", None, &room).await.is_ok());
    }

    #[test]
    fn the_time_allowed_grows_with_what_has_come_up_to_the_total() {
        let options = InOptions {
            body_grace: Duration::from_secs(10),
            body_bytes_per_second: 1000,
            body_total: Duration::from_secs(60),
            ..InOptions::default()
        };
        let seconds = |received| time_allowed(received, &options).as_secs();
        assert_eq!([seconds(0), seconds(5_000), seconds(1_000_000)], [10, 15, 60]);
    }
}
