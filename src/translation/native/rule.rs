//! One rule for what a FHIR-native sender posts: what must hold, who says so, and what to do when it does not.

use crate::domain::Text;

/// What sort of trouble it is, in FHIR's words (value set issue-type).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IssueType {
    /// Something is not there.
    Required,
    /// What is referred to is not known.
    NotFound,
    /// The code is of another list.
    CodeInvalid,
    /// There is no way to send this.
    NotSupported,
    /// The value has another form than it must have.
    Value,
    /// What is said does not go together.
    BusinessRule,
    /// Something had no place in the message.
    Incomplete,
}

impl IssueType {
    /// The code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::NotFound => "not-found",
            Self::CodeInvalid => "code-invalid",
            Self::NotSupported => "not-supported",
            Self::Value => "value",
            Self::BusinessRule => "business-rule",
            Self::Incomplete => "incomplete",
        }
    }
}

/// A rule.
pub struct Rule {
    /// Its number: `N-07`.
    pub id: &'static str,
    /// What sort of trouble it is when the rule does not hold.
    pub code: IssueType,
    /// What is wrong, in words.
    pub what: Text,
    /// What to do.
    pub hint: Text,
    /// Document and section.
    pub source: &'static str,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
