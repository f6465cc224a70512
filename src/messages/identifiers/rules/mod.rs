//! Rules on identifiers.

pub mod r037_birth_date_and_sex_agree_with_the_number;
pub mod r048_fodselsnummer_is_valid;
pub mod r049_d_number_is_valid;
pub mod r050_h_number_has_its_form;
pub mod r051_fh_number_is_valid;
pub mod r052_duf_number_has_twelve_digits;
pub mod r053_type_of_number_agrees_with_the_number;
pub mod r054_h_number_says_who_issued_it;
pub mod r055_type_of_identifier_names_its_list;
pub mod r056_identifier_is_not_empty;
pub mod r057_hpr_number_has_its_length;
pub mod r058_her_id_is_a_number;
pub mod r059_numbers_of_the_patient_are_of_one_person;
pub mod r060_identifier_is_written_without_blanks_and_dots;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r037_birth_date_and_sex_agree_with_the_number::RULE,
    &r048_fodselsnummer_is_valid::RULE,
    &r049_d_number_is_valid::RULE,
    &r050_h_number_has_its_form::RULE,
    &r051_fh_number_is_valid::RULE,
    &r052_duf_number_has_twelve_digits::RULE,
    &r053_type_of_number_agrees_with_the_number::RULE,
    &r054_h_number_says_who_issued_it::RULE,
    &r055_type_of_identifier_names_its_list::RULE,
    &r056_identifier_is_not_empty::RULE,
    &r057_hpr_number_has_its_length::RULE,
    &r058_her_id_is_a_number::RULE,
    &r059_numbers_of_the_patient_are_of_one_person::RULE,
    &r060_identifier_is_written_without_blanks_and_dots::RULE,
];

/// The checks, run on every message with a MsgHead.
pub static CHECKS: &[Check] = &[
    Check::Each(r037_birth_date_and_sex_agree_with_the_number::check),
    Check::Each(r048_fodselsnummer_is_valid::check),
    Check::Each(r049_d_number_is_valid::check),
    Check::Each(r050_h_number_has_its_form::check),
    Check::Each(r051_fh_number_is_valid::check),
    Check::Each(r052_duf_number_has_twelve_digits::check),
    Check::Each(r053_type_of_number_agrees_with_the_number::check),
    Check::Each(r054_h_number_says_who_issued_it::check),
    Check::Each(r055_type_of_identifier_names_its_list::check),
    Check::Each(r056_identifier_is_not_empty::check),
    Check::Each(r057_hpr_number_has_its_length::check),
    Check::Each(r058_her_id_is_a_number::check),
    Check::One(r059_numbers_of_the_patient_are_of_one_person::check),
    Check::Each(r060_identifier_is_written_without_blanks_and_dots::check),
];
