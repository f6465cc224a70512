//! a role says which.

use crate::domain::Text;
use crate::messages::content::{at, child};
use crate::messages::dialogmelding::parts::all_roles;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-124",
    name: "role_is_named",
    holds: Text {
        en: "RollerRelatertNotat has RolleNotat or RoleToPatient",
        nb: "RollerRelatertNotat har RolleNotat eller RoleToPatient",
        nn: "RollerRelatertNotat har RolleNotat eller RoleToPatient",
    },
    hint: Text {
        en: "Say which role it is: RolleNotat 1 is the author",
        nb: "Oppgi hvilken rolle det er: RolleNotat 1 er forfatter",
        nn: "Gi opp kva rolle det er: RolleNotat 1 er forfattar",
    },
    source: "HIS 80603; acceptance test 19",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// A role of the professional inside says as much.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let is_named = |role: &Node<'_>| {
        child(*role, "RolleNotat").is_some()
            || child(*role, "RoleToPatient").is_some()
            || at(*role, &["HealthcareProfessional", "RoleToPatient"]).is_some()
    };
    all_roles(head).into_iter().filter(|role| !is_named(role)).map(|role| place::finding_at(&RULE, role)).collect()
}
