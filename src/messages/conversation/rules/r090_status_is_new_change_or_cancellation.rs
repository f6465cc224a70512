//! the status of a message is N, M or C.

use super::super::status;
use crate::codelists::by_number;
use crate::domain::Text;
use crate::messages::content::code;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-090",
    name: "status_is_new_change_or_cancellation",
    holds: Text {
        en: "Forsendelsesstatus is N (new), M (change) or C (cancellation)",
        nb: "Forsendelsesstatus er N (ny), M (endring) eller C (kansellering)",
        nn: "Forsendelsesstatus er N (ny), M (endring) eller C (kansellering)",
    },
    hint: Text {
        en: "Use M instead of O and X, and N instead of A and H: the other codes of list 7309 are not in use",
        nb: "Bruk M i stedet for O og X, og N i stedet for A og H: de andre kodene i kodeverk 7309 er ikke i bruk",
        nn: "Bruk M i staden for O og X, og N i staden for A og H: dei andre kodane i kodeverk 7309 er ikkje i bruk",
    },
    source: "HISD 1154:2018; code list 7309",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the codes of the list. One that the list does not have is for R-139, and that the element is there for the schema.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let status = status(head.kind, head.content())?;
    let of_the_list = by_number(7309).is_some_and(|list| list.code(code(status)).is_some());
    let in_use = matches!(code(status), "N" | "M" | "C");
    (of_the_list && !in_use).then(|| place::finding_at(&RULE, status).found(Detail::code(code(status))))
}
