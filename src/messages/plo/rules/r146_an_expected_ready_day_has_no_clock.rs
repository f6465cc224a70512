//! the day when a patient is expected to be ready is a day without a clock.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, Event};
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-146",
    name: "an_expected_ready_day_has_no_clock",
    holds: Text {
        en: "The expected time of being ready for discharge (code 3 or 5, Anslag true) is a date without a time of day",
        nb: "Forventet utskrivningsklar (kode 3 eller 5, Anslag true) er en dato uten klokkeslett",
        nn: "Forventa utskrivingsklar (kode 3 eller 5, Anslag true) er ein dato utan klokkeslett",
    },
    hint: Text {
        en: "Write only the date in TidspunktForHendelse: 2026-03-05",
        nb: "Skriv bare datoen i TidspunktForHendelse: 2026-03-05",
        nn: "Skriv berre datoen i TidspunktForHendelse: 2026-03-05",
    },
    source: "HIS 80704, 13.2.7",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every event. Version 2.0 knows no time without a clock.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let with_clock = |event: &Event<'_>| {
        matches!(event.code(), "3" | "5") && event.is_estimate() && event.moment().is_some_and(Moment::has_clock)
    };
    if Content::of(head).is_none_or(|content| content.is_2_0()) {
        return Vec::new();
    }
    Event::all(head).into_iter().filter(with_clock).map(|event| place::finding_at(&RULE, event.time())).collect()
}
