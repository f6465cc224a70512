//! Rules on the content of PLO messages (HIS 80704 and the profiles HIS 1143 to 1149).

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[];

/// The checks, run on every message of this family.
pub static CHECKS: &[Check] = &[];
