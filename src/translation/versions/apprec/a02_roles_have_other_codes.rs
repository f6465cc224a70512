//! a role has another code in each version.

use super::super::rule::{Rule, Step, Told};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "A-02",
    name: "roles_have_other_codes",
    what: Text {
        en: "The roles of the two sides get the codes of the other version",
        nb: "Rollene til de to partene får kodene i den andre versjonen",
        nn: "Rollene til dei to partane får kodane i den andre versjonen",
    },
    before: "Sender/Role, Receiver/Role",
    after: "Sender/Role, Receiver/Role",
    class: LossClass::Recoded,
    source: "HIS 80415:2004; HIS 80415:2012, 3.5.1",
    down: Some(Step::Does(run)),
    up: Some(Step::Does(run)),
};

/// Code and text of a role in 1.0 and in 1.1: of the side that answers, and of the side that is answered. A copy receiver is called
/// the same in both.
const ROLES: [[(&str, &str); 2]; 2] =
    [[("SPR", "Tjenesteyter"), ("PRIM", "Primærmottaker")], [("RECEIVER", "Mottaker"), ("AVS", "Avsender")]];

/// Changed with each other, so that there and back is always the same.
fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    for side in content.children_mut().filter(|child| matches!(child.local(), "Sender" | "Receiver")) {
        let Some(role) = side.child_mut("Role") else { continue };
        let code = role.attribute("V").unwrap_or_default().to_string();
        let words = role.attribute("DN").unwrap_or_default().to_string();
        let pairs = ROLES.iter().flat_map(|[older, newer]| [(older, newer), (newer, older)]);
        let Some((from, to)) = pairs.into_iter().find(|(from, _)| from.0 == code) else { continue };
        role.set_attribute("V", to.0);
        if words == from.1 {
            role.set_attribute("DN", to.1);
        }
        told.tell(&RULE, LossClass::Recoded, role.origin());
    }
}
