//! One thing that is wrong with what was posted, or that found no place: which rule, and where. Nothing of its content.

use super::rule::Rule;
use crate::domain::Language;
use crate::fhir::Path;
use crate::messages::arrival_rules::{
    r204_bundle_can_be_said_as_a_message as r204, r205_everything_in_a_bundle_has_a_place as r205,
};
use crate::rulebook::{self, Consequence, Detail, Finding, Wording};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// There is no message.
    Error,
    /// There is a message, and it lacks what it should have.
    Warning,
    /// There is a message, and it does not hold this.
    Information,
}

impl Severity {
    /// The code, of the value set issue-severity.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }
}

/// One thing.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Which rule.
    pub rule: &'static Rule,
    /// Where, in FHIRPath.
    pub path: Path,
    /// How bad.
    pub severity: Severity,
    /// The rule for messages that would be broken, for [`N-90`](super::all_rules).
    pub breaks: Option<Broken>,
}

/// A rule that the message would break.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Which rule.
    pub rule: &'static rulebook::Rule,
    /// The element of the message, as XPath.
    pub element: String,
}

impl PartialEq for Remark {
    fn eq(&self, other: &Self) -> bool {
        let broken = |remark: &Self| remark.breaks.as_ref().map(|broken| (broken.rule.id, broken.element.clone()));
        (self.rule, &self.path, self.severity, broken(self)) == (other.rule, &other.path, other.severity, broken(other))
    }
}

impl Eq for Remark {}

impl Remark {
    /// What is told and stored: what makes a message impossible, or what it lacks, and what has no place in it. The
    /// rule for native Bundles is what was found.
    pub fn finding(&self) -> Finding {
        let (rule, broken) = (self.rule, self.breaks.as_ref());
        let message = Wording::of(|language| match broken {
            None => rule.what.in_language(language).to_string(),
            Some(broken) => format!("{}: {}", rule.what.in_language(language), broken.rule.holds.in_language(language)),
        });
        let hint = broken.map_or(rule.hint, |broken| broken.rule.hint);
        let hint = Wording::of(|language| hint.in_language(language).to_string());
        // Which rule of the message, and which of its elements.
        let source = broken.map_or(rule.source.to_owned(), |broken| format!("{} {}", broken.rule.id, broken.element));
        let (path, clause) = (self.path.to_string(), format!("{}: {source}", rule.code.as_str()));
        let finding = match self.severity {
            Severity::Error => r204::finding(message, hint, path, clause),
            Severity::Warning => r204::finding(message, hint, path, clause).with(Consequence::Warn),
            Severity::Information => r205::finding(message, hint, path, clause),
        };
        finding.found(Detail::code(rule.id))
    }

    /// What is wrong and what to do about it.
    pub fn sentence(&self, language: Language) -> String {
        let (what, hint) = (self.rule.what.in_language(language), self.rule.hint.in_language(language));
        match &self.breaks {
            None => format!("{what}. {hint}."),
            Some(Broken { rule, .. }) => {
                format!("{what}: {}. {}.", rule.holds.in_language(language), rule.hint.in_language(language))
            }
        }
    }
}
