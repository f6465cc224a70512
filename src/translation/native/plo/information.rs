//! What was said to whom, and what the patient does not want.

use super::super::at::At;
use super::super::catalogue::{INFORMATION, RESERVATION};
use super::super::code::{list_of_coding, of_concept};
use super::super::element::{Element, FK1, PO, put};
use super::super::moment::day_of;
use super::super::person::Person;
use super::super::professional::Professional;
use super::super::references::behind;
use super::super::words;
use super::super::work::Work;
use super::groups::Groups;

/// Communications of 9502, and Consents that deny a treatment.
pub(super) fn information(work: &Work<'_>, groups: &mut Groups) {
    if groups.may_have("InfoInformasjonGitt") {
        let of_list = |one: &At<'_>| {
            let categories = one.each("category").into_iter();
            categories.flat_map(|category| category.each("coding")).any(|coding| list_of_coding(&coding) == Some(9502))
        };
        let all = work.entries.all("Communication").into_iter().filter(of_list);
        groups.add_around("InfoInformasjonGitt", all.filter_map(|one| given(work, &one)).collect());
    }
    if groups.may_have("InfoReservasjon") {
        let about_treatment = |consent: &At<'_>| {
            let codings = consent.get("scope").map(|scope| scope.each("coding")).unwrap_or_default();
            codings.iter().any(|coding| coding.peek_of("code") == Some("treatment"))
        };
        let all = work.entries.all("Consent").into_iter().filter(about_treatment);
        groups.add_around("InfoReservasjon", all.filter_map(|one| reservation(work, &one)).collect());
    }
}

fn person(work: &Work<'_>, holder: &At<'_>, member: &'static str, local: &str) -> Option<Element> {
    let who = behind(work, holder, member).filter(|who| matches!(who.resource_type(), "RelatedPerson" | "Patient"))?;
    let person = Person::of(work, &who, &FK1, &FK1);
    let mut element = PO.element(local);
    person.write(&mut element, &FK1, &FK1);
    element.has_children().then_some(element)
}

fn given(work: &Work<'_>, one: &At<'_>) -> Option<Element> {
    ["status", "subject"].into_iter().for_each(|name| one.done_with(name));
    let kind = one.each("category").into_iter().find_map(|category| of_concept(work, &category, &[9502]));
    let spoken = one.get("medium").is_some() || !one.each("medium").is_empty();
    one.done_with("medium");
    let words = words::text_only(one);
    let (to, day) = (person(work, one, "recipient", "InformasjonGittTil"), day_of(work, one, "sent"));
    let by = behind(work, one, "sender").and_then(|who| Professional::of(work, &who, &FK1, &FK1));
    let by = by
        .filter(|who| !who.person.idents.is_empty())
        .map(|who| who.write(PO.element("InformasjonGittAv"), &FK1, &FK1, true));
    let (Some(to), Some(day), Some(by)) = (to, day, by) else {
        work.tell(&INFORMATION, one.path.clone());
        return None;
    };
    let mut element = PO.element("InformasjonGitt");
    put(&mut element, kind.map(|kind| PO.cv("TypeInformasjon", &kind)));
    put(&mut element, words.map(|words| PO.text("BeskrivelseInformasjon", &words)));
    put(&mut element, spoken.then(|| PO.text("MuntligInformasjon", "true")));
    element.push(to);
    element.push(PO.text("InformasjonGittDato", &day));
    element.push(by);
    Some(element)
}

fn reservation(work: &Work<'_>, consent: &At<'_>) -> Option<Element> {
    ["status", "scope", "category", "patient", "provision"].into_iter().for_each(|name| consent.done_with(name));
    let about = consent.get("policyRule").and_then(|rule| rule.text_of("text"));
    let (by, day) = (person(work, consent, "performer", "FramsattAv"), day_of(work, consent, "dateTime"));
    let (Some(about), Some(by), Some(day)) = (about, by, day) else {
        work.tell(&RESERVATION, consent.path.clone());
        return None;
    };
    let mut element = PO.element("ReservasjonOnske");
    element.push(PO.text("Gjelder", about));
    element.push(by);
    element.push(PO.text("FramsattDato", &day));
    Some(element)
}
