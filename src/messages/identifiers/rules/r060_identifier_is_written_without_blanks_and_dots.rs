//! an identifier of digits is sent without blanks and dots.

use super::super::ident::{self, Ident};
use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-060",
    name: "identifier_is_written_without_blanks_and_dots",
    holds: Text {
        en: "A number that identifies somebody is written without blanks and dots",
        nb: "Et nummer som identifiserer noen, skrives uten mellomrom og punktum",
        nn: "Eit nummer som identifiserer nokon, blir skrive utan mellomrom og punktum",
    },
    hint: Text {
        en: "Write the digits only; 974 793 539 becomes 974793539",
        nb: "Skriv bare sifrene; 974 793 539 blir 974793539",
        nn: "Skriv berre siffera; 974 793 539 blir 974793539",
    },
    source: "HIS 1153-1; what official test messages have",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The types whose values are numbers; local identifiers may be written in any way.
const NUMBERS: [&str; 9] = ["HER", "ENH", "RSH", "FNR", "DNR", "HNR", "FHN", "DUF", "HPR"];

/// For a sender only: numbers that come in are compared without what stands between their digits.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let numbers = ident::all(head).filter(|ident| NUMBERS.contains(&ident.type_code()));
    numbers.filter_map(|ident| finding(&ident)).take(MANY).collect()
}

fn finding(ident: &Ident<'_>) -> Option<Finding> {
    let written = ident.written();
    let plain = ident::plain(&written);
    if plain == written || plain.is_empty() {
        return None;
    }
    let finding = place::finding_at(&RULE, ident.id);
    Some(match ident.rewritten(plain) {
        Some(fix) => finding.fixed_by(fix),
        None => finding,
    })
}
