//! What a reference refers to, as far as the reference, the resource around it and the Bundle tell.

use super::super::json::{Json, Object};
use super::super::r4::{Primitive, R4, Slot, TypeId, r4};
use super::datatypes::REF_1;
use super::issue::IssueKind;
use super::presence::{each, text};
use std::collections::HashMap;

/// The types of the resources of a Bundle, by `fullUrl`.
pub(super) type Entries<'j> = HashMap<&'j str, TypeId>;

/// The entries of a Bundle.
pub(super) fn entries<'j>(bundle: &'j Object<'j>) -> Entries<'j> {
    let named = |entry: &'j Object<'j>| {
        let resource_type = entry.get("resource")?.resource_type()?;
        Some((text(entry, "fullUrl")?, r4().resource(resource_type)?))
    };
    each(bundle, "entry").filter_map(named).collect()
}

/// Where a reference stands: in which resource, and in which Bundle.
pub(super) struct Around<'s, 'j> {
    pub resource: Option<&'j Object<'j>>,
    pub entries: Option<&'s Entries<'j>>,
}

enum Target {
    Is(TypeId),
    NotContained,
    NotInBundle,
    Untold,
}

/// What is wrong with a reference, at most one thing.
pub(super) fn fault(reference: &Object<'_>, slot: &Slot, around: &Around<'_, '_>) -> Option<IssueKind> {
    let r4 = r4();
    // Also an address, whose last part is the type.
    let said = text(reference, "type").and_then(|written| r4.resource(written.rsplit('/').next().unwrap_or(written)));
    let found = match target(r4, text(reference, "reference").unwrap_or_default(), around) {
        Target::NotContained => return Some(IssueKind::Broken(&REF_1)),
        Target::NotInBundle => return Some(IssueKind::NotInBundle),
        Target::Is(found) => Some(found),
        Target::Untold => None,
    };
    if said.is_some() && found.is_some() && said != found {
        return Some(IssueKind::OtherTarget);
    }
    let allowed = r4.targets(slot);
    let stranger = found.or(said).is_some_and(|target| !allowed.contains(&target));
    (stranger && !allowed.is_empty()).then_some(IssueKind::WrongTarget(allowed))
}

fn target(r4: &R4, reference: &str, around: &Around<'_, '_>) -> Target {
    if let Some(id) = reference.strip_prefix('#') {
        return contained(r4, id, around.resource);
    }
    if let Some(found) = around.entries.and_then(|entries| entries.get(reference)) {
        return Target::Is(*found);
    }
    if reference.starts_with("urn:uuid:") || reference.starts_with("urn:oid:") {
        return if around.entries.is_some() { Target::NotInBundle } else { Target::Untold };
    }
    by_address(r4, reference).map_or(Target::Untold, Target::Is)
}

/// `#` alone is the resource around.
fn contained(r4: &R4, id: &str, around: Option<&Object<'_>>) -> Target {
    let Some(around) = around else { return Target::Untold };
    if id.is_empty() {
        return text(around, "resourceType").and_then(|name| r4.resource(name)).map_or(Target::Untold, Target::Is);
    }
    let items = around.get("contained").map(Json::items).unwrap_or_default();
    match items.iter().find(|item| item.get("id").and_then(Json::text) == Some(id)) {
        Some(item) => item.resource_type().and_then(|name| r4.resource(name)).map_or(Target::Untold, Target::Is),
        None => Target::NotContained,
    }
}

/// `Patient/1`, `http://server/Patient/1`, both with `/_history/2` or without, and `Patient?identifier=…`.
fn by_address(r4: &R4, reference: &str) -> Option<TypeId> {
    if let Some((name, _)) = reference.split_once('?') {
        return r4.resource(name.rsplit('/').next()?);
    }
    let mut from_behind = reference.rsplit('/');
    let mut id = from_behind.next()?;
    let mut name = from_behind.next()?;
    if name == "_history" {
        id = from_behind.next()?;
        name = from_behind.next()?;
    }
    let is_id = !id.is_empty() && Primitive::Id.takes(id);
    r4.resource(name).filter(|_| is_id)
}
