//! The play: which messages are sent, in which order, and what must become of each.

use super::board::{By, End, Receipt};
use super::cast::{ALLOCATION, CAPACITY, GP_OFFICE, HOME_CARE, HOSPITAL, PLATFORM, System};
use crate::routing::AppRecVersion::{self, V1_0, V1_1};
use std::borrow::Cow;
use std::time::Duration;

/// A play.
pub struct Script {
    pub scenes: &'static [Scene],
    /// How long a message may take to come to its end. It takes milliseconds, but for one whose receiver is down; what takes
    /// this long hangs.
    pub patience: Duration,
}

/// Messages that belong together.
pub struct Scene {
    pub title: &'static str,
    pub steps: &'static [Step],
}

/// One message.
pub struct Step {
    /// The fixture that it is written from.
    pub letter: &'static str,
    /// What it means to those who send it.
    pub says: &'static str,
    /// What must become of it; one end for each receiver.
    pub ends: &'static [End],
    /// Whose system is down when it is sent.
    pub down: Option<&'static System>,
}

const fn step(letter: &'static str, says: &'static str, ends: &'static [End]) -> Step {
    Step { letter, says, ends, down: None }
}

const fn accepted(at: &'static System, version: AppRecVersion, by: By) -> End {
    End { at: Some(at), state: "acknowledged", receipt: Receipt::Accepted(version, by) }
}

const fn refused(code: &'static str) -> End {
    End { at: None, state: "refused", receipt: Receipt::Refused(V1_1, By::Gateway, Cow::Borrowed(code)) }
}

const READS_ALONG: End = End { at: Some(&CAPACITY), state: "delivered", receipt: Receipt::None };

const TO_HOME_CARE: &[End] = &[accepted(&HOME_CARE, V1_1, By::Gateway)];
const TO_HOSPITAL: &[End] = &[accepted(&HOSPITAL, V1_1, By::System)];
const TO_ALLOCATION: &[End] = &[accepted(&ALLOCATION, V1_1, By::System)];
const TO_HOSPITAL_1_0: &[End] = &[accepted(&HOSPITAL, V1_0, By::System)];
const TO_ALLOCATION_AND_CAPACITY: &[End] = &[accepted(&ALLOCATION, V1_1, By::System), READS_ALONG];
const TO_NOBODY: &[End] = &[End { at: None, state: "held", receipt: Receipt::None }];
const NOT_IDENTIFIED: &[End] = &[refused("E36")];
const NO_SUCH_SERVICE: &[End] = &[refused("E21")];
const TO_TEAM: &[End] = &[accepted(&PLATFORM, V1_1, By::System)];
const TO_GP_OFFICE: &[End] = &[accepted(&GP_OFFICE, V1_1, By::System)];

/// All of it.
pub static PLAY: Script = Script { scenes: &SCENES, patience: Duration::from_secs(10) };

const SCENES: [Scene; 4] = [
    Scene { title: "A patient goes to hospital and home again (HISD 80806, figure 1)", steps: &DISCHARGE },
    Scene { title: "A GP reports a patient who needs to be followed up at home", steps: &FOLLOW_UP },
    Scene { title: "A GP refers a patient to a team whose platform speaks FHIR, and hears from it", steps: &TEAM },
    Scene { title: "Three messages that cannot arrive, and what becomes of them", steps: &MISTAKES },
];

const DISCHARGE: [Step; 7] = [
    step(include_str!("../../fixtures/plo/accepted/log-innlagt-1.6.xml"), "patient admitted", TO_HOME_CARE),
    step(
        include_str!("../../fixtures/plo/accepted/innleggelsesrapport-1.6.xml"),
        "what home care knows of the patient",
        TO_HOSPITAL,
    ),
    step(
        include_str!("../../fixtures/plo/accepted/helseoppl-soknad-1.6.xml"),
        "help will be needed after the stay",
        TO_ALLOCATION,
    ),
    step(
        include_str!("../../fixtures/plo/accepted/log-utskrivningsklar-1.6.xml"),
        "patient ready for discharge",
        TO_ALLOCATION_AND_CAPACITY,
    ),
    step(
        include_str!("../../fixtures/dialogmelding/accepted/dialog-notat-1.0.xml"),
        "when the patient can be received",
        TO_HOSPITAL_1_0,
    ),
    step(include_str!("../../fixtures/plo/accepted/utskrivningsrapport-1.6.xml"), "what home care must know", TO_HOME_CARE),
    step(include_str!("../../fixtures/plo/accepted/log-utskrevet-1.6.xml"), "patient discharged", TO_HOME_CARE),
];

const FOLLOW_UP: [Step; 3] = [
    step(
        include_str!("../../fixtures/plo/accepted/medisinske-opplysninger-1.6.xml"),
        "medical facts for the application",
        TO_ALLOCATION,
    ),
    step(
        include_str!("../../fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1.xml"),
        "can you visit the patient?",
        TO_ALLOCATION,
    ),
    Step {
        letter: include_str!("../../fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1-svar.xml"),
        says: "yes, and when",
        ends: TO_GP_OFFICE,
        down: Some(&GP_OFFICE),
    },
];

/// The GP's message arrives as a Bundle; the answer is posted as a Bundle, and arrives as a dialogmelding.
const TEAM: [Step; 2] = [
    step(
        include_str!("../../fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1-oppfolgingsteam.xml"),
        "can the team follow up this patient?",
        TO_TEAM,
    ),
    step(
        include_str!("../../fixtures/native/dialog-helsefaglig/answer-of-a-team.json"),
        "yes, and who coordinates",
        TO_GP_OFFICE,
    ),
];

const MISTAKES: [Step; 3] = [
    step(
        include_str!("../../fixtures/msghead/refused/r003_to_nobody_of_ours.xml"),
        "to a municipality that is no more",
        TO_NOBODY,
    ),
    step(
        include_str!("../../fixtures/msghead/refused/r033_patient_not_identified.xml"),
        "without saying who the patient is",
        NOT_IDENTIFIED,
    ),
    step(
        include_str!("../../fixtures/msghead/refused/r063_unknown_service.xml"),
        "to a service that does not exist",
        NO_SUCH_SERVICE,
    ),
];

/// For the reader to send: as the first message, with a MsgId of its own.
pub const TRY_ME: &str = include_str!("../../fixtures/plo/accepted/log-innlagt-1.6.xml");
