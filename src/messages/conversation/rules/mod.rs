//! Rules on references between messages.

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[];

/// The checks that the message alone can answer.
pub static CHECKS: &[Check] = &[];
