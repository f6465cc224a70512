//! Allergies and warnings: what must not be overlooked is a Cave, the rest are notes.

use super::super::at::At;
use super::super::catalogue::NAME_OF_IT;
use super::super::code::{Code, of_concept, words_of};
use super::super::dialog::is_finished;
use super::super::element::{EPJ1, Element, put};
use super::super::work::Work;
use super::diagnoses::is_true;
use super::groups::component;
use super::journal::plain;

/// Cave, if there is anything for it, and the notes on other allergies.
pub(super) fn allergies(work: &Work<'_>) -> Vec<Element> {
    let (mut critical, mut others) = (Vec::new(), Vec::new());
    for allergy in work.entries.all("AllergyIntolerance") {
        is_true(work, &allergy);
        ["patient", "type", "clinicalStatus", "verificationStatus"].into_iter().for_each(|name| allergy.done_with(name));
        let categories: Vec<&str> = allergy.each("category").iter().filter_map(At::text).collect();
        let is_critical = allergy.text_of("criticality") == Some("high");
        let note = note(work, &allergy, &categories);
        if is_critical || categories.contains(&"medication") { critical.push(note) } else { others.push(note) }
    }
    let warnings = warnings(work);
    if !critical.is_empty() || !warnings.is_empty() {
        let mut cave = component(work, &EPJ1, "Cave", "EPJ sak", "2.16.578.1.12.4.1.6.14.50001.0");
        let mut head = component(work, &EPJ1, "SakshodeCave", "EPJ dokument", "2.16.578.1.12.4.1.6.13.10028.0");
        warnings.into_iter().for_each(|warning| head.push(warning));
        cave.push(head);
        critical.into_iter().for_each(|note| cave.push(note));
        others.insert(0, cave);
    }
    others
}

fn warnings(work: &Work<'_>) -> Vec<Element> {
    let flags = work.entries.all("Flag").into_iter();
    let one = |flag: At<'_>| {
        is_finished(work, &flag, &["active"]);
        flag.done_with("subject");
        flag.done_with("category");
        let Some(words) = flag.get("code").and_then(|code| words_of(&code)) else {
            work.tell(&NAME_OF_IT, flag.place("code"));
            return None;
        };
        let mut warning = EPJ1.element("StikkordCave");
        warning.push(EPJ1.text("CaveStikkord", words));
        Some(warning)
    };
    flags.filter_map(one).collect()
}

/// Anaphylaxis, in SNOMED CT: a high risk alone does not say that it has happened.
const ANAPHYLAXIS: &str = "39579001";

fn note(work: &Work<'_>, allergy: &At<'_>, categories: &[&str]) -> Element {
    let mut note = component(work, &EPJ1, "Allerginotat", "EPJ dokument", "2.16.578.1.12.4.1.6.13.11036.1");
    let reactions = allergy.each("reaction");
    let shown = reactions.iter().flat_map(|reaction| {
        let manifested = reaction.each("manifestation").into_iter().filter_map(|one| words_of(&one));
        manifested.chain(reaction.text_of("description")).collect::<Vec<_>>()
    });
    let noted = allergy.each("note").into_iter().filter_map(|note| note.text_of("text"));
    let said: Vec<&str> = shown.chain(noted).collect();
    put(&mut note, (!said.is_empty()).then(|| plain(&said.join("\n"))));
    let mut element = EPJ1.element("Allergi");
    for (local, category) in [("HensynVedForskrivning", "medication"), ("HensynMatDrikke", "food")] {
        put(&mut element, categories.contains(&category).then(|| EPJ1.text(local, "true")));
    }
    let code = allergy.get("code");
    let substance = code.as_ref().and_then(|code| of_concept(work, code, &[7180]));
    let words =
        code.as_ref().and_then(words_of).map(str::to_owned).or_else(|| substance.as_ref().map(|code| code.dn.clone()));
    match words {
        Some(words) => element.push(EPJ1.text("AllergiskMot", &words)),
        None => work.tell(&NAME_OF_IT, allergy.place("code")),
    }
    put(&mut element, substance.map(|code| EPJ1.cv("VirkestoffLegemiddel", &code)));
    let manifested = reactions.iter().flat_map(|reaction| reaction.each("manifestation"));
    let mut codings = manifested.flat_map(|one| one.each("coding"));
    let was_anaphylactic = codings.any(|coding| {
        let is_it = coding.peek_of("code") == Some(ANAPHYLAXIS);
        if is_it {
            coding.done();
        }
        is_it
    });
    put(&mut element, was_anaphylactic.then(|| EPJ1.cs("AnafylaktiskeReaksjoner", &Code::of(1103, "1"))));
    note.push(element);
    note
}
