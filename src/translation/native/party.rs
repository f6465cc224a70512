//! Sender and receivers: both levels of an address, filled from the address register.

use super::at::At;
use super::catalogue::{ADDRESS, HER_ID, LEVEL, OUTER};
use super::code::Code;
use super::contact::{Ident, OF_ORGANISATIONS, OF_PERSONS, ident_element, kind_of};
use super::element::{Element, MH, put};
use super::entries::Entries;
use super::known::KnownAddress;
use super::person::Name;
use super::professional::Professional;
use super::rule::Rule;
use super::work::Work;
use crate::domain::{HerId, Level};
use crate::fhir::Path;

/// No party has so many levels.
const DEEPEST: usize = 8;

/// An Identifier of a party that is a HER-id.
pub(super) struct Written<'b> {
    pub identifier: At<'b>,
    /// The resource that has it; none where the Reference itself has.
    pub resource: Option<At<'b>>,
}

impl Written<'_> {
    pub fn her_id(&self) -> Option<HerId> {
        self.identifier.peek_of("value").and_then(HerId::parse)
    }
}

/// The HER-id of the party that a Reference leads to: its own, or that of what it belongs to. Nothing is read.
pub(super) fn written<'b>(entries: &Entries<'b>, reference: &At<'b>, holder: &At<'b>) -> Option<Written<'b>> {
    let is_her = |identifier: &At<'b>| kind_of(identifier) == Some("HER");
    if let Some(identifier) = reference.get("identifier").filter(is_her) {
        return Some(Written { identifier, resource: None });
    }
    let mut ahead = vec![(entries.follow(reference, holder)?, 0)];
    while let Some((resource, depth)) = ahead.pop() {
        if let Some(identifier) = resource.each("identifier").into_iter().find(is_her) {
            return Some(Written { identifier, resource: Some(resource) });
        }
        // A person's own HER-id comes before that of the organisation.
        for member in ["organization", "practitioner"] {
            let next = resource.get(member).and_then(|reference| entries.follow(&reference, &resource));
            ahead.extend(next.filter(|_| depth < DEEPEST).map(|next| (next, depth + 1)));
        }
    }
    None
}

/// A party of a message.
pub(super) struct Party<'b> {
    pub known: &'b KnownAddress,
    /// What the Reference leads to.
    pub resource: Option<At<'b>>,
    /// The Organization that is the party, if the Bundle has it.
    pub unit: Option<At<'b>>,
}

/// The party that a Reference leads to; what is wrong with it is told.
pub(super) fn party<'b>(
    work: &Work<'b>,
    reference: Option<At<'b>>,
    holder: &At<'b>,
    missing: &'static Rule,
    place: Path,
) -> Option<Party<'b>> {
    let found = reference.as_ref().and_then(|reference| written(&work.entries, reference, holder));
    let (Some(reference), Some(found)) = (reference, found) else {
        work.tell(missing, place);
        return None;
    };
    let resource = work.entries.follow(&reference, holder);
    let her_id = found.her_id();
    found.identifier.done();
    let Some(her_id) = her_id else {
        work.tell(&HER_ID, found.identifier.place("value"));
        return None;
    };
    let Some(known) = work.known.address(her_id) else {
        work.tell(&ADDRESS, found.identifier.place("value"));
        return None;
    };
    if known.level == Level::Organisation {
        work.tell(&LEVEL, found.identifier.place("value"));
    }
    let unit = found.resource.filter(|resource| resource.resource_type() == "Organization");
    outer(work, unit.as_ref().or(resource.as_ref()), known);
    Some(Party { known, resource, unit })
}

/// The organisation around a party is that of the register, which also names it.
fn outer(work: &Work<'_>, inner: Option<&At<'_>>, known: &KnownAddress) {
    let mut next = inner.cloned();
    for _ in 0..DEEPEST {
        let Some(resource) = next else { return };
        if resource.resource_type() == "Organization" {
            resource.done_with("name");
            resource.done_with("type");
            for identifier in resource.each("identifier").into_iter().filter(|one| kind_of(one) == Some("HER")) {
                let her_id = identifier.peek_of("value").and_then(HerId::parse);
                identifier.done();
                if ![Some(known.her_id), Some(known.organisation.0)].contains(&her_id) {
                    work.tell(&OUTER, identifier.place("value"));
                }
            }
        }
        let member = if resource.resource_type() == "Organization" { "partOf" } else { "organization" };
        next = resource.get(member).and_then(|reference| work.follow(&reference, &resource));
    }
}

impl Party<'_> {
    /// `Organisation` with what is in it.
    pub fn element(&self, work: &Work<'_>) -> Element {
        let (her_id, name) = &self.known.organisation;
        let mut outer = organisation(*her_id, name);
        match self.known.level {
            Level::Organisation => {}
            Level::Service => outer.push(organisation(self.known.her_id, &self.known.name)),
            Level::Person => outer.push(self.professional(work)),
        }
        outer
    }

    fn professional(&self, work: &Work<'_>) -> Element {
        let found = self.resource.as_ref().and_then(|resource| Professional::of(work, resource, &MH, &MH));
        let mut element = MH.element("HealthcareProfessional");
        let name = found.as_ref().map(|found| found.person.name.clone()).filter(Name::is_full);
        let name = name.unwrap_or_else(|| Name::split(&self.known.name));
        put(
            &mut element,
            found.as_ref().and_then(|found| found.profession.as_ref()).map(|it| MH.cs("TypeHealthcareProfessional", it)),
        );
        put(&mut element, found.as_ref().and_then(|found| found.role.as_ref()).map(|it| MH.cv("RoleToPatient", it)));
        for (local, text) in [("FamilyName", &name.family), ("MiddleName", &name.middle), ("GivenName", &name.given)] {
            put(&mut element, text.as_deref().map(|text| MH.text(local, text)));
        }
        element.push(ident_element(&MH, &MH, &her(self.known.her_id, OF_PERSONS)));
        let others = found.iter().flat_map(|found| &found.person.idents).filter(|ident| ident.kind.v == "HPR");
        others.for_each(|ident| element.push(ident_element(&MH, &MH, ident)));
        element
    }
}

pub(super) fn her(her_id: HerId, list: u32) -> Ident {
    Ident { kind: Code::of(list, "HER"), id: her_id.to_string(), path: None }
}

fn organisation(her_id: HerId, name: &str) -> Element {
    let mut element = MH.element("Organisation");
    element.push(MH.text("OrganisationName", name));
    element.push(ident_element(&MH, &MH, &her(her_id, OF_ORGANISATIONS)));
    element
}
