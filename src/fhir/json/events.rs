//! What stands in a document, one after the other, each with its place. The reading itself is done by `json-event-parser`.

use super::trouble::{Malformed, Trouble, TroubleKind};
use crate::xml::Place;
use json_event_parser::{JsonEvent, LowLevelJsonParser, LowLevelJsonParserResult};

/// One thing in the document.
pub(in crate::fhir) type Token<'a> = JsonEvent<'a>;

/// Gives the tokens of one document.
pub(in crate::fhir) struct Events<'a> {
    bytes: &'a [u8],
    behind: usize,
    parser: LowLevelJsonParser,
}

impl<'a> Events<'a> {
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, behind: 0, parser: LowLevelJsonParser::new() }
    }

    /// The next one, or none at the end of a document that is complete.
    pub fn next(&mut self) -> Result<Option<Token<'a>>, Trouble> {
        let LowLevelJsonParserResult { event, consumed_bytes } = self.parser.parse_next(&self.bytes[self.behind..], true);
        self.behind += consumed_bytes;
        match event {
            None | Some(Ok(JsonEvent::Eof)) => Ok(None),
            Some(Ok(token)) => Ok(Some(token)),
            Some(Err(error)) => {
                let at = usize::try_from(error.location().start.offset).unwrap_or(usize::MAX);
                let why = if at >= self.bytes.len() { Malformed::Ends } else { Malformed::of(error.message()) };
                Err(self.trouble(TroubleKind::NotJson(why), at))
            }
        }
    }

    /// Where the next token will stand, in bytes.
    pub fn ahead(&self) -> usize {
        let between = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':');
        self.behind + self.bytes[self.behind..].iter().take_while(between).count()
    }

    /// The document.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The byte behind the last token.
    pub fn behind(&self) -> usize {
        self.behind
    }

    pub fn trouble(&self, kind: TroubleKind, at: usize) -> Trouble {
        Trouble { kind, place: Cursor::new(self.bytes).place(at) }
    }
}

/// Counts lines and columns, forwards only, so that many places cost no more than one.
pub(in crate::fhir) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    line_begins: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1, line_begins: 0 }
    }

    /// The place of a byte, which must not stand before the last one that was asked for.
    pub fn place(&mut self, at: usize) -> Place {
        let at = at.clamp(self.at, self.bytes.len());
        for end in memchr::memchr2_iter(b'\n', b'\r', &self.bytes[self.at..at]).map(|found| self.at + found) {
            // The LF that follows will count for both.
            if self.bytes[end] == b'\n' || self.bytes.get(end + 1) != Some(&b'\n') {
                self.line = self.line.saturating_add(1);
                self.line_begins = end + 1;
            }
        }
        self.at = at;
        let continues = |byte: &&u8| **byte & 0xC0 == 0x80;
        let written = &self.bytes[self.line_begins.min(at)..at];
        let characters = written.len() - written.iter().filter(continues).count();
        Place { line: self.line, column: u32::try_from(characters + 1).unwrap_or(u32::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_xml_would_give() {
        for text in ["", "abc", "a\nb", "a\r\nb\rc\n\nd", "æøå\næ{", "\r\n\r\n"] {
            let mut cursor = Cursor::new(text.as_bytes());
            for at in 0..=text.len() {
                // After the CR of a CR LF, the line has not ended yet.
                if text.is_char_boundary(at) {
                    assert!(cursor.place(at) == Place::of(text, at), "{at} of {text:?}");
                }
            }
        }
    }
}
