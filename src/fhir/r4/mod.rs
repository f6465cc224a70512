//! The definitions of R4 as tables: every type, every element, and the codes of every required binding.

mod primitive;

mod tables;

mod reading;

mod shelf;

pub use primitive::{Form, Primitive};
pub(in crate::fhir) use reading::CHOICES_MAX;
pub use shelf::r4;
pub use tables::{CodeSet, Element, Facts, Kind, R4, Slot, Type, TypeId};
