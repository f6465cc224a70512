//! A place in a document as a person counts it. It knows text and offsets, not what stands there.

use std::fmt;

/// Line and column, both counted from 1; columns are characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Counted from 1. LF, CR LF and a lone CR each end one line.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
}

impl Place {
    /// The first character of a document.
    pub const START: Place = Place { line: 1, column: 1 };

    /// Finds the place of a byte offset by counting from the start: meant for findings, which are few.
    /// An offset inside a character gives that character, one past the end gives the end.
    pub fn of(text: &str, byte_offset: usize) -> Place {
        let end = text.floor_char_boundary(byte_offset);
        let bytes = text.as_bytes();
        let mut line = 1;
        let mut line_start = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[..end]) {
            // The LF that follows will count for both.
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            line += 1;
            line_start = at + 1;
        }
        let column = text[line_start..end].chars().count() + 1;
        Place { line, column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (u32, u32) {
        let place = Place::of(text, offset);
        (place.line, place.column)
    }

    #[test]
    fn the_first_character_is_line_one_column_one() {
        assert_eq!(place("abc", 0), (1, 1));
        assert_eq!(place("", 0), (1, 1));
    }

    #[test]
    fn lf_cr_lf_and_a_lone_cr_end_one_line_each() {
        assert_eq!(place("a\nb", 2), (2, 1));
        assert_eq!(place("a\r\nb", 3), (2, 1));
        assert_eq!(place("a\rb", 2), (2, 1));
        assert_eq!(place("a\r\r\n\nb", 5), (4, 1));
    }

    #[test]
    fn the_lf_of_a_cr_lf_stands_on_the_line_it_ends() {
        assert_eq!(place("a\r\nb", 1), (1, 2));
        assert_eq!(place("a\r\nb", 2), (1, 3));
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(place("æøå<", "æøå".len()), (1, 4));
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_is_no_panic() {
        assert_eq!(place("æ", 1), (1, 1));
        assert_eq!(place("æ", 99), (1, 2));
    }

    #[test]
    fn it_reads_as_a_person_says_it() {
        assert_eq!(Place { line: 4, column: 12 }.to_string(), "line 4, column 12");
    }
}
