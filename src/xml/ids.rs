//! Every `xml:id` of a document (the recommendation "xml:id"). It knows values, not where they stand.

use std::collections::HashSet;

use super::names::is_ncname;
use super::trouble::Malformed;

/// The identifiers met so far. No national message has one; but libxml2 reports a bad or repeated one as an error.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashSet<Box<str>>,
}

impl Ids {
    /// Takes an identifier into use; white space around it does not count.
    pub fn take(&mut self, value: &str) -> Result<(), Malformed> {
        let id = value.trim_matches([' ', '\t', '\n', '\r']);
        if is_ncname(id) && self.taken.insert(id.into()) { Ok(()) } else { Err(Malformed::BadXmlId) }
    }
}
