//! only three types of message are changed by a new one.

use super::super::{may_be_changed, status};
use crate::domain::Text;
use crate::messages::content::code;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-091",
    name: "only_some_types_are_changed",
    holds: Text {
        en: "Only INNLEGGELSESRAPPORT, HELSEOPPL_SOKNAD and UTSKRIVNINGSRAPPORT are sent with Forsendelsesstatus M",
        nb: "Bare INNLEGGELSESRAPPORT, HELSEOPPL_SOKNAD og UTSKRIVNINGSRAPPORT sendes med Forsendelsesstatus M",
        nn: "Berre INNLEGGELSESRAPPORT, HELSEOPPL_SOKNAD og UTSKRIVNINGSRAPPORT blir sende med Forsendelsesstatus M",
    },
    hint: Text {
        en: "Cancel the earlier message with C and send a new one with N",
        nb: "Kanseller den tidligere meldingen med C og send en ny med N",
        nn: "Kanseller den tidlegare meldinga med C og send ei ny med N",
    },
    source: "HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the type of what is sent as a change.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let status = status(head.kind, head.content()).filter(|status| code(*status) == "M")?;
    (!may_be_changed(head.type_code())).then(|| place::finding_at(&RULE, status).found(Detail::code(head.type_code())))
}
