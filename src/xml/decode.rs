//! Bytes as received to text: byte order mark, declared encoding, and the proof that both are true.
//! It knows character sets, not elements. The bytes themselves stay as they are with the caller.

use std::borrow::Cow;

use super::declaration;
use super::place::Place;
use super::trouble::{EncodingTrouble, Trouble, TroubleKind};

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The longest declaration anybody writes fits in this; a longer one is refused as malformed.
const DECLARATION_BYTES: usize = 1024;

/// What the document says its bytes are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Latin1,
    Ascii,
}

/// The text of a document. UTF-8 is the default and is borrowed (without its byte order mark); ISO-8859-1 is transcoded;
/// US-ASCII is accepted as the subset it is. UTF-16 and UTF-32 are refused although XML allows the former: no Norwegian
/// message uses them, and one encoding less is one way less to be read differently by two parsers.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Trouble> {
    if is_utf16_or_32(bytes) {
        return Err(trouble(EncodingTrouble::Utf16Or32, Place::START));
    }
    let (body, marked) = match bytes.strip_prefix(UTF8_MARK) {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    let encoding = declared(body)?;
    if marked && encoding.is_some_and(|e| e != Encoding::Utf8) {
        return Err(trouble(EncodingTrouble::ConflictingEncodings, Place::START));
    }
    match encoding.unwrap_or(Encoding::Utf8) {
        Encoding::Utf8 => utf8(body, EncodingTrouble::InvalidUtf8),
        Encoding::Ascii if !body.is_ascii() => {
            let good = body.iter().take_while(|b| b.is_ascii()).count();
            utf8(&body[..good], EncodingTrouble::NotAscii)
                .and_then(|text| Err(trouble(EncodingTrouble::NotAscii, Place::of(&text, good))))
        }
        Encoding::Ascii => utf8(body, EncodingTrouble::NotAscii),
        // Every byte is the character of the same number; windows-1252 is something else.
        Encoding::Latin1 if !body.is_ascii() => Ok(Cow::Owned(body.iter().map(|&b| char::from(b)).collect())),
        Encoding::Latin1 => utf8(body, EncodingTrouble::InvalidUtf8),
    }
}

fn utf8(bytes: &[u8], otherwise: EncodingTrouble) -> Result<Cow<'_, str>, Trouble> {
    // Proves in one go, without saying where it failed.
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        trouble(otherwise, Place::of(&good, good.len()))
    })
}

fn trouble(kind: EncodingTrouble, place: Place) -> Trouble {
    Trouble { kind: TroubleKind::Encoding(kind), place }
}

/// A byte order mark, or a NUL where the first characters `<?` or `<a` must stand (XML 1.0, appendix F.1).
fn is_utf16_or_32(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, 0, 0xFE, 0xFF, ..] | [0, b'<', ..] | [b'<', 0, ..] | [0, 0, 0, b'<', ..]
    )
}

/// The encoding the XML declaration names, if it names one. A malformed declaration is refused here already:
/// what it would have said about the bytes is unknown.
fn declared(body: &[u8]) -> Result<Option<Encoding>, Trouble> {
    if !body.starts_with(b"<?xml") {
        return Ok(None);
    }
    // A declaration is ASCII; what cannot be read yet becomes a character that no declaration has.
    let head = &body[..body.len().min(DECLARATION_BYTES)];
    let head = std::str::from_utf8(head).map_or_else(|_| String::from_utf8_lossy(head), Cow::Borrowed);
    let declaration = declaration::read(&head).map_err(|fail| fail.in_text(&head))?;
    let Some(name) = declaration.and_then(|d| d.encoding) else { return Ok(None) };
    match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Ok(Some(Encoding::Utf8)),
        "iso-8859-1" | "iso_8859-1" | "latin1" | "l1" => Ok(Some(Encoding::Latin1)),
        "us-ascii" | "ascii" => Ok(Some(Encoding::Ascii)),
        _ => Err(trouble(EncodingTrouble::UnknownEncoding, Place::START)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> (EncodingTrouble, u32, u32) {
        let trouble = decode(bytes).expect_err("refused");
        match trouble.kind {
            TroubleKind::Encoding(why) => (why, trouble.place.line, trouble.place.column),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn utf8_is_borrowed_with_or_without_byte_order_mark() {
        for bytes in [&b"<a>\xC3\xA6</a>"[..], b"\xEF\xBB\xBF<a>\xC3\xA6</a>"] {
            let text = decode(bytes).expect("valid");
            assert!(matches!(text, Cow::Borrowed("<a>æ</a>")));
        }
        assert!(decode(b"<?xml version='1.0' encoding='Utf-8'?><a>\xC3\xA6</a>").is_ok());
        assert!(decode(b"").is_ok_and(|text| text.is_empty()));
    }

    #[test]
    fn latin_1_becomes_the_characters_of_the_same_number() {
        for name in ["ISO-8859-1", "iso-8859-1", "ISO_8859-1", "latin1", "L1"] {
            let bytes = [format!("<?xml version='1.0' encoding='{name}'?><a>").as_bytes(), b"\xE6\x80\xFF</a>"].concat();
            assert!(decode(&bytes).expect("valid").ends_with("<a>æ\u{80}ÿ</a>"), "{name}");
        }
    }

    #[test]
    fn ascii_is_accepted_until_a_byte_is_not() {
        assert!(decode(b"<?xml version='1.0' encoding='US-ASCII'?><a/>").is_ok());
        let bytes = b"<?xml version='1.0' encoding='US-ASCII'?>\n<a>\xE6</a>";
        assert_eq!(refused(bytes), (EncodingTrouble::NotAscii, 2, 4));
    }

    #[test]
    fn invalid_utf8_is_refused_at_its_line_and_column() {
        assert_eq!(refused(b"<a>\r\n\xC3\xA6\xE6</a>"), (EncodingTrouble::InvalidUtf8, 2, 2));
        assert_eq!(refused(b"<a>\xC0\x80</a>"), (EncodingTrouble::InvalidUtf8, 1, 4));
        assert_eq!(refused(b"<a>\xED\xA0\x80</a>"), (EncodingTrouble::InvalidUtf8, 1, 4));
        assert_eq!(refused(b"<a>\xC3"), (EncodingTrouble::InvalidUtf8, 1, 4));
    }

    #[test]
    fn utf16_and_utf32_are_not_accepted() {
        for bytes in [&b"\xFE\xFF\0<"[..], b"\xFF\xFE<\0", b"\0<\0a", b"<\0a\0", b"\0\0\xFE\xFF", b"\0\0\0<"] {
            assert_eq!(refused(bytes).0, EncodingTrouble::Utf16Or32, "{bytes:?}");
        }
        assert_eq!(refused(b"<?xml version='1.0' encoding='UTF-16'?><a/>").0, EncodingTrouble::UnknownEncoding);
    }

    #[test]
    fn another_encoding_is_not_accepted() {
        for name in ["windows-1252", "ISO-8859-15", "ISO-8859-10", "x"] {
            let text = format!("<?xml version='1.0' encoding='{name}'?><a/>");
            assert_eq!(refused(text.as_bytes()).0, EncodingTrouble::UnknownEncoding, "{name}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_a_declaration_that_disagree_are_refused() {
        let bytes = b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>";
        assert_eq!(refused(bytes).0, EncodingTrouble::ConflictingEncodings);
        assert!(decode(b"\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><a/>").is_ok());
    }

    #[test]
    fn an_instruction_whose_name_only_begins_with_xml_is_no_declaration() {
        for bytes in [&b"<?xml\xC3\xA6?><a/>"[..], b"<?xml-a encoding='x'?><a/>", b"<?xml\xEF\xBB\xBF?><a/>"] {
            assert!(decode(bytes).is_ok(), "{bytes:?}");
        }
        assert_eq!(refused(b"<?xml\xE6?>").0, EncodingTrouble::InvalidUtf8);
    }

    #[test]
    fn a_malformed_declaration_is_refused_before_it_is_believed() {
        let trouble = decode(b"<?xml encoding='ISO-8859-1'?><a/>").expect_err("refused");
        assert_eq!(trouble.kind, TroubleKind::NotXml(super::super::trouble::Malformed::BadDeclaration));
    }
}
