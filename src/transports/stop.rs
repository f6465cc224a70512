//! The wish to stop, passed to everything that runs.

use tokio::sync::watch;

/// Held by whoever may stop things.
pub struct Stopper(watch::Sender<bool>);

/// Held by whatever runs.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stopper {
    /// A pair: the one who may stop, and the wish as the others see it.
    pub fn new() -> (Self, Stop) {
        let (sender, receiver) = watch::channel(false);
        (Self(sender), Stop(receiver))
    }

    /// Asks everything to stop.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// True once stopping is wished.
    pub fn is_wished(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for the wish. If whoever could wish is gone, that is a wish too.
    pub async fn wished(&mut self) {
        let _ = self.0.wait_for(|wished| *wished).await;
    }
}
