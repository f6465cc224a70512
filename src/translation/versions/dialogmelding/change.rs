//! Changes of type: for whom supports other types of dialog message than the one that came.

use super::super::rule::{Rule, Run};
use super::{
    d09_request_is_a_note_in_a_clinical_dialog as d09, d10_answer_is_a_note_in_a_clinical_dialog as d10,
    d11_clinical_dialog_is_a_request_an_answer_or_a_note as d11, d13_status_of_a_referral_is_a_note_in_1_0 as d13,
};

/// From one type to another.
pub struct Change {
    from: &'static str,
    into: &'static str,
    /// By which rule.
    pub rule: &'static Rule,
    /// What it does, in the names of the newer version where one of the two is of that.
    pub run: Run,
}

/// In the order in which they are tried. A deviation is none of them: it stays one (D-12).
static CHANGES: [Change; 6] = [
    Change { from: "DIALOG_FORESPORSEL", into: "DIALOG_HELSEFAGLIG", rule: &d09::RULE, run: d09::run },
    Change { from: "DIALOG_SVAR", into: "DIALOG_HELSEFAGLIG", rule: &d10::RULE, run: d10::run },
    Change { from: "DIALOG_HELSEFAGLIG", into: "DIALOG_FORESPORSEL", rule: &d11::RULE, run: d11::run },
    Change { from: "DIALOG_HELSEFAGLIG", into: "DIALOG_SVAR", rule: &d11::RULE, run: d11::run },
    Change { from: "DIALOG_HELSEFAGLIG", into: "DIALOG_NOTAT", rule: &d11::RULE, run: d11::run },
    Change { from: "DIALOG_STATUS_HENVISNING", into: "DIALOG_NOTAT", rule: &d13::RULE, run: d13::run },
];

/// The change from one type to another, if there is one.
pub fn change(from: &str, into: &str) -> Option<&'static Change> {
    CHANGES.iter().find(|change| change.from == from && change.into == into)
}

/// The types that one of these can become, the best first. Which of them fits a message is for the translation to say.
pub fn types_instead_of(type_code: &str) -> impl Iterator<Item = &'static str> {
    CHANGES.iter().filter(move |change| change.from == type_code).map(|change| change.into)
}
