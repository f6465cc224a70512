//! G-01: what is translated is not what was signed.

use super::rule::Rule;
use crate::domain::Text;
use crate::routing::LossClass;

/// The rule.
pub static RULE: Rule = Rule {
    id: "G-01",
    name: "signature_is_of_the_original",
    what: Text {
        en: "A signature is of the original, which stays in the log; the translation goes without",
        nb: "En signatur gjelder originalen, som blir i loggen; oversettelsen går uten",
        nn: "Ein signatur gjeld originalen, som blir i loggen; omsetjinga går utan",
    },
    before: "MsgHead/Signature",
    after: "nowhere",
    class: LossClass::Recoded,
    source: "HIS 80601",
    down: None,
    up: None,
};
