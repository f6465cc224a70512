//! Addresses without a register: what earlier messages say of their parties, and the Bundle of its own.

use super::at::{At, Used};
use super::contact::kind_of;
use super::earlier::{child, head_of};
use super::entries::Entries;
use super::known::{KnownAddress, KnownMessage};
use super::party::written;
use super::person::Name;
use crate::domain::{HerId, Level};
use crate::fhir::Json;
use crate::xml::{Limits, Node, Tree};

/// The parties that are named on both levels, in messages and in a Bundle; of those named twice, the first. It is for trying
/// things out: whoever sends looks into the address register.
pub fn stated(bundle: &Json<'_>, messages: &[KnownMessage]) -> Vec<KnownAddress> {
    let mut found: Vec<KnownAddress> = Vec::new();
    let mut add = |one: Option<KnownAddress>| {
        found.extend(one.filter(|one| found.iter().all(|known| known.her_id != one.her_id)));
    };
    for message in messages {
        let (tree, _) = Tree::read(&message.xml, &Limits::default());
        let info = tree.root().and_then(|root| head_of(root));
        let sides = info.into_iter().flat_map(|info| info.children());
        sides.filter_map(|side| child(side, "Organisation")).for_each(|outer| add(in_message(outer)));
    }
    let used = Used::default();
    let entries = Entries::of(bundle, &used);
    if let Some(header) = entries.header() {
        let sender = header.get("sender").map(|sender| (sender, header.clone()));
        let receivers = header.each("destination").into_iter().filter_map(|to| Some((to.get("receiver")?, to)));
        sender.into_iter().chain(receivers).for_each(|(reference, holder)| add(in_bundle(&entries, &reference, &holder)));
    }
    found
}

fn in_message(outer: Node<'_>) -> Option<KnownAddress> {
    let (level, inner) = match (child(outer, "Organisation"), child(outer, "HealthcareProfessional")) {
        (Some(service), _) => (Level::Service, service),
        (None, Some(person)) => (Level::Person, person),
        (None, None) => return None,
    };
    let text = |node: Node<'_>, local: &str| child(node, local).map(|node| node.text().trim().to_owned());
    let name = match level {
        Level::Person => format!("{} {}", text(inner, "GivenName")?, text(inner, "FamilyName")?),
        _ => text(inner, "OrganisationName")?,
    };
    let organisation = (her_id(outer)?, text(outer, "OrganisationName")?);
    Some(KnownAddress { her_id: her_id(inner)?, name, level, organisation })
}

fn her_id(node: Node<'_>) -> Option<HerId> {
    let idents = node.children().filter(|node| node.name().local == "Ident");
    let mut her = idents.filter(|ident| child(*ident, "TypeId").and_then(|kind| kind.attribute("V")) == Some("HER"));
    her.find_map(|ident| HerId::parse(&child(ident, "Id")?.text()))
}

fn in_bundle<'b>(entries: &Entries<'b>, reference: &At<'b>, holder: &At<'b>) -> Option<KnownAddress> {
    let found = written(entries, reference, holder)?;
    let resource = found.resource.as_ref()?;
    let (level, outer) = match resource.resource_type() {
        "Organization" => (Level::Service, "partOf"),
        "PractitionerRole" => (Level::Person, "organization"),
        _ => return None,
    };
    let outer = entries.follow(&resource.get(outer)?, resource)?;
    let around = outer.each("identifier").into_iter().find(|one| kind_of(one) == Some("HER"))?;
    let organisation = (HerId::parse(around.peek_of("value")?)?, outer.peek_of("name")?.trim().to_owned());
    let name = if level == Level::Service {
        resource.peek_of("name")?.trim().to_owned()
    } else {
        let person = entries.follow(&resource.get("practitioner")?, resource)?;
        let name = Name::of(&person);
        [name.given, name.middle, name.family].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    Some(KnownAddress { her_id: found.her_id()?, name, level, organisation })
}
