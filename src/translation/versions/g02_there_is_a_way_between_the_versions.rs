//! G-02: a message is only translated where the two versions have been compared.

use super::rule::Rule;
use crate::domain::Text;
use crate::routing::LossClass;

/// The rule.
pub static RULE: Rule = Rule {
    id: "G-02",
    name: "there_is_a_way_between_the_versions",
    what: Text {
        en: "There is no way from this version to one that is understood, so the message is refused",
        nb: "Det finnes ingen vei fra denne versjonen til en som forstås, så meldingen avvises",
        nn: "Det finst ingen veg frå denne versjonen til ein som blir forstått, så meldinga blir avvist",
    },
    before: "Document",
    after: "nowhere",
    class: LossClass::Refuse,
    source: "our own",
    down: None,
    up: None,
};
