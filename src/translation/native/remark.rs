//! One thing that is wrong with what was posted, or that found no place: which rule, and where. Nothing of its content.

use super::rule::Rule;
use crate::domain::Language;
use crate::fhir::{Json, Object, Path, array};
use crate::rulebook;
use crate::translation::mapping::BASE;

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

/// An OperationOutcome with one issue for each remark; without any it says that all is well.
pub fn outcome(remarks: &[Remark], language: Language) -> Json<'static> {
    if remarks.is_empty() {
        return crate::fhir::outcome(&[], &[], language);
    }
    let issue = |remark: &Remark| {
        let rule = remark.rule;
        let coding = Object::new().with("system", format!("{BASE}/CodeSystem/gw-native-rule")).with("code", rule.id);
        let source = remark
            .breaks
            .as_ref()
            .map_or(rule.source.to_owned(), |Broken { rule, element }| format!("{} ({}): {element}", rule.id, rule.source));
        Object::new()
            .with("severity", remark.severity.as_str())
            .with("code", rule.code.as_str())
            .with("details", Object::new().with("coding", array([coding])).with("text", remark.sentence(language)))
            .with("diagnostics", source)
            .with("expression", array([remark.path.to_string()]))
    };
    Object::resource("OperationOutcome").with("issue", array(remarks.iter().map(issue))).into()
}
