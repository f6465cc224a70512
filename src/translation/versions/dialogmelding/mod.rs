//! Dialogmelding 1.0 and 1.1: what differs in the schemas, one rule each. That the versions have other profiles, too, is another
//! matter: a message keeps its type here.

mod plain;
mod roles;
pub mod d01_names_are_of_another_year;
pub mod d02_topic_of_a_question_has_no_place_in_1_0;
pub mod d03_question_is_plain_text_in_1_0;
pub mod d05_further_kinds_of_records_have_no_place_in_1_0;
pub mod d06_coded_information_has_no_place_in_1_0;
pub mod d07_role_without_a_person_has_no_place_in_1_0;
pub mod d08_unit_beside_a_person_has_no_place_in_1_0;
pub mod d12_deviation_stays_in_1_0;

pub(in crate::translation) use plain::plain;

use super::label::Mark;
use super::rule::Rule;

/// Before what has no element in 1.0.
const MARK: Mark = Mark("[v1.1]");

/// What follows the question of a request.
const BEHIND_QUESTION: [&str; 9] = [
    "Formål",
    "Begrunnelse",
    "Hastegrad",
    "FraDato",
    "TilDato",
    "TypeJournalinfo",
    "KodetOpplysning",
    "DokIdForesp",
    "RollerRelatertNotat",
];

/// All rules, by number.
pub static RULES: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d03_question_is_plain_text_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d12_deviation_stays_in_1_0::RULE,
];

/// From 1.1 to 1.0: a question is plain before labels are put into it, the topic comes before all of them, and a unit is taken from
/// beside a person while the roles still have their numbers.
pub static DOWN: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d03_question_is_plain_text_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
];

/// From 1.0 to 1.1: the other way round.
pub static UP: &[&Rule] = &[
    &d01_names_are_of_another_year::RULE,
    &d07_role_without_a_person_has_no_place_in_1_0::RULE,
    &d08_unit_beside_a_person_has_no_place_in_1_0::RULE,
    &d02_topic_of_a_question_has_no_place_in_1_0::RULE,
    &d06_coded_information_has_no_place_in_1_0::RULE,
    &d05_further_kinds_of_records_have_no_place_in_1_0::RULE,
];
