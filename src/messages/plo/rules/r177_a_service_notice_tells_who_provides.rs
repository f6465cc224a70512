//! a notice of services tells who provides each.

use crate::domain::Text;
use crate::messages::content::{each, has};
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, along};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-177",
    name: "a_service_notice_tells_who_provides",
    holds: Text {
        en: "Each service in ORIENTERING_TJENESTETILBUD says which unit provides it",
        nb: "Hver tjeneste i ORIENTERING_TJENESTETILBUD sier hvilken enhet som utfører den",
        nn: "Kvar teneste i ORIENTERING_TJENESTETILBUD seier kva eining som utfører henne",
    },
    hint: Text {
        en: "Name the unit in TjenestenLevertAv, with its telephone if it is another than the responsible one",
        nb: "Oppgi enheten i TjenestenLevertAv, med telefon hvis den er en annen enn den ansvarlige",
        nn: "Oppgi eininga i TjenestenLevertAv, med telefon om ho er ei anna enn den ansvarlege",
    },
    source: "HIS 1146 (2019), 3",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every service. Its type and its dates are for, the responsible unit for R-155. A responsible unit that
/// is named stands for the services that name none.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::to_be_complete(head, &["ORIENTERING_TJENESTETILBUD"]) else { return Vec::new() };
    if !along(content.root, &["TilknyttetEnhet", "Kontaktenhet"]).is_empty() {
        return Vec::new();
    }
    let nobodys = each(content.root, "EksisterendeTjeneste").filter(|service| !has(*service, "TjenestenLevertAv"));
    nobodys.map(|service| content.missing(&RULE, service, &["TjenestenLevertAv"])).collect()
}
