//! the first health information is a notice, and later ones are updates.

use super::super::status;
use crate::domain::Text;
use crate::messages::content::{at, code, list};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-098",
    name: "notice_is_new_and_update_is_a_change",
    holds: Text {
        en: "In HELSEOPPL_SOKNAD TypeInnhold is 1 (notice) in a new message and 2 (update) in a change",
        nb: "I HELSEOPPL_SOKNAD er TypeInnhold 1 (varsel) i en ny melding og 2 (oppdatering) i en endring",
        nn: "I HELSEOPPL_SOKNAD er TypeInnhold 1 (varsel) i ei ny melding og 2 (oppdatering) i ei endring",
    },
    hint: Text {
        en: "Let TypeInnhold (list 9140) follow Forsendelsesstatus: N and 1, M and 2",
        nb: "La TypeInnhold (kodeverk 9140) følge Forsendelsesstatus: N og 1, M og 2",
        nn: "La TypeInnhold (kodeverk 9140) følgje Forsendelsesstatus: N og 1, M og 2",
    },
    source: "HIS 1144; code list 9140",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Compares the two codes. A cancellation repeats what it cancels.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = head.content().filter(|_| head.type_code() == "HELSEOPPL_SOKNAD")?;
    let status = status(head.kind, Some(content))?;
    let kind = at(content, &["TypeInnholdIMelding", "TypeInnhold"]).filter(|kind| list(*kind) == "9140")?;
    let contradicts = matches!((code(status), code(kind)), ("N", "2") | ("M", "1"));
    contradicts.then(|| place::finding_at(&RULE, kind).found(Detail::code(code(kind))))
}
