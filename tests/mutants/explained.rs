//! Where libxml2 and we judge differently, and which clause of XML Schema 1.0 says that we are right. Everything else that differs
//! fails the test. The list may only shrink, or grow by a clause.

use super::breed::Mutant;
use super::oracle::Verdict;

/// One known difference.
pub struct Explained {
    pub clause: &'static str,
    /// Whether it is this difference: the mutant, what libxml2 says, whether we say valid.
    pub is_this: fn(&Mutant, &Verdict, bool) -> bool,
}

/// All of them.
pub const EXPLAINED: &[Explained] = &[];
