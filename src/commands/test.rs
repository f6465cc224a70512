//! `test`: the tests that the route files carry.
//!
//! They ask which partners would get a message: routing, and whether a partner supports the type. Whether the message is good
//! in other respects is for `validate` and `explain` to say.

use super::check::{complaint_as_json, complaints_as_text};
use super::report::{Answer, Report, count};
use crate::config::{Installation, RouteTest, TestMessage, TestTraits, load};
use crate::domain::{PartnerName, Role};
use crate::messages::{self, Judging, MessageRole};
use crate::routing::{Considered, Directory, Partner, Selection, Standing, select};
use crate::xml::Limits;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// What one test came to.
#[derive(Debug)]
pub struct TestResult<'a> {
    /// The test.
    pub test: &'a RouteTest,
    /// What happened to each receiver of its message.
    pub receivers: Vec<Routed>,
    /// Why the message could not be tried, if it could not.
    pub trouble: Option<String>,
}

/// What routing decided for one receiver.
#[derive(Debug)]
pub struct Routed {
    /// What routing looked at.
    pub traits: TestTraits,
    /// What it decided.
    pub selection: Selection,
    /// Why nobody gets it in spite of that, or because of it.
    pub nobody: Option<String>,
}

impl Routed {
    /// Who gets it.
    fn partners(&self) -> impl Iterator<Item = &PartnerName> {
        let legs = if self.nobody.is_some() { &[] } else { self.selection.legs.as_slice() };
        legs.iter().map(|(partner, _)| partner)
    }
}

impl TestResult<'_> {
    /// The partners that get the message.
    pub fn got(&self) -> BTreeSet<&PartnerName> {
        self.receivers.iter().flat_map(Routed::partners).collect()
    }

    /// The routes that took a receiver.
    pub fn routes(&self) -> BTreeSet<&str> {
        self.receivers.iter().filter_map(|routed| routed.selection.route.as_deref()).collect()
    }

    /// True when the partners are the expected ones, and the route if the test names one.
    pub fn passed(&self) -> bool {
        let wins = self.test.wins.as_deref().is_none_or(|route| self.routes() == BTreeSet::from([route]));
        self.trouble.is_none() && wins && self.got() == self.test.expect.iter().collect()
    }
}

/// Runs the tests of all routes of the configuration in a folder.
pub fn test(folder: &Path) -> Report {
    let checked = load(folder);
    match &checked.installation {
        Some(installation) => report(installation),
        None => Report {
            answer: if folder.is_dir() { Answer::No } else { Answer::Fault },
            text: complaints_as_text(&checked.complaints),
            json: json!({ "good": false, "complaints": checked.complaints.iter().map(complaint_as_json).collect::<Vec<_>>() }),
        },
    }
}

/// Runs the tests of all routes.
pub fn run_tests(installation: &Installation) -> Vec<TestResult<'_>> {
    installation.tests.iter().map(|test| run(test, installation)).collect()
}

fn run<'a>(test: &'a RouteTest, installation: &Installation) -> TestResult<'a> {
    let traits = match &test.message {
        TestMessage::Traits(traits) => Ok(vec![traits.clone()]),
        TestMessage::File(path) => traits_of_file(path, &installation.limits),
    };
    let route = |traits: TestTraits| {
        let selection = select(traits.as_traits(), &installation.routes, &installation.directory);
        let nobody = nobody(&traits, &selection, &installation.directory);
        Routed { traits, selection, nobody }
    };
    match traits {
        Ok(traits) => TestResult { test, receivers: traits.into_iter().map(route).collect(), trouble: None },
        Err(trouble) => TestResult { test, receivers: Vec::new(), trouble: Some(trouble) },
    }
}

/// Why nobody gets it: no route takes it, or a partner on the way does not support its type (rule R-023).
fn nobody(traits: &TestTraits, selection: &Selection, directory: &Directory) -> Option<String> {
    if selection.legs.is_empty() {
        let address = traits.receiver;
        return Some(match directory.standing(address) {
            Standing::NotOurs => format!("{address} is nobody of ours: held for a person"),
            Standing::UnknownParty => format!("{address} is unknown at one of our organisations: refused (R-063, R-064)"),
            Standing::Ours(owner) => format!("{address} belongs to {owner}, but no route takes it: held for a person"),
        });
    }
    let unsupported = |partner: &&Partner| {
        !partner.accepts.is_empty() && !partner.accepts.iter().any(|pattern| pattern.fits(&traits.message_type))
    };
    let partner = selection.legs.iter().filter_map(|(name, _)| directory.partner(name)).find(unsupported)?;
    Some(format!("{} does not accept {}: refused (R-023)", partner.name, traits.message_type))
}

fn traits_of_file(path: &Path, limits: &Limits) -> Result<Vec<TestTraits>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let parsed = messages::read(&bytes, &Judging::incoming(*limits)).map_err(|unreadable| {
        let rules: Vec<_> = unreadable.findings.iter().map(|finding| finding.rule.id).collect();
        format!("{} is not a message that can be read ({})", path.display(), rules.join(", "))
    })?;
    if parsed.kind.role == MessageRole::Receipt {
        return Err(format!(
            "{} is an AppRec; it goes where the message came from that it answers, by no route",
            path.display()
        ));
    }
    let envelope = &parsed.envelope;
    let traits = envelope.receivers.iter().map(|receiver| TestTraits {
        message_type: envelope.type_code.clone(),
        version: parsed.kind.version.to_string(),
        sender: envelope.sender.address(),
        receiver: receiver.party.address(),
        role: receiver.role,
    });
    Ok(traits.collect())
}

fn report(installation: &Installation) -> Report {
    let results = run_tests(installation);
    let untested = untested(installation);
    let failed = results.iter().filter(|result| !result.passed()).count();
    let mut text = String::new();
    let mut route = None;
    for result in &results {
        if route != Some(&result.test.route) {
            text += &format!("{}\n", result.test.route);
            route = Some(&result.test.route);
        }
        text += &as_text(result);
    }
    if !untested.is_empty() {
        text += &format!("without a test: {}\n", untested.join(", "));
    }
    let passed = results.len() - failed;
    text += &format!("{} passed, {failed} failed", count(passed, "test", "tests"));
    let json = json!({
        "good": failed == 0,
        "tests": results.iter().map(as_json).collect::<Vec<_>>(),
        "routes_without_tests": untested,
    });
    Report { answer: if failed == 0 { Answer::Good } else { Answer::No }, text, json }
}

fn untested(installation: &Installation) -> Vec<&str> {
    let tested = |name: &str| installation.tests.iter().any(|test| test.route == name);
    installation.routes.routes().iter().map(|route| route.name.as_str()).filter(|name| !tested(name)).collect()
}

fn as_text(result: &TestResult<'_>) -> String {
    let TestResult { test, trouble, .. } = result;
    if result.passed() {
        return format!("  ok      {}\n", test.name);
    }
    let mut text = format!("  FAILED  {}\n          {}\n", test.name, test.spot);
    if let Some(trouble) = trouble {
        return text + &format!("          {trouble}\n");
    }
    text += &format!("          expected: {}\n", partners(test.expect.iter()));
    if let Some(route) = &test.wins {
        text += &format!("                    by route {route}\n");
    }
    text += &format!("          got:      {}\n", partners(result.got()));
    for Routed { traits, selection, nobody } in &result.receivers {
        text += &format!("          {}:\n", describe(traits));
        for considered in &selection.considered {
            text += &format!("            {}\n", reason(considered));
        }
        if let Some(why) = nobody {
            text += &format!("            {why}\n");
        }
    }
    text
}

fn as_json(result: &TestResult<'_>) -> Value {
    let TestResult { test, trouble, .. } = result;
    let why = |routed: &Routed| {
        json!({
            "message": describe(&routed.traits),
            "route": routed.selection.route,
            "nobody": routed.nobody,
            "considered": routed.selection.considered.iter().map(reason).collect::<Vec<_>>(),
        })
    };
    let place = test.spot.place();
    json!({
        "route": test.route,
        "name": test.name,
        "file": test.spot.file(),
        "line": place.line,
        "column": place.column,
        "passed": result.passed(),
        "expected": test.expect.iter().map(PartnerName::as_str).collect::<Vec<_>>(),
        "expected_route": test.wins,
        "got": result.got().into_iter().map(PartnerName::as_str).collect::<Vec<_>>(),
        "why": result.receivers.iter().map(why).collect::<Vec<_>>(),
        "trouble": trouble,
    })
}

fn partners<'a>(names: impl IntoIterator<Item = &'a PartnerName>) -> String {
    let names: Vec<_> = names.into_iter().map(PartnerName::as_str).collect();
    if names.is_empty() { "nobody".into() } else { names.join(", ") }
}

fn describe(traits: &TestTraits) -> String {
    let TestTraits { message_type, version, sender, receiver, role } = traits;
    let role = match role {
        Role::Primary => "receiver",
        Role::Copy => "copy receiver",
    };
    format!(
        "{message_type} {} from {sender} to {role} {receiver}",
        if version.is_empty() { "(any version)" } else { version }
    )
}

fn reason(considered: &Considered) -> String {
    match &considered.lost {
        Some(mismatch) => format!("route {} lost: {mismatch}", considered.route),
        None => format!("route {} took it", considered.route),
    }
}
