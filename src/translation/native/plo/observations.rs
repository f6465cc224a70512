//! Observations: blood group and function have elements of their own, measurements and tests are told in words.

use super::super::at::At;
use super::super::catalogue::NOT_TRUE;
use super::super::code::{Code, of_concept, words_of};
use super::super::element::{Element, PO, put};
use super::super::work::Work;
use super::groups::Groups;
use super::journal::Journal;

const BLOOD_GROUP: [&str; 3] = ["882-1", "883-9", "10331-7"];
/// Functions in daily life, and senses and speech.
const FUNCTIONS: [u32; 2] = [9111, 9115];

/// Puts the Observations of the Bundle where they belong; the blood group is given back.
pub(super) fn observations(work: &Work<'_>, groups: &mut Groups, journal: &mut Journal) -> Option<Element> {
    let mut functions = Vec::new();
    let (mut abo, mut rhesus) = (None, None);
    for observation in work.entries.all("Observation") {
        let code = observation.get("code");
        let codings = code.as_ref().map(|code| code.each("coding")).unwrap_or_default();
        let is_blood_group =
            codings.iter().any(|coding| coding.peek_of("code").is_some_and(|code| BLOOD_GROUP.contains(&code)));
        let made = if is_blood_group && abo.is_none() {
            let components = observation.each("component");
            let values = components.iter().chain([&observation]);
            for value in values.filter_map(|one| one.choice("valueCodeableConcept", "value", "CodeableConcept")) {
                abo = abo.or(of_concept(work, &value, &[9160]));
                rhesus = rhesus.or(of_concept(work, &value, &[9161]));
            }
            components.iter().for_each(|component| component.done_with("code"));
            true
        } else if let Some(function) = function(work, &observation, groups) {
            functions.push(function);
            true
        } else {
            in_words(&observation).map(|words| journal.add_medical("FU", words)).is_some()
        };
        if made {
            if observation.text_of("status").is_some_and(|status| matches!(status, "entered-in-error" | "cancelled")) {
                work.tell(&NOT_TRUE, observation.place("status"));
            }
            ["subject", "category", "code"].into_iter().for_each(|name| observation.done_with(name));
        }
    }
    groups.add_around("InfoKartleggingFunksjonsniva", functions);
    let Some(abo) = abo else {
        // The element for both demands the first.
        let told = rhesus.map(|rhesus: Code| journal.add_medical("FU", format!("Rhesusgruppe: {}", rhesus.dn)));
        return told.and(None);
    };
    let abo: Code = abo;
    let mut element = PO.element("RegistrertBlodtype");
    element.push(PO.cs("Blodtype", &abo));
    put(&mut element, rhesus.map(|rhesus: Code| PO.cs("Rhesusgruppe", &rhesus)));
    Some(element)
}

fn function(work: &Work<'_>, observation: &At<'_>, groups: &Groups) -> Option<Element> {
    let code = observation.get("code").filter(|_| groups.may_have("InfoKartleggingFunksjonsniva"))?;
    let variable = of_concept(work, &code, &FUNCTIONS)?;
    let mut element = PO.element("KartlagtFunksjon");
    element.push(PO.cv("Funksjonsvariabel", &variable));
    let score = observation.choice("valueInteger", "value", "integer");
    put(
        &mut element,
        score.and_then(|score| {
            score.done();
            score.json.token().map(|score| PO.text("Vurdering", score))
        }),
    );
    let notes: Vec<&str> = observation.each("note").iter().filter_map(|note| note.text_of("text")).collect();
    put(&mut element, (!notes.is_empty()).then(|| PO.text("Merknad", &notes.join("\n"))));
    Some(element)
}

/// `Vekt: 83 kg (2026-05-19)`.
fn in_words(observation: &At<'_>) -> Option<String> {
    let name = words_of(&observation.get("code")?)?;
    let quantity = |holder: &At<'_>| {
        let quantity = holder.choice("valueQuantity", "value", "Quantity")?;
        let value = quantity.number_of("value")?;
        let unit = quantity.text_of("unit").or_else(|| quantity.text_of("code")).unwrap_or_default();
        quantity.done();
        Some(format!("{value} {unit}").trim().to_owned())
    };
    let text = |holder: &At<'_>| {
        let text = holder.choice("valueString", "value", "string").and_then(|text| text.text());
        let concept = || words_of(&holder.choice("valueCodeableConcept", "value", "CodeableConcept")?);
        text.or_else(concept).map(str::to_owned)
    };
    let value = |holder: &At<'_>| quantity(holder).or_else(|| text(holder));
    let parts = observation.each("component");
    let parts = parts.iter().filter_map(|part| Some(format!("{} {}", words_of(&part.get("code")?)?, value(part)?)));
    let values: Vec<String> = value(observation).into_iter().chain(parts).collect();
    if values.is_empty() {
        return None;
    }
    let when = observation.choice("effectiveDateTime", "effective", "dateTime").and_then(|when| when.text());
    let when = when.and_then(|when| when.get(..10)).map(|day| format!(" ({day})")).unwrap_or_default();
    let notes = observation.each("note").into_iter().filter_map(|note| note.text_of("text"));
    let notes: String = notes.map(|note| format!(". {note}")).collect();
    Some(format!("{name}: {}{when}{notes}", values.join(", ")))
}
