//! FHIR R4 (4.0.1): JSON that loses nothing, the definitions of R4 and of the Norwegian base profiles as tables, and everything that is wrong with a resource.
//!
//! It knows no message and no server. A tree holds what belongs to patients: it cannot be formatted, and
//! no issue and no trouble repeats anything of it. The order of the lines is the order of dependency.

mod json;

mod path;

pub mod r4;

pub mod profiles;

mod judge;

mod outcome;

pub(crate) use json::write_text;
pub use json::{Json, Limit, Limits, Malformed, Number, Object, Trouble, TroubleKind, array, read};
pub use judge::{Invariant, Issue, IssueKind, JsonForm, NarrativeFault, Severity, invariants, judge, places};
pub use outcome::outcome;
pub use path::{Path, Step};
