//! What was agreed with a partner about rules: `[severity]` in its file.

use crate::messages::all_rules;
use crate::rulebook::{Consequence, Direction, Rule, Severities};
use crate::settings::Section;

/// `[severity]`: one line for each rule on which something was agreed.
pub(super) fn severities(section: &mut Section<'_>, direction: Direction) -> Severities {
    let mut severities = Severities::default();
    for rule in all_rules() {
        if !section.has(rule.id) {
            continue;
        }
        let allowed = allowed(rule, direction);
        let words: Vec<(&str, Consequence)> =
            allowed.iter().map(|consequence| (consequence.as_str(), *consequence)).collect();
        match words.as_slice() {
            [] | [_] => {
                let word = rule.follows(direction).as_str();
                let complaint = section.spot_of(rule.id).complain(format!("{} is always \"{word}\" here", rule.id));
                section.complain(complaint.suggest("remove the line: the standard leaves no choice"));
                section.text(rule.id);
            }
            words => {
                if let Some(consequence) = section.choice(rule.id, words) {
                    severities.agree(rule, direction, consequence);
                }
            }
        }
    }
    severities
}

/// What may be set for a rule.
fn allowed(rule: &Rule, direction: Direction) -> Vec<Consequence> {
    let mut all = vec![rule.follows(direction), Consequence::Block, Consequence::Warn, Consequence::Note];
    all.extend(rule.agreed);
    let mut allowed: Vec<Consequence> = Vec::new();
    for consequence in all {
        if rule.allows(direction, consequence) && !allowed.contains(&consequence) {
            allowed.push(consequence);
        }
    }
    allowed
}
