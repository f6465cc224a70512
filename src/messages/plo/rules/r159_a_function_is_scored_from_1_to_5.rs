//! the score of an IPLOS variable is one of its scale.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, along, coded_in, is_of};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-159",
    name: "a_function_is_scored_from_1_to_5",
    holds: Text {
        en: "Vurdering of a function of list 9111 is 1 to 5, or 9 for not relevant",
        nb: "Vurdering av en funksjon fra liste 9111 er 1 til 5, eller 9 for ikke relevant",
        nn: "Vurdering av ein funksjon frå liste 9111 er 1 til 5, eller 9 for ikkje relevant",
    },
    hint: Text {
        en: "Give the score of the IPLOS scale; put other scales into Merknad",
        nb: "Oppgi verdien på IPLOS-skalaen; skriv andre skalaer i Merknad",
        nn: "Oppgi verdien på IPLOS-skalaen; skriv andre skalaer i Merknad",
    },
    source: "HIS 80704; tables of the acceptance tests",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every function that is an IPLOS variable. That the score is a whole number is for the schema to say.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let off_the_scale = |function: &Node<'_>| {
        let score = child(*function, "Vurdering").map(|score| score.text().trim().parse::<i64>());
        is_of(&coded_in(*function, "Funksjonsvariabel"), "9111")
            && score.is_some_and(|score| score.is_ok_and(|score| !matches!(score, 1..=5 | 9)))
    };
    let functions = along(content.root, &["InfoKartleggingFunksjonsniva", "KartlagtFunksjon"]).into_iter();
    let score = |function: Node<'_>| child(function, "Vurdering").map(|score| place::finding_at(&RULE, score));
    functions.filter(off_the_scale).filter_map(score).collect()
}
