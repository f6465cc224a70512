//! Where the next of some rare things stands in a document, so that no token needs to be searched for them: the whole text is
//! searched once for each, with vector instructions. It knows bytes and offsets, not what they stand in.

use memchr::{memchr, memmem};

use super::chars::first_illegal;

const NOWHERE: usize = usize::MAX;

/// The rare things of one document. Offsets asked about must not go back: that keeps the whole search linear.
pub(super) struct Landmarks<'a> {
    text: &'a str,
    /// The first character that may stand nowhere.
    illegal: usize,
    /// The first `]]>` that was not passed, or one that was.
    cdata_end: usize,
    /// The same for CR.
    carriage_return: usize,
    /// The first of the three.
    first: usize,
}

impl<'a> Landmarks<'a> {
    pub fn new(text: &'a str) -> Self {
        let illegal = first_illegal(text).unwrap_or(NOWHERE);
        let mut new = Self { text, illegal, cdata_end: 0, carriage_return: 0, first: 0 };
        new.cdata_end = new.next_cdata_end(0);
        new.carriage_return = new.next_carriage_return(0);
        new.first = illegal.min(new.cdata_end).min(new.carriage_return);
        new
    }

    /// Whether none of the three stands in this stretch.
    pub fn is_clear(&mut self, from: usize, to: usize) -> bool {
        if self.first < from {
            self.cdata_end(from, to);
            self.has_carriage_return(from, to);
            self.first = self.illegal.min(self.cdata_end).min(self.carriage_return);
        }
        to <= self.first
    }

    /// The first character that may stand nowhere, if it stands before this offset.
    pub fn illegal_before(&self, end: usize) -> Option<usize> {
        (self.illegal < end).then_some(self.illegal)
    }

    /// The first `]]>` in this stretch.
    pub fn cdata_end(&mut self, from: usize, to: usize) -> Option<usize> {
        if self.cdata_end < from {
            self.cdata_end = self.next_cdata_end(from);
        }
        (self.cdata_end < to).then_some(self.cdata_end)
    }

    /// Whether a CR stands in this stretch.
    pub fn has_carriage_return(&mut self, from: usize, to: usize) -> bool {
        if self.carriage_return < from {
            self.carriage_return = self.next_carriage_return(from);
        }
        self.carriage_return < to
    }

    fn next_cdata_end(&self, from: usize) -> usize {
        memmem::find(&self.text.as_bytes()[from..], b"]]>").map_or(NOWHERE, |at| from + at)
    }

    fn next_carriage_return(&self, from: usize) -> usize {
        memchr(b'\r', &self.text.as_bytes()[from..]).map_or(NOWHERE, |at| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_once_its_stretch_is_reached_and_not_again_behind_it() {
        let mut marks = Landmarks::new("ab]]>c\rd]]>e\r\u{1}");
        assert_eq!((marks.cdata_end(0, 2), marks.cdata_end(0, 3)), (None, Some(2)));
        assert_eq!((marks.cdata_end(3, 8), marks.cdata_end(3, 9), marks.cdata_end(9, 14)), (None, Some(8), None));
        assert!(!marks.has_carriage_return(0, 6) && marks.has_carriage_return(0, 7));
        assert!(!marks.has_carriage_return(7, 12) && marks.has_carriage_return(7, 13) && !marks.has_carriage_return(13, 14));
        let mut marks = Landmarks::new("ab]]>c\rd]]>e\r\u{1}");
        assert!(marks.is_clear(0, 2) && !marks.is_clear(0, 3) && marks.is_clear(3, 6) && !marks.is_clear(3, 7));
        assert!(marks.is_clear(7, 8) && !marks.is_clear(7, 9) && marks.is_clear(9, 12) && !marks.is_clear(13, 14));
        assert_eq!((marks.illegal_before(13), marks.illegal_before(14)), (None, Some(13)));
    }
}
