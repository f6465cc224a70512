//! Medicines: one Legemiddelinfo for each statement or prescription.

use super::super::at::At;
use super::super::catalogue::{NAME_OF_IT, NOT_TRUE, PERSON_ID};
use super::super::code::{Code, of_concept, words_of};
use super::super::element::{EPJ3, Element, FK1, put};
use super::super::moment::point;
use super::super::professional::Professional;
use super::super::references::behind;
use super::super::remark::Severity;
use super::super::work::Work;
use super::groups::{Groups, component};
use crate::translation::mapping::code_behind;

/// The statements and prescriptions of the Bundle.
pub(super) fn medicines(work: &Work<'_>, groups: &mut Groups) {
    if !groups.may_have("Legemiddelinfo") {
        return;
    }
    let statements = work.entries.all("MedicationStatement").into_iter();
    for medicine in statements.chain(work.entries.all("MedicationRequest")) {
        groups.add(information(work, &medicine));
    }
}

fn information(work: &Work<'_>, medicine: &At<'_>) -> Element {
    let status = medicine.text_of("status").unwrap_or_default();
    if matches!(status, "entered-in-error" | "not-taken" | "cancelled" | "draft") {
        work.tell(&NOT_TRUE, medicine.place("status"));
    }
    ["subject", "intent"].into_iter().for_each(|name| medicine.done_with(name));
    let mut simple = EPJ3.element("ForenkletForskrivning");
    // That somebody takes it does not say that this is its prescription; that it was stopped must be seen.
    let standing = code_behind("statement-status-9104", status).filter(|_| status == "stopped");
    put(&mut simple, standing.map(|code| EPJ3.cs("StatusTilForskrivningen", &Code::of(9104, code))));
    let notes: Vec<&str> = medicine.each("note").iter().filter_map(|note| note.text_of("text")).collect();
    put(&mut simple, (!notes.is_empty()).then(|| EPJ3.text("Merknad", &notes.join("\n"))));
    let prescriber = behind(work, medicine, "requester").and_then(|who| Professional::of(work, &who, &FK1, &FK1));
    // An identifier is mandatory in this class.
    if let Some(unknown) = prescriber.as_ref().filter(|who| who.person.idents.is_empty()) {
        work.note(&PERSON_ID, unknown.path.clone(), Severity::Warning);
    }
    let prescriber = prescriber.filter(|who| !who.person.idents.is_empty());
    put(&mut simple, prescriber.map(|who| who.write(EPJ3.element("Forskriver"), &FK1, &FK1, true)));
    simple.push(prescription(work, medicine));
    let mut element = component(work, &EPJ3, "Legemiddelinfo", "EPJ dokument", "2.16.578.1.12.4.1.6.13.10301.0");
    element.push(simple);
    element
}

fn prescription(work: &Work<'_>, medicine: &At<'_>) -> Element {
    let concept = medicine.choice("medicationCodeableConcept", "medication", "CodeableConcept").or_else(|| {
        let reference = medicine.choice("medicationReference", "medication", "Reference")?;
        work.follow(&reference, medicine)?.get("code")
    });
    let atc = concept.as_ref().and_then(|concept| of_concept(work, concept, &[7180]));
    let name = concept.as_ref().and_then(words_of).map(str::to_owned).or_else(|| atc.as_ref().map(|atc| atc.dn.clone()));
    let mut element = EPJ3.element("Forskrivningsinfo");
    let reasons: Vec<&str> = medicine.each("reasonCode").iter().filter_map(words_of).collect();
    put(&mut element, (!reasons.is_empty()).then(|| EPJ3.text("BruksomradeTekst", &reasons.join("; "))));
    let dosages: Vec<At<'_>> = medicine.each("dosage").into_iter().chain(medicine.each("dosageInstruction")).collect();
    let told: Vec<&str> = dosages.iter().filter_map(|dosage| dosage.text_of("text")).collect();
    put(&mut element, (!told.is_empty()).then(|| EPJ3.text("DosVeiledEnkel", &told.join("; "))));
    match name {
        Some(name) => element.push(EPJ3.text("Navn", name.trim())),
        None => work.tell(&NAME_OF_IT, medicine.place("medication")),
    }
    put(&mut element, atc.map(|atc| EPJ3.cs("Atc", &atc)));
    let category = medicine.each("category").into_iter().find_map(|category| of_concept(work, &category, &[9101]));
    let as_needed = dosages.iter().any(|dosage| {
        let said = dosage.choice("asNeededBoolean", "asNeeded", "boolean");
        said.is_some_and(|said| {
            said.done();
            said.json.bool() == Some(true)
        })
    });
    let usage = category.or_else(|| as_needed.then(|| Code::of(9101, "3")));
    put(&mut element, usage.map(|usage| EPJ3.cs("Bruk", &usage)));
    let period = medicine.choice("effectivePeriod", "effective", "Period");
    let start = medicine.choice("effectiveDateTime", "effective", "dateTime");
    let start = start.or_else(|| period.as_ref()?.get("start")).and_then(|at| point(work, &at));
    put(&mut element, start.map(|start| EPJ3.ts("DoseringStarttidspunkt", &start)));
    let end = period.and_then(|period| period.get("end")).and_then(|at| point(work, &at));
    put(&mut element, end.map(|end| EPJ3.ts("DoseringSluttidspunkt", &end)));
    element
}
