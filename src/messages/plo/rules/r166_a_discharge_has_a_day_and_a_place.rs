//! a discharge notice tells one discharge, and where to.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, Event, along};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-166",
    name: "a_discharge_has_a_day_and_a_place",
    holds: Text {
        en: "LOG_UTSKREVET has one event with code 2, and UtskrevetTil/UtTil",
        nb: "LOG_UTSKREVET har én hendelse med kode 2, og UtskrevetTil/UtTil",
        nn: "LOG_UTSKREVET har éi hending med kode 2, og UtskrevetTil/UtTil",
    },
    hint: Text {
        en: "Give code 2 of list 9121 with the date, and the place from list 8408",
        nb: "Oppgi kode 2 fra liste 9121 med dato, og stedet fra liste 8408",
        nn: "Oppgi kode 2 frå liste 9121 med dato, og staden frå liste 8408",
    },
    source: "HIS 1149, 3.5",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the event and the place. HIS 1149 has the place on another path than the schema; the schema is right.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let (content, discharge) = Content::notice(head, "LOG_UTSKREVET", "MeldingOmUtskrevetPasient")?;
    let events = Event::all(head);
    // How many there are is for the schema to say.
    let [event] = events[..] else { return None };
    if event.code() != "2" {
        return Some(place::finding_at(&RULE, event.0).found(Detail::words("not code 2", "ikke kode 2")));
    }
    if event.moment().is_none() {
        return Some(place::finding_at(&RULE, event.time()).found(Detail::words("no date", "ingen dato")));
    }
    let places = along(discharge, &["UtskrevetTil", "UtTil"]);
    let found = Detail::words("no place", "ikke noe sted");
    places.is_empty().then(|| content.missing(&RULE, discharge, &["UtskrevetTil", "UtTil"]).found(found))
}
