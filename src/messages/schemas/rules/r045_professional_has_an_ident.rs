//! a HealthcareProfessional of sender or receiver has an Ident.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};
use crate::schema::{ProblemKind, SchemaName};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-045",
    name: "professional_has_an_ident",
    holds: Text {
        en: "A HealthcareProfessional in Sender or Receiver has an Ident",
        nb: "HealthcareProfessional i Sender og Receiver har en Ident",
        nn: "HealthcareProfessional i Sender og Receiver har ein Ident",
    },
    hint: Text {
        en: "Add an Ident, with the HER-id if there is one",
        nb: "Legg til Ident, med HER-id om den finnes",
        nn: "Legg til Ident, med HER-id om han finst",
    },
    source: "HIS 80601; MsgHead-v1_2.xsd",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

/// Whether a problem with the schema is this one.
pub(super) fn is_about(kind: &ProblemKind, element: Node<'_>) -> bool {
    let missing: &[SchemaName] = match kind {
        ProblemKind::MissingAtEnd { missing, .. } | ProblemKind::MissingBefore { missing, .. } => missing,
        _ => &[],
    };
    let name = element.name();
    name.local == "HealthcareProfessional"
        && name.namespace == crate::messages::msghead::model::NAMESPACE
        && missing.iter().any(|one| &*one.local == "Ident")
}
