//! P-08: an application tells of a stay since 1.6.

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
    id: "P-08",
    name: "stay_has_no_place_in_an_application_of_1_5",
    what: Text {
        en: "The stay stands as labelled lines, with event, time, estimate and place, in the first journal text of the nurse",
        nb: "Oppholdet står som merkede linjer, med hendelse, tidspunkt, anslag og sted, i den første journalteksten fra sykepleier",
        nn: "Opphaldet står som merkte linjer, med hending, tidspunkt, anslag og stad, i den første journalteksten frå sjukepleiar",
    },
    before: "HelseopplysningerVedSoknad/OpplysningOpphold",
    after: "Sykepleierdokumentasjon/InfoFraSykepleier/Journaltekst",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 7.2",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "OpplysningOpphold";

const SUBJECT: Subject = Subject {
    name: "Opphold",
    is_numbered: true,
    words: &[
        ("TidsfestetHendelse/Hendelsekode@DN", "hendelse"),
        ("TidsfestetHendelse/Hendelsekode@V", "kode"),
        ("TidsfestetHendelse/Hendelsekode@S", "kodeverk"),
        ("TidsfestetHendelse/Hendelsekode@OT", "annen hendelse"),
        ("TidsfestetHendelse/BeskrivelseAvHendelse", "beskrivelse"),
        ("TidsfestetHendelse/TidspunktForHendelse@V", "tidspunkt"),
        ("TidsfestetHendelse/Anslag", "anslag"),
        ("TidsfestetHendelse/Merknad", "merknad"),
        ("TidsfestetHendelse/StedForHendelse/StedHendelse", "sted"),
    ],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION {
        return;
    }
    let stays = content.take_where(ELEMENT, |_, _| true);
    let labels: Vec<Label> = stays.iter().flat_map(|(place, stay)| SUBJECT.labels(*place, stay)).collect();
    if !labels.is_empty() {
        note(content, &labels);
    }
    stays.iter().for_each(|(_, stay)| told.tell(&RULE, LossClass::Text, stay.origin()));
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() != APPLICATION {
        return;
    }
    let labels = reclaim(content, |label: &Label| SUBJECT.tells(label));
    let blank = Draft::new("po", &component(content), ELEMENT);
    for (place, stay) in SUBJECT.restore(&labels, || blank.clone()) {
        content.insert_nth(stay, place, &super::BEHIND_KIND[1..]);
        told.tell(&RULE, LossClass::Lossless, content.origin());
    }
}
