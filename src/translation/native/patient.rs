//! The patient: from the Bundle, or from the message that is followed when it is the same patient.

use super::at::At;
use super::catalogue::{IDENTIFIER, OTHER_PATIENT, PATIENT, PATIENT_ID, PATIENT_NAME, PATIENT_NUMBER};
use super::contact::Ident;
use super::earlier::{Earlier, child};
use super::element::{Element, MH, copy};
use super::person::Person;
use super::references::behind;
use super::work::Work;
use crate::messages::identifiers::{class_of_type, wrong_in};
use crate::xml::Node;

/// `Patient`; what is missing is told.
pub(super) fn patient<'b>(work: &Work<'b>, roots: &[At<'b>], earlier: Option<&Earlier<'_>>) -> Option<Element> {
    let before = earlier.and_then(Earlier::patient);
    let of_root =
        roots.first().and_then(|root| ["subject", "patient"].into_iter().find_map(|member| behind(work, root, member)));
    let found =
        of_root.filter(|one| one.resource_type() == "Patient").or_else(|| work.entries.all("Patient").into_iter().next());
    let Some(found) = found else {
        if before.is_none() {
            work.tell(&PATIENT, work.entries.bundle.path.clone());
        }
        return before.map(copy);
    };
    of_one_patient(work, &found);
    let person = Person::of(work, &found, &MH, &MH);
    if person.idents.is_empty() {
        match found.first("identifier") {
            Some(identifier) => work.tell(&IDENTIFIER, identifier.path),
            None => work.tell(&PATIENT_ID, found.path.clone()),
        }
        return None;
    }
    for ident in &person.idents {
        let wrong = class_of_type(&ident.kind.v).and_then(|class| wrong_in(&ident.id, class));
        if let (Some(_), Some(path)) = (wrong, &ident.path) {
            work.tell(&PATIENT_NUMBER, path.clone());
        }
    }
    let is_same = before.and_then(|before| is_same(&person.idents, before));
    if is_same == Some(false) {
        work.tell(&OTHER_PATIENT, found.place("identifier"));
        return None;
    }
    if !person.name.is_full() {
        if is_same.is_none() {
            work.tell(&PATIENT_NAME, found.path.clone());
        }
        return before.map(copy);
    }
    let mut element = MH.element("Patient");
    person.write(&mut element, &MH, &MH);
    Some(element)
}

/// A message is about one patient: nothing in it is about another.
fn of_one_patient<'b>(work: &Work<'b>, found: &At<'b>) {
    for resource in work.entries.resources.iter().map(|entry| &entry.at) {
        for reference in ["subject", "patient", "for"].into_iter().filter_map(|member| resource.get(member)) {
            let other = work.entries.follow(&reference, resource).filter(|one| one.resource_type() == "Patient");
            if other.is_some_and(|other| other.path != found.path) {
                work.tell(&OTHER_PATIENT, reference.path);
            }
        }
    }
}

/// Whether one of the numbers is of the patient of the earlier message; `None` when that one has no number, and nobody can tell.
fn is_same(idents: &[Ident], before: Node<'_>) -> Option<bool> {
    let earlier = before.children().filter(|node| node.name().local == "Ident");
    let numbers: Vec<String> = earlier.filter_map(|ident| Some(plain(&child(ident, "Id")?.text()))).collect();
    (!numbers.is_empty()).then(|| idents.iter().any(|ident| numbers.contains(&plain(&ident.id))))
}

fn plain(number: &str) -> String {
    number.chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect()
}
