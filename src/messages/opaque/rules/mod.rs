//! Rules on which type a content may be sent as: they need to know all types.

pub mod r017_type_fits_its_content;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[&r017_type_fits_its_content::RULE];

/// The checks.
pub static CHECKS: &[Check] = &[Check::One(r017_type_fits_its_content::check)];
