//! the events of a stay come in the order they must have, and what has happened is not ahead.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, Event};
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-169",
    name: "events_come_in_their_order",
    holds: Text {
        en: "Admission comes before readiness and readiness before discharge, and a time after GenDate is an estimate",
        nb: "Innleggelse kommer før utskrivningsklar og utskrivningsklar før utskrivning, og et tidspunkt etter GenDate er et anslag",
        nn: "Innlegging kjem før utskrivingsklar og utskrivingsklar før utskriving, og eit tidspunkt etter GenDate er eit anslag",
    },
    hint: Text {
        en: "Check the times of the events, and Anslag",
        nb: "Kontroller tidspunktene for hendelsene, og Anslag",
        nn: "Kontroller tidspunkta for hendingane, og Anslag",
    },
    source: "derived from HIS 1149",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the events of a logistics message against each other and against the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    if !Content::of(head).is_some_and(|content| content.is_logistics()) {
        return Vec::new();
    }
    let written = Moment::read(&head.model.info.gen_date);
    let order = |event: &Event<'_>| ["1", "3", "2"].iter().position(|code| *code == event.code());
    let events = Event::all(head);
    let too_late = |event: &&Event<'_>| {
        let Some(moment) = event.moment() else { return false };
        let ahead = !event.is_estimate() && written.is_some_and(|written| moment.is_after(written));
        let overtakes = |later: &Event<'_>| {
            order(event).zip(order(later)).is_some_and(|(this, that)| this < that)
                && later.moment().is_some_and(|later| moment.is_after(later))
        };
        ahead || events.iter().any(overtakes)
    };
    events.iter().filter(too_late).map(|event| place::finding_at(&RULE, event.time())).collect()
}
