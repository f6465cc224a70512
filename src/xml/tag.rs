//! The inside of a start tag: name and attributes as written, strictly by productions 40, 41 and 44.
//! It knows spans of text, not namespaces.

use super::chars::blank_len;
use super::limits::{Limit, Limits};
use super::names::{qualified_name, short_name_of};
use super::references::resolve;
use super::trouble::{Fail, Malformed};

/// A stretch of a document, or of what was made from it: a start beyond the document's length means an offset into the
/// made text. So one kind of span serves both, and most text is never copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub start: u32,
    pub len: u32,
}

impl Span {
    pub const EMPTY: Span = Span { start: 0, len: 0 };

    /// The reader refuses documents above 2 GiB, and made text is never longer than what it is made of: offsets fit.
    pub fn new(start: usize, len: usize) -> Self {
        Self { start: start as u32, len: len as u32 }
    }

    pub fn is_made(self, text: &str) -> bool {
        self.start as usize >= text.len() && self.len > 0
    }

    #[inline]
    pub fn of<'s>(self, text: &'s str, made: &'s str) -> &'s str {
        let (start, len) = (self.start as usize, self.len as usize);
        text.get(start..start + len).unwrap_or_else(|| self.of_made(text.len(), made))
    }

    #[cold]
    fn of_made(self, text_len: usize, made: &str) -> &str {
        let start = (self.start as usize).saturating_sub(text_len);
        &made[start..start + self.len as usize]
    }
}

/// A qualified name where it stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawName {
    pub start: u32,
    pub prefix_len: u16,
    pub len: u16,
}

impl RawName {
    pub fn qualified(self, text: &str) -> &str {
        &text[self.start as usize..self.end()]
    }

    pub fn bytes(self, text: &[u8]) -> &[u8] {
        &text[self.start as usize..self.end()]
    }

    /// The local part, where only whether it is the same matters.
    pub fn local_bytes(self, text: &[u8]) -> &[u8] {
        &text[self.local_start()..self.end()]
    }

    pub fn prefix(self, text: &str) -> &str {
        let start = self.start as usize;
        &text[start..start + usize::from(self.prefix_len)]
    }

    #[inline]
    pub fn local(self, text: &str) -> &str {
        &text[self.local_start()..self.end()]
    }

    /// Behind the prefix and its colon, if it has one.
    fn local_start(self) -> usize {
        self.start as usize + usize::from(self.prefix_len) + usize::from(self.prefix_len > 0)
    }

    fn end(self) -> usize {
        self.start as usize + usize::from(self.len)
    }
}

/// An attribute with its value normalised (3.3.3); `namespace` is filled in once the declarations are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawAttribute {
    pub name: RawName,
    pub value: Span,
    pub namespace: u32,
    /// The number of its name, see [`short_name`](super::names::short_name), if it has no prefix; else 0.
    pub short_name: u64,
}

impl RawAttribute {
    /// One whose namespace is not known yet.
    #[inline]
    pub fn new(name: RawName, value: Span, text: &[u8]) -> Self {
        let is_plain = name.prefix_len == 0;
        let short_name = if is_plain { short_name_of(&text[name.start as usize..], usize::from(name.len)) } else { 0 };
        Self { name, value, namespace: 0, short_name }
    }
}

/// Bytes of an attribute value that need a second look: the others stand for themselves.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b"<&\t\n\r";
    let mut index = 0;
    while index < bytes.len() {
        special[bytes[index] as usize] = true;
        index += 1;
    }
    special
};

/// Reads one start tag. The buffers belong to the reader and are used again for the next.
pub(super) struct TagScan<'a, 'b> {
    pub text: &'a str,
    /// Where `>` or `/>` stands.
    pub end: usize,
    pub limits: &'b Limits,
    pub attributes: &'b mut Vec<RawAttribute>,
    pub made: &'b mut String,
    /// Whether an attribute may be a namespace declaration.
    pub declares: bool,
}

impl TagScan<'_, '_> {
    /// Reads from just behind `<`; the attributes are left in the buffer.
    pub fn read(&mut self, start: usize) -> Result<RawName, Fail> {
        self.attributes.clear();
        let name = self.name(start)?;
        let mut at = start + usize::from(name.len);
        loop {
            if at == self.end {
                return Ok(name);
            }
            let blank = blank_len(&self.text.as_bytes()[at..self.end]);
            if at + blank == self.end {
                return Ok(name);
            }
            if blank == 0 {
                let first = self.attributes.is_empty();
                let why = if first { Malformed::BadName } else { Malformed::MissingSpaceBetweenAttributes };
                return Err(Fail::malformed(why, at));
            }
            at = self.attribute(at + blank)?;
        }
    }

    fn name(&self, at: usize) -> Result<RawName, Fail> {
        let (prefix, len) = qualified_name(&self.text[at..self.end]).map_err(|why| Fail::malformed(why, at))?;
        let allowed = self.limits.name_bytes.min(usize::from(u16::MAX));
        if len > allowed {
            return Err(Fail::too_much(Limit::NameBytes, allowed, at));
        }
        Ok(RawName { start: at as u32, prefix_len: prefix as u16, len: len as u16 })
    }

    /// `Name Eq AttValue`; gives the offset behind the closing quote.
    fn attribute(&mut self, start: usize) -> Result<usize, Fail> {
        let allowed = self.limits.attributes_per_element;
        if self.attributes.len() >= allowed {
            return Err(Fail::too_much(Limit::AttributesPerElement, allowed, start));
        }
        let name = self.name(start)?;
        let mut at = start + usize::from(name.len);
        let bytes = &self.text.as_bytes()[..self.end];
        at += blank_len(&bytes[at..]);
        if bytes.get(at) != Some(&b'=') {
            return Err(Fail::malformed(Malformed::AttributeWithoutValue, start));
        }
        at += 1;
        at += blank_len(&bytes[at..]);
        let quote = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => quote,
            _ => return Err(Fail::malformed(Malformed::UnquotedAttributeValue, start)),
        };
        at += 1;
        let len = memchr::memchr(quote, &bytes[at..]).ok_or(Fail::malformed(Malformed::UnclosedMarkup, start))?;
        let value = self.value(at, len)?;
        self.declares |= bytes[start..].starts_with(b"xmlns");
        self.attributes.push(RawAttribute::new(name, value, self.text.as_bytes()));
        Ok(at + len + 1)
    }

    fn value(&mut self, start: usize, len: usize) -> Result<Span, Fail> {
        let allowed = self.limits.attribute_value_bytes;
        if len > allowed {
            return Err(Fail::too_much(Limit::AttributeValueBytes, allowed, start));
        }
        if self.text.as_bytes()[start..start + len].iter().all(|&b| !SPECIAL[usize::from(b)]) {
            return Ok(Span::new(start, len));
        }
        self.normalised(&self.text[start..start + len], start)
    }

    /// Attribute-value normalisation of 3.3.3 for an undeclared (CDATA) attribute: literal white space becomes a space,
    /// a line end of two characters one space, a character reference the character itself.
    fn normalised(&mut self, raw: &str, start: usize) -> Result<Span, Fail> {
        let begin = self.made.len();
        let mut rest = raw;
        while let Some(len) = rest.bytes().position(|b| SPECIAL[usize::from(b)]) {
            self.made.push_str(&rest[..len]);
            let at = start + raw.len() - rest.len() + len;
            rest = &rest[len..];
            match rest.as_bytes()[0] {
                b'<' => return Err(Fail::malformed(Malformed::LessThanInAttribute, at)),
                b'&' => {
                    let end = rest.find(';').ok_or(Fail::malformed(Malformed::BareAmpersand, at))?;
                    let meant = resolve(&rest[1..end]).map_err(|why| Fail::malformed(why, at))?;
                    self.made.push(meant);
                    rest = &rest[end + 1..];
                }
                _ => {
                    self.made.push(' ');
                    rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
                }
            }
        }
        self.made.push_str(rest);
        Ok(Span::new(self.text.len() + begin, self.made.len() - begin))
    }
}

#[cfg(test)]
mod tests {
    use super::super::trouble::TroubleKind;
    use super::*;

    fn scan(tag: &str) -> Result<Vec<(String, String)>, Fail> {
        let (mut attributes, mut made) = (Vec::new(), String::new());
        let limits = Limits { attribute_value_bytes: 100, attributes_per_element: 3, name_bytes: 10, ..Limits::default() };
        let (attributes_of, made_of) = (&mut attributes, &mut made);
        let end = tag.len() - 1;
        let mut scan =
            TagScan { text: tag, end, limits: &limits, attributes: attributes_of, made: made_of, declares: false };
        let name = scan.read(1)?;
        let named = (name.qualified(tag).to_owned(), String::new());
        let values = attributes.iter().map(|a| (a.name.qualified(tag).to_owned(), a.value.of(tag, &made).to_owned()));
        Ok(std::iter::once(named).chain(values).collect())
    }

    fn value(written: &str) -> String {
        scan(&format!("<a b=\"{written}\">")).expect("well-formed")[1].1.clone()
    }

    #[track_caller]
    fn refused(tag: &str, why: Malformed, at: usize) {
        assert_eq!(scan(tag), Err(Fail { kind: TroubleKind::NotXml(why), at }), "{tag}");
    }

    #[test]
    fn attributes_are_read_in_order_with_either_quote_and_loose_white_space() {
        let read = scan("<p:a b='1' \n c = \"it's\"\t>").expect("well-formed");
        let read: Vec<_> = read.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(read, [("p:a", ""), ("b", "1"), ("c", "it's")]);
    }

    #[test]
    fn attribute_values_are_normalised_as_xml_says() {
        assert_eq!(value("a\tb\nc\rd\r\ne"), "a b c d e");
        assert_eq!(value("a&#9;b&#10;c&#13;d"), "a\tb\nc\rd");
        assert_eq!(value("&lt;&gt;&amp;&quot;&apos;&#x41;"), "<>&\"'A");
        assert_eq!(value("\r\r\n&#13;\n"), "  \r ");
        assert_eq!(value(""), "");
    }

    #[test]
    fn a_less_than_in_a_value_is_refused_but_not_a_greater_than() {
        refused("<a b=\"x<y\">", Malformed::LessThanInAttribute, 7);
        assert_eq!(value("x>y"), "x>y");
    }

    #[test]
    fn bad_references_in_a_value_are_refused_where_they_stand() {
        refused("<a b=\"x&y\">", Malformed::BareAmpersand, 7);
        refused("<a b=\"x& y;\">", Malformed::BareAmpersand, 7);
        refused("<a b=\"&nbsp;\">", Malformed::UndefinedEntity, 6);
        refused("<a b=\"&#0;\">", Malformed::IllegalCharacterReference, 6);
    }

    #[test]
    fn the_syntax_of_a_tag_is_strict() {
        refused("<1a>", Malformed::BadName, 1);
        refused("<>", Malformed::BadName, 1);
        refused("< a>", Malformed::BadName, 1);
        refused("<a$>", Malformed::BadName, 2);
        refused("<a/b>", Malformed::BadName, 2);
        refused("<a 1b=''>", Malformed::BadName, 3);
        refused("<a b=''c=''>", Malformed::MissingSpaceBetweenAttributes, 7);
        refused("<a b=''/ >", Malformed::MissingSpaceBetweenAttributes, 7);
        refused("<a b>", Malformed::AttributeWithoutValue, 3);
        refused("<a b >", Malformed::AttributeWithoutValue, 3);
        refused("<a b=1>", Malformed::UnquotedAttributeValue, 3);
        refused("<a b=>", Malformed::UnquotedAttributeValue, 3);
        refused("<a b='1>", Malformed::UnclosedMarkup, 3);
        refused("<a:b:c>", Malformed::SeveralColonsInName, 1);
        refused("<a b:c:d=''>", Malformed::SeveralColonsInName, 3);
        refused("<a :b=''>", Malformed::BadName, 3);
    }

    #[test]
    fn what_a_tag_holds_is_bounded() {
        let long = format!("<a b='{}'>", "x".repeat(101));
        assert_eq!(scan(&long), Err(Fail::too_much(Limit::AttributeValueBytes, 100, 6)));
        assert_eq!(scan("<a b='' c='' d='' e=''>"), Err(Fail::too_much(Limit::AttributesPerElement, 3, 18)));
        assert_eq!(scan("<abcdefghijk>"), Err(Fail::too_much(Limit::NameBytes, 10, 1)));
        assert!(scan(&format!("<abcdefghij b='{}' c='' d=''>", "x".repeat(100))).is_ok());
    }
}
