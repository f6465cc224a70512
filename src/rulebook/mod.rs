//! What a rule *is*, what a finding is, and how findings are weighed. It knows no standard: the rules live with the messages.

mod rule;
mod detail;
mod wording;
mod fix;
mod finding;
mod severity;

pub use detail::Detail;
pub use finding::{About, Finding, Findings, Says};
pub use fix::{Edit, Fix, apply};
pub use rule::{Consequence, Direction, Enforced, Rule};
pub use severity::Severities;
pub use wording::Wording;
