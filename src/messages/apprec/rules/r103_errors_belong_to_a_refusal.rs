//! a refusal has at least one Error, an OK has none.

use super::super::AppRecView;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-103",
    name: "errors_belong_to_a_refusal",
    holds: Text {
        en: "Status 2 has at least one Error, and status 1 has none",
        nb: "Status 2 har minst én Error, og status 1 har ingen",
        nn: "Status 2 har minst éin Error, og status 1 har ingen",
    },
    hint: Text {
        en: "Tell the sender why with one Error for each finding",
        nb: "Fortell avsender hvorfor, med én Error per funn",
        nn: "Fortel avsendaren kvifor, med éin Error per funn",
    },
    source: "HIS 80415:2012",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the errors against the status.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let errors = view.model.errors.len() as u64;
    let wrong = match view.model.status.v.as_str() {
        "1" => errors > 0,
        "2" | "3" => errors == 0,
        _ => false,
    };
    wrong.then(|| view.finding(&RULE, &["Status"]).found(Detail::count(errors, "errors", "feil")))
}
