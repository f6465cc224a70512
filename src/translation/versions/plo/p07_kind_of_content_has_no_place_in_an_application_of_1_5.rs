//! P-07: what kind of content an application has is said since 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::APPLICATION;
use super::nursing::{component, note, reclaim};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-07",
    name: "kind_of_content_has_no_place_in_an_application_of_1_5",
    what: Text {
        en: "What kind of health information it is stands as labelled lines in the first journal text of the nurse",
        nb: "Hva slags helseopplysninger det er, står som merkede linjer i den første journalteksten fra sykepleier",
        nn: "Kva slags helseopplysningar det er, står som merkte linjer i den første journalteksten frå sjukepleiar",
    },
    before: "HelseopplysningerVedSoknad/TypeInnholdIMelding",
    after: "Sykepleierdokumentasjon/InfoFraSykepleier/Journaltekst",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 7.2",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "TypeInnholdIMelding";

const SUBJECT: Subject = Subject {
    name: "Type innhold",
    is_numbered: false,
    words: &[
        ("TypeInnhold@DN", ""),
        ("TypeInnhold@V", "kode"),
        ("TypeInnhold@S", "kodeverk"),
        ("TypeInnhold@OT", "annet"),
        ("Merknad", "merknad"),
    ],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION {
        return;
    }
    if let Some(kind) = content.take(ELEMENT) {
        note(content, &SUBJECT.labels(0, &kind));
        told.tell(&RULE, LossClass::Text, kind.origin());
    }
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION || content.child(ELEMENT).is_some() {
        return;
    }
    let labels = reclaim(content, |label: &Label| SUBJECT.tells(label));
    let blank = Draft::new("po", &component(content), ELEMENT);
    for (_, kind) in SUBJECT.restore(&labels, || blank.clone()) {
        content.insert_before(kind, &super::BEHIND_KIND);
        told.tell(&RULE, LossClass::Lossless, content.origin());
    }
}
