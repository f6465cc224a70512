//! The promise: every type of message in the catalogue has at least one fixture that is recognised as it and has no fault.

#[path = "support/fixtures.rs"]
mod fixtures;

use bindeledd::messages::{Judging, MessageType, all_types, read};
use bindeledd::rulebook::Direction;
use bindeledd::xml::Limits;
use fixtures::Fixture;

/// Types without a fixture. The list may only shrink.
const UNPROVEN: [(&str, &str); 0] = [];

#[test]
fn every_type_has_an_accepted_fixture_that_is_recognised_as_it() {
    let recognised: Vec<(&MessageType, String)> = accepted().iter().map(|fixture| kind_and_code(fixture)).collect();
    for kind in all_types() {
        let code_fits = |code: &String| kind.code.is_empty() || kind.code == code;
        let proven = recognised.iter().any(|(found, code)| *found == kind && code_fits(code));
        let excepted = UNPROVEN.contains(&(kind.code, kind.version));
        assert!(proven != excepted, "{} {}: proven {proven}, on the list of exceptions {excepted}", kind.label(), kind.code);
    }
}

#[test]
fn every_accepted_fixture_is_of_the_type_that_its_name_and_folder_say() {
    for fixture in accepted() {
        let (kind, code) = kind_and_code(&fixture);
        assert_eq!(Some(kind.family), fixture.path.split('/').next(), "{}", fixture.path);
        let version = if kind.version.is_empty() { "1.0" } else { kind.version };
        let name = format!("{}-{version}", code.to_lowercase().replace('_', "-"));
        assert!(fixture.path.contains(&format!("/{name}")), "{} is {name}", fixture.path);
    }
}

#[test]
fn nothing_is_wrong_with_an_accepted_fixture_whichever_way_it_goes() {
    for direction in [Direction::Incoming, Direction::Outgoing] {
        for fixture in accepted() {
            let parsed = read(&fixture.bytes, &Judging::of(Limits::default(), direction))
                .unwrap_or_else(|_| panic!("{} cannot be read", fixture.path));
            let rules: Vec<_> = parsed.findings.iter().map(|finding| finding.rule.id).collect();
            assert_eq!(rules, [""; 0], "{} {}", fixture.path, direction.as_str());
        }
    }
}

fn accepted() -> Vec<Fixture> {
    fixtures::all().into_iter().filter(Fixture::is_accepted).collect()
}

fn kind_and_code(fixture: &Fixture) -> (&'static MessageType, String) {
    let parsed = read(&fixture.bytes, &Judging::incoming(Limits::default()))
        .unwrap_or_else(|_| panic!("{} cannot be read", fixture.path));
    (parsed.kind, parsed.envelope.type_code)
}
