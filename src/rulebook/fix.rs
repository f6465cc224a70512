//! A mechanical mend: edits of the text as it was received. It may hold content, so it is private and is never stored.

use crate::domain::Private;
use std::fmt;
use std::ops::Range;

/// One edit: these bytes of the decoded text become that.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes; an empty range inserts.
    pub bytes: Range<usize>,
    /// What stands there afterwards.
    pub with: Private<String>,
}

impl Edit {
    /// These bytes become that.
    pub fn new(bytes: Range<usize>, with: impl Into<String>) -> Self {
        Self { bytes, with: Private::new(with.into()) }
    }
}

/// Edits that belong together, in the order of the text; they do not overlap.
#[derive(Clone, PartialEq, Eq)]
pub struct Fix {
    /// The edits.
    pub edits: Vec<Edit>,
}

/// Its texts are private: only how many edits there are can be printed.
impl fmt::Debug for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fix({} edits)", self.edits.len())
    }
}

impl Fix {
    /// A fix of one edit.
    pub fn one(bytes: Range<usize>, with: impl Into<String>) -> Self {
        Self { edits: vec![Edit::new(bytes, with)] }
    }

    /// Where the fix begins and ends in the text.
    pub fn span(&self) -> Range<usize> {
        let start = self.edits.iter().map(|edit| edit.bytes.start).min().unwrap_or(0);
        let end = self.edits.iter().map(|edit| edit.bytes.end).max().unwrap_or(start);
        start..end
    }
}

/// The text with all fixes made that can be made together: of two that overlap, the first. Says how many were made.
pub fn apply(text: &str, fixes: &[&Fix]) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut made = 0;
    for fix in fixes {
        let free = |edit: &Edit| taken.iter().all(|other| !overlap(&edit.bytes, &other.bytes));
        let sound = |edit: &Edit| text.get(edit.bytes.clone()).is_some();
        if fix.edits.iter().all(|edit| free(edit) && sound(edit)) {
            taken.extend(&fix.edits);
            made += 1;
        }
    }
    taken.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken {
        mended.push_str(&text[at..edit.bytes.start]);
        mended.push_str(edit.with.expose());
        at = edit.bytes.end;
    }
    mended.push_str(&text[at..]);
    (mended, made)
}

/// Two insertions at the same point overlap too: nobody knows which comes first.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end || a.start == b.start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_together_whatever_their_order() {
        let (first, second) = (Fix::one(4..5, "B"), Fix::one(0..1, "AA"));
        assert_eq!(apply("a b c d", &[&first, &second]), ("AA b B d".into(), 2));
    }

    #[test]
    fn of_two_fixes_that_overlap_the_first_is_made() {
        let (first, second) = (Fix::one(0..3, "x"), Fix::one(2..5, "y"));
        assert_eq!(apply("a b c d", &[&first, &second]), ("x c d".into(), 1));
    }

    #[test]
    fn a_fix_beyond_the_text_or_inside_a_letter_is_left_out() {
        let (beyond, inside) = (Fix::one(9..10, "x"), Fix::one(1..2, "x"));
        assert_eq!(apply("æ", &[&beyond, &inside]), ("æ".into(), 0));
    }
}
