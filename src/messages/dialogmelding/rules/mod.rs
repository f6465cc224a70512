//! Rules on the content of dialog messages (HIS 80603 and the profiles).

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[];

/// The checks, run on every message of this family.
pub static CHECKS: &[Check] = &[];
