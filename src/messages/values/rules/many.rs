//! How many findings of one rule are made.

use crate::messages::msghead::MANY;
use crate::rulebook::Finding;

/// The first of them. A finding looks for its line and path, which costs as much as the message is long: so the rest must not
/// even be made.
pub(super) fn many(findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    findings.take(MANY).collect()
}
