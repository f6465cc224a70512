//! PLO messages (pleie- og omsorgsmeldinger, HIS 80704), versions 1.5, 1.6 and 2.0: recognised by namespace, root and type.

mod catalogue;
mod moment;
mod content;
mod parts;
mod profile;
pub mod rules;

pub use catalogue::TYPES;
