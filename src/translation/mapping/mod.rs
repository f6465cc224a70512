//! XML to FHIR and back, by the tables of the folder `mappings`: one row for each element, read in both directions.
//! It knows rows and data types, no single message.
//! The order of the lines below is the order of dependency: a file imports only from files above it.

mod words;

mod draft;

mod place;

mod labels;

mod program;

mod language;

mod codes;

mod times;

mod primitive;

mod coded;

mod beside;

mod shapes;

mod leaf;

mod narrative;

mod put;

mod find;

mod constants;

mod derived;

mod ways;

mod ids;

mod forward;

mod documents;

mod given;

mod write;

mod backward;

mod canonical;

mod page;

mod coverage;

mod inventory;

pub use backward::{Unmapped, to_xml};
pub use canonical::lines;
pub(in crate::translation) use codes::code_behind;
pub use coverage::{Native, RowName, all_rows, knows, natives, roots, row_at, rows_of};
pub use draft::{Bundle, Space};
pub use forward::{Unknown, bundle_of, to_fhir};
pub use inventory::{Carrier, Extension, Inventory, inventory};
pub use page::page;
pub(in crate::translation) use primitive::{base64, from_base64};
pub(in crate::translation) use times::{in_oslo, is_date, is_month, is_year};
pub use words::BASE;
pub(in crate::translation) use words::TAGS;
