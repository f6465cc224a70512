//! P-09: whether the patient has applied must be said in 1.5.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::nursing::component;
use super::{APPLICATION, BEHIND_KIND, MARK};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-09",
    name: "own_application_must_be_said_in_1_5",
    what: Text {
        en: "That nobody says whether the patient has applied stands as a labelled line in the remark; the element says no",
        nb: "At det ikke er sagt om pasienten har søkt selv, står som en merket linje i merknaden; elementet sier nei",
        nn: "At det ikkje er sagt om pasienten har søkt sjølv, står som ei merkt linje i merknaden; elementet seier nei",
    },
    before: "HelseopplysningerVedSoknad/OpplysningerTilSoknad (absent)",
    after: "OpplysningerTilSoknad/Merknad",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 7.2",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "OpplysningerTilSoknad";
const FIELD: &str = "Opplysninger til søknad";

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION || content.child(ELEMENT).is_some() {
        return;
    }
    let mut made = Draft::new("po", &component(content), ELEMENT);
    made.insert_before(made.part("EgensoknadSendt").with_text("false"), &[]);
    MARK.displace(&mut made, "Merknad", &[], &[Label::not_given(FIELD)]);
    content.insert_before(made, &BEHIND_KIND[2..]);
    told.tell(&RULE, LossClass::Text, content.origin());
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let was_made = |application: &Draft<'_>| {
        let remark = application.child("Merknad").map(Draft::text).unwrap_or_default();
        let says_no = application.child("EgensoknadSendt").is_some_and(|said| said.text().trim() == "false");
        says_no && remark == MARK.append(None, &[Label::not_given(FIELD)])
    };
    if content.local() == APPLICATION && !content.take_where(ELEMENT, |_, found| was_made(found)).is_empty() {
        told.tell(&RULE, LossClass::Lossless, content.origin());
    }
}
