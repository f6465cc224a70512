//! The stay in hospital: when it began, and when it is expected to be over.

use super::super::at::At;
use super::super::code::Code;
use super::super::element::{Element, PO};
use super::super::moment::{day, point};
use super::super::work::Work;
use super::groups::{Groups, around};

/// The events of the Encounters, where the message tells of a stay.
pub(super) fn stay(work: &Work<'_>, groups: &mut Groups) {
    if !groups.may_have("OpplysningOpphold") {
        return;
    }
    for encounter in work.entries.all("Encounter") {
        ["status", "class", "subject"].into_iter().for_each(|name| encounter.done_with(name));
        let began = encounter.get("period").and_then(|period| period.get("start")).and_then(|start| point(work, &start));
        if let Some(began) = began {
            groups.add(event("1", &began, false));
        }
        // A day without a clock (rule R-146).
        let expected = encounter.ours("expected-ready").and_then(|expected| day(work, &expected));
        if let Some(expected) = expected {
            groups.add(event("5", &expected, true));
        }
    }
}

/// Whether an Encounter says when the patient will be ready.
pub(in super::super) fn has_expected_day(work: &Work<'_>) -> bool {
    let says = |encounter: &At<'_>| encounter.ours("expected-ready").is_some();
    work.entries.all("Encounter").iter().any(says)
}

/// Whether it is an estimate is the sender's to say; a day to come is one.
fn event(code: &str, time: &str, is_estimate: bool) -> Element {
    let mut event = PO.element("TidsfestetHendelse");
    event.push(PO.cv("Hendelsekode", &Code::of(9121, code)));
    event.push(PO.ts("TidspunktForHendelse", time));
    event.push(PO.text("Anslag", if is_estimate { "true" } else { "false" }));
    around(&PO, "OpplysningOpphold", vec![event])
}
