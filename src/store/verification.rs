//! Says whether the history is what was written: its chain, its seals, and what was signed.

use super::chain::{Broken, COLUMNS, Head, Verified, line};
use super::db::Db;
use super::{Store, seals};
use crate::domain::Fault;
use crate::proof::{Digest, Interval, PublicKey, Seal, SignedHead, Tree, leaf, link};
use std::collections::VecDeque;
use std::sync::Arc;

/// What somebody has written down elsewhere.
#[derive(Clone, Debug)]
pub enum Noted {
    /// The last line, and its link.
    Line(Head),
    /// A signed head.
    Signed(Box<SignedHead>),
}

impl Store {
    /// Reads the whole history, and says where it is not what was written. `noted` is what somebody has kept elsewhere: without that, a
    /// history that was cut off at its end, or written anew by somebody who has the keys, looks whole.
    pub async fn verify_history(&self, noted: Option<Noted>) -> Result<Verified, Fault> {
        let safe = Arc::clone(&self.safe);
        // Without keys, signatures are judged by nobody; the rest is.
        let key = self.read(move |db| Ok(safe.signing(db).ok().map(|key| PublicKey(key.public())))).await?;
        self.read(move |db| verify(db, key, noted.as_ref())).await
    }
}

/// A seal as it lies in the store, and what it says if it can be read.
struct Held {
    number: i64,
    last: i64,
    text: String,
    head: String,
}

struct Walk {
    number: i64,
    lines: i64,
    link: Digest,
    broken: Option<Broken>,
    seals: VecDeque<Held>,
    interval: Interval,
    tree: Tree,
    key: Option<PublicKey>,
    sealed: i64,
}

pub(super) fn verify(db: &Db<'_>, key: Option<PublicKey>, noted: Option<&Noted>) -> Result<Verified, Fault> {
    let held = db.all("SELECT number, last, text, head FROM seal ORDER BY number", &[], |row| {
        Ok(Held { number: row.get(0)?, last: row.get(1)?, text: row.get(2)?, head: row.get(3)? })
    })?;
    let newest = seals::newest_head(db).ok().flatten();
    let mut walk = Walk {
        number: 0,
        lines: 0,
        link: Digest::ZERO,
        broken: None,
        seals: held.into(),
        interval: Interval::after(None),
        tree: Tree::default(),
        key,
        sealed: 0,
    };
    let noted_line = match noted {
        Some(Noted::Line(head)) => Some(*head),
        Some(Noted::Signed(_)) | None => None,
    };
    db.each(&format!("SELECT {COLUMNS} FROM history h ORDER BY h.id"), &[], |row| {
        let (line, held) = line(row)?;
        walk.line(line.number, leaf(line.text()?.as_bytes()), held.map(|held| Digest(held.0)));
        if noted_line.is_some_and(|noted| noted.number == walk.number && noted.link.0 != walk.link.0) {
            walk.blame(Broken::Rewritten(walk.number));
        }
        Ok(())
    })?;
    if let Some(seal) = walk.seals.front() {
        let broken = Broken::CutOff(seal.last);
        walk.blame(broken);
    }
    if let Some(noted) = noted_line.filter(|noted| noted.number > walk.number) {
        walk.blame(Broken::CutOff(noted.number));
    }
    if let Some(Noted::Signed(noted)) = noted {
        walk.compare(noted);
    }
    let head = (walk.number > 0).then(|| Head::of(walk.number, walk.link.0));
    Ok(Verified {
        lines: walk.lines,
        head,
        sealed: walk.sealed,
        key: key.map(|key| key.to_string()),
        signed: newest.map(|head| head.note().to_owned()),
        broken: walk.broken,
    })
}

impl Walk {
    fn blame(&mut self, broken: Broken) {
        self.broken = self.broken.or(Some(broken));
    }

    fn line(&mut self, number: i64, leaf: Digest, held: Option<Digest>) {
        self.lines += 1;
        self.number += 1;
        if number != self.number {
            self.blame(Broken::Missing(number));
            self.number = number;
        }
        let follows = link(self.link, leaf);
        // A line of an older release has no link; the next one that has one covers it.
        if held.is_some_and(|held| held != follows) {
            self.blame(Broken::Changed(number));
        }
        self.link = held.unwrap_or(follows);
        self.interval.add(leaf);
        if self.seals.front().is_some_and(|seal| seal.last == self.number) {
            self.close();
        }
    }

    /// The last line of a seal was read: the seal must be over what was read, and its head over the seals so far.
    fn close(&mut self) {
        let Some(Held { number, text, head, .. }) = self.seals.pop_front() else { return };
        let seal = Seal::parse(&text).ok();
        let made = seal.as_ref().and_then(|seal| self.interval.seal(crate::domain::Timestamp::from_millis(seal.at)));
        if seal.is_none() || seal != made || seal.as_ref().is_some_and(|seal| seal.number as i64 != number) {
            self.blame(Broken::Seal(number));
        }
        self.tree.add(leaf(text.as_bytes()));
        let signed = head.parse::<SignedHead>().ok();
        let is_right = signed.is_some_and(|signed| {
            let head = signed.head();
            let is_ours = self.key.is_none_or(|key| signed.is_signed_by(&key));
            head.size == self.tree.size() && self.tree.root(head.size) == Some(head.root) && is_ours
        });
        if !is_right {
            self.blame(Broken::Signature(number));
        }
        self.sealed += 1;
        self.interval = Interval::after(seal.as_ref());
    }

    /// A signed head that somebody kept must be of these seals.
    fn compare(&mut self, noted: &SignedHead) {
        let head = noted.head();
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        if self.key.is_some_and(|key| !noted.is_signed_by(&key)) {
            self.blame(Broken::Foreign);
        } else if head.size > self.tree.size() {
            self.blame(Broken::SealsCutOff(size));
        } else if self.tree.root(head.size) != Some(head.root) {
            self.blame(Broken::SealsRewritten(size));
        }
    }
}
