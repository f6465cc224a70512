//! Services and measures: what the patient has, what the patient needs, and what nurses do.

use super::super::at::At;
use super::super::catalogue::{NAME_OF_IT, PERIOD, PROVIDER, SERVICE_NAME, START};
use super::super::code::{of_concept, words_of};
use super::super::contact;
use super::super::dialog::is_finished;
use super::super::element::{Element, PO, put};
use super::super::moment::day_of;
use super::super::references::all_behind;
use super::super::work::Work;
use super::groups::{Groups, around};

/// Measures that are wished for, and all others.
const WISHED: [&str; 2] = ["proposal", "option"];

/// The ServiceRequests of the Bundle, each where the message has a place for it.
pub(super) fn services(work: &Work<'_>, groups: &mut Groups, nursing: &mut Vec<Element>) {
    let mut advised = Vec::new();
    for request in work.entries.all("ServiceRequest") {
        let is_wished = request.peek_of("intent").is_some_and(|intent| WISHED.contains(&intent));
        let made = match is_wished {
            false if groups.may_have("EksisterendeTjeneste") => existing(work, &request),
            true if groups.may_have("TjenesteBehov") => need(work, &request),
            _ if groups.may_have("Sykepleierdokumentasjon") => {
                let around_it = if is_wished { "AnbefaltVidereTiltak" } else { "IverksatteTiltak" };
                let made = around(&PO, around_it, vec![measure(work, &request)]);
                if is_wished {
                    advised.push(made)
                } else {
                    nursing.push(made)
                }
                begun(work, &request);
                continue;
            }
            // Nothing is read of it, so it is told.
            _ => continue,
        };
        begun(work, &request);
        groups.add(made);
    }
    nursing.extend(advised);
    if groups.may_have("EksisterendeTjeneste") {
        let plans = work.entries.all("CarePlan").into_iter();
        let details = plans.flat_map(|plan| plan.each("activity")).filter_map(|activity| activity.get("detail"));
        details.for_each(|detail| groups.add(planned(work, &detail)));
    }
}

fn begun(work: &Work<'_>, request: &At<'_>) {
    is_finished(work, request, &["active", "on-hold", "completed"]);
    ["intent", "subject"].into_iter().for_each(|name| request.done_with(name));
}

/// `IPLOStjenestetype` and `BetegnelseTjeneste`.
fn named(work: &Work<'_>, service: &At<'_>, into: &mut Element) {
    let code = service.get("code");
    let kind = code.as_ref().and_then(|code| of_concept(work, code, &[9151]));
    let words =
        code.as_ref().and_then(words_of).map(str::trim).filter(|words| kind.as_ref().is_none_or(|kind| kind.dn != *words));
    if kind.is_none() && words.is_none() {
        work.tell(&SERVICE_NAME, service.place("code"));
    }
    put(into, kind.map(|kind| PO.cv("IPLOStjenestetype", &kind)));
    put(into, words.map(|words| PO.text("BetegnelseTjeneste", words)));
}

/// Who provides it: the names, each with its telephone.
fn providers(work: &Work<'_>, service: &At<'_>) -> Option<Element> {
    let mut names = Vec::new();
    for performer in service.each("performer") {
        let shown = performer.text_of("display");
        let resource = if performer.json.get("reference").is_some() { work.follow(&performer, service) } else { None };
        let name = shown.or_else(|| resource.as_ref()?.text_of("name"));
        let phones = resource.as_ref().map(contact::telecoms).unwrap_or_default();
        let phone = phones.iter().find(|phone| phone.is_phone()).map(|phone| format!(" tlf {}", phone.number()));
        if let Some(resource) = resource.filter(|one| one.resource_type() == "Organization") {
            ["identifier", "name", "type"].into_iter().for_each(|member| resource.done_with(member));
        }
        names.extend(name.map(|name| format!("{}{}", name.trim(), phone.unwrap_or_default())));
    }
    if names.is_empty() {
        work.tell(&PROVIDER, service.place("performer"));
    }
    (!names.is_empty()).then(|| PO.text("TjenestenLevertAv", &names.join(", ")))
}

fn period(work: &Work<'_>, period: Option<At<'_>>, into: &mut Element, service: &At<'_>, place: &'static str) {
    let days = ["start", "end"].map(|member| period.as_ref().and_then(|period| day_of(work, period, member)));
    if days[0].is_none() {
        work.tell(&START, service.place(place));
    }
    if let [Some(start), Some(end)] = &days
        && start > end
    {
        work.tell(&PERIOD, service.place(place));
    }
    for (local, day) in ["Startdato", "Sluttdato"].into_iter().zip(days) {
        put(into, day.map(|day| PO.text(local, &day)));
    }
}

fn existing(work: &Work<'_>, request: &At<'_>) -> Element {
    let mut element = PO.element("EksisterendeTjeneste");
    named(work, request, &mut element);
    let is_private = request.our_bool("private-service");
    element.push(PO.text("PrivatTjeneste", if is_private == Some(true) { "true" } else { "false" }));
    put(&mut element, providers(work, request));
    let notes = request.each("note");
    let mut notes = notes.iter().filter_map(|note| note.text_of("text")).chain(request.text_of("patientInstruction"));
    put(&mut element, notes.next().map(|note| PO.text("OpplysningerOmTjenesten", note)));
    let rest: Vec<&str> = notes.chain(work.appendix()).collect();
    quantity(request.choice("quantityQuantity", "quantity", "Quantity"), &mut element, "AntallEnheter");
    period(work, request.choice("occurrencePeriod", "occurrence", "Period"), &mut element, request, "occurrence");
    put(&mut element, (!rest.is_empty()).then(|| PO.text("Merknad", &rest.join("\n"))));
    element
}

fn quantity(quantity: Option<At<'_>>, into: &mut Element, local: &str) {
    let Some(quantity) = quantity else { return };
    // xs:decimal knows no exponents.
    let number = quantity.number_of("value").filter(|number| !number.contains(['e', 'E']));
    put(into, number.map(|number| PO.text(local, number)));
    put(into, quantity.text_of("unit").map(|unit| PO.text("Enhet", unit)));
}

/// A service that is an activity of a CarePlan.
fn planned(work: &Work<'_>, detail: &At<'_>) -> Element {
    let mut element = PO.element("EksisterendeTjeneste");
    ["kind", "status"].into_iter().for_each(|name| detail.done_with(name));
    named(work, detail, &mut element);
    element.push(PO.text("PrivatTjeneste", "false"));
    put(&mut element, providers(work, detail));
    put(&mut element, detail.text_of("description").map(|words| PO.text("OpplysningerOmTjenesten", words)));
    quantity(detail.get("quantity"), &mut element, "AntallEnheter");
    period(work, detail.choice("scheduledPeriod", "scheduled", "Period"), &mut element, detail, "scheduled");
    put(&mut element, work.appendix().map(|words| PO.text("Merknad", words)));
    element
}

fn need(work: &Work<'_>, request: &At<'_>) -> Element {
    let mut element = PO.element("TjenesteBehov");
    named(work, request, &mut element);
    let place = request.each("locationCode").into_iter().find_map(|place| words_of(&place));
    put(&mut element, place.map(|place| PO.text("VedInstitusjon", place)));
    let why = all_reasons(request);
    put(&mut element, (!why.is_empty()).then(|| PO.text("BeskrivelseAvTjeneste", &why.join("\n"))));
    quantity(request.choice("quantityQuantity", "quantity", "Quantity"), &mut element, "AntallEnheterOnsket");
    drop(all_behind(work, request, "performer"));
    element
}

fn all_reasons<'b>(request: &At<'b>) -> Vec<&'b str> {
    let notes = request.each("note").into_iter().filter_map(|note| note.text_of("text"));
    let reasons = request.each("reasonCode").into_iter().filter_map(|reason| words_of(&reason));
    notes.chain(reasons).collect()
}

fn measure(work: &Work<'_>, request: &At<'_>) -> Element {
    let mut element = PO.element("Tiltaksbeskrivelse");
    let code = request.get("code");
    let coded = code.as_ref().and_then(|code| of_concept(work, code, &[9132, 7130]));
    let words = code.as_ref().and_then(words_of);
    if coded.is_none() && words.is_none() {
        work.tell(&NAME_OF_IT, request.place("code"));
    }
    put(&mut element, coded.map(|coded| PO.cv("IntervensjonTiltakKode", &coded)));
    put(&mut element, words.map(|words| PO.text("IntervensjonTiltakBeskrivelse", words)));
    let who = request.get("performerType").and_then(|kind| of_concept(work, &kind, &[9060]));
    put(&mut element, who.map(|who| PO.cs("KategoriHelsepersonell", &who)));
    let why = all_reasons(request);
    put(&mut element, (!why.is_empty()).then(|| PO.text("Merknad", &why.join("\n"))));
    element
}
