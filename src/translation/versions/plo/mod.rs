//! PLO 1.5 and 1.6: what differs, one rule each.

mod nursing;
pub mod p01_names_are_of_another_year;
pub mod p02_year_of_birth_has_no_place_in_1_5;
pub mod p03_tentative_appointment_has_no_place_in_1_5;
pub mod p04_told_by_word_of_mouth_must_be_said_in_1_5;
pub mod p05_main_diagnosis_must_be_said_in_1_5;
pub mod p06_remarks_on_dressings_have_no_place_in_1_5;
pub mod p07_kind_of_content_has_no_place_in_an_application_of_1_5;
pub mod p08_stay_has_no_place_in_an_application_of_1_5;
pub mod p09_own_application_must_be_said_in_1_5;
pub mod p10_expected_readiness_is_no_event_in_1_5;
pub mod p11_form_of_a_medicine_is_of_another_list;
pub mod p12_reason_for_admission_is_a_nursing_heading_in_1_5;
pub mod p13_reason_for_admission_is_a_medical_heading_in_1_6;
pub mod p14_form_of_a_medicine_of_1_5_is_of_another_list;
pub mod p15_kind_of_content_must_be_said_in_an_application_of_1_6;
pub mod p16_stay_must_be_told_in_an_application_of_1_6;
pub mod p17_notice_of_absence_is_of_1_5_only;
pub mod p19_headings_on_infection_are_of_1_5_only;

use super::label::Mark;
use super::rule::Rule;

/// Before what has no element in 1.5.
const MARK: Mark = Mark("[v1.6]");
/// Before what has no element in 1.6.
const MARK_15: Mark = Mark("[v1.5]");

/// The root of health information for an application, in which the versions differ most.
const APPLICATION: &str = "HelseopplysningerVedSoknad";

/// What follows the kind of content there.
const BEHIND_KIND: [&str; 10] = [
    "OpplysningOpphold",
    "OpplysningerTilSoknad",
    "InfoMedisinskDiagnose",
    "MedisinskfagligeOpplysninger",
    "Sykepleierdokumentasjon",
    "OpplysningerAndreFaggrupper",
    "InfoKartleggingFunksjonsniva",
    "InfoAssistertKommunikasjon",
    "InfoInformasjonGitt",
    "TjenesteBehov",
];

/// All rules, by number.
pub static RULES: &[&Rule] = &[
    &p01_names_are_of_another_year::RULE,
    &p02_year_of_birth_has_no_place_in_1_5::RULE,
    &p03_tentative_appointment_has_no_place_in_1_5::RULE,
    &p04_told_by_word_of_mouth_must_be_said_in_1_5::RULE,
    &p05_main_diagnosis_must_be_said_in_1_5::RULE,
    &p06_remarks_on_dressings_have_no_place_in_1_5::RULE,
    &p07_kind_of_content_has_no_place_in_an_application_of_1_5::RULE,
    &p08_stay_has_no_place_in_an_application_of_1_5::RULE,
    &p09_own_application_must_be_said_in_1_5::RULE,
    &p10_expected_readiness_is_no_event_in_1_5::RULE,
    &p11_form_of_a_medicine_is_of_another_list::RULE,
    &p12_reason_for_admission_is_a_nursing_heading_in_1_5::RULE,
    &p13_reason_for_admission_is_a_medical_heading_in_1_6::RULE,
    &p14_form_of_a_medicine_of_1_5_is_of_another_list::RULE,
    &p15_kind_of_content_must_be_said_in_an_application_of_1_6::RULE,
    &p16_stay_must_be_told_in_an_application_of_1_6::RULE,
    &p17_notice_of_absence_is_of_1_5_only::RULE,
    &p19_headings_on_infection_are_of_1_5_only::RULE,
];

/// From 1.6 to 1.5: forms of medicines of 1.6 are gone before those of 1.5 are put back.
pub static DOWN: &[&Rule] = &[
    &p01_names_are_of_another_year::RULE,
    &p02_year_of_birth_has_no_place_in_1_5::RULE,
    &p03_tentative_appointment_has_no_place_in_1_5::RULE,
    &p04_told_by_word_of_mouth_must_be_said_in_1_5::RULE,
    &p05_main_diagnosis_must_be_said_in_1_5::RULE,
    &p06_remarks_on_dressings_have_no_place_in_1_5::RULE,
    &p07_kind_of_content_has_no_place_in_an_application_of_1_5::RULE,
    &p08_stay_has_no_place_in_an_application_of_1_5::RULE,
    &p09_own_application_must_be_said_in_1_5::RULE,
    &p10_expected_readiness_is_no_event_in_1_5::RULE,
    &p11_form_of_a_medicine_is_of_another_list::RULE,
    &p14_form_of_a_medicine_of_1_5_is_of_another_list::RULE,
    &p12_reason_for_admission_is_a_nursing_heading_in_1_5::RULE,
    &p19_headings_on_infection_are_of_1_5_only::RULE,
];

/// From 1.5 to 1.6: forms of medicines of 1.5 are gone before those of 1.6 are put back, and the kind and the stay of an application
/// are put back before they are missed.
pub static UP: &[&Rule] = &[
    &p01_names_are_of_another_year::RULE,
    &p17_notice_of_absence_is_of_1_5_only::RULE,
    &p02_year_of_birth_has_no_place_in_1_5::RULE,
    &p03_tentative_appointment_has_no_place_in_1_5::RULE,
    &p04_told_by_word_of_mouth_must_be_said_in_1_5::RULE,
    &p06_remarks_on_dressings_have_no_place_in_1_5::RULE,
    &p07_kind_of_content_has_no_place_in_an_application_of_1_5::RULE,
    &p08_stay_has_no_place_in_an_application_of_1_5::RULE,
    &p09_own_application_must_be_said_in_1_5::RULE,
    &p10_expected_readiness_is_no_event_in_1_5::RULE,
    &p13_reason_for_admission_is_a_medical_heading_in_1_6::RULE,
    &p19_headings_on_infection_are_of_1_5_only::RULE,
    &p14_form_of_a_medicine_of_1_5_is_of_another_list::RULE,
    &p11_form_of_a_medicine_is_of_another_list::RULE,
    &p15_kind_of_content_must_be_said_in_an_application_of_1_6::RULE,
    &p16_stay_must_be_told_in_an_application_of_1_6::RULE,
];
