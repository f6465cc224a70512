//! P-19: headings on infection and allergy went out of use with 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::super::walk::{each, is_of};
use super::MARK_15;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-19",
    name: "headings_on_infection_are_of_1_5_only",
    what: Text {
        en: "A heading on infection or allergy is not in use in 1.6; it stands as labelled lines behind the text",
        nb: "En overskrift om smitte eller allergi er ikke i bruk i 1.6; den står som merkede linjer etter teksten",
        nn: "Ei overskrift om smitte eller allergi er ikkje i bruk i 1.6; ho står som merkte linjer etter teksten",
    },
    before: "Journaltekst/Overskriftskode (9143)",
    after: "Journaltekst/Notat",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, changes; code list 9143",
    down: Some(Step::PutsBack(restore)),
    up: Some(Step::Does(displace)),
};

const ELEMENT: &str = "Overskriftskode";

const SUBJECT: Subject = Subject {
    name: "Overskrift",
    is_numbered: false,
    words: &[("@DN", ""), ("@V", "kode"), ("@S", "kodeverk"), ("@OT", "annet")],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Journaltekst", &mut |text| {
        for (_, heading) in text.take_where(ELEMENT, |_, heading| is_of(heading, 9143)) {
            MARK_15.displace(text, "Notat", &["Merknad"], &SUBJECT.labels(0, &heading));
            told.tell(&RULE, LossClass::Text, heading.origin());
        }
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Journaltekst", &mut |text| {
        let labels = MARK_15.reclaim(text, "Notat", |label: &Label| SUBJECT.tells(label));
        let blank = text.part(ELEMENT);
        for (_, heading) in SUBJECT.restore(&labels, || blank.clone()) {
            text.insert_before(heading, &["Notat", "Merknad"]);
            told.tell(&RULE, LossClass::Lossless, text.origin());
        }
    });
}
