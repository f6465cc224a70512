//! an admission notice tells one admission, with the time of day.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, Event};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-163",
    name: "an_admission_has_one_certain_time",
    holds: Text {
        en: "LOG_INNLAGT has one event with code 1, with date and time of day, and Anslag false",
        nb: "LOG_INNLAGT har én hendelse med kode 1, med dato og klokkeslett, og Anslag false",
        nn: "LOG_INNLAGT har éi hending med kode 1, med dato og klokkeslett, og Anslag false",
    },
    hint: Text {
        en: "Give code 1 of list 9121, the time of the admission with its clock, and Anslag false",
        nb: "Oppgi kode 1 fra liste 9121, innleggelsestidspunktet med klokkeslett, og Anslag false",
        nn: "Oppgi kode 1 frå liste 9121, innleggingstidspunktet med klokkeslett, og Anslag false",
    },
    source: "HIS 1149, 3.2; HIS 80704, 13.2.7 for Anslag",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the event. HIS 1149 says `true` for a final time where it means `false`: HIS 80704 defines the word.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    Content::notice(head, "LOG_INNLAGT", "MeldingInnlagtPasient")?;
    let events = Event::all(head);
    // How many there are is for the schema to say.
    let [event] = events[..] else { return None };
    if event.code() != "1" {
        return Some(place::finding_at(&RULE, event.0).found(Detail::words("not code 1", "ikke kode 1")));
    }
    if event.is_estimate() {
        return Some(place::finding_at(&RULE, event.0).found(Detail::words("an estimate", "et anslag")));
    }
    let found = Detail::words("no time of day", "ikke noe klokkeslett");
    event.moment().is_none_or(|moment| !moment.has_clock()).then(|| place::finding_at(&RULE, event.time()).found(found))
}
