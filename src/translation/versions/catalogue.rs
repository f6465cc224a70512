//! The catalogue of rules, and which of them are applied on the way to an edition.

use super::edition::Edition;
use super::rule::{Rule, Step};
use super::{
    apprec, dialogmelding, g01_signature_is_of_the_original as g01, g02_there_is_a_way_between_the_versions as g02, plo,
};

/// Every rule: those of all messages, then by family and number.
pub fn all_rules() -> Vec<&'static Rule> {
    [&[&g01::RULE, &g02::RULE][..], plo::RULES, dialogmelding::RULES, apprec::RULES].concat()
}

/// What is done on the way to an edition, in order. Without labels, the steps that put back what a label tells do nothing.
pub fn steps_to(edition: Edition) -> Vec<Step> {
    let rules = match edition {
        Edition::Plo15 => plo::DOWN,
        Edition::Plo16 => plo::UP,
        Edition::Dialog10 => dialogmelding::DOWN,
        Edition::Dialog11 => dialogmelding::UP,
        Edition::AppRec10 | Edition::AppRec11 => apprec::RULES,
    };
    rules.iter().filter_map(|rule| if edition.is_newer() { rule.up } else { rule.down }).collect()
}
