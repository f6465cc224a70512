//! The promise: every rule of the book is broken by the fixture with its number and by no other; or, where no message can break
//! it because the path is built so, a test that is named here proves it.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/shipped.rs"]
mod shipped;

use bindeledd::messages::{Judging, all_rules};
use bindeledd::rulebook::{Consequence, Direction, Enforced, Rule};
use bindeledd::xml::Limits;
use fixtures::{Fixture, all};
use shipped::Shipped;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rules that no fixture breaks: which test proves them, and in which file.
const PROVEN_BY_TEST: [(&str, &str, &str); 29] = [
    ("R-005", PATH_RULES, "the_same_bytes_get_the_same_receipt_and_other_bytes_under_their_msgid_are_turned_away"),
    ("R-007", PATH_RULES, "an_apprec_is_never_answered_whatever_is_wrong_with_it"),
    ("R-008", PATH_RULES, "what_is_handed_over_is_never_sent_again_however_long_its_apprec_is_missing"),
    ("R-022", PATH_RULES, "where_a_schema_is_said_to_lie_makes_no_difference"),
    ("R-025", PATH_RULES, "a_message_of_another_time_is_accepted_with_a_warning_and_kept_from_being_sent"),
    ("R-027", PATH_RULES, "the_same_bytes_get_the_same_receipt_and_other_bytes_under_their_msgid_are_turned_away"),
    ("R-036", PATH_RULES, "a_patient_without_a_number_is_no_reason_to_refuse_and_e35_is_never_written"),
    ("R-067", PATH_RULES, "a_copy_receiver_is_delivered_to_and_answered_for_on_its_own"),
    ("R-076", PATH_RULES, "the_text_of_a_code_may_be_any"),
    ("R-078", PATH_RULES, "a_point_in_time_without_a_zone_is_norwegian_in_winter_and_summer"),
    ("R-099", PATH_RULES, "the_version_of_an_apprec_follows_the_message_or_what_was_agreed"),
    ("R-100", PATH_RULES, "a_second_apprec_for_the_same_receiver_is_ignored"),
    ("R-101", PATH_RULES, "an_apprec_after_96_hours_is_noted_as_late_and_counts"),
    ("R-106", PATH_RULES, "an_apprec_reaches_the_sender_byte_for_byte_also_from_a_copy_receiver"),
    ("R-111", PATH_RULES, "a_signer_under_a_service_is_not_mirrored_and_a_gp_is"),
    ("R-112", PATH_RULES, "a_wrong_code_is_no_reason_to_refuse"),
    ("R-114", PATH_RULES, "an_apprec_reaches_the_sender_byte_for_byte_also_from_a_copy_receiver"),
    ("R-115", PATH_RULES, "a_duplicate_gets_no_apprec_even_when_the_first_was_refused"),
    ("R-116", PATH_RULES, "what_is_refused_stays_in_the_log_and_is_delivered_to_nobody"),
    ("R-117", PATH_RULES, "an_apprec_is_never_answered_whatever_is_wrong_with_it"),
    ("R-095", CONVERSATIONS, "a_cancellation_that_comes_first_is_delivered_and_so_is_what_it_cancels"),
    ("R-118", CONVERSATIONS, "a_deviation_goes_back_as_a_message_and_the_apprec_stands"),
    ("R-123", CONVERSATIONS, "a_request_may_state_its_purpose_or_not"),
    ("R-187", CONVERSATIONS, "an_attachment_is_carried_unopened_and_nobody_is_told_that_it_was_scanned"),
    ("R-158", PATH_RULES, "what_the_patient_does_not_want_forwarded_goes_to_its_receiver_only"),
    ("R-181", PATH_RULES, "absence_is_a_known_message_in_version_1_5_and_in_no_other"),
    ("R-203", SPEAKS_FHIR, "a_bundle_that_is_no_valid_fhir_is_turned_away_with_every_place"),
    ("R-204", SPEAKS_FHIR, "a_bundle_without_a_message_is_turned_away_and_told_what_is_missing"),
    ("R-205", SPEAKS_FHIR, "what_a_system_added_to_a_bundle_and_the_message_has_no_place_for_is_told"),
];
const SPEAKS_FHIR: &str = "tests/speaks_fhir.rs";
const PATH_RULES: &str = "tests/path_rules.rs";
const CONVERSATIONS: &str = "tests/path_rules/conversations.rs";

#[test]
fn every_rule_is_broken_by_the_fixtures_with_its_number_and_by_no_others() {
    let mut broken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for fixture in all() {
        for rule in rules_broken_by(&fixture) {
            broken.entry(rule).or_default().insert(fixture.path.clone());
        }
    }
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for fixture in all() {
        if let Some(rule) = rule_in_the_name(&fixture) {
            named.entry(rule).or_default().insert(fixture.path.clone());
        }
    }
    let differ: Vec<_> = broken.keys().chain(named.keys()).filter(|rule| broken.get(*rule) != named.get(*rule)).collect();
    let told: BTreeMap<_, _> = differ.iter().map(|rule| (*rule, (broken.get(*rule), named.get(*rule)))).collect();
    assert!(told.is_empty(), "rule: (broken by, named for it)\n{told:#?}");
}

#[test]
fn every_rule_has_a_fixture_or_a_test_that_proves_it() {
    let named: BTreeSet<String> = all().iter().filter_map(rule_in_the_name).collect();
    for rule in all_rules() {
        let by_fixture = named.contains(rule.id);
        let by_test = PROVEN_BY_TEST.iter().any(|(id, ..)| *id == rule.id);
        assert!(by_fixture != by_test, "{}: by a fixture {by_fixture}, by a test {by_test}", rule.id);
        assert!(by_fixture || rule.enforced == Enforced::Path, "{} can be broken by a message, and none does", rule.id);
    }
}

#[test]
fn every_test_that_is_said_to_prove_a_rule_is_there_and_names_it() {
    for (rule, file, function) in PROVEN_BY_TEST {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file");
        let at = text.find(&format!("fn {function}()")).unwrap_or_else(|| panic!("{rule}: {file} has no test {function}"));
        let before: Vec<&str> = text[..at].lines().rev().take_while(|line| !line.trim().is_empty()).collect();
        assert!(before.contains(&"#[test]"), "{function} is no test");
        assert!(
            before.iter().any(|line| line.starts_with("///") && line.contains(rule)),
            "{function} does not say that it proves {rule}"
        );
    }
}

#[test]
fn a_fixture_that_breaks_a_rule_comes_to_what_the_rule_says() {
    for fixture in all().iter().filter(|fixture| !fixture.is_accepted()) {
        let id = rule_in_the_name(fixture).expect("a rule");
        let rules = all_rules();
        let rule: &Rule =
            rules.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("{}: no rule {id}", fixture.path));
        let shipped = bring(fixture);
        let (_, state) = shipped.verdict();
        let expected: &[&str] = match rule.incoming {
            Consequence::Refuse(_) | Consequence::Block => &["refused"],
            // A sender who cannot be answered is told at the door.
            Consequence::Hold => {
                if id == "R-004" {
                    &["refused"]
                } else {
                    &["held"]
                }
            }
            Consequence::Ignore => &["duplicate"],
            Consequence::Warn | Consequence::Note | Consequence::ByDesign => &["accepted"],
        };
        assert!(expected.contains(&state.as_str()), "{}: {state}", fixture.path);
    }
}

fn bring(fixture: &Fixture) -> Shipped {
    let is_apprec = fixture.path.starts_with("apprec/");
    let shipped = if is_apprec { Shipped::where_receivers_answer() } else { Shipped::new() };
    shipped.bring(fixture).1.expect("no fault");
    shipped
}

/// What the whole path finds, and what only a strict judge of outgoing messages would say.
fn rules_broken_by(fixture: &Fixture) -> BTreeSet<String> {
    let outgoing = Judging::of(Limits::default(), Direction::Outgoing);
    let read = bindeledd::messages::read(&fixture.bytes, &outgoing);
    let alone = read.map_or_else(|unreadable| unreadable.findings, |parsed| parsed.findings);
    let alone = alone.iter().map(|finding| finding.rule.id.to_string());
    bring(fixture).verdict().0.into_iter().chain(alone).collect()
}

/// `refused/r026_…` and `warned/r026_…` break `R-026`.
fn rule_in_the_name(fixture: &Fixture) -> Option<String> {
    let (_, name) = fixture.path.split_once("/refused/").or_else(|| fixture.path.split_once("/warned/"))?;
    Some(format!("R-{}", name.strip_prefix('r')?.get(..3)?))
}
