//! Conditions: diagnoses of now, and illnesses of before.

use super::super::at::At;
use super::super::catalogue::{NAME_OF_IT, NOT_TRUE};
use super::super::code::{Code, of_concept, words_of};
use super::super::element::{Element, PO, put};
use super::super::work::Work;
use super::groups::{Groups, around};

const LISTS: [u32; 3] = [7110, 7170, 7171];
const OF_NOW: [&str; 3] = ["active", "recurrence", "relapse"];

/// The Conditions of the Bundle: diagnoses go into a group, the others are given back.
pub(super) fn conditions(work: &Work<'_>, groups: &mut Groups) -> Vec<Element> {
    let mut diagnoses: Vec<(bool, Element)> = Vec::new();
    let mut before = Vec::new();
    let main = main_diagnoses(work);
    for condition in work.entries.all("Condition") {
        is_true(work, &condition);
        condition.done_with("subject");
        condition.done_with("category");
        let status = coded(&condition, "clinicalStatus");
        let code = condition.get("code");
        let coded = code.as_ref().and_then(|code| of_concept(work, code, &LISTS));
        let words = code.as_ref().and_then(words_of).map(str::trim);
        if coded.is_none() && words.is_none() {
            work.tell(&NAME_OF_IT, condition.place("code"));
        }
        if status.is_none_or(|status| OF_NOW.contains(&status)) {
            let is_main = condition.our_bool("main-diagnosis");
            let is_main = is_main.unwrap_or_else(|| main.contains(&condition.path));
            diagnoses.push((is_main, diagnosis(is_main, coded, words)));
        } else {
            before.push(earlier(&condition, coded, words));
        }
    }
    // The main one comes first (rule R-081).
    diagnoses.sort_by_key(|(is_main, _)| !is_main);
    groups.add_around("InfoMedisinskDiagnose", diagnoses.into_iter().map(|(_, diagnosis)| diagnosis).collect());
    before
}

/// What is refuted, or was never meant, is no statement to be sent.
pub(super) fn is_true(work: &Work<'_>, resource: &At<'_>) {
    if coded(resource, "verificationStatus").is_some_and(|status| matches!(status, "refuted" | "entered-in-error")) {
        work.tell(&NOT_TRUE, resource.place("verificationStatus"));
    }
}

/// The first code of a CodeableConcept whose codes are FHIR's own.
fn coded<'b>(resource: &At<'b>, member: &'static str) -> Option<&'b str> {
    let concept = resource.get(member)?;
    let code = concept.each("coding").iter().find_map(|coding| coding.peek_of("code"));
    concept.done();
    code
}

/// The Conditions that an Encounter ranks first.
fn main_diagnoses(work: &Work<'_>) -> Vec<crate::fhir::Path> {
    let encounters = work.entries.all("Encounter");
    let ranked =
        encounters.iter().flat_map(|encounter| encounter.each("diagnosis").into_iter().map(move |one| (encounter, one)));
    let first = ranked.filter(|(_, one)| one.json.get("rank").and_then(|rank| rank.token()) == Some("1"));
    let found = first.filter_map(|(encounter, one)| {
        let condition = work.follow(&one.get("condition")?, encounter)?;
        one.done();
        Some(condition.path)
    });
    found.collect()
}

fn diagnosis(is_main: bool, coded: Option<Code>, words: Option<&str>) -> Element {
    let mut element = PO.element("MedisinskDiagnose");
    put(&mut element, is_main.then(|| PO.text("Hoveddiagnose", "true")));
    let said_by_code = coded.as_ref().is_some_and(|code| Some(&*code.dn) == words);
    put(&mut element, coded.map(|code| PO.cv("Diagnosekode", &code)));
    put(&mut element, words.filter(|_| !said_by_code).map(|words| PO.text("DiagnoseBeskrivelse", words)));
    element
}

fn earlier(condition: &At<'_>, coded: Option<Code>, words: Option<&str>) -> Element {
    let is_lasting = condition.our_bool("disability-or-chronic");
    let mut element = PO.element("TidligereSykdomFragment");
    element.push(PO.text("FunksjonshemmingKroniskSykdom", if is_lasting == Some(true) { "true" } else { "false" }));
    let words = words.map(str::to_owned).or_else(|| coded.as_ref().map(|code| code.dn.clone())).unwrap_or_default();
    element.push(PO.text("TidligereSykdom", &words));
    put(&mut element, coded.map(|code| PO.cv("Diagnosekode", &code)));
    around(&PO, "InfoTidligereSykdommer", vec![element])
}
