//! What no file can see alone: names that must exist elsewhere, and things of which there may be only one.

use super::partner_file::PartnerFile;
use super::route_file::{RouteFile, To, known_partner};
use crate::domain::{HerId, PartnerName};
use crate::settings::{Claim, Complaint, Spot, did_you_mean, nearest};
use std::collections::HashMap;

/// All files, as far as they could be read.
pub(super) struct Written<'a> {
    pub partners: &'a [PartnerFile],
    pub routes: &'a [RouteFile],
    pub claims: &'a [Claim],
    /// The names of all partner files and all route files, also of those that could not be read.
    pub partner_names: &'a [PartnerName],
    pub route_names: &'a [PartnerName],
}

/// Every complaint between the files.
pub(super) fn complaints(written: &Written<'_>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    her_ids_have_one_owner(written.partners, &mut complaints);
    claims_are_single(written.claims, &mut complaints);
    orders_are_single(written.routes, &mut complaints);
    for route in written.routes {
        legs_lead_somewhere(route, written, &mut complaints);
        receivers_have_owners(route, written, &mut complaints);
        tests_name_what_exists(route, written, &mut complaints);
    }
    complaints
}

/// What a HER-id names, and who says so.
struct Owned<'a> {
    spot: &'a Spot,
    partner: &'a PartnerName,
    as_organisation: bool,
    whole: bool,
}

/// A HER-id names one thing and has one owner. An organisation may stand in several files if its services do not.
fn her_ids_have_one_owner(partners: &[PartnerFile], complaints: &mut Vec<Complaint>) {
    let mut seen: HashMap<HerId, Owned<'_>> = HashMap::new();
    for partner in partners {
        for organisation in &partner.organisations {
            let whole = organisation.parties.is_empty();
            let owned = |spot, as_organisation| Owned {
                spot,
                partner: &partner.name,
                as_organisation,
                whole: whole || !as_organisation,
            };
            enter(&mut seen, organisation.her_id.value, owned(&organisation.her_id.spot, true), complaints);
            for party in &organisation.parties {
                enter(&mut seen, party.her_id.value, owned(&party.her_id.spot, false), complaints);
            }
        }
    }
}

fn enter<'a>(seen: &mut HashMap<HerId, Owned<'a>>, her_id: HerId, new: Owned<'a>, complaints: &mut Vec<Complaint>) {
    let Some(old) = seen.get_mut(&her_id) else {
        seen.insert(her_id, new);
        return;
    };
    let (message, suggestion) = if old.as_organisation != new.as_organisation {
        (
            format!("HER-id {her_id} is an organisation in one place and a service or person in another; see {}", old.spot),
            "one of them is a slip; the address register (Adresseregisteret) tells which",
        )
    } else if new.as_organisation && new.partner != old.partner && !(new.whole && old.whole) {
        old.whole |= new.whole;
        return;
    } else if new.partner == old.partner {
        (
            format!("HER-id {her_id} stands here twice; the first is {}", old.spot),
            "remove one of them, or correct the number",
        )
    } else {
        (
            format!("HER-id {her_id} belongs to partner `{}` already, see {}", old.partner, old.spot),
            "a HER-id has one owner; remove it from one of the two files",
        )
    };
    complaints.push(new.spot.complain(message).suggest(suggestion));
}

fn claims_are_single(claims: &[Claim], complaints: &mut Vec<Complaint>) {
    let mut seen: HashMap<(&str, &str), &Spot> = HashMap::new();
    for Claim { kind, value, spot } in claims {
        match seen.get(&(kind, value.as_str())) {
            Some(first) => {
                let complaint = spot.complain_without_repeating(format!("this {kind} is used already, see {first}"));
                complaints.push(complaint.suggest(format!("give each its own {kind}; nobody could tell the two apart")));
            }
            None => drop(seen.insert((kind, value), spot)),
        }
    }
}

fn orders_are_single(routes: &[RouteFile], complaints: &mut Vec<Complaint>) {
    let mut seen: HashMap<u32, &Spot> = HashMap::new();
    for order in routes.iter().filter_map(|route| route.order.as_ref()) {
        match seen.get(&order.value) {
            Some(first) => {
                let free = (order.value..).find(|n| routes.iter().all(|r| r.order.as_ref().is_none_or(|o| o.value != *n)));
                let complaint = order.spot.complain(format!("another route has order {} already, see {first}", order.value));
                let free = free.map_or(String::new(), |free| format!(", such as {free}"));
                complaints.push(
                    complaint
                        .suggest(format!("which of two routes is asked first must not be chance; take a free order{free}")),
                );
            }
            None => drop(seen.insert(order.value, &order.spot)),
        }
    }
}

fn legs_lead_somewhere(route: &RouteFile, written: &Written<'_>, complaints: &mut Vec<Complaint>) {
    for leg in &route.legs {
        let To::Partner(name) = &leg.to.value else { continue };
        match known_partner(name, &leg.to.spot, written.partner_names) {
            Err(complaint) => complaints.push(complaint),
            Ok(name) => {
                if written.partners.iter().any(|partner| partner.name == name && !partner.has_way_out) {
                    let complaint = leg.to.spot.complain(format!("partner `{name}` does not receive anything"));
                    complaints
                        .push(complaint.suggest(format!("write [receives.http] (or another way) in partners/{name}.toml")));
                }
            }
        }
    }
}

/// A route to the owner that asks for a HER-id of nobody's can never take a message for it.
fn receivers_have_owners(route: &RouteFile, written: &Written<'_>, complaints: &mut Vec<Complaint>) {
    let to_owner = route.legs.iter().any(|leg| matches!(leg.to.value, To::Owner));
    // With a partner file unread nobody knows what is owned.
    if !to_owner || written.partners.len() < written.partner_names.len() {
        return;
    }
    let organisations = || written.partners.iter().flat_map(|partner| &partner.organisations);
    let known: Vec<String> = organisations()
        .flat_map(|organisation| {
            std::iter::once(&organisation.her_id).chain(organisation.parties.iter().map(|party| &party.her_id))
        })
        .map(|her_id| her_id.value.to_string())
        .collect();
    for receiver in &route.receivers {
        let text = receiver.value.to_string();
        if !known.contains(&text) {
            let complaint = receiver.spot.complain(format!("no partner owns HER-id {text}, so it has no owner to send to"));
            let help = nearest(&text, known.iter().map(String::as_str)).map(|near| format!("did you mean {near}?"));
            complaints.push(
                complaint
                    .suggest(help.unwrap_or_else(|| "remove it, or add it to the file of the partner that owns it".into())),
            );
        }
    }
}

fn tests_name_what_exists(route: &RouteFile, written: &Written<'_>, complaints: &mut Vec<Complaint>) {
    for test in &route.tests {
        complaints.extend(
            test.expect.iter().filter_map(|name| known_partner(&name.value, &name.spot, written.partner_names).err()),
        );
        if let Some(wins) =
            test.wins.as_ref().filter(|wins| written.route_names.iter().all(|name| name.as_str() != wins.value))
        {
            let complaint = wins.spot.complain(format!("there is no route \"{}\"", wins.value));
            complaints.push(complaint.suggest(did_you_mean(
                &wins.value,
                "routes",
                written.route_names.iter().map(PartnerName::as_str),
            )));
        }
    }
}
