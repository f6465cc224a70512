//! Dialogmelding 1.0 and 1.1 (HIS 80603): one root each; the type says which profile.

mod catalogue;
mod parts;
pub mod rules;

pub use catalogue::TYPES;
pub use parts::{Uses, profile};
