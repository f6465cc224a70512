//! PLO messages (pleie- og omsorgsmeldinger, HIS 80704), versions 1.5 and 1.6: recognised by namespace, root and type.

mod catalogue;
pub mod rules;

pub use catalogue::TYPES;
