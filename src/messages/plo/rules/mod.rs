//! Rules on the content of PLO messages (HIS 80704 and the profiles HIS 1143 to 1149).

pub mod r080_diagnosis_has_a_code;
pub mod r081_main_diagnosis_comes_first;
pub mod r082_professional_has_a_profession;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] =
    &[&r080_diagnosis_has_a_code::RULE, &r081_main_diagnosis_comes_first::RULE, &r082_professional_has_a_profession::RULE];

/// The checks, run on every message of this family.
pub static CHECKS: &[Check] = &[
    Check::Each(r080_diagnosis_has_a_code::check),
    Check::One(r081_main_diagnosis_comes_first::check),
    Check::Each(r082_professional_has_a_profession::check),
];
