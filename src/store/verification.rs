//! Says whether the history is what was written: its chain, its seals, and what was signed.

use super::chain::{Broken, COLUMNS, Head, Verified, line};
use super::db::Db;
use super::{Store, removals, seals};
use crate::domain::{Digest, Fault};
use crate::proof::{Gap, Interval, PublicKey, Seal, SignedHead, Tree, leaf, link};
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
        // Of one moment: lines may be removed meanwhile, with a line that says so.
        self.read(move |db| db.at_one_moment(|| verify(db, key, noted.as_ref()))).await
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
    /// Where lines may be missing, because a line says that they were removed.
    gaps: VecDeque<Gap>,
    removed: Vec<(i64, i64)>,
    noted: Option<Head>,
    noted_is_gone: bool,
}

pub(super) fn verify(db: &Db<'_>, key: Option<PublicKey>, noted: Option<&Noted>) -> Result<Verified, Fault> {
    let held = db.all("SELECT number, last, text, head FROM seal ORDER BY number", &[], |row| {
        Ok(Held { number: row.get(0)?, last: row.get(1)?, text: row.get(2)?, head: row.get(3)? })
    })?;
    // Behind a seal that is none, nothing is removed that could be explained.
    let seals: Vec<Seal> = held.iter().map_while(|held| Seal::parse(&held.text).ok()).collect();
    let removal = removals::newest(db, &seals, key.as_ref())?;
    let newest = seals::newest_head(db).ok().flatten();
    let noted_line = match noted {
        Some(Noted::Line(head)) => Some(*head),
        Some(Noted::Signed(_)) | None => None,
    };
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
        gaps: removal.as_ref().map(|removal| removal.gaps.clone().into()).unwrap_or_default(),
        removed: Vec::new(),
        noted: noted_line,
        noted_is_gone: false,
    };
    db.each(&format!("SELECT {COLUMNS} FROM history h ORDER BY h.id"), &[], |row| {
        let (line, held) = line(row)?;
        walk.pass_gaps(line.number);
        walk.line(line.number, leaf(line.text()?.as_bytes()), held);
        walk.compare_line();
        Ok(())
    })?;
    walk.end(noted);
    let head = (walk.number > 0).then_some(Head { number: walk.number, link: walk.link });
    Ok(Verified {
        lines: walk.lines,
        head,
        sealed: walk.sealed,
        key: key.map(|key| key.to_string()),
        signed: newest.map(|head| head.note().to_owned()),
        removed_by: removal.filter(|_| !walk.removed.is_empty()).map(|removal| removal.line as i64),
        removed: walk.removed,
        noted_is_gone: walk.noted_is_gone,
        broken: walk.broken,
    })
}

impl Walk {
    fn blame(&mut self, broken: Broken) {
        self.broken = self.broken.or(Some(broken));
    }

    /// Goes on behind lines that were removed before the one with this number: their seals stand for them.
    fn pass_gaps(&mut self, number: i64) {
        while let Some(gap) = self.gaps.pop_front_if(|gap| gap.lines.0 as i64 <= self.number + 1) {
            let (first, last) = (gap.lines.0 as i64, gap.lines.1 as i64);
            if first != self.number + 1 || last >= number {
                continue;
            }
            while self.seals.front().is_some_and(|seal| seal.last <= last) {
                self.pass_seal();
            }
            self.removed.push((first, last));
        }
    }

    /// A seal whose lines were removed: it has their last link.
    fn pass_seal(&mut self) {
        let Some(held) = self.seals.pop_front() else { return };
        let seal = Seal::parse(&held.text).ok().filter(|seal| seal.number as i64 == held.number);
        let Some(seal) = seal.filter(|seal| seal.last as i64 == held.last) else {
            return self.blame(Broken::Seal(held.number));
        };
        let before = self.number;
        (self.number, self.link) = (seal.last as i64, seal.link);
        self.noted_is_gone |= self.noted.is_some_and(|noted| noted.number > before && noted.number < self.number);
        self.compare_line();
        self.is_signed(&held);
        self.interval = Interval::after(Some(&seal));
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

    /// The last line of a seal was read: the seal must be over what was read.
    fn close(&mut self) {
        let Some(held) = self.seals.pop_front() else { return };
        let seal = Seal::parse(&held.text).ok();
        let made = seal.as_ref().and_then(|seal| self.interval.seal(crate::domain::Timestamp::from_millis(seal.at)));
        if seal.is_none() || seal != made || seal.as_ref().is_some_and(|seal| seal.number as i64 != held.number) {
            self.blame(Broken::Seal(held.number));
        }
        self.is_signed(&held);
        self.interval = Interval::after(seal.as_ref());
    }

    /// The head that was signed with a seal must be over the seals so far.
    fn is_signed(&mut self, held: &Held) {
        self.tree.add(leaf(held.text.as_bytes()));
        let signed = held.head.parse::<SignedHead>().ok();
        let is_right = signed.is_some_and(|signed| {
            let head = signed.head();
            let is_ours = self.key.is_none_or(|key| signed.is_signed_by(&key));
            head.size == self.tree.size() && self.tree.root(head.size) == Some(head.root) && is_ours
        });
        if !is_right {
            self.blame(Broken::Signature(held.number));
        }
        self.sealed += 1;
    }

    /// The line of a head that somebody kept must have the link that it had.
    fn compare_line(&mut self) {
        if self.noted.is_some_and(|noted| noted.number == self.number && noted.link != self.link) {
            self.blame(Broken::Rewritten(self.number));
        }
    }

    fn end(&mut self, noted: Option<&Noted>) {
        if let Some(seal) = self.seals.front() {
            let broken = Broken::CutOff(seal.last);
            self.blame(broken);
        }
        if let Some(noted) = self.noted.filter(|noted| noted.number > self.number) {
            self.blame(Broken::CutOff(noted.number));
        }
        if let Some(Noted::Signed(noted)) = noted {
            self.compare(noted);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{MessageId, Timestamp};
    use crate::pipeline::What;
    use crate::store::db::{Connection, values};
    use crate::store::history::Happened;
    use crate::store::migrate::{MIGRATIONS, migrate};

    const LINES: i64 = 12;
    /// Migrations before the one that brought links.
    const BEFORE_LINKS: usize = 5;
    const FREE: &str = "DROP TRIGGER history_is_not_changed; DROP TRIGGER history_is_not_removed;";
    const FREE_ON_SERVER: &str =
        "DROP TRIGGER history_is_not_changed ON history; DROP TRIGGER history_is_not_removed ON history;";

    /// A history of some lines, of which as many as told are from before there were links.
    fn history_of(without_links: usize) -> Connection {
        let connection = Connection::of_test();
        let db = connection.db();
        let before = if without_links > 0 { BEFORE_LINKS } else { MIGRATIONS.len() };
        migrate(&db, &MIGRATIONS[..before], Timestamp::from_millis(0)).expect("migrates");
        let message = "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state)
                       VALUES ('AAAAA-BBBB', 1, 'a', 'http', 2, 'held')";
        db.execute(message, &[]).expect("a message");
        for at in 0..without_links {
            let old = "INSERT INTO history (id, message_id, at, what, why) VALUES (?1 + 1, 1, ?1, 'received', 'long ago')";
            db.execute(old, values![at as i64]).expect("an old line");
        }
        migrate(&db, MIGRATIONS, Timestamp::from_millis(0)).expect("migrates");
        for at in without_links as i64..LINES {
            let (at, why) = (Timestamp::from_millis(at), format!("reason {at}"));
            Happened::to(MessageId(1), at, What::Routed, &why).add(&db).expect("a line");
        }
        db.batch(db.of_home(FREE, FREE_ON_SERVER)).expect("whoever can write the file can do this");
        connection
    }

    fn verify(db: &Db<'_>, noted: Option<Head>) -> Result<Verified, Fault> {
        super::verify(db, None, noted.map(Noted::Line).as_ref())
    }

    fn broken_by(connection: &Connection, deed: &str) -> Option<Broken> {
        connection.db().batch(deed).expect("the deed is done");
        verify(&connection.db(), None).expect("it is read").broken
    }

    #[test]
    fn a_history_that_nobody_touched_is_whole_and_has_a_head_that_holds() {
        for without_links in [0, 1, 5] {
            let connection = history_of(without_links);
            let verified = verify(&connection.db(), None).expect("it is read");
            assert_eq!((verified.lines, verified.broken), (LINES, None));
            let head = verified.head.expect("a head");
            assert_eq!(head.to_string().parse(), Ok(head));
            Happened::to(MessageId(1), Timestamp::from_millis(99), What::Held, "later")
                .add(&connection.db())
                .expect("a line");
            assert_eq!(
                verify(&connection.db(), Some(head)).expect("it is read").broken,
                None,
                "a head holds when more has come"
            );
        }
        let connection = Connection::of_test();
        migrate(&connection.db(), MIGRATIONS, Timestamp::from_millis(0)).expect("migrates");
        assert_eq!(verify(&connection.db(), None).expect("it is read").head, None);
    }

    #[test]
    fn every_change_of_a_line_is_found_at_that_line() {
        for number in 1..=LINES {
            for change in [
                "message_id = 2",
                "delivery_id = 1",
                "at = at + 1",
                "what = 'held'",
                "why = why || '.'",
                "link = zeroblob(32)",
            ] {
                let connection = history_of(0);
                let empty = connection.db().of_home("zeroblob(32)", "decode(repeat('00', 32), 'hex')");
                let change = change.replace("zeroblob(32)", empty);
                let deed = format!("UPDATE history SET {change} WHERE id = {number}");
                assert_eq!(broken_by(&connection, &deed), Some(Broken::Changed(number)), "{deed}");
            }
        }
    }

    #[test]
    fn a_change_of_a_line_from_before_there_were_links_is_found_at_the_first_link() {
        for number in 1..=5 {
            let connection = history_of(5);
            let deed = format!("UPDATE history SET why = 'another' WHERE id = {number}");
            assert_eq!(broken_by(&connection, &deed), Some(Broken::Changed(6)), "{deed}");
        }
    }

    #[test]
    fn a_line_that_was_removed_added_or_moved_is_found() {
        for number in 1..LINES {
            let deed = format!("DELETE FROM history WHERE id = {number}");
            assert_eq!(broken_by(&history_of(0), &deed), Some(Broken::Missing(number + 1)), "{deed}");
            let deed = format!("{deed}; UPDATE history SET id = id - 1 WHERE id > {number}");
            assert_eq!(broken_by(&history_of(0), &deed), Some(Broken::Changed(number)), "{deed}");
            let deed = format!(
                "UPDATE history SET id = -id WHERE id IN ({number}, {number} + 1);
                 UPDATE history SET id = 2 * {number} + 1 + id WHERE id < 0"
            );
            assert_eq!(broken_by(&history_of(0), &deed), Some(Broken::Changed(number)), "{deed}");
        }
        let added = "INSERT INTO history SELECT 13, message_id, delivery_id, at, what, why, link, who, facts FROM history WHERE id = 12";
        assert_eq!(broken_by(&history_of(0), added), Some(Broken::Changed(13)));
    }

    #[test]
    fn a_link_that_was_taken_away_hides_nothing_from_a_later_one_or_from_a_noted_head() {
        let connection = history_of(0);
        let noted = verify(&connection.db(), None).expect("it is read").head;
        let deed = "UPDATE history SET link = NULL, why = 'another' WHERE id = 4";
        assert_eq!(broken_by(&connection, deed), Some(Broken::Changed(5)));
        connection.db().batch("UPDATE history SET link = NULL WHERE id > 4").expect("all behind it too");
        assert_eq!(verify(&connection.db(), noted).expect("it is read").broken, Some(Broken::Rewritten(LINES)));
    }

    #[test]
    fn lines_that_an_older_release_added_are_covered_by_the_next_link() {
        let connection = history_of(0);
        let old = "INSERT INTO history (id, message_id, at, what, why) VALUES (13, 1, 50, 'held', 'after a rollback')";
        connection.db().execute(old, &[]).expect("an older release knows no links");
        Happened::to(MessageId(1), Timestamp::from_millis(51), What::Routed, "again").add(&connection.db()).expect("a line");
        assert_eq!(verify(&connection.db(), None).expect("it is read").broken, None);
        let deed = "UPDATE history SET why = 'another' WHERE at = 50";
        assert_eq!(broken_by(&connection, deed), Some(Broken::Changed(LINES + 2)), "{deed}");
    }

    #[test]
    fn an_end_that_was_cut_off_or_written_anew_is_found_by_a_head_that_somebody_noted() {
        let connection = history_of(0);
        let noted = verify(&connection.db(), None).expect("it is read").head;
        connection.db().batch("DELETE FROM history WHERE id > 8").expect("cut off");
        assert_eq!(verify(&connection.db(), noted).expect("it is read").broken, Some(Broken::CutOff(LINES)));
        for at in 8..LINES {
            let at = Timestamp::from_millis(at + 100);
            Happened::to(MessageId(1), at, What::Held, "another story").add(&connection.db()).expect("a line");
        }
        assert_eq!(verify(&connection.db(), None).expect("it is read").broken, None, "in itself it is whole");
        assert_eq!(verify(&connection.db(), noted).expect("it is read").broken, Some(Broken::Rewritten(LINES)));
    }

    #[test]
    fn what_is_no_head_is_called_so() {
        for text in ["", "12", "12:", "0:00", "x:00", &format!("1:{}", "g".repeat(64)), &format!("-1:{}", "0".repeat(64))] {
            assert!(text.parse::<Head>().is_err(), "{text}");
        }
    }
}
