//! D-06: coded information may be asked for since 1.1.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::super::walk::each;
use super::{BEHIND_QUESTION, MARK};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-06",
    name: "coded_information_has_no_place_in_1_0",
    what: Text {
        en: "Coded information stands as labelled lines in the question",
        nb: "En kodet opplysning står som merkede linjer i spørsmålet",
        nn: "Ei koda opplysning står som merkte linjer i spørsmålet",
    },
    before: "Foresporsel/KodetOpplysning",
    after: "Foresporsel/Sporsmal",
    class: LossClass::Text,
    source: "HIS 80603 v1.1, 5.1.2; code list 8324",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "KodetOpplysning";

const SUBJECT: Subject = Subject {
    name: "Kodet opplysning",
    is_numbered: false,
    words: &[("@DN", ""), ("@V", "kode"), ("@S", "kodeverk"), ("@OT", "annet")],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let Some(coded) = request.take(ELEMENT) else { return };
        MARK.displace(request, "Sporsmal", BEHIND_QUESTION, &SUBJECT.labels(0, &coded));
        told.tell(&RULE, LossClass::Text, coded.origin());
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let labels = MARK.reclaim(request, "Sporsmal", |label: &Label| SUBJECT.tells(label));
        let blank = request.part(ELEMENT);
        for (_, coded) in SUBJECT.restore(&labels, || blank.clone()) {
            request.insert_before(coded, &["DokIdForesp", "RollerRelatertNotat"]);
            told.tell(&RULE, LossClass::Lossless, request.origin());
        }
    });
}
