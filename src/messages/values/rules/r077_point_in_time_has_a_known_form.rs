//! a point in time is a date with or without a clock, a clock, a year, or a year and month; a clock has seconds.

use super::many;
use crate::domain::{Reason, Text};
use crate::messages::bindings::Space;
use crate::messages::place;
use crate::messages::survey::Survey;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Fix, Rule};
use crate::schema::simple::{Builtin, SimpleType};
use crate::xml::Node;
use std::sync::{Arc, LazyLock};

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
    // The schema says it too.
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The type TS of HIS 80117.
static TS: LazyLock<Arc<SimpleType>> = LazyLock::new(|| {
    let forms = [Builtin::DateTime, Builtin::Date, Builtin::GYear, Builtin::GYearMonth, Builtin::Time];
    SimpleType::union(Some("TS"), &forms.map(SimpleType::builtin))
});

/// Its elements. In PLO 2.0 some of them have the point in time as their text, and no `V`.
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

/// Judges every element of type TS.
pub fn check(survey: &Survey<'_>) -> Vec<Finding> {
    many(survey.values.iter().filter(|node| is_point_in_time(**node)).filter_map(|node| finding(*node)))
}

/// Whether an element is of type TS.
pub fn is_point_in_time(node: Node<'_>) -> bool {
    let name = node.name();
    let so_called = || ELEMENTS.iter().filter(|(_, element)| *element == name.local);
    so_called().next().is_some()
        && Space::of(name.namespace).is_some_and(|space| so_called().any(|(known, _)| *known == space))
}

fn finding(node: Node<'_>) -> Option<Finding> {
    let written = node.attribute("V")?;
    if TS.check(written).is_ok() {
        return None;
    }
    let found = match written.trim() {
        "" => Detail::words("nothing", "ingenting"),
        _ => Detail::words("another form", "en annen form"),
    };
    let finding = place::finding_at(&RULE, node).found(found);
    Some(match node.attribute_bytes("V").zip(mended(written)) {
        Some((bytes, mended)) => finding.fixed_by(Fix::one(bytes, mended)),
        None => finding,
    })
}

/// Seconds are added to a clock, and the `T` between date and clock. What else is wrong is left to a person.
fn mended(written: &str) -> Option<String> {
    /// `2026-03-02T10:15`
    const MINUTES: usize = 16;
    let joined = written.trim().replacen(' ', "T", 1);
    let with_seconds = joined.is_char_boundary(MINUTES).then(|| {
        let (minutes, rest) = joined.split_at(MINUTES.min(joined.len()));
        format!("{minutes}:00{rest}")
    });
    [Some(joined.clone()), with_seconds].into_iter().flatten().find(|text| TS.check(text).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_gets_its_seconds_and_nothing_is_invented() {
        for (written, wanted) in [
            ("2026-03-02T10:15", Some("2026-03-02T10:15:00")),
            ("2026-03-02T10:15+01:00", Some("2026-03-02T10:15:00+01:00")),
            ("2026-03-02 10:15", Some("2026-03-02T10:15:00")),
            ("2026-03-02 10:15:30", Some("2026-03-02T10:15:30")),
            ("02.03.2026", None),
            ("2026-02-30", None),
            ("i går", None),
            ("", None),
        ] {
            assert!(TS.check(written).is_err(), "{written}");
            assert_eq!(mended(written).as_deref(), wanted, "{written}");
        }
    }
}
