//! an AppRec repeats id, type and date of the message it answers.

use super::super::model::AppRec;
use crate::domain::Text;
use crate::domain::Timestamp;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-107",
    name: "original_is_named_exactly",
    holds: Text {
        en: "OriginalMsgId repeats MsgId, GenDate and Type of the message",
        nb: "OriginalMsgId gjentar MsgId, GenDate og Type fra meldingen",
        nn: "OriginalMsgId gjentek MsgId, GenDate og Type frå meldinga",
    },
    hint: Text {
        en: "Copy the three values unchanged from the message",
        nb: "Kopier de tre verdiene uendret fra meldingen",
        nn: "Kopier dei tre verdiane uendra frå meldinga",
    },
    source: "HIS 1153-1, AD1.16; HIS 80415:2012, unit tests 2-4",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// Compares with the original; it was found by its MsgId alone.
pub fn check(apprec: &AppRec, original_type: &str, original_gen_date: &str) -> Option<Finding> {
    let what =
        match (apprec.original.message_type.v == original_type, same_time(&apprec.original.issue_date, original_gen_date)) {
            (true, true) => return None,
            (false, true) => ("another type", "en annen type"),
            (true, false) => ("another date", "en annen dato"),
            (false, false) => ("another type and another date", "en annen type og en annen dato"),
        };
    Some(Finding::new(&RULE).on("/AppRec/OriginalMsgId").found(Detail::words(what.0, what.1)))
}

/// The same text, or the same instant written otherwise.
fn same_time(one: &str, other: &str) -> bool {
    let read = Timestamp::parse_xs_date_time;
    one == other || read(one).is_some_and(|instant| read(other) == Some(instant))
}
