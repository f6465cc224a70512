//! What a rule *is*, what a finding is, and how findings are weighed. It knows no standard: the rules live with the messages.

mod rule;
mod detail;
mod finding;

pub use detail::Detail;
pub use finding::{About, Finding, Findings};
pub use rule::{Consequence, Enforced, Rule};
