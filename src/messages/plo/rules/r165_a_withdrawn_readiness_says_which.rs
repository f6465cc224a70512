//! what takes a ready notice back says when, who and which.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::{Content, Event};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-165",
    name: "a_withdrawn_readiness_says_which",
    holds: Text {
        en: "LOG_AVMELDING has an event with code 4, the name of the clinician who decided, and tells which notice it takes back",
        nb: "LOG_AVMELDING har en hendelse med kode 4, navnet på beslutningsansvarlig helsepersonell, og sier hvilken melding den avmelder",
        nn: "LOG_AVMELDING har ei hending med kode 4, namnet på helsepersonellet som tok avgjerda, og seier kva melding ho avmelder",
    },
    hint: Text {
        en: "Add what is missing; refer to LOG_UTSKRIVNINGSKLAR with ConversationRef, or repeat its event with code 3",
        nb: "Legg til det som mangler; vis til LOG_UTSKRIVNINGSKLAR med ConversationRef, eller gjenta hendelsen med kode 3",
        nn: "Legg til det som manglar; vis til LOG_UTSKRIVNINGSKLAR med ConversationRef, eller gjenta hendinga med kode 3",
    },
    source: "HIS 1149, 3.4; HITS 1174; HIS 80704",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the three. The official samples repeat the event instead of referring to the notice.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some((content, notice)) = Content::notice(head, "LOG_AVMELDING", "AvmeldingUtskrivningsklarPasient") else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let events = Event::all(head);
    let has = |code| events.iter().any(|event| event.code() == code);
    if !has("4") {
        let found = Detail::words("no event with code 4", "ingen hendelse med kode 4");
        findings.push(content.missing(&RULE, notice, &["TidsfestetHendelse"]).found(found));
    }
    if head.model.info.conversation.is_none() && !has("3") {
        let found = Detail::words(
            "neither ConversationRef nor an event with code 3",
            "verken ConversationRef eller en hendelse med kode 3",
        );
        findings.push(head.finding(&RULE, &["MsgInfo", "ConversationRef"]).found(found));
    }
    findings.extend(content.wants_a_decider(&RULE));
    findings
}
