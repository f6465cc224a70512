//! a point in time without a time zone is Norwegian time.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule. [`crate::domain::Timestamp::parse_xs_date_time`] is what the path reads points in time with; what we write
/// ourselves has a zone.
pub static RULE: Rule = Rule {
    id: "R-078",
    name: "time_without_a_zone_is_norwegian",
    holds: Text {
        en: "A point in time without a time zone is Norwegian time",
        nb: "Et tidspunkt uten tidssone er norsk tid",
        nn: "Eit tidspunkt utan tidssone er norsk tid",
    },
    hint: Text {
        en: "Write the zone: 2026-03-02T10:15:00+01:00",
        nb: "Skriv tidssonen: 2026-03-02T10:15:00+01:00",
        nn: "Skriv tidssona: 2026-03-02T10:15:00+01:00",
    },
    source: "HISD 1165",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
