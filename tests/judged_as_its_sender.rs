//! The promise: a partner whose own system sends through this gateway is judged as a sender must be, and hears of it at the door;
//! what was agreed with a partner counts, within what the standard leaves open.

#[path = "support/fixtures.rs"]
mod fixtures;
#[expect(dead_code, reason = "this promise needs less of it than others")]
#[path = "support/shipped.rs"]
mod shipped;

use bindeledd::messages::all_rules;
use bindeledd::routing::Partner;
use bindeledd::rulebook::{Consequence, Direction, Rule, Severities};
use bindeledd::transports::{Reception, WhyTurnedAway};
use fixtures::{Fixture, all};
use shipped::Shipped;
use std::sync::Arc;

const EMPTY_NAME: &str = "msghead/warned/r019_empty_middle_name.xml";

fn fixture(path: &str) -> Fixture {
    all().into_iter().find(|fixture| fixture.path == path).unwrap_or_else(|| panic!("no fixture {path}"))
}

fn rule(id: &str) -> &'static Rule {
    all_rules().into_iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("no rule {id}"))
}

fn outgoing(partner: &mut Partner) {
    partner.judged_as = Direction::Outgoing;
}

#[test]
fn a_receiver_is_only_warned_of_what_a_sender_may_not_send() {
    let incoming = Shipped::new();
    let (_, reception) = incoming.bring(&fixture(EMPTY_NAME));
    assert!(matches!(reception, Ok(Reception::Receipt(_))), "a warning refuses nothing");
    assert_eq!(incoming.verdict(), (vec!["R-019".to_string()], "accepted".into()));

    let strict = Shipped::where_partners(outgoing);
    let (_, reception) = strict.bring(&fixture(EMPTY_NAME));
    let Ok(Reception::TurnedAway(turned_away)) = reception else { panic!("it is turned away") };
    assert_eq!(turned_away.why, WhyTurnedAway::NotFitToSend);
    assert_eq!(turned_away.findings.iter().map(|finding| finding.rule.id).collect::<Vec<_>>(), ["R-019"]);
    assert!(strict.deliver().is_empty(), "nobody gets it, and there is no AppRec: no receiver has seen it");
    assert_eq!(strict.verdict(), (vec!["R-019".to_string()], "refused".into()), "it is in the log all the same");
}

#[test]
fn what_is_fit_to_send_goes_on_as_ever() {
    let strict = Shipped::where_partners(outgoing);
    let (_, reception) = strict.bring(&fixture("plo/accepted/log-innlagt-1.6.xml"));
    assert!(matches!(reception, Ok(Reception::Receipt(_))));
    assert_eq!(strict.verdict(), (Vec::new(), "accepted".into()));
}

#[test]
fn what_was_agreed_with_a_partner_counts_instead_of_what_the_rule_says() {
    let lenient = Shipped::where_partners(|partner| {
        outgoing(partner);
        let mut agreed = Severities::default();
        assert!(agreed.agree(rule("R-019"), Direction::Outgoing, Consequence::Warn));
        partner.severities = Arc::new(agreed);
    });
    let (_, reception) = lenient.bring(&fixture(EMPTY_NAME));
    assert!(matches!(reception, Ok(Reception::Receipt(_))), "it was agreed that this is a warning");
}

#[test]
fn nothing_that_the_standard_makes_mandatory_can_be_agreed_away() {
    let mut agreed = Severities::default();
    for rule in all_rules().into_iter().filter(|rule| matches!(rule.incoming, Consequence::Refuse(_) | Consequence::Hold)) {
        for lower in [Consequence::Warn, Consequence::Note, Consequence::Ignore, Consequence::ByDesign] {
            let may = rule.agreed.contains(&lower);
            assert_eq!(agreed.agree(rule, Direction::Incoming, lower), may, "{} as {}", rule.id, lower.as_str());
        }
    }
    // A wrong code is never a reason to refuse (HIS 80415:2012, 3.3.2).
    for rule in all_rules().into_iter().filter(|rule| rule.incoming == Consequence::Warn && rule.agreed.is_empty()) {
        let refuse = Consequence::Refuse(bindeledd::domain::Reason::Other);
        assert!(!agreed.agree(rule, Direction::Incoming, refuse), "{} could be made to refuse", rule.id);
    }
}
