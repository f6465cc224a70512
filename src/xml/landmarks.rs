//! Where the next of some rare things stands in a document, so that no token needs to be searched for them: the whole text is
//! searched once, with vector instructions. It knows bytes and offsets, not what they stand in.

use memchr::memchr2;

use super::chars::first_illegal;

const NOWHERE: usize = usize::MAX;

/// The rare things of one document. Offsets asked about must not go back: that keeps the whole search linear.
pub(super) struct Landmarks<'a> {
    text: &'a str,
    /// The first character that may stand nowhere.
    illegal: usize,
    /// The next CR or `]`, or the last that was passed.
    odd: usize,
}

impl<'a> Landmarks<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, illegal: first_illegal(text).unwrap_or(NOWHERE), odd: next_odd(text, 0) }
    }

    /// The first character that may stand nowhere, if it stands before this offset.
    pub fn illegal_before(&self, end: usize) -> Option<usize> {
        (self.illegal < end).then_some(self.illegal)
    }

    /// Whether this stretch of text may be taken as it stands: no illegal character, no CR, and no `]`, which may begin `]]>`.
    pub fn is_plain(&mut self, from: usize, to: usize) -> bool {
        if self.odd < from {
            self.odd = next_odd(self.text, from);
        }
        to <= self.odd && to <= self.illegal
    }
}

fn next_odd(text: &str, from: usize) -> usize {
    memchr2(b'\r', b']', &text.as_bytes()[from..]).map_or(NOWHERE, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_plain_until_something_rare_stands_in_it() {
        let mut marks = Landmarks::new("ab]]>c\rd]e\r\u{1}");
        assert!(marks.is_plain(0, 2) && !marks.is_plain(0, 3) && !marks.is_plain(3, 5));
        assert!(marks.is_plain(4, 6) && !marks.is_plain(4, 7) && marks.is_plain(7, 8) && !marks.is_plain(7, 9));
        assert!(marks.is_plain(9, 10) && marks.is_plain(11, 11) && !marks.is_plain(11, 12));
        assert_eq!((marks.illegal_before(11), marks.illegal_before(12)), (None, Some(11)));
    }
}
