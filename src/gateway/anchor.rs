//! Puts each signed head of the history down where others keep it, and tries again where that failed.

use super::Gateway;
use crate::anchors::Anchor;
use crate::domain::{Fault, Timestamp};
use crate::transports::Stop;
use std::sync::Arc;
use std::time::Duration;
use tracing::{error, info};

/// How often is looked for a new head; `log seal` makes one, too.
const LOOK: Duration = Duration::from_secs(5);
/// After a failure it waits for so long, and twice as long after each further one …
const WAIT: Duration = Duration::from_secs(60);
/// … but never longer than this.
const WAIT_MAX: Duration = Duration::from_secs(3600);

/// A place, and how far it is.
struct Place {
    anchor: Arc<dyn Anchor>,
    /// How many seals the last head had that it took; none since the start.
    seals: u64,
    failures: u32,
    not_before: Timestamp,
}

/// Until it is wished to stop. A place that does not answer is nobody's business but its own: the next head has all that this one
/// has in it.
pub(super) async fn anchor_until(gateway: Arc<Gateway>, mut stop: Stop) {
    let mut places: Vec<_> = gateway.setup.anchors.iter().map(Place::new).collect();
    if places.is_empty() {
        return stop.wished().await;
    }
    let mut every = tokio::time::interval(LOOK);
    loop {
        // Nobody waits for a place that does not answer: after the next start the head goes there once more.
        let next = async {
            every.tick().await;
            anchor(&gateway, &mut places).await
        };
        let anchored = tokio::select! {
            () = stop.wished() => return,
            anchored = next => anchored,
        };
        if let Err(fault) = anchored {
            error!(fault = fault.inner(), "the newest head could not be read; it will be tried again");
        }
    }
}

async fn anchor(gateway: &Gateway, places: &mut [Place]) -> Result<(), Fault> {
    let Some(head) = gateway.store.newest_head().await? else { return Ok(()) };
    for place in places {
        place.take(head.head().size, head.note(), gateway.clock.now()).await;
    }
    Ok(())
}

impl Place {
    fn new(anchor: &Arc<dyn Anchor>) -> Self {
        Self { anchor: Arc::clone(anchor), seals: 0, failures: 0, not_before: Timestamp::from_millis(0) }
    }

    /// Takes the head over so many seals, unless it has it, or has to wait.
    async fn take(&mut self, seals: u64, note: &str, now: Timestamp) {
        if self.seals >= seals || now < self.not_before {
            return;
        }
        let name = self.anchor.name();
        match self.anchor.put_down(note).await {
            Ok(()) => {
                (self.seals, self.failures) = (seals, 0);
                info!(place = name, seals, "a signed head of the history is put down");
            }
            Err(fault) => {
                self.not_before = now.plus(WAIT_MAX.min(WAIT * 2u32.saturating_pow(self.failures)));
                self.failures = self.failures.saturating_add(1);
                let again = self.not_before.to_string();
                error!(place = name, seals, fault = fault.inner(), again, "a signed head could not be put down");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transports::BoxFuture;
    use std::sync::Mutex;

    /// Refuses so many times, and keeps what it takes after that.
    #[derive(Default)]
    struct Witness {
        refusals: Mutex<u32>,
        asked: Mutex<u32>,
        kept: Mutex<Vec<String>>,
    }

    impl Anchor for Witness {
        fn name(&self) -> String {
            "witness".into()
        }

        fn put_down<'a>(&'a self, note: &'a str) -> BoxFuture<'a, Result<(), Fault>> {
            *self.asked.lock().expect("no panic") += 1;
            let mut refusals = self.refusals.lock().expect("no panic");
            let answer = match refusals.checked_sub(1) {
                Some(left) => {
                    *refusals = left;
                    Err(Fault::passing("not now"))
                }
                None => {
                    self.kept.lock().expect("no panic").push(note.to_owned());
                    Ok(())
                }
            };
            Box::pin(std::future::ready(answer))
        }
    }

    #[tokio::test]
    async fn a_place_that_refuses_is_asked_ever_less_often_and_gets_the_newest_head_once() {
        let witness = Arc::new(Witness { refusals: Mutex::new(10), ..Witness::default() });
        let mut place = Place::new(&(Arc::clone(&witness) as Arc<dyn Anchor>));
        let second = |number: u64| Timestamp::from_millis(0).plus(Duration::from_secs(number));
        for number in 0..86_400 {
            // A head for each hour.
            let seals = number / 3600 + 1;
            place.take(seals, &seals.to_string(), second(number)).await;
        }
        // After 0, 1, 3, 7, 15, 31 and 63 minutes, then each hour: ten refusals end at 4 h 3 min.
        let kept: Vec<_> = witness.kept.lock().expect("no panic").clone();
        let expected: Vec<_> = (6..=24).map(|seals: u64| seals.to_string()).collect();
        assert_eq!(kept, expected);
        assert_eq!(*witness.asked.lock().expect("no panic"), 10 + 19);
    }
}
