//! P-04: whether something was told by word of mouth must be said in 1.5.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use super::MARK;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-04",
    name: "told_by_word_of_mouth_must_be_said_in_1_5",
    what: Text {
        en: "That nobody says whether it was told by word of mouth stands as a labelled line in the description; the element says no",
        nb: "At det ikke er sagt om informasjonen er gitt muntlig, står som en merket linje i beskrivelsen; elementet sier nei",
        nn: "At det ikkje er sagt om informasjonen er gitt munnleg, står som ei merkt linje i skildringa; elementet seier nei",
    },
    before: "InformasjonGitt/MuntligInformasjon (absent)",
    after: "InformasjonGitt/BeskrivelseInformasjon",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 6.2.5",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const FIELD: &str = "Muntlig informasjon";
const ELEMENT: &str = "MuntligInformasjon";

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "InformasjonGitt", &mut |information| {
        if information.child(ELEMENT).is_none() {
            let no = information.part(ELEMENT).with_text("false");
            information.insert_before(no, &["InformasjonGittTil"]);
            MARK.displace(information, "BeskrivelseInformasjon", &[ELEMENT], &[Label::not_given(FIELD)]);
            told.tell(&RULE, LossClass::Text, information.origin());
        }
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "InformasjonGitt", &mut |information| {
        let not_given = |label: &Label| *label == Label::not_given(FIELD);
        if !MARK.reclaim(information, "BeskrivelseInformasjon", not_given).is_empty() {
            information.take_where(ELEMENT, |_, said| said.text().trim() == "false");
            told.tell(&RULE, LossClass::Lossless, information.origin());
        }
    });
}
