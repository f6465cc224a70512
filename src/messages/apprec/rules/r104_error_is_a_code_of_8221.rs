//! error codes are of list 8221.

use super::super::AppRecView;
use super::super::codes::error_list;
use crate::domain::Text;
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-104",
    name: "error_is_a_code_of_8221",
    holds: Text {
        en: "Error has a code of list 8221",
        nb: "Error har en kode fra liste 8221",
        nn: "Error har ein kode frå liste 8221",
    },
    hint: Text {
        en: "Use X99 with a text where no code fits",
        nb: "Bruk X99 med tekst der ingen kode passer",
        nn: "Bruk X99 med tekst der ingen kode passar",
    },
    source: "HIS 80415:2012; code list 8221 (8222 and 8223 only for NAV and claims)",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks list and code of every error; E40 stands only in the text of version 1.0 and is met in old systems.
pub fn check(view: &AppRecView<'_>) -> Option<Finding> {
    let wrong =
        view.model.errors.iter().find(|error| !error.s.ends_with(".8221") || error_list().code(&error.v).is_none())?;
    Some(view.finding(&RULE, &["Error"]).found(Detail::code(&wrong.v)))
}
