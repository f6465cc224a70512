//! dates of what was done are not after the message.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, along};
use crate::messages::plo::moment::Moment;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-157",
    name: "what_is_recorded_has_happened",
    holds: Text {
        en: "GodkjentDato, DatoSendt and InformasjonGittDato are not after GenDate",
        nb: "GodkjentDato, DatoSendt og InformasjonGittDato er ikke etter GenDate",
        nn: "GodkjentDato, DatoSendt og InformasjonGittDato er ikkje etter GenDate",
    },
    hint: Text { en: "Check the date", nb: "Kontroller datoen", nn: "Kontroller datoen" },
    source: "derived from HIS 80704",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks each of them against the day of the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    const WHERE: [&[&str]; 4] = [
        &["AnsvarForRapport", "GodkjentDato"],
        &["SendtDokument", "DatoSendt"],
        &["InfoInformasjonGitt", "InformasjonGitt", "InformasjonGittDato"],
        &["MeldingOmUtskrevetPasient", "InfoInformasjonGitt", "InformasjonGitt", "InformasjonGittDato"],
    ];
    let Some(content) = Content::of(head) else { return Vec::new() };
    let Some(written) = Moment::read(&head.model.info.gen_date) else { return Vec::new() };
    let dates = WHERE.iter().flat_map(|steps| along(content.common(), steps));
    let ahead = |date: &Node<'_>| Moment::read(&date.text()).is_some_and(|moment| moment.is_of_a_later_day(written));
    dates.filter(ahead).map(|date| place::finding_at(&RULE, date)).collect()
}
