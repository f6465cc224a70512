//! a message that repeats a request says that it answers it.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, is_true};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-141",
    name: "a_request_is_marked_as_answered",
    holds: Text {
        en: "A message with Foresporsel has SvarPaaForesporsel true",
        nb: "En melding med Foresporsel har SvarPaaForesporsel true",
        nn: "Ei melding med Foresporsel har SvarPaaForesporsel true",
    },
    hint: Text {
        en: "Set SvarPaaForesporsel to true, or leave Foresporsel out",
        nb: "Sett SvarPaaForesporsel til true, eller utelat Foresporsel",
        nn: "Set SvarPaaForesporsel til true, eller utelat Foresporsel",
    },
    source: "HIS 80704, InformasjonOmForsendelsen",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks a message that holds a request.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = Content::of(head)?;
    let request = content.request()?;
    let marked = is_true(child(content.sending()?, "SvarPaaForesporsel"));
    (!marked).then(|| place::finding_at(&RULE, request))
}
