//! The promise: the routes that are shipped pass the tests that they carry, and every accepted fixture goes where its receivers'
//! partners are.

#[path = "support/fixtures.rs"]
mod fixtures;

use bindeledd::commands::test::run_tests;
use bindeledd::config::{Installation, load};
use bindeledd::domain::PartnerName;
use bindeledd::messages::{Body, read};
use bindeledd::routing::{Standing, Traits, select};
use bindeledd::xml::Limits;
use std::collections::BTreeSet;
use std::path::Path;

fn shipped() -> Installation {
    let checked = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config"));
    checked.installation.expect("the shipped configuration is good")
}

#[test]
fn every_shipped_route_carries_tests_and_passes_them() {
    let installation = shipped();
    let results = run_tests(&installation);
    for result in &results {
        assert!(result.passed(), "{} ({}): got {:?}", result.test.name, result.test.spot, result.got());
    }
    let tested: BTreeSet<&str> = results.iter().flat_map(|result| result.routes()).collect();
    let routes: BTreeSet<&str> = installation.routes.routes().iter().map(|route| route.name.as_str()).collect();
    assert_eq!(tested, routes, "every route takes the message of some test");
}

#[test]
fn every_accepted_message_goes_at_least_to_the_partners_that_own_its_receivers() {
    let installation = shipped();
    let mut got_something: BTreeSet<PartnerName> = BTreeSet::new();
    for fixture in fixtures::all().into_iter().filter(fixtures::Fixture::is_accepted) {
        let parsed = read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default()))
            .unwrap_or_else(|_| panic!("{} cannot be read", fixture.path));
        if matches!(parsed.body, Body::Receipt(_)) {
            continue;
        }
        for receiver in &parsed.envelope.receivers {
            let address = receiver.party.address();
            let traits = Traits {
                message_type: &parsed.envelope.type_code,
                version: parsed.kind.version,
                sender: parsed.envelope.sender.address(),
                receiver: address,
                role: receiver.role,
            };
            let legs: Vec<PartnerName> = select(traits, &installation.routes, &installation.directory)
                .legs
                .into_iter()
                .map(|(partner, _)| partner)
                .collect();
            match installation.directory.standing(address) {
                Standing::Ours(owner) => assert!(legs.contains(&owner), "{}: {address} to {legs:?}", fixture.path),
                other => panic!("{}: {address} is {other:?}", fixture.path),
            }
            got_something.extend(legs);
        }
    }
    let connected = installation.partners.iter().filter(|partner| partner.receives.is_some());
    let all: BTreeSet<PartnerName> = connected.map(|partner| partner.name.clone()).collect();
    assert_eq!(got_something, all, "every partner that receives gets something");
}
