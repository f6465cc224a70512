//! an Organisation or HealthcareProfessional of felleskomponent1 has an Ident.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};
use crate::schema::{ProblemKind, SchemaName};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-156",
    name: "fk1_party_has_an_ident",
    holds: Text {
        en: "Organisation and HealthcareProfessional in the content have an Ident",
        nb: "Organisation og HealthcareProfessional i innholdet har en Ident",
        nn: "Organisation og HealthcareProfessional i innhaldet har ein Ident",
    },
    hint: Text {
        en: "Add an Ident with Id and TypeId",
        nb: "Legg til Ident med Id og TypeId",
        nn: "Legg til Ident med Id og TypeId",
    },
    source: "felleskomponent1.xsd",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

const FELLESKOMPONENT1: &str = "http://www.kith.no/xmlstds/felleskomponent1";

/// Whether a problem with the schema is this one.
pub(super) fn is_about(kind: &ProblemKind) -> bool {
    let missing: &[SchemaName] = match kind {
        ProblemKind::MissingAtEnd { missing, .. } | ProblemKind::MissingBefore { missing, .. } => missing,
        _ => &[],
    };
    missing.iter().any(|one| &*one.local == "Ident" && &*one.namespace == FELLESKOMPONENT1)
}
