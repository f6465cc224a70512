//! an AppRec has an id of its own, a UUID.

use super::super::AppRecView;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-113",
    name: "id_is_a_new_uuid",
    holds: Text { en: "AppRec/Id is a UUID of its own", nb: "AppRec/Id er en egen UUID", nn: "AppRec/Id er ein eigen UUID" },
    hint: Text {
        en: "Generate a new UUID for every AppRec",
        nb: "Generer en ny UUID for hver applikasjonskvittering",
        nn: "Generer ein ny UUID for kvar applikasjonskvittering",
    },
    source: "HIS 80415:2012",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the form of the id, and that it is not the original's.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let model = view.model;
    let wrong = !model.id.is_uuid() || model.id == model.original.id;
    wrong.then(|| view.finding(&RULE, &["Id"]).found(Detail::msg_id(&model.id)))
}
