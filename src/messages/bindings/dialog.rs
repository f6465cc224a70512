//! Dialogmelding (HIS 80603) with its profiles, version 1.0 and 1.1. Which list a subject is of depends on the profile.

use super::binding::Aspect::List;
use super::binding::Binding;
use super::binding::Space::Dialog;
use super::head::{nationality, profession, role_to_patient, sex};

#[rustfmt::skip]
pub(super) static ROWS: &[Binding] = &[
    Binding::cv(Dialog, "SakstypeKodet", &[]),
    Binding::cv(Dialog, "TemaKodet", &[9069, 8117, 7322, 7321, 9148, 9155, 9602, 7602, 7603, 7604, 7606])
        .left(&[(List, "R-126, R-127, R-129, R-132, R-134, R-135")]),
    Binding::cv(Dialog, "TypeForesp", &[9152, 9153, 9154, 9065, 8331, 7601, 7603, 7605]),
    Binding::cv(Dialog, "Formål", &[9068]),
    Binding::cs(Dialog, "Hastegrad", &[9067]),
    Binding::cv(Dialog, "TypeJournalinfo", &[9066]),
    Binding::cv(Dialog, "KodetOpplysning", &[8324]),
    Binding::cv(Dialog, "RolleNotat", &[9057]),
    // A person that cares for the patient has a role of 8422.
    Binding::cv(Dialog, "RoleToPatient", &[9034, 8422]).under("RollerRelatertNotat"),
    role_to_patient(Dialog).under("HealthcareProfessional"),
    profession(Dialog), sex(Dialog), nationality(Dialog),
];
