//! a message is neither from the future nor too old to be answered in time.

use crate::domain::{Envelope, Text, Timestamp};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use std::time::Duration;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-025",
    name: "gendate_is_of_our_time",
    holds: Text {
        en: "GenDate is not in the future, and not more than 96 hours ago when the message arrives",
        nb: "GenDate er ikke i framtiden, og ikke mer enn 96 timer siden når meldingen kommer fram",
        nn: "GenDate er ikkje i framtida, og ikkje meir enn 96 timar sidan når meldinga kjem fram",
    },
    hint: Text {
        en: "Set the clock of the sending system; a message that has waited for days needs a look at why",
        nb: "Still klokken i avsendersystemet; finn ut hvorfor en melding har ventet i flere dager",
        nn: "Still klokka i avsendarsystemet; finn ut kvifor ei melding har venta i fleire dagar",
    },
    source: "HIS 80601; HIS 80415:2012, 3.2 (96 hours); the tolerance of 5 minutes is ours",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// Clocks of two systems may differ so much.
const TOLERATED: Duration = Duration::from_secs(5 * 60);
/// After so long the sender holds the message for refused, and may have sent it anew.
const ANSWERED_WITHIN: Duration = Duration::from_secs(96 * 3600);

/// Needs the time, so the path calls it where a message arrives; a message that is only validated has not arrived.
pub fn check(envelope: &Envelope, now: Timestamp) -> Option<Finding> {
    let generated = envelope.generated_at?;
    let found = if generated > now.plus(TOLERATED) {
        Detail::words("in the future", "i framtiden")
    } else if now.since(generated) > ANSWERED_WITHIN {
        Detail::words("more than 96 hours ago", "mer enn 96 timer siden")
    } else {
        return None;
    };
    Some(Finding::new(&RULE).on("/mh:MsgHead/mh:MsgInfo/mh:GenDate").found(found))
}
