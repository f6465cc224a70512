//! a message that was received before is not processed again.

use crate::domain::{Digest, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-005",
    name: "msgid_not_received_before",
    holds: Text {
        en: "The MsgId has not been received from this partner before",
        nb: "MsgId er ikke mottatt fra denne parten tidligere",
        nn: "MsgId er ikkje motteken frå denne parten tidlegare",
    },
    hint: Text {
        en: "A message that is changed or sent anew on purpose gets a new MsgId; the same bytes again simply get the first answer again",
        nb: "En melding som er endret eller med vilje sendes på nytt, skal ha ny MsgId; de samme bytene om igjen får bare det første svaret om igjen",
        nn: "Ei melding som er endra eller med vilje blir send på nytt, skal ha ny MsgId; dei same bytane om att får berre det første svaret om att",
    },
    source: "HITS 1168; tests 11, 12, 41",
    incoming: Consequence::Ignore,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// True when an arrival is the earlier message once more: same MsgId (the caller found it by that) and the same bytes, by their
/// digests. Anything else under that MsgId is another message, and is not let in either.
pub fn is_the_same_message(earlier: &Digest, arrived: &Digest) -> bool {
    earlier == arrived
}
