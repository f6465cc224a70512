//! Everything that is wrong with a resource or a Bundle, by the tables of R4 and the invariants that matter, in one pass.

mod invariant;

mod presence;

mod datatypes;

mod bundles;

mod clinical;

mod workflow;

mod conformance;

mod invariants;

mod narrative;

mod issue;

mod words;

mod contained;

mod references;

mod walk;

mod place;

#[cfg(test)]
mod promises;

pub use invariant::{Invariant, Severity};
pub use invariants::invariants;
pub use issue::{Issue, IssueKind, JsonForm};
pub use narrative::NarrativeFault;
pub use place::places;
pub use walk::judge;
