//! What a partner or an operator may meet is on a page: every problem type, every endpoint, every number, every state.
//!
//! It cannot tell whether a page is right, only that it does not keep silent.

use bindeledd::delivery::State;
use bindeledd::domain::MessageState;
use bindeledd::transports::Counters;
use bindeledd::transports::http::ProblemKind;
use bindeledd::web::{Snapshot, render};
use std::collections::BTreeSet;
use std::path::Path;

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_problem_is_explained_with_its_status_on_the_page_of_the_http_api() {
    let page = page("http-api.md");
    for kind in ProblemKind::ALL {
        let row = format!("| `{}` | {} |", kind.name(), kind.status());
        assert!(page.contains(&row), "docs/http-api.md has no row that begins {row}");
    }
}

#[test]
fn the_api_description_names_every_problem_and_no_other() {
    let page = page("openapi.yaml");
    let described: BTreeSet<&str> =
        page.lines().filter_map(|line| line.trim().strip_prefix("- /problems/")).map(str::trim).collect();
    let real: BTreeSet<&str> = ProblemKind::ALL.into_iter().map(ProblemKind::name).collect();
    assert_eq!(described, real);
}

#[test]
fn every_number_of_the_metrics_is_on_the_page_for_operators() {
    let page = page("operating.md");
    let metrics = render(&Snapshot::default(), &Counters::default());
    let families: BTreeSet<&str> =
        metrics.lines().filter_map(|line| line.strip_prefix("# HELP ")?.split(' ').next()).collect();
    assert!(families.len() > 10, "{families:?}");
    for family in families {
        assert!(page.contains(&format!("`{family}`")), "docs/operating.md does not name {family}");
    }
}

#[test]
fn every_state_is_on_the_page_of_the_data_model() {
    let page = page("data-model.md");
    let states = MessageState::ALL.map(MessageState::as_str).into_iter().chain(State::ALL.map(State::as_str));
    for state in states {
        assert!(page.contains(&format!("`{state}`")), "docs/data-model.md does not name {state}");
    }
}
