//! a discharge notice tells whether the patient is alive.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, coded_in, is_of};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-170",
    name: "a_discharge_tells_whether_the_patient_lives",
    holds: Text {
        en: "LOG_UTSKREVET has Uttilstand, and a patient who is dead has code 2 or 3",
        nb: "LOG_UTSKREVET har Uttilstand, og en pasient som er død, har kode 2 eller 3",
        nn: "LOG_UTSKREVET har Uttilstand, og ein pasient som er død, har kode 2 eller 3",
    },
    hint: Text {
        en: "Give Uttilstand from list 8431: 1 alive, 2 dead",
        nb: "Oppgi Uttilstand fra liste 8431: 1 som levende, 2 som død",
        nn: "Oppgi Uttilstand frå liste 8431: 1 som levande, 2 som død",
    },
    source: "HIS 1149, 3.5; code lists 8431 and 7300",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that it is given, and that it agrees with what code 2 of the older list 7300 says (dead).
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let (content, discharge) = Content::notice(head, "LOG_UTSKREVET", "MeldingOmUtskrevetPasient")?;
    let discharged = child(discharge, "UtskrevetTil")?;
    let state = coded_in(discharged, "Uttilstand").v;
    if state.trim().is_empty() {
        return Some(content.missing(&RULE, discharged, &["Uttilstand"]));
    }
    let place = coded_in(discharged, "UtTil");
    let dead = is_of(&place, "7300") && place.v.trim() == "2";
    let contradicts = dead && !matches!(state.trim(), "2" | "3");
    contradicts.then(|| place::finding_at(&RULE, discharged).found(Detail::code(&state)))
}
