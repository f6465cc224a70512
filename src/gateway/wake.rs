//! Which partners may have something due. Only a hint: whoever misses one finds the work at the next look at the clock.

use crate::domain::{PartnerName, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// Hints for the dispatcher.
#[derive(Default)]
pub struct Wake {
    hints: Mutex<Hints>,
    notify: Notify,
}

#[derive(Default)]
struct Hints {
    now: HashSet<PartnerName>,
    later: HashMap<PartnerName, Timestamp>,
}

impl Wake {
    /// These partners may have something due now.
    pub fn now<'p>(&self, partners: impl IntoIterator<Item = &'p PartnerName>) {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let before = hints.now.len();
        hints.now.extend(partners.into_iter().cloned());
        if hints.now.len() != before {
            self.notify.notify_one();
        }
    }

    /// This partner has something due at a time.
    pub fn at(&self, partner: &PartnerName, at: Timestamp) {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = hints.later.entry(partner.clone()).or_insert(at);
        *entry = at.min(*entry);
    }

    /// Takes the partners that may have something due at `now`.
    pub fn take(&self, now: Timestamp) -> HashSet<PartnerName> {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = std::mem::take(&mut hints.now);
        hints.later.retain(|partner, at| {
            let due = *at <= now;
            if due {
                taken.insert(partner.clone());
            }
            !due
        });
        taken
    }

    /// The next time at which something is known to be due.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.hints.lock().unwrap_or_else(PoisonError::into_inner).later.values().min().copied()
    }

    /// Waits for a hint.
    pub async fn hinted(&self) {
        self.notify.notified().await;
    }
}
