//! a service has a day when it began, and ends no earlier.

use crate::domain::Text;
use crate::messages::content::{child, each};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-149",
    name: "a_service_begins_before_it_ends",
    holds: Text {
        en: "EksisterendeTjeneste has Startdato, and Sluttdato is not before it",
        nb: "EksisterendeTjeneste har Startdato, og Sluttdato er ikke tidligere",
        nn: "EksisterendeTjeneste har Startdato, og Sluttdato er ikkje tidlegare",
    },
    hint: Text {
        en: "Give the date of the decision in Startdato; check the two dates",
        nb: "Oppgi vedtaksdatoen i Startdato; kontroller de to datoene",
        nn: "Oppgi vedtaksdatoen i Startdato; kontroller dei to datoane",
    },
    source: "HIS 80704, EksisterendeTjeneste",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every service that the patient has.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let trouble = |service| {
        let Some(start) = child(service, "Startdato") else {
            let found = Detail::words("no Startdato", "ingen Startdato");
            return Some(content.missing(&RULE, service, &["Startdato"]).found(found));
        };
        let end = child(service, "Sluttdato")?;
        let (first, last) = (start.text(), end.text());
        let reversed = Moment::read(&first)?.is_after(Moment::read(&last)?);
        let found = Detail::words("Sluttdato is before Startdato", "Sluttdato er før Startdato");
        reversed.then(|| place::finding_at(&RULE, end).found(found))
    };
    each(content.root, "EksisterendeTjeneste").filter_map(trouble).collect()
}
