//! `routes/<name>.toml` as written.

use super::installation::{TestMessage, TestTraits};
use super::partner_file::patterns;
use crate::domain::{Address, HerId, Level, PartnerName, Role};
use crate::messages::all_types;
use crate::routing::{Criteria, Pattern};
use crate::settings::{Complaint, Section, Spot, Written, did_you_mean};
use std::collections::BTreeSet;

const ROLES: [(&str, Role); 2] = [("primary", Role::Primary), ("copy", Role::Copy)];
const OWNER: &str = "owner";
const PARTNER: &str = "partner:";

/// What the file says, as far as it could be read.
pub(super) struct RouteFile {
    pub name: PartnerName,
    pub order: Option<Written<u32>>,
    pub criteria: Criteria,
    /// The receivers of the criteria again, with their places.
    pub receivers: Vec<Written<HerId>>,
    pub legs: Vec<Leg>,
    pub tests: Vec<Test>,
}

/// `[[leg]]`
pub(super) struct Leg {
    pub to: Written<To>,
    pub expects_apprec: bool,
}

/// To whom, by a name that is not checked yet.
pub(super) enum To {
    Owner,
    Partner(String),
}

/// `[[test]]`
pub(super) struct Test {
    pub name: String,
    pub spot: Spot,
    pub message: Option<TestMessage>,
    pub expect: Vec<Written<String>>,
    pub wins: Option<Written<String>>,
}

/// Reads the file of the route with this name.
pub(super) fn read(root: &mut Section<'_>, name: &PartnerName) -> RouteFile {
    let order = root.required("order", |root, key| root.whole_number(key, 1..=9999, "(smaller is asked first)"));
    let order_spot = root.spot_of("order");
    let criteria = root.within("match", |section| Some(criteria(section)));
    let (criteria, receivers) = criteria.unwrap_or_default();
    let has_legs = root.has("leg");
    let legs = root.each("leg", leg);
    if !has_legs {
        let complaint = root.spot().complain("this route has no leg: it would take messages and send them to nobody");
        root.complain(complaint.suggest("write [[leg]] and below it `to = \"owner\"`, or `to = \"partner:<name>\"`"));
    }
    let tests = root.each("test", test);
    let order = order.and_then(|order| u32::try_from(order).ok()).map(|value| Written { value, spot: order_spot });
    RouteFile { name: name.clone(), order, criteria, receivers, legs, tests }
}

fn criteria(section: &mut Section<'_>) -> (Criteria, Vec<Written<HerId>>) {
    for key in ["receiver", "sender", "type", "version"] {
        refuse_empty_list(section, key);
    }
    let receivers = section.her_ids("receiver").unwrap_or_default();
    let senders = section.her_ids("sender").unwrap_or_default();
    let message_type: Vec<Pattern> = patterns(section, "type");
    let versions = section.texts("version").unwrap_or_default();
    check_versions(section, &versions);
    let role = section.choice("role", &ROLES);
    let criteria = Criteria {
        receiver: receivers.iter().map(|her_id| her_id.value).collect(),
        sender: senders.iter().map(|her_id| her_id.value).collect(),
        message_type,
        version: versions.into_iter().map(|version| version.value).collect(),
        role,
    };
    (criteria, receivers)
}

/// A version that no supported type has can never match: content of other types is carried unopened and has none.
fn check_versions(section: &Section<'_>, versions: &[Written<String>]) {
    let known: BTreeSet<&str> = all_types().map(|kind| kind.version).collect();
    for version in versions.iter().filter(|version| !known.contains(version.value.as_str())) {
        let complaint = version.spot.complain(format!("no message type has version \"{}\"", version.value));
        let known: Vec<_> = known.iter().copied().collect();
        section.complain(complaint.suggest(format!("the versions are: {}", known.join(", "))));
    }
}

/// An empty list asks nothing, so the route would take everything; whoever writes `[]` means the opposite.
fn refuse_empty_list(section: &mut Section<'_>, key: &'static str) {
    if section.is_empty_list(key) {
        let complaint = section.spot_of(key).complain(format!("`{key}` is an empty list: nothing could ever match it"));
        section.complain(complaint.suggest("leave the line out to match everything, or name what shall match"));
    }
}

fn leg(section: &mut Section<'_>) -> Option<Leg> {
    let text = section.required("to", Section::text);
    let expects_apprec = section.flag("expects_apprec").unwrap_or(true);
    let text = text?;
    let spot = section.spot_of("to");
    let value = match text.strip_prefix(PARTNER) {
        Some(name) => To::Partner(name.trim().to_string()),
        None if text == OWNER => To::Owner,
        None => {
            let complaint = spot.complain(format!("`to` cannot be \"{text}\""));
            let suggestion = "write \"owner\" for whoever owns the receiver's HER-id, or \"partner:<name>\" for one partner";
            section.complain(complaint.suggest(suggestion));
            return None;
        }
    };
    Some(Leg { to: Written { value, spot }, expects_apprec })
}

fn test(section: &mut Section<'_>) -> Option<Test> {
    let spot = section.spot();
    let name = section.required("name", Section::text);
    let expect = section.required("expect", Section::texts);
    let wins = section.text("route").map(|value| Written { value, spot: section.spot_of("route") });
    let message = match (section.has("message"), section.has("file")) {
        (true, false) => section.within("message", message).map(TestMessage::Traits),
        (false, true) => section.existing_file("file").map(TestMessage::File),
        (both, _) => {
            let message = if both { "this test has a message and a file" } else { "this test has no message" };
            let complaint = spot.complain(message);
            section.complain(
                complaint.suggest("write either `message = { type = \"…\", receiver = [ … ] }` or `file = \"….xml\"`"),
            );
            section.within("message", self::message).map(TestMessage::Traits)
        }
    };
    Some(Test { name: name.unwrap_or_default(), spot, message, expect: expect.unwrap_or_default(), wins })
}

fn message(section: &mut Section<'_>) -> Option<TestTraits> {
    let message_type = section.required("type", Section::text);
    let version = section.text("version");
    let sender = address(section, "sender");
    let receiver = section.required("receiver", address);
    let role = section.choice("role", &ROLES);
    Some(TestTraits {
        message_type: message_type?,
        version: version.unwrap_or_default(),
        sender: sender.unwrap_or(Address { organisation: None, party: None, level: Level::Organisation }),
        receiver: receiver?,
        role: role.unwrap_or(Role::Primary),
    })
}

/// An address: the organisation, and below it the service or person.
fn address(section: &mut Section<'_>, key: &'static str) -> Option<Address> {
    let her_ids = section.her_ids(key)?;
    match her_ids.as_slice() {
        [organisation] => Some(Address { organisation: Some(organisation.value), party: None, level: Level::Organisation }),
        [organisation, party] => {
            Some(Address { organisation: Some(organisation.value), party: Some(party.value), level: Level::Service })
        }
        _ => {
            let complaint =
                section.spot_of(key).complain(format!("`{key}` must have one or two HER-ids, not {}", her_ids.len()));
            section.complain(complaint.suggest("write [organisation] or [organisation, service]: [9000100, 9000101]"));
            None
        }
    }
}

/// The name of a partner that must exist.
pub(super) fn known_partner(written: &str, spot: &Spot, names: &[PartnerName]) -> Result<PartnerName, Complaint> {
    names.iter().find(|name| name.as_str() == written).cloned().ok_or_else(|| {
        let complaint = spot.complain(format!("there is no partner \"{written}\""));
        complaint.suggest(did_you_mean(written, "partners", names.iter().map(PartnerName::as_str)))
    })
}
