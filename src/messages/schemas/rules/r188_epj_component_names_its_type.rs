//! an EPJ component names its type as its schema fixes it.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};
use crate::schema::ProblemKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-188",
    name: "epj_component_names_its_type",
    holds: Text {
        en: "An EPJ component has basiskomponenttype, komponenttype and komponentID as its schema fixes them",
        nb: "En EPJ-komponent har basiskomponenttype, komponenttype og komponentID slik skjemaet fastsetter dem",
        nn: "Ein EPJ-komponent har basiskomponenttype, komponenttype og komponentID slik skjemaet fastset dei",
    },
    hint: Text { en: "Write what the schema demands", nb: "Skriv det skjemaet krever", nn: "Skriv det skjemaet krev" },
    source: "EPJ-meta.xsd; HIS 1150",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

const META: &str = "http://www.kith.no/xmlstds/epj/meta/2008-02-20";

/// Whether a problem with the schema is this one.
pub(super) fn is_about(kind: &ProblemKind) -> bool {
    let attribute = match kind {
        ProblemKind::MissingAttribute { attribute, .. }
        | ProblemKind::NotTheFixedValue { attribute, .. }
        | ProblemKind::BadAttribute { attribute, .. } => attribute,
        _ => return false,
    };
    &*attribute.namespace == META || &*attribute.local == "komponentID"
}
