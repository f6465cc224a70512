//! a DUF number has twelve digits.

use super::super::ident;
use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-052",
    name: "duf_number_has_twelve_digits",
    holds: Text {
        en: "A DUF number (DUF) has twelve digits",
        nb: "Et DUF-nummer (DUF) har tolv sifre",
        nn: "Eit DUF-nummer (DUF) har tolv siffer",
    },
    hint: Text {
        en: "Compare the number with its source",
        nb: "Sammenlign nummeret med kilden",
        nn: "Samanlikn nummeret med kjelda",
    },
    source: "HIS 1001",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// No more is published of it: it has a check digit, and no document says how it is reckoned.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let wrong = |written: &str| {
        let plain = ident::plain(written);
        let fits = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_digit());
        (!fits).then(|| Detail::words("not twelve digits", "ikke tolv sifre"))
    };
    ident::judge(head, &RULE, "DUF", wrong)
}
