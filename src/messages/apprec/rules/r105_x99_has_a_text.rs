//! X99 says nothing without a text.

use super::super::AppRecView;
use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-105",
    name: "x99_has_a_text",
    holds: Text { en: "Error X99 has a text in OT", nb: "Error X99 har tekst i OT", nn: "Error X99 har tekst i OT" },
    hint: Text { en: "Write in OT what was wrong", nb: "Skriv i OT hva som var feil", nn: "Skriv i OT kva som var feil" },
    source: "HIS 80415:2012",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the text of X99.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let silent = view.model.errors.iter().any(|error| error.v == "X99" && error.ot.trim().is_empty());
    silent.then(|| view.finding(&RULE, &["Error"]))
}
