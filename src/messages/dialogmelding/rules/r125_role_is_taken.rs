//! a role has somebody in it.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::dialogmelding::parts::all_roles;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-125",
    name: "role_is_taken",
    holds: Text {
        en: "RollerRelatertNotat names a professional, a person or a unit",
        nb: "RollerRelatertNotat oppgir helsepersonell, en person eller en enhet",
        nn: "RollerRelatertNotat gir opp helsepersonell, ein person eller ei eining",
    },
    hint: Text {
        en: "Add HealthcareProfessional, Person or TilknyttetEnhet",
        nb: "Legg til HealthcareProfessional, Person eller TilknyttetEnhet",
        nn: "Legg til HealthcareProfessional, Person eller TilknyttetEnhet",
    },
    source: "HIS 80603; acceptance test 21",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// In 1.1 only: in 1.0 the schema says it.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let is_taken = |role: &Node<'_>| {
        ["HealthcareProfessional", "Person", "TilknyttetEnhet"].iter().any(|who| child(*role, who).is_some())
    };
    let roles = if head.kind.version == "1.0" { Vec::new() } else { all_roles(head) };
    roles.into_iter().filter(|role| !is_taken(role)).map(|role| place::finding_at(&RULE, role)).collect()
}
