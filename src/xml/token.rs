//! Where a token ends. quick-xml's parsers find it; what its `Reader` does beside them, proving each token to be UTF-8 once more
//! and copying the names of open elements, the reader here does cheaper or has no need of. It knows delimiters, not contents.

use memchr::memmem;
use quick_xml::parser::{CommentParser, ElementParser, Parser, PiParser};

use super::declaration;
use super::trouble::{Malformed, TroubleKind};

/// What begins with `<!` or `<?` and is no element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    Comment,
    Cdata,
    Instruction,
    Declaration,
}

pub(super) const CDATA: &str = "<![CDATA[";

/// Behind the `>` of the tag whose `<` stands at `at`; `None` when it is never closed.
pub(super) fn tag_end(text: &str, at: usize) -> Option<usize> {
    ElementParser::Outside.feed(&text.as_bytes()[at..]).map(|len| at + len + 1)
}

/// The length of what is closed by a mark, that included.
type Length = fn(&[u8]) -> Option<usize>;

/// What begins with the `<!` or `<?` at `at`, and where it ends; `None` when it is never closed.
pub(super) fn aside(text: &str, at: usize) -> Result<(Aside, Option<usize>), TroubleKind> {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    // Each parser begins behind the opening mark.
    let (aside, mark, length): (_, _, Length) = match bytes {
        [b'<', b'?', ..] if declaration::begins(rest) => (Aside::Declaration, "<?", instruction),
        [b'<', b'?', ..] => (Aside::Instruction, "<?", instruction),
        // A document type is refused unread.
        [b'<', b'!', b'D' | b'd', ..] => return Err(TroubleKind::Doctype),
        [b'<', b'!', b'-', ..] => (Aside::Comment, "<!--", |content| CommentParser::default().feed(content)),
        [b'<', b'!', b'[', ..] => (Aside::Cdata, CDATA, |content| memmem::find(content, b"]]>").map(|len| len + 3)),
        _ => return Err(TroubleKind::NotXml(Malformed::UnknownMarkup)),
    };
    let end = bytes.strip_prefix(mark.as_bytes()).and_then(length).map(|len| at + mark.len() + len);
    Ok((aside, end))
}

/// quick-xml gives where the `>` of an instruction stands, but for a comment what is behind it.
fn instruction(content: &[u8]) -> Option<usize> {
    PiParser(false).feed(content).map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        aside(text, 0).expect("known").1.map(|end| &text[..end])
    }

    #[test]
    fn a_token_ends_where_its_own_mark_stands() {
        assert_eq!(found("<!-- > - -- --> -->"), Some("<!-- > - -- -->"));
        assert_eq!(found("<!---->-->"), Some("<!---->"));
        assert_eq!(found("<![CDATA[]]]]>]]>"), Some("<![CDATA[]]]]>"));
        assert_eq!(found("<?p > ? ?>?>"), Some("<?p > ? ?>"));
        assert_eq!(found("<??>"), Some("<??>"));
        assert_eq!(tag_end("<a b='>' c=\"'>\"><d>", 0), Some(16));
        assert_eq!(tag_end("x</a >", 1), Some(6));
    }

    #[test]
    fn what_is_never_closed_has_no_end() {
        for open in [
            "<!--",
            "<!-->",
            "<!--->",
            "<!-x-->",
            "<![CDATA[]]",
            "<![CDATA]]>",
            "<![cdata[]]>",
            "<?",
            "<?>",
            "<?p>",
            "<?xml",
        ] {
            assert_eq!(found(open), None, "{open}");
        }
        assert_eq!(tag_end("<a b='>", 0), None);
        assert_eq!(tag_end("<", 0), None);
    }

    #[test]
    fn only_a_target_of_three_letters_begins_a_declaration() {
        assert_eq!(aside("<?xml ?>", 0).map(|(aside, _)| aside), Ok(Aside::Declaration));
        assert_eq!(aside("<?xml-a ?>", 0).map(|(aside, _)| aside), Ok(Aside::Instruction));
        assert_eq!(aside("<!doctype", 0), Err(TroubleKind::Doctype));
        assert_eq!(aside("<!ELEMENT", 0), Err(TroubleKind::NotXml(Malformed::UnknownMarkup)));
    }
}
