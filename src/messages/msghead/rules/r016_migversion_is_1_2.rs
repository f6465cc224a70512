//! MIGversion is the literal that the schema fixes.

use super::super::HeadView;
use crate::domain::{Reason, Text};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-016",
    name: "migversion_is_1_2",
    holds: Text {
        en: "MIGversion is 'v1.2 2006-05-24'",
        nb: "MIGversion er «v1.2 2006-05-24»",
        nn: "MIGversion er «v1.2 2006-05-24»",
    },
    hint: Text {
        en: "Write the literal exactly as the schema has it",
        nb: "Skriv verdien nøyaktig slik skjemaet har den",
        nn: "Skriv verdien nøyaktig slik skjemaet har han",
    },
    source: "MsgHead-v1_2.xsd (fixed value)",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The literal.
pub const LITERAL: &str = "v1.2 2006-05-24";

/// Checks the literal.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let written = &head.model.info.mig_version;
    (written != LITERAL).then(|| head.finding(&RULE, &["MsgInfo", "MIGversion"]).found(Detail::code(written)))
}
