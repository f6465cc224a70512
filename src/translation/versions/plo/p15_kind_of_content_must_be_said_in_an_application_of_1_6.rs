//! P-15: what kind of content an application has must be said in 1.6.

use super::super::rule::{Rule, Step, Told};
use super::nursing::component;
use super::{APPLICATION, BEHIND_KIND};
use crate::codelists::{OID_STEM, by_number};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-15",
    name: "kind_of_content_must_be_said_in_an_application_of_1_6",
    what: Text {
        en: "What kind of health information it is follows from its status: new is a notice, changed or cancelled is an update; or it is what was agreed (plo15_type_innhold)",
        nb: "Hva slags helseopplysninger det er, følger av status: ny er varsel, endret eller kansellert er oppdatering; eller det er det som er avtalt (plo15_type_innhold)",
        nn: "Kva slags helseopplysningar det er, følgjer av status: ny er varsel, endra eller kansellert er oppdatering; eller det er det som er avtalt (plo15_type_innhold)",
    },
    before: "InformasjonOmForsendelsen/Forsendelsesstatus",
    after: "HelseopplysningerVedSoknad/TypeInnholdIMelding",
    class: LossClass::Refuse,
    source: "HIS 80704 v1.6, 7.2; code list 9140",
    down: None,
    up: Some(Step::Does(run)),
};

const ELEMENT: &str = "TypeInnholdIMelding";

/// It is a guess, though a good one: hence recoded, and not lossless.
fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION || content.child(ELEMENT).is_some() {
        return;
    }
    let status = content.child("InformasjonOmForsendelsen").and_then(|sending| sending.child("Forsendelsesstatus"));
    let agreed = told.wanted.understands.application_kind;
    let code = match (agreed, status.and_then(|status| status.attribute("V")).map(str::trim)) {
        (Some(agreed), _) => agreed,
        (None, Some("N")) => "1",
        (None, Some("M" | "C")) => "2",
        (None, _) => return told.tell(&RULE, LossClass::Refuse, status.and_then(Draft::origin).or(content.origin())),
    };
    let words = by_number(9140).and_then(|list| list.code(code)).map_or("", |code| code.dn);
    let at = status.and_then(Draft::origin);
    let mut kind = Draft::new("po", &component(content), ELEMENT);
    let coded = kind.part("TypeInnhold").with("V", code).with("S", &format!("{OID_STEM}9140")).with("DN", words);
    kind.insert_before(coded, &[]);
    content.insert_before(kind, &BEHIND_KIND);
    told.tell(&RULE, LossClass::Recoded, at);
}
