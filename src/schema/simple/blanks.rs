//! White space: what `whiteSpace` (XML Schema part 2, 4.3.6) does to a value before it is judged. Copies only what changes.

use std::borrow::Cow;

/// The facet `whiteSpace`. The order is that of strictness: a restriction may only go up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum WhiteSpace {
    /// The value stays as written.
    Preserve,
    /// Tabs and line ends become blanks.
    Replace,
    /// As `Replace`, then runs of blanks become one and those at both ends go.
    Collapse,
}

impl WhiteSpace {
    /// The mode that a schema calls so.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "preserve" => Some(Self::Preserve),
            "replace" => Some(Self::Replace),
            "collapse" => Some(Self::Collapse),
            _ => None,
        }
    }

    /// What a schema calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preserve => "preserve",
            Self::Replace => "replace",
            Self::Collapse => "collapse",
        }
    }

    /// The value as it is judged.
    pub fn apply(self, written: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(written),
            Self::Replace if written.bytes().any(is_line_or_tab) => Cow::Owned(written.replace(['\t', '\n', '\r'], " ")),
            Self::Replace => Cow::Borrowed(written),
            Self::Collapse if is_clear(written.as_bytes()) => Cow::Borrowed(written),
            Self::Collapse => collapse(trim(written)),
        }
    }
}

/// Without the blanks, tabs and line ends at both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// The items of a list.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r']).filter(|item| !item.is_empty())
}

/// No white space at all, eight bytes at a time: a document has no other characters up to the blank (XML 1.0, production 2),
/// and what has some in spite of that is only looked at more closely.
fn is_clear(text: &[u8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = text.as_chunks::<8>();
    let has_low = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        // A borrow out of a lower byte can only come from one that is low itself.
        word.wrapping_sub(EACH * 0x21) & !word & (EACH * 0x80) != 0
    };
    !eights.iter().any(has_low) && rest.iter().all(|byte| *byte > b' ')
}

fn collapse(trimmed: &str) -> Cow<'_, str> {
    let mut after_blank = false;
    let changes = trimmed.bytes().any(|byte| {
        let is_second = after_blank;
        after_blank = byte == b' ';
        is_line_or_tab(byte) || is_second && after_blank
    });
    if !changes {
        return Cow::Borrowed(trimmed);
    }
    let mut collapsed = String::with_capacity(trimmed.len());
    for item in items(trimmed) {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(item);
    }
    Cow::Owned(collapsed)
}

fn is_line_or_tab(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_does_what_its_name_says() {
        let written = "\t a \n\n b\u{A0} ";
        assert_eq!(WhiteSpace::Preserve.apply(written), written);
        assert_eq!(WhiteSpace::Replace.apply(written), "  a    b\u{A0} ");
        assert_eq!(WhiteSpace::Collapse.apply(written), "a b\u{A0}");
        assert_eq!(WhiteSpace::Collapse.apply(" \n "), "");
    }

    #[test]
    fn a_value_that_is_collapsed_already_is_not_copied() {
        for written in ["", "a", "a b", " a b\n"] {
            assert!(matches!(WhiteSpace::Collapse.apply(written), Cow::Borrowed(_)), "{written:?}");
        }
    }

    #[test]
    fn white_space_is_found_wherever_it_stands() {
        for len in 0..30 {
            for other in ["x", "~", "æ", "\u{7F}", "\u{A0}"] {
                let text = other.repeat(len);
                assert!(is_clear(text.as_bytes()), "{text:?}");
                for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
                    for white in [" ", "\t", "\n", "\r"] {
                        let text = format!("{}{white}{}", &text[..at], &text[at..]);
                        assert!(!is_clear(text.as_bytes()), "{text:?}");
                    }
                }
            }
        }
    }
}
