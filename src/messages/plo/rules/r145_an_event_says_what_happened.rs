//! an event has a code or a description.

use crate::domain::Text;
use crate::messages::content::has;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Event, coded_in};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-145",
    name: "an_event_says_what_happened",
    holds: Text {
        en: "TidsfestetHendelse has Hendelsekode or BeskrivelseAvHendelse",
        nb: "TidsfestetHendelse har Hendelsekode eller BeskrivelseAvHendelse",
        nn: "TidsfestetHendelse har Hendelsekode eller BeskrivelseAvHendelse",
    },
    hint: Text {
        en: "Say what happened, preferably with a code of list 9121",
        nb: "Si hva som har hendt, helst med en kode fra liste 9121",
        nn: "Sei kva som har hendt, helst med ein kode frå liste 9121",
    },
    source: "HIS 80704, 13.2.7",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every event.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let silent = |event: &Event<'_>| {
        let code = coded_in(event.0, "Hendelsekode");
        code.v.trim().is_empty() && code.ot.trim().is_empty() && !has(event.0, "BeskrivelseAvHendelse")
    };
    Event::all(head).into_iter().filter(silent).map(|event| place::finding_at(&RULE, event.0)).collect()
}
