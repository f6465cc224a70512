//! P-10: the day on which a patient is expected to be ready is an event since 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::super::walk::{each, is_code};
use super::MARK;
use super::nursing::component;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-10",
    name: "expected_readiness_is_no_event_in_1_5",
    what: Text {
        en: "An expected day of readiness stands as labelled lines in the remark of the first event; where it is the only event, 1.5 would say that the patient is ready, so the message is refused",
        nb: "En forventet utskrivningsklar-dato står som merkede linjer i merknaden til den første hendelsen; er den eneste hendelse, ville 1.5 si at pasienten er utskrivningsklar, så meldingen avvises",
        nn: "Ein forventa utskrivingsklar-dato står som merkte linjer i merknaden til den første hendinga; er han einaste hending, ville 1.5 seie at pasienten er utskrivingsklar, så meldinga blir avvist",
    },
    before: "MeldingUtskrivningsklarPasient/TidsfestetHendelse (9121, 5)",
    after: "TidsfestetHendelse/Merknad",
    class: LossClass::Refuse,
    source: "HIS 80704:2014, 13",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const EVENT: &str = "TidsfestetHendelse";

const SUBJECT: Subject = Subject {
    name: "Hendelse",
    is_numbered: true,
    words: &[
        ("Hendelsekode@DN", "hva"),
        ("Hendelsekode@V", "kode"),
        ("Hendelsekode@S", "kodeverk"),
        ("Hendelsekode@OT", "annet"),
        ("BeskrivelseAvHendelse", "beskrivelse"),
        ("TidspunktForHendelse@V", "tidspunkt"),
        ("Anslag", "anslag"),
        ("Merknad", "merknad"),
        ("StedForHendelse/StedHendelse", "sted"),
    ],
};

fn is_expected(event: &Draft<'_>) -> bool {
    event.child("Hendelsekode").is_some_and(|code| is_code(code, 9121, "5"))
}

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "MeldingUtskrivningsklarPasient", &mut |notice| {
        let events: Vec<bool> = notice.children().filter(|child| child.local() == EVENT).map(is_expected).collect();
        if !events.is_empty() && events.iter().all(|expected| *expected) {
            let at = notice.child(EVENT).and_then(Draft::origin);
            return told.tell(&RULE, LossClass::Refuse, at.or(notice.origin()));
        }
        let taken = notice.take_where(EVENT, |_, event| is_expected(event));
        let labels: Vec<Label> = taken.iter().flat_map(|(place, event)| SUBJECT.labels(*place, event)).collect();
        taken.iter().for_each(|(_, event)| told.tell(&RULE, LossClass::Text, event.origin()));
        if let Some(first) = notice.child_mut(EVENT).filter(|_| !labels.is_empty()) {
            MARK.displace(first, "Merknad", &["StedForHendelse"], &labels);
        }
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let blank = Draft::new("po", &component(content), EVENT);
    each(content, "MeldingUtskrivningsklarPasient", &mut |notice| {
        let Some(first) = notice.child_mut(EVENT) else { return };
        let labels = MARK.reclaim(first, "Merknad", |label| SUBJECT.tells(label));
        for (place, event) in SUBJECT.restore(&labels, || blank.clone()) {
            notice.insert_nth(event, place, &[]);
            told.tell(&RULE, LossClass::Lossless, notice.origin());
        }
    });
}
