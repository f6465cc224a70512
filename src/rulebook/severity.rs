//! What a finding leads to, given which way the message goes and what the partner has agreed on.

use super::{Consequence, Direction, Finding, Rule};
use std::collections::BTreeMap;

/// What a partner has agreed on instead of what the rules say. Made by configuration, which asks [`Rule::allows`] first.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Severities {
    agreed: BTreeMap<(&'static str, bool), Consequence>,
}

impl Severities {
    /// Sets one; false when the standard does not allow it, and then nothing is changed.
    pub fn agree(&mut self, rule: &'static Rule, direction: Direction, consequence: Consequence) -> bool {
        let allowed = rule.allows(direction, consequence);
        if allowed {
            self.agreed.insert((rule.id, direction == Direction::Outgoing), consequence);
        }
        allowed
    }

    /// What follows when the rule does not hold.
    pub fn follows(&self, rule: &'static Rule, direction: Direction) -> Consequence {
        let agreed = self.agreed.get(&(rule.id, direction == Direction::Outgoing)).copied();
        agreed.unwrap_or_else(|| rule.follows(direction))
    }

    /// Gives every finding what follows from it. Checks make findings as of an incoming message; where one gave another
    /// consequence than its rule's own, it knew more of the case, and that stays: what stops an incoming message blocks an
    /// outgoing one.
    ///
    /// A finding that means nothing in this direction is dropped: a rule may be for senders only.
    pub fn settle(&self, findings: &mut Vec<Finding>, direction: Direction) {
        for finding in findings.iter_mut() {
            finding.consequence = match (finding.consequence == finding.rule.incoming, direction) {
                (true, _) => self.follows(finding.rule, direction),
                (false, Direction::Outgoing) if finding.consequence.stops() => Consequence::Block,
                (false, _) => finding.consequence,
            };
        }
        findings.retain(|finding| finding.consequence != Consequence::ByDesign);
    }
}
