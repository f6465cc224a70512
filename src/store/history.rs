//! Adds lines to the history; there is no other verb.

use super::chain::{self, Line};
use super::db::{Db, values};
use super::particulars;
use crate::domain::{Actor, DeliveryId, Fault, MessageId, Particulars, Timestamp};
use crate::pipeline::What;
use serde_json::value::RawValue;

/// A line that is about to be written.
pub(super) struct Happened<'h> {
    message: Option<MessageId>,
    delivery: Option<DeliveryId>,
    at: Timestamp,
    what: What,
    why: &'h str,
    who: Option<&'h Actor>,
    facts: Particulars,
}

impl<'h> Happened<'h> {
    /// To a message.
    pub(super) fn to(message: MessageId, at: Timestamp, what: What, why: &'h str) -> Self {
        Self { message: Some(message), ..Self::in_the_log(at, what, why) }
    }

    /// To no message: to the log itself, or to the gateway.
    pub(super) fn in_the_log(at: Timestamp, what: What, why: &'h str) -> Self {
        Self { message: None, delivery: None, at, what, why, who: None, facts: Particulars::default() }
    }

    /// To this delivery of the message.
    pub(super) fn at_delivery(self, delivery: DeliveryId) -> Self {
        Self { delivery: Some(delivery), ..self }
    }

    /// By hand, or asked for.
    pub(super) fn by(self, who: &'h Actor) -> Self {
        Self { who: Some(who), ..self }
    }

    /// With these particulars.
    pub(super) fn saying(self, facts: Particulars) -> Self {
        Self { facts, ..self }
    }

    /// Writes it. Answers its number.
    pub(super) fn add(self, db: &Db<'_>) -> Result<i64, Fault> {
        let (message, delivery) = (self.message.map(|id| id.0), self.delivery.map(|id| id.0));
        let (at, what, who) = (self.at.as_millis(), self.what.as_str(), self.who.map(Actor::as_str));
        let facts = (!self.facts.is_empty()).then(|| particulars::json(&self.facts)).transpose()?;
        let raw = facts.clone().map(RawValue::from_string).transpose().map_err(Fault::lasting)?;
        let line = |number| Line {
            number,
            message,
            delivery,
            at,
            what: what.to_owned(),
            why: self.why.to_owned(),
            who: who.map(str::to_owned),
            facts: raw,
        };
        let (number, link) = chain::next(db, line)?;
        let sql = "INSERT INTO history (id, message_id, delivery_id, at, what, why, link, who, facts)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        db.execute(sql, values![number, message, delivery, at, what, self.why, &link.0[..], who, facts])?;
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::chain::Verified;
    use crate::store::db::Connection;
    use crate::store::migrate::{MIGRATIONS, migrate};
    use crate::store::verification::{Noted, verify as verify_all};
    use crate::store::{Broken, Head};

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
        verify_all(db, None, noted.map(Noted::Line).as_ref())
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
