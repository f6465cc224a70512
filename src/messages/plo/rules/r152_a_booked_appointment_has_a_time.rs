//! an appointment that is booked has a time.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, along, is_true};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-152",
    name: "a_booked_appointment_has_a_time",
    holds: Text {
        en: "An appointment with BestiltKontrolltime true has TidspunktTime",
        nb: "En time med BestiltKontrolltime true har TidspunktTime",
        nn: "Ein time med BestiltKontrolltime true har TidspunktTime",
    },
    hint: Text {
        en: "Give the time in TidspunktTime; use InformasjonOmTentativTime where it is not settled",
        nb: "Oppgi tidspunktet i TidspunktTime; bruk InformasjonOmTentativTime når det ikke er fastsatt",
        nn: "Oppgi tidspunktet i TidspunktTime; bruk InformasjonOmTentativTime når det ikkje er fastsett",
    },
    source: "HIS 80704, InformasjonOmTime",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every appointment.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let booked = along(content.root, &["InfoKontrolltime", "InformasjonOmTime"]).into_iter();
    let without_time =
        |one: &Node<'_>| is_true(child(*one, "BestiltKontrolltime")) && child(*one, "TidspunktTime").is_none();
    booked.filter(without_time).map(|one| content.missing(&RULE, one, &["TidspunktTime"])).collect()
}
