//! AppRec 1.0 and 1.1: one rule, for they say the same.

pub mod a01_names_and_version_text_differ;

use super::rule::Rule;

/// The rules.
pub static RULES: &[&Rule] = &[&a01_names_and_version_text_differ::RULE];
