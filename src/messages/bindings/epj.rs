//! The EPJ components that PLO messages and EPJ-ekstrakt carry: allergies, notes, medication.

use super::binding::Binding;
use super::binding::Space::{Cave, Medication, Note};

#[rustfmt::skip]
pub(super) static ROWS: &[Binding] = &[
    // 9077 and 9078 are what PLO 1.5 called ATC and drug form.
    Binding::cv(Cave, "VirkestoffLegemiddel", &[7180, 9077]),
    Binding::cv(Cave, "KodeAnnetStoff", &[]),
    Binding::cs(Cave, "AnafylaktiskeReaksjoner", &[1103]),
    // Which heading fits which message is for.
    Binding::cv(Note, "Overskriftskode", &[9141, 9142, 9145, 9143]),
    Binding::cs(Medication, "StatusTilForskrivningen", &[9104]),
    Binding::cs(Medication, "InngaarIMultidose", &[9103]),
    Binding::cs(Medication, "Atc", &[7180, 9077]),
    Binding::cs(Medication, "Legemiddelform", &[7448, 9078]),
    Binding::unit(Medication, "Styrke", &[9090]),
    Binding::cs(Medication, "Bruk", &[9101]),
    Binding::unit(Medication, "AdmEnkeltdose", &[9090]),
    Binding::cs(Medication, "AdmStatus", &[9083]),
];
