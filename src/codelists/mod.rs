//! The national code lists (Volven): which codes there are, and what they are called. One text file each, under `codelists/`.
//!
//! They know no message: which element carries which list is another module's knowledge.

mod list;
mod reading;
mod shelf;

pub use list::{Code, CodeList, Membership, OID_STEM, Standing, Validity};
pub use shelf::{all, by_number, by_oid};
