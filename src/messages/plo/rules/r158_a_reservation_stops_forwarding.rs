//! what the patient does not want to be forwarded goes to its receiver and to nobody else.

use crate::domain::{PartnerName, Text};
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, is_true};
use crate::routing::Standing;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-158",
    name: "a_reservation_stops_forwarding",
    holds: Text {
        en: "A message with ForbeholdOmVideresending true goes to its receiver only, also where a route names more",
        nb: "En melding med ForbeholdOmVideresending true går bare til mottakeren, også der en rute oppgir flere",
        nn: "Ei melding med ForbeholdOmVideresending true går berre til mottakaren, også der ei rute oppgjev fleire",
    },
    hint: Text {
        en: "Nothing to do; the patient objects to forwarding",
        nb: "Ingenting å gjøre; pasienten har motsatt seg videresending",
        nn: "Ingenting å gjere; pasienten har motsett seg vidaresending",
    },
    source: "HIS 80704, InformasjonOmForsendelsen",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// Whether the patient objects to forwarding.
pub fn is_reserved(head: &HeadView<'_>) -> bool {
    let sending = Content::of(head).and_then(|content| content.sending());
    head.kind.family == "plo" && is_true(sending.and_then(|sending| child(sending, "ForbeholdOmVideresending")))
}

/// Takes away every leg that would be forwarding: all but the owner of the receiver's HER-id. Where nobody of ours owns it, the
/// first leg of the route stands in for the receiver. Says whether something was taken away.
pub fn keep_to_the_receiver(standing: &Standing, legs: &mut Vec<(PartnerName, bool)>) -> bool {
    let before = legs.len();
    match standing {
        Standing::Ours(owner) => legs.retain(|(partner, _)| partner == owner),
        Standing::UnknownParty | Standing::NotOurs => legs.truncate(1),
    }
    legs.len() < before
}
