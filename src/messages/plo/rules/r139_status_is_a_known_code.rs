//! Forsendelsesstatus is a code of its list.

use crate::codelists::by_number;
use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-139",
    name: "status_is_a_known_code",
    holds: Text {
        en: "Forsendelsesstatus has a code of list 7309",
        nb: "Forsendelsesstatus har en kode fra liste 7309",
        nn: "Forsendelsesstatus har ein kode frå liste 7309",
    },
    hint: Text {
        en: "Write N for a new message, M for a changed one or C to cancel one",
        nb: "Skriv N for ny melding, M for endring eller C for kansellering",
        nn: "Skriv N for ny melding, M for endring eller C for kansellering",
    },
    source: "HIS 80704; HISD 1154; code list 7309",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that the code is known at all. That the element is there is for the schema to say, and which of the known codes may be
/// used for rules.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = Content::of(head)?;
    let status = child(content.sending()?, "Forsendelsesstatus")?;
    let code = status.attribute("V")?;
    let known = by_number(7309).is_some_and(|list| list.code(code.trim()).is_some());
    (!known).then(|| place::finding_at(&RULE, status).found(Detail::code(code)))
}
