//! the status is 1 or 2; 3 only for claims.

use super::super::AppRecView;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-102",
    name: "status_is_1_or_2",
    holds: Text {
        en: "Status is 1 (OK) or 2 (Avvist); 3 only for claims",
        nb: "Status er 1 (OK) eller 2 (Avvist); 3 bare for oppgjør",
        nn: "Status er 1 (OK) eller 2 (Avvist); 3 berre for oppgjer",
    },
    hint: Text { en: "Send status 1 or 2", nb: "Send status 1 eller 2", nn: "Send status 1 eller 2" },
    source: "HIS 80415:2012; code list 8258",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the status.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let status = view.model.status.v.as_str();
    (!matches!(status, "1" | "2")).then(|| view.finding(&RULE, &["Status"]).found(Detail::code(status)))
}
