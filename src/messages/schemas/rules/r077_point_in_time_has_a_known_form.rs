//! a point in time is a date with or without a clock, a clock, a year, or a year and month; a clock has seconds.

use crate::domain::{Reason, Text};
use crate::messages::bindings::Space;
use crate::rulebook::{Consequence, Enforced, Rule};
use crate::schema::ProblemKind;
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-077",
    name: "point_in_time_has_a_known_form",
    holds: Text {
        en: "A point in time in V is a date, a date with a clock, a clock, a year, or a year and month; a clock has seconds",
        nb: "Et tidspunkt i V er en dato, en dato med klokkeslett, et klokkeslett, et år, eller år og måned; klokkeslett har \
             sekunder",
        nn: "Eit tidspunkt i V er ein dato, ein dato med klokkeslett, eit klokkeslett, eit år, eller år og månad; klokkeslett \
             har sekund",
    },
    hint: Text {
        en: "Write it as 2026-03-02T10:15:00+01:00 or 2026-03-02",
        nb: "Skriv det som 2026-03-02T10:15:00+01:00 eller 2026-03-02",
        nn: "Skriv det som 2026-03-02T10:15:00+01:00 eller 2026-03-02",
    },
    source: "HIS 80117; HISD 1165",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

/// The elements of type TS (HIS 80117). Other types have a `V` too: truth values, numbers, addresses.
const ELEMENTS: [(Space, &str); 11] = [
    (Space::Head, "FromDate"),
    (Space::Head, "ToDate"),
    (Space::Head, "IssueDate"),
    (Space::Plo, "TidspunktForHendelse"),
    (Space::Plo, "KontaktStartet"),
    (Space::Plo, "KontaktAvsluttet"),
    (Space::Plo, "BehovOpphortDato"),
    (Space::Medication, "DoseringStarttidspunkt"),
    (Space::Medication, "DoseringSluttidspunkt"),
    (Space::Medication, "AdmStart"),
    (Space::Medication, "AdmSlutt"),
];

/// Whether a problem with the schema is this one.
pub(super) fn is_about(kind: &ProblemKind, element: Node<'_>) -> bool {
    let ProblemKind::BadAttribute { attribute, .. } = kind else { return false };
    let name = element.name();
    let is_ts = || Space::of(name.namespace).is_some_and(|space| ELEMENTS.contains(&(space, name.local)));
    attribute.namespace.is_empty() && &*attribute.local == "V" && is_ts()
}
