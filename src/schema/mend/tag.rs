//! A start tag as it is written: where its name and attributes stand. The document is well-formed, so this is simple.

use std::ops::Range;

/// Where the parts of a start tag stand, in bytes of the document.
pub(super) struct Tag {
    pub name: Range<usize>,
    pub attributes: Vec<Written>,
    /// Behind its `>`.
    pub end: usize,
    pub is_empty: bool,
}

/// An attribute, namespace declarations included.
pub(super) struct Written {
    pub name: Range<usize>,
    /// Without its quotes.
    pub value: Range<usize>,
    /// With the white space before it.
    pub whole: Range<usize>,
}

impl Tag {
    /// The tag that begins at this `<`.
    pub fn read(text: &str, start: usize) -> Option<Tag> {
        let name = start + 1..start + 1 + name_len(text.get(start + 1..)?);
        let mut tag = Tag { name: name.clone(), attributes: Vec::new(), end: 0, is_empty: false };
        let mut at = name.end;
        loop {
            let before = at;
            at += blank_len(text.get(at..)?);
            match text.as_bytes().get(at)? {
                b'>' => {
                    tag.end = at + 1;
                    return Some(tag);
                }
                b'/' => {
                    (tag.end, tag.is_empty) = (at + 2, true);
                    return Some(tag);
                }
                _ => {
                    let name = at..at + name_len(text.get(at..)?);
                    at = name.end + blank_len(text.get(name.end..)?) + 1;
                    at += blank_len(text.get(at..)?);
                    let quote = text.get(at..)?.chars().next()?;
                    let value = at + 1..at + 1 + text.get(at + 1..)?.find(quote)?;
                    at = value.end + 1;
                    tag.attributes.push(Written { name, value, whole: before..at });
                }
            }
        }
    }

    /// The attribute whose name begins here.
    pub fn attribute_at(&self, offset: usize) -> Option<&Written> {
        self.attributes.iter().find(|attribute| attribute.name.start == offset)
    }

    /// The attribute of this qualified name.
    pub fn attribute(&self, text: &str, name: &str) -> Option<&Written> {
        self.attributes.iter().find(|attribute| text[attribute.name.clone()] == *name)
    }

    /// Where one more attribute goes.
    pub fn behind_name(&self) -> usize {
        self.name.end
    }
}

/// Prefix and local part.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn name_len(text: &str) -> usize {
    text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(text.len())
}

fn blank_len(text: &str) -> usize {
    text.len() - text.trim_ascii_start().len()
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn the_parts_of_a_tag_are_found_where_they_are_written() {
        let text = "x<p:a b = '>' \n c:d=\"/\"  />y";
        let tag = Tag::read(text, 1).expect("a tag");
        assert_eq!((&text[tag.name.clone()], tag.end, tag.is_empty), ("p:a", text.len() - 1, true));
        let parts: Vec<_> =
            tag.attributes.iter().map(|a| (&text[a.name.clone()], &text[a.value.clone()], &text[a.whole.clone()])).collect();
        assert_eq!(parts, [("b", ">", " b = '>'"), ("c:d", "/", " \n c:d=\"/\"")]);
        assert!(tag.attribute_at(6).is_some() && tag.attribute_at(5).is_none());
    }
}
