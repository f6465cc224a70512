//! What a profile wants a message to hold, part by part. "Only what is relevant shall be sent" stands above all of them, so a
//! part that is not there is a reminder rather than a fault.

use super::content::{Content, along, coded_in};
use super::parts::{Part, Sign};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Detail, Finding, Rule};

/// One message beside its profile.
pub struct Profile<'t> {
    rule: &'static Rule,
    head: &'t HeadView<'t>,
    content: Content<'t>,
    /// One for each part that was wanted and is not there.
    pub findings: Vec<Finding>,
}

impl<'t> Profile<'t> {
    /// A message of this type, if it is one that a profile speaks of: version 1.6, and not a cancellation.
    pub fn of(rule: &'static Rule, head: &'t HeadView<'t>, code: &str) -> Option<Self> {
        Some(Self { rule, head, content: Content::of_profile(head, code)?, findings: Vec::new() })
    }

    /// Whether there is such an element.
    pub fn has(&self, steps: &[&str]) -> bool {
        !along(self.content.root, steps).is_empty()
    }

    /// Whether there is a text under this heading of this list.
    pub fn tells(&self, list: &str, heading: &str) -> bool {
        self.content.tells(self.head, list, heading)
    }

    /// `TypeInnholdIMelding/TypeInnhold/@V`.
    pub fn kind_of_content(&self) -> String {
        let kinds = along(self.content.root, &["TypeInnholdIMelding"]);
        kinds.first().map(|kind| coded_in(*kind, "TypeInnhold").v.trim().to_string()).unwrap_or_default()
    }

    /// Wants each of some parts, so that what is missing is seen at once.
    pub fn wants_each(&mut self, parts: &[Part]) {
        for part in parts {
            let is_there = part.signs.iter().any(|sign| match sign {
                Sign::Has(steps) => self.has(steps),
                Sign::Tells(list, heading) => self.tells(list, heading),
            });
            self.wants(is_there, part.element, part.en, part.nb);
        }
    }

    /// Wants a part that stands in this element of the content; says what is missing.
    pub fn wants(&mut self, is_there: bool, element: &str, en: &'static str, nb: &'static str) {
        if !is_there {
            let finding = self.content.missing(self.rule, self.content.root, &[element]);
            self.findings.push(finding.found(Detail::words(en, nb)));
        }
    }
}
