//! Which element carries codes of which list: HIS 80601, HIS 80415, HIS 80603 and HIS 80704 as rows, one file for each family.
//!
//! An element of these standards that has a code has a row here, also where the parties agree on the list themselves. Elements of
//! other messages have none, and no rule looks at their codes.

mod binding;
mod head;
mod receipt;
mod dialog;
mod plo;
mod epj;
mod lookup;
mod coded_value;

pub use binding::{Aspect, Binding, Kind, Space};
pub use coded_value::CodedValue;
pub use lookup::{all, binding};
