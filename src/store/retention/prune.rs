//! Removes all that is past its time, a step at a time. Killed anywhere in between, doing it again goes on where it was.

use super::content::{self, Because};
use super::metadata::{self, Behind};
use crate::domain::{Actor, Class, Fault, FirstKept, Month, Timestamp};
use crate::store::Store;

/// What is to be removed, and how.
pub struct Removing<'r> {
    /// What is older than these goes.
    pub first_kept: FirstKept,
    /// Who wants it; `None`: the gateway, because its configuration says so.
    pub who: Option<Actor>,
    /// Why.
    pub reason: String,
    /// Asked before each step: whether to go on.
    pub go_on: &'r (dyn Fn() -> bool + Send + Sync),
}

impl Removing<'_> {
    fn because(&self) -> Because {
        Because { who: self.who.clone(), reason: self.reason.clone() }
    }
}

/// What was removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pruned {
    /// Of which class.
    pub class: Class,
    /// Of which month; of lines of the history, all together.
    pub month: Option<Month>,
    /// How many messages; of the history: lines.
    pub count: i64,
}

impl Store {
    /// Removes what is past its time, and what was left over of an earlier try. What is held or still needed stays.
    pub async fn prune(&self, removing: &Removing<'_>, now: Timestamp) -> Result<Vec<Pruned>, Fault> {
        let mut pruned = Vec::new();
        self.clear_away().await?;
        // Nothing of a month that is not over goes, whatever was asked.
        let first_kept = |class| removing.first_kept.of(class).map(|month| month.min(Month::of(now)));
        if let Some(first) = first_kept(Class::Content) {
            pruned.extend(self.prune_content(first, removing, now).await?);
        }
        if let Some(first) = first_kept(Class::Metadata) {
            pruned.extend(self.prune_metadata(first, removing, now).await?);
        }
        if let Some(first) = first_kept(Class::History) {
            let mut count = 0;
            while (removing.go_on)() {
                let (removed, more) = self.remove_some_lines(first, removing.because(), now).await?;
                count += removed;
                if !more {
                    break;
                }
            }
            pruned.extend((count > 0).then_some(Pruned { class: Class::History, month: None, count }));
        }
        self.give_space_back().await?;
        Ok(pruned)
    }

    async fn prune_content(&self, first: Month, removing: &Removing<'_>, now: Timestamp) -> Result<Vec<Pruned>, Fault> {
        let mut pruned = Vec::new();
        for row in self.read(move |db| content::months_before(db, first.start())).await? {
            if row.held > 0 || row.under_way > 0 || !(removing.go_on)() {
                continue;
            }
            let removed = self.shred(row.month, removing.because(), now).await?;
            pruned.push(Pruned { class: Class::Content, month: Some(row.month), count: removed.messages });
            self.clear_away().await?;
        }
        Ok(pruned)
    }

    async fn prune_metadata(&self, first: Month, removing: &Removing<'_>, now: Timestamp) -> Result<Vec<Pruned>, Fault> {
        let mut pruned = Vec::new();
        for month in self.read(move |db| metadata::months_before(db, first)).await? {
            let (mut behind, mut count) = (Some(Behind::nothing(month)), 0);
            while let Some(from) = behind.filter(|_| (removing.go_on)()) {
                let (removed, next) = self.remove_some_messages(month, from, removing.because(), now).await?;
                (behind, count) = (next, count + removed);
            }
            pruned.extend((count > 0).then_some(Pruned { class: Class::Metadata, month: Some(month), count }));
        }
        Ok(pruned)
    }
}
