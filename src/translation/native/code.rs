//! Codes of national lists, as FHIR names them.

use super::at::{At, ours};
use super::catalogue::CODE;
use super::work::Work;
use crate::codelists::{CodeList, Membership, OID_STEM, by_number};

/// A code.
#[derive(Clone)]
pub(super) struct Code {
    pub v: String,
    pub dn: String,
    pub list: u32,
    /// What the sender wrote beside it.
    pub original_text: Option<String>,
}

impl Code {
    /// A code of a list that we hold. One that it has not would be a mistake of the program; it is written without its text.
    pub fn of(list: u32, v: &str) -> Self {
        let dn = by_number(list).and_then(|list| list.code(v)).map(|code| code.dn).unwrap_or(v);
        Self { v: v.to_owned(), dn: dn.to_owned(), list, original_text: None }
    }

    /// The object identifier of its list.
    pub fn oid(&self) -> String {
        format!("{OID_STEM}{}", self.list)
    }
}

/// The number of a national list, from how FHIR names it.
pub(super) fn list_of(system: &str) -> Option<u32> {
    match system {
        "http://www.whocc.no/atc" => return Some(7180),
        "http://hl7.org/fhir/sid/icpc-2" => return Some(7170),
        "http://hl7.org/fhir/sid/icd-10-no" => return Some(7110),
        _ => {}
    }
    let number = system.strip_prefix("urn:oid:").and_then(|oid| oid.strip_prefix(OID_STEM));
    let alias = || system.strip_prefix("https://finnkode.helsedirektoratet.no/adm/collections/");
    number.or_else(alias)?.parse().ok()
}

/// The list that a Coding is of.
pub(super) fn list_of_coding(coding: &At<'_>) -> Option<u32> {
    list_of(coding.peek_of("system")?)
}

/// A Coding of one of these lists. What is of another list is not read; a code that the list has not is told.
pub(super) fn coding(work: &Work<'_>, coding: &At<'_>, lists: &[u32]) -> Option<Code> {
    let list = list_of_coding(coding).filter(|list| lists.contains(list))?;
    let written = coding.peek_of("code")?;
    let display = coding.peek_of("display").map(str::trim);
    let original_text = coding.extension(&ours("kith-ot")).and_then(|text| text.value()?.text().map(str::to_owned));
    coding.done();
    let dn = match by_number(list).map(|list: &'static CodeList| list.membership(written)) {
        Some(Membership::Member(code)) => code.dn,
        Some(Membership::Stranger) => {
            work.tell(&CODE, coding.place("code"));
            return None;
        }
        Some(Membership::Possible) | None => display.unwrap_or(written),
    };
    Some(Code { v: written.to_owned(), dn: dn.to_owned(), list, original_text })
}

/// The first code of one of these lists in a CodeableConcept.
pub(super) fn of_concept(work: &Work<'_>, concept: &At<'_>, lists: &[u32]) -> Option<Code> {
    let wanted = |one: &At<'_>| list_of_coding(one).is_some_and(|list| lists.contains(&list));
    let first = concept.each("coding").into_iter().find(wanted)?;
    let is_named = first.peek_of("display").is_some();
    let mut code = coding(work, &first, lists)?;
    // A list that we do not hold is named by the sender, here or beside it.
    if let Some(text) = concept.peek_of("text").filter(|_| !is_named && code.dn == code.v) {
        code.dn = text.trim().to_owned();
        concept.done_with("text");
    }
    Some(code)
}

/// The code of the first CodeableConcept of a list that has one of these lists. National codes of other lists are told: this is
/// a place where the sender chose a code, and the message would say something else.
pub(super) fn of_category(work: &Work<'_>, resource: &At<'_>, member: &'static str, lists: &[u32]) -> Option<Code> {
    let concepts = resource.each(member);
    if let Some(code) = concepts.iter().find_map(|concept| of_concept(work, concept, lists)) {
        return Some(code);
    }
    let codings = concepts.iter().flat_map(|concept| concept.each("coding"));
    let mut national = codings.filter(|coding| list_of_coding(coding).is_some());
    if let Some(other) = national.find(|coding| !lists.contains(&list_of_coding(coding).unwrap_or_default())) {
        other.done();
        work.tell(&CODE, other.path.clone());
    }
    None
}

/// What a CodeableConcept says in words: its text, else the first display.
pub(super) fn words_of<'b>(concept: &At<'b>) -> Option<&'b str> {
    concept.text_of("text").or_else(|| concept.each("coding").iter().find_map(|coding| coding.text_of("display")))
}
