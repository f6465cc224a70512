//! P-03: a tentative follow-up appointment can be told since 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::MARK;
use super::nursing::{component, journal_text, reclaim_from};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-03",
    name: "tentative_appointment_has_no_place_in_1_5",
    what: Text {
        en: "A tentative follow-up appointment stands as labelled lines in a journal note of its own",
        nb: "En tentativ kontrolltime står som merkede linjer i et eget journalnotat",
        nn: "Ein tentativ kontrolltime står som merkte linjer i eit eige journalnotat",
    },
    before: "InfoKontrolltime/InformasjonOmTentativTime",
    after: "InfoAndreViktigeOpplysninger/GenereltJournalnotat",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 8.2.14",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const META: &str = "http://www.kith.no/xmlstds/epj/meta/2008-02-20";
const APPOINTMENT: &str = "InfoKontrolltime";
const TENTATIVE: &str = "InformasjonOmTentativTime";
const OTHER: &str = "InfoAndreViktigeOpplysninger";
const NOTE: &str = "GenereltJournalnotat";
const MADE: &str = "Andre viktige opplysninger";

const SUBJECT: Subject = Subject {
    name: "Tentativ kontrolltime",
    is_numbered: true,
    words: &[
        ("InformasjonOmTentativTime/TentativtTidspunktTime", "tidspunkt"),
        ("InformasjonOmTentativTime/StedTime", "sted"),
        ("InformasjonOmTentativTime/Merknad", "merknad"),
        ("InformasjonOmTentativTime/InformertOm/PasientInformert", "pasient informert"),
        ("InformasjonOmTentativTime/InformertOm/ParorendeInformert", "pårørende informert"),
    ],
};

/// What follows in the discharge report.
const BEHIND_OTHER: [&str; 9] = [
    "Sykepleierdokumentasjon",
    "OpplysningerAndreFaggrupper",
    "InfoKartleggingFunksjonsniva",
    "TjenesteBehov",
    "InfoInformasjonGitt",
    "InfoAssistertKommunikasjon",
    "InfoReservasjon",
    APPOINTMENT,
    "OpplysningerOmHjelpemidler",
];

/// To say `KontrolltimeBestill` that nobody books would be untrue.
fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let taken = content.take_where(APPOINTMENT, |_, found| found.child(TENTATIVE).is_some());
    if taken.is_empty() {
        return;
    }
    let mut labels: Vec<Label> = taken.iter().flat_map(|(place, found)| SUBJECT.labels(*place, found)).collect();
    for (_, found) in &taken {
        told.tell(&RULE, LossClass::Text, found.child(TENTATIVE).and_then(Draft::origin));
    }
    if content.child(OTHER).is_none() {
        labels.insert(0, Label::not_given(MADE));
        content.insert_before(Draft::new("po", &component(content), OTHER), &BEHIND_OTHER);
    }
    let mut text = journal_text(None);
    MARK.displace(&mut text, "Notat", &[], &labels);
    let mut note = Draft::new("epj2", text.namespace(), NOTE)
        .with_named("m1", META, "basiskomponenttype", "EPJ dokument")
        .with_named("m1", META, "komponenttype", "2.16.578.1.12.4.1.6.13.11009.0")
        .with("komponentID", &component_id(&labels))
        .with_named("m1", META, "informasjonskategori", "Andre notater");
    note.insert_before(text, &[]);
    if let Some(other) = content.child_mut(OTHER) {
        other.insert_before(note, &["Allerginotat"]);
    }
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let mut labels = Vec::new();
    if let Some(other) = content.child_mut(OTHER) {
        let is_wanted = |label: &Label| SUBJECT.tells(label) || *label == Label::not_given(MADE);
        for note in other.children_mut().filter(|child| child.local() == NOTE) {
            labels.extend(reclaim_from(note, MARK, &is_wanted));
        }
        if !labels.is_empty() {
            other.take_where(NOTE, |_, note| !note.has_children());
        }
    }
    if labels.contains(&Label::not_given(MADE)) {
        content.take_where(OTHER, |_, other| !other.has_children());
    }
    let blank = Draft::new("po", &component(content), APPOINTMENT);
    for (place, appointment) in SUBJECT.restore(&labels, || blank.clone()) {
        content.insert_nth(appointment, place, &["OpplysningerOmHjelpemidler"]);
        told.tell(&RULE, LossClass::Lossless, content.origin());
    }
}

/// A component of a record has a UUID of its own. The same appointments give the same one: no dice are needed, and the same
/// message is translated into the same bytes.
fn component_id(labels: &[Label]) -> String {
    let half = |basis: u64| {
        let bytes = labels.iter().flat_map(|label| label.field.bytes().chain(label.value.bytes()));
        bytes.fold(basis, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    let (high, low) = (half(0xcbf2_9ce4_8422_2325), half(0x8422_2325_cbf2_9ce4));
    let custom = (high & 0xffff_ffff_ffff_0fff) | 0x8000;
    let variant = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        custom >> 32,
        (custom >> 16) & 0xffff,
        custom & 0xffff,
        variant >> 48,
        variant & 0xffff_ffff_ffff
    )
}
