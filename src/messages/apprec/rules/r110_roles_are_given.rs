//! sender and receiver of an AppRec have a role.

use super::super::AppRecView;
use crate::domain::Role;
use crate::domain::Text;
use crate::routing::AppRecVersion;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-110",
    name: "roles_are_given",
    holds: Text {
        en: "Role is given: PRIM or COP and AVS in version 1.1; SPR, REQ or COP in version 1.0",
        nb: "Role er oppgitt: PRIM eller COP og AVS i versjon 1.1; SPR, REQ eller COP i versjon 1.0",
        nn: "Role er oppgitt: PRIM eller COP og AVS i versjon 1.1; SPR, REQ eller COP i versjon 1.0",
    },
    hint: Text {
        en: "Add Role to Sender and Receiver",
        nb: "Legg til Role i Sender og Receiver",
        nn: "Legg til Role i Sender og Receiver",
    },
    source: "HIS 80415:2012, 3.5.1; tests 7-10",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that the sender's role is there and of its version.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let role = view.model.sender.role.as_ref().map_or("", |role| role.v.as_str());
    let known = match view.model.version {
        AppRecVersion::V1_1 => matches!(role, "PRIM" | "COP"),
        AppRecVersion::V1_0 => matches!(role, "SPR" | "REQ" | "COP"),
    };
    (!known).then(|| view.finding(&RULE, &["Sender", "Role"]).found(Detail::code(role)))
}

/// The roles we write: code and text of the answering side, then of the side that is answered.
pub fn roles(version: AppRecVersion, role: Role) -> [(&'static str, &'static str); 2] {
    match (version, role) {
        (AppRecVersion::V1_1, Role::Primary) => [("PRIM", "Primærmottaker"), ("AVS", "Avsender")],
        (AppRecVersion::V1_1, Role::Copy) => [("COP", "Kopimottaker"), ("AVS", "Avsender")],
        // A MsgHead carries no role of the receiver, so version 1.0 gets "other provider" (HIS 80415:2004).
        (AppRecVersion::V1_0, Role::Primary) => [("SPR", "Tjenesteyter"), ("RECEIVER", "Mottaker")],
        (AppRecVersion::V1_0, Role::Copy) => [("COP", "Kopimottaker"), ("RECEIVER", "Mottaker")],
    }
}
