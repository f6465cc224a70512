//! The text of a schema file. It knows the document type declaration that some schemas begin with, not what follows it.

use crate::xml::{self, Trouble};

/// A schema file as an operator has it.
#[derive(Clone, Copy, Debug)]
pub struct SchemaFile<'a> {
    /// Its name, for what is said about it, for `include` and to choose between two revisions: the last by name is taken.
    pub name: &'a str,
    /// Its bytes: UTF-8 or ISO-8859-1, as its XML declaration says.
    pub bytes: &'a [u8],
}

impl SchemaFile<'_> {
    /// The text, in which a document type declaration has become blanks: the schema of XML signatures of the W3C begins with one,
    /// which defines nothing that is used. Whoever needs a definition of it gets an error about an undefined entity. Only schema
    /// files are read so: a message with a document type declaration is refused.
    pub(super) fn text(&self) -> Result<String, Trouble> {
        let text = xml::decode(self.bytes)?.into_owned();
        let Some(span) = doctype(&text) else { return Ok(text) };
        // Line by line as long as before: every offset and line stays true.
        let blanks: String = text[span.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        Ok(format!("{}{blanks}{}", &text[..span.start], &text[span.end..]))
    }

    /// The namespace that it declares for; `None` when it cannot be read, which compiling it will say.
    pub fn target_namespace(&self) -> Option<String> {
        let text = self.text().ok()?;
        let (tree, _) = xml::Tree::read(&text, &xml::Limits::default());
        Some(tree.root()?.attribute("targetNamespace").unwrap_or_default().to_string())
    }

    /// The name without folders, as `include` gives it.
    pub(super) fn base_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(self.name)
    }
}

/// Where a document type declaration stands: behind the declaration, comments and instructions, before the root element.
fn doctype(text: &str) -> Option<std::ops::Range<usize>> {
    const OPENING: &str = "<!DOCTYPE";
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->")? + 3;
        } else if rest.starts_with("<?") {
            at += rest.find("?>")? + 2;
        } else if rest.starts_with(OPENING) {
            return Some(at..at + doctype_len(rest)?);
        } else {
            return None;
        }
    }
}

/// The length of a document type declaration with its internal subset. Brackets and `>` in literals, comments and instructions
/// do not count.
fn doctype_len(text: &str) -> Option<usize> {
    let (mut at, mut in_subset) = (0, false);
    loop {
        let rest = &text[at..];
        at += match rest.as_bytes().first()? {
            b'<' if rest.starts_with("<!--") => rest.find("-->")? + 3,
            b'<' if rest.starts_with("<?") => rest.find("?>")? + 2,
            quote @ (b'"' | b'\'') => rest[1..].find(char::from(*quote))? + 2,
            b'[' => {
                in_subset = true;
                1
            }
            b']' => {
                in_subset = false;
                1
            }
            b'>' if !in_subset => return Some(at + 1),
            _ => rest.chars().next()?.len_utf8(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        SchemaFile { name: "a.xsd", bytes: text.as_bytes() }.text().expect("reads")
    }

    #[test]
    fn a_document_type_declaration_becomes_blanks_of_the_same_length() {
        let before = "<?xml version='1.0'?>\n<!-- <!DOCTYPE no> -->\n";
        let doctype =
            "<!DOCTYPE schema PUBLIC '>' \"]>\" [\n<!ATTLIST a b CDATA #FIXED 'x]>'>\n<!-- ' ]> -->\n<?p ]> ?>\n]>";
        let read = read(&format!("{before}{doctype}<schema/>"));
        assert_eq!(read.len(), before.len() + doctype.len() + "<schema/>".len());
        assert_eq!(read.lines().count(), 7);
        assert_eq!(read.replace([' ', '\n'], ""), "<?xmlversion='1.0'?><!--<!DOCTYPEno>--><schema/>");
    }

    #[test]
    fn a_text_without_one_stays_as_it_is() {
        for text in ["<schema/>", "", "<!-- <!DOCTYPE", "<?x", "<a><!DOCTYPE a></a>", "<!DOCTYPE a [", "<!DOCTYPE a '"] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn a_name_is_compared_without_its_folders() {
        let named = |name| SchemaFile { name, bytes: b"" };
        assert_eq!(named("a/b/c.xsd").base_name(), "c.xsd");
        assert_eq!(named("c.xsd").base_name(), "c.xsd");
    }
}
