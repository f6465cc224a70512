//! an HPR number has seven to nine digits.

use super::super::ident;
use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-057",
    name: "hpr_number_has_its_length",
    holds: Text {
        en: "An HPR number (HPR) has seven to nine digits",
        nb: "Et HPR-nummer (HPR) har sju til ni sifre",
        nn: "Eit HPR-nummer (HPR) har sju til ni siffer",
    },
    hint: Text {
        en: "Look the professional up in the register of health personnel (HPR)",
        nb: "Slå opp helsepersonellet i Helsepersonellregisteret (HPR)",
        nn: "Slå opp helsepersonellet i Helsepersonellregisteret (HPR)",
    },
    source: "what the official samples have",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Every one in the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let wrong = |written: &str| {
        let plain = ident::plain(written);
        let fits = (7..=9).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_digit());
        (!fits).then(|| Detail::words("not seven to nine digits", "ikke sju til ni sifre"))
    };
    ident::judge(head, &RULE, "HPR", wrong)
}
