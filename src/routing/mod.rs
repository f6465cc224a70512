//! Where a message goes, and why: partners with the HER-ids they own, and routes in a fixed order.
//!
//! A content-based router and a recipient list, nothing more. It knows no file, no clock and no transport by name.

mod table;
mod understands;
mod directory;
mod select;

pub use directory::{Acknowledges, AppRecVersion, Directory, DirectoryConflict, Listed, OwnedParty, Partner, Standing};
pub use select::{Considered, Mismatch, Selection, Traits, select};
pub use table::{Criteria, Destination, LegSpec, Pattern, Route, RouteTable};
pub use understands::{Form, LeftOver, LossClass, Understands};
