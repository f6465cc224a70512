//! What the messages of nursing and care have in common: the groups that resources become, and what stands before them.

mod groups;

mod journal;

mod diagnoses;

mod allergies;

mod medicines;

mod care;

mod observations;

mod told;

mod information;

mod stay;

mod people;

mod header;

mod message;

pub(super) use groups::Groups;
pub(super) use message::{Message, make};
pub(super) use stay::has_expected_day;
