//! DIALOG_FORESPORSEL: a question to another service (HISD 80903). To a receiver that takes none it is a clinical dialogue.

use super::super::at::{At, ours};
use super::super::catalogue::{ONE_ROOT, ROOT, TEXT, TOPIC};
use super::super::code::{Code, coding, of_category, of_concept};
use super::super::conversation::link;
use super::super::dialog::{self, REQUESTS, author_role, dialogue, is_finished, our_text, receiver_roles};
use super::super::element::{DIALOG_1_1, Element, Space, put};
use super::super::envelope::{Parties, parties};
use super::super::moment::day_of;
use super::super::words;
use super::super::work::Work;
use super::event::Event;
use crate::domain::{Level, Text};
use crate::fhir::Json;
use crate::translation::mapping::code_behind;

pub(super) static EVENT: Event = Event {
    code: "DIALOG_FORESPORSEL",
    needs: Text {
        en: "CommunicationRequest, one or several: payload; category of 9152, 9153 or 9154 if it is not 99",
        nb: "CommunicationRequest, én eller flere: payload; category fra 9152, 9153 eller 9154 hvis den ikke er 99",
        nn: "CommunicationRequest, éin eller fleire: payload; category frå 9152, 9153 eller 9154 dersom han ikkje er 99",
    },
    becomes: "Dialogmelding 1.0, Foresporsel; Dialogmelding 1.1, Notat, to whoever takes no requests",
    make,
};

fn make(work: &Work<'_>) -> Option<String> {
    let parties = parties(work);
    let roots = dialog::roots(work, "CommunicationRequest");
    let Some(first) = roots.first() else {
        work.tell(&ROOT, work.header.place("focus"));
        return None;
    };
    roots.iter().for_each(|root| is_finished(work, root, &["active", "completed", "unknown"]));
    let link = link(work, first);
    if work.known.questions_as_dialog {
        // It holds one note: a second question must not be lost.
        roots.iter().skip(1).for_each(|root| work.tell(&ONE_ROOT, root.path.clone()));
        let notes = roots.iter().map(|root| as_note(work, root, &parties)).take(1).collect();
        return Some(dialogue(work, "DIALOG_HELSEFAGLIG", &DIALOG_1_1, &parties, link.as_ref(), &roots[..1], notes));
    }
    let space = dialog::older();
    let many = roots.len() > 1;
    let requests = roots.iter().enumerate().map(|(at, root)| request(work, space, root, &parties, many.then_some(at + 1)));
    let requests = requests.collect();
    Some(dialogue(work, EVENT.code, space, &parties, link.as_ref(), &roots, requests))
}

/// What is asked: the topic, if there is one, on a line of its own.
fn question(work: &Work<'_>, root: &At<'_>, topic: Option<&str>) -> Option<String> {
    let text = words::text(work, root);
    if text.is_none() {
        work.tell(&TEXT, root.place("payload"));
    }
    Some([topic, Some(&*text?)].into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

fn topic<'b>(root: &At<'b>) -> Option<&'b str> {
    our_text(root, "topic").or_else(|| root.each("category").iter().find_map(|category| category.text_of("text")))
}

/// Order of version 1.0: it has no topic of its own.
fn request(work: &Work<'_>, space: &Space, root: &At<'_>, parties: &Parties<'_>, number: Option<usize>) -> Element {
    let mut element = space.element("Foresporsel");
    if root.json.get("doNotPerform").and_then(Json::bool) == Some(false) {
        root.done_with("doNotPerform");
    }
    let kind = of_category(work, root, "category", &REQUESTS);
    let asks_as_doctor = parties.sender.as_ref().is_some_and(|sender| sender.known.level == Level::Person);
    let usual = || Code::of(if asks_as_doctor { 9153 } else { 9152 }, "99");
    element.push(space.cv("TypeForesp", &kind.unwrap_or_else(usual)));
    put(&mut element, question(work, root, topic(root)).map(|text| space.text("Sporsmal", &text)));
    let reasons = root.each("reasonCode");
    let purpose = reasons.iter().find_map(|reason| of_concept(work, reason, &[9068]));
    put(&mut element, purpose.map(|purpose| space.cv("Formål", &purpose)));
    let why: Vec<&str> = reasons.iter().filter_map(|reason| reason.text_of("text")).collect();
    put(&mut element, (!why.is_empty()).then(|| space.text("Begrunnelse", &why.join("\n"))));
    let urgency = root.text_of("priority").and_then(|priority| code_behind("priority-9067", priority));
    put(&mut element, urgency.map(|code| space.cs("Hastegrad", &Code::of(9067, code))));
    let period = root.ours("info-period");
    for (local, member) in [("FraDato", "start"), ("TilDato", "end")] {
        put(
            &mut element,
            period.as_ref().and_then(|period| day_of(work, period, member)).map(|day| space.text(local, &day)),
        );
    }
    // Version 1.0 has one; the others are left unread.
    let journal = root.extensions(&ours("journal-info-type")).into_iter().next().and_then(|one| one.value());
    put(&mut element, journal.and_then(|one| coding(work, &one, &[9066])).map(|code| space.cv("TypeJournalinfo", &code)));
    put(&mut element, document_number(root, number).map(|number| space.text("DokIdForesp", &number)));
    author_role(work, space, root, parties, false).into_iter().for_each(|role| element.push(role));
    element
}

/// The sender's number of a question, or one by its place where there are several.
fn document_number(root: &At<'_>, number: Option<usize>) -> Option<String> {
    let identifier = root.each("identifier").into_iter().find(dialog::is_document_number);
    let written = identifier.and_then(|identifier| {
        let value = identifier.text_of("value").map(str::to_owned);
        identifier.done();
        value
    });
    written.or_else(|| number.map(|number| format!("foresporsel-{number}")))
}

fn as_note(work: &Work<'_>, root: &At<'_>, parties: &Parties<'_>) -> Element {
    let space = &DIALOG_1_1;
    let mut note = space.element("Notat");
    note.push(space.cv("TemaKodet", &Code::of(7322, "6")));
    let topic = topic(root);
    if topic.is_none() {
        work.tell(&TOPIC, root.place("category"));
    }
    put(&mut note, topic.map(|topic| space.text("Tema", topic)));
    put(&mut note, question(work, root, None).map(|text| space.text("TekstNotatInnhold", &text)));
    let mut roles = author_role(work, space, root, parties, true);
    roles.extend(receiver_roles(work, space, root, true));
    roles.into_iter().for_each(|role| note.push(role));
    note
}
