//! a ready notice tells admission, day and who decided.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, Event};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-164",
    name: "a_ready_notice_names_days_and_decider",
    holds: Text {
        en: "LOG_UTSKRIVNINGSKLAR has events with code 1 and code 3, and the name of the clinician who decided",
        nb: "LOG_UTSKRIVNINGSKLAR har hendelser med kode 1 og kode 3, og navnet på beslutningsansvarlig helsepersonell",
        nn: "LOG_UTSKRIVNINGSKLAR har hendingar med kode 1 og kode 3, og namnet på helsepersonellet som tok avgjerda",
    },
    hint: Text {
        en: "Add what is missing: two TidsfestetHendelse, and AnsvarForRapport/AnsvarligRapport with FamilyName",
        nb: "Legg til det som mangler: to TidsfestetHendelse, og AnsvarForRapport/AnsvarligRapport med FamilyName",
        nn: "Legg til det som manglar: to TidsfestetHendelse, og AnsvarForRapport/AnsvarligRapport med FamilyName",
    },
    source: "HIS 1149, 3.3; HITS 1174; acceptance test 25",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the three.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some((content, notice)) = Content::notice(head, "LOG_UTSKRIVNINGSKLAR", "MeldingUtskrivningsklarPasient") else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let events = Event::all(head);
    let mut absent = |code, en, nb| {
        if events.iter().all(|event| event.code() != code) {
            findings.push(content.missing(&RULE, notice, &["TidsfestetHendelse"]).found(Detail::words(en, nb)));
        }
    };
    absent("1", "no event with code 1", "ingen hendelse med kode 1");
    absent("3", "no event with code 3", "ingen hendelse med kode 3");
    findings.extend(content.wants_a_decider(&RULE));
    findings
}
