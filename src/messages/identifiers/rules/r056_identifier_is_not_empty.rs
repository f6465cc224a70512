//! an identifier has a value beside its type.

use super::super::ident;
use crate::domain::Text;
use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-056",
    name: "identifier_is_not_empty",
    holds: Text {
        en: "An Ident has a value in Id beside its TypeId",
        nb: "En Ident har en verdi i Id ved siden av TypeId",
        nn: "Ein Ident har ein verdi i Id ved sida av TypeId",
    },
    hint: Text {
        en: "Leave the whole Ident out when there is no value",
        nb: "Utelat hele Ident når det ikke finnes noen verdi",
        nn: "Utelat heile Ident når det ikkje finst nokon verdi",
    },
    source: "acceptance test 23",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// An empty `Id` is reported here and not by R-019.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let empty = ident::all(head).filter(|ident| !ident.id.has_text());
    empty.map(|ident| place::finding_at(&RULE, ident.id)).take(MANY).collect()
}
