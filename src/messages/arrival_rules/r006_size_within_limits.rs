//! the message is not larger or more deeply nested than we can carry safely.

use crate::domain::{Reason, Text};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-006",
    name: "size_within_limits",
    holds: Text {
        en: "The message keeps within the limits of size and nesting",
        nb: "Meldingen holder seg innenfor grensene for størrelse og nøsting",
        nn: "Meldinga held seg innanfor grensene for storleik og nøsting",
    },
    hint: Text {
        en: "Send large attachments another way; HIS 1036 asks senders to warn above 10 MB for the whole message",
        nb: "Send store vedlegg på en annen måte; HIS 1036 ber avsender varsle over 10 MB for hele meldingen",
        nn: "Send store vedlegg på ein annan måte; HIS 1036 ber avsendaren varsle over 10 MB for heile meldinga",
    },
    source: "HIS 1036; the hard limits are our own",
    incoming: Consequence::Refuse(Reason::FormatOther),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};

/// Above this the sender should have warned its user (HIS 1036); we accept it and say so.
pub const WARN_BYTES: usize = 10_000_000;

/// Checks the size of a message that is within the hard limit.
pub fn check(bytes: usize) -> Option<Finding> {
    let detail = || Detail::count(bytes as u64, "bytes", "byte");
    (bytes > WARN_BYTES).then(|| Finding::new(&RULE).with(Consequence::Warn).found(detail()))
}
