//! a notice of death tells the day.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, Event};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-167",
    name: "a_death_has_a_day",
    holds: Text {
        en: "LOG_DOD has one event with code 13 and at least a date",
        nb: "LOG_DOD har én hendelse med kode 13 og minst en dato",
        nn: "LOG_DOD har éi hending med kode 13 og minst ein dato",
    },
    hint: Text {
        en: "Give code 13 of list 9121 and the date of the death",
        nb: "Oppgi kode 13 fra liste 9121 og dødsdatoen",
        nn: "Oppgi kode 13 frå liste 9121 og dødsdatoen",
    },
    source: "HIS 1149, 3.6",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the event.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    Content::notice(head, "LOG_DOD", "OrienteringOmDod")?;
    let events = Event::all(head);
    // How many there are is for the schema to say.
    let [event] = events[..] else { return None };
    if event.code() != "13" {
        return Some(place::finding_at(&RULE, event.0).found(Detail::words("not code 13", "ikke kode 13")));
    }
    let found = Detail::words("no date", "ingen dato");
    event.moment().is_none().then(|| place::finding_at(&RULE, event.time()).found(found))
}
