//! XML on the way out: a document built in order, escaped so that it reads back as it was meant.
//! It knows names and escaping, not schemas: that the order is right is the caller's business.

use super::chars::is_legal;
use super::scan::harmless_len;
use super::tree::Node;
use std::ops::Range;

/// An element that is not closed yet.
struct Open {
    /// Where its qualified name stands in what is written.
    name: Range<usize>,
    has_elements: bool,
    has_text: bool,
}

/// Builds one document. All prefixes are declared on the root element, in the order given; a child of an element without
/// text stands on its own line.
///
/// A character that XML does not allow (a control character, U+FFFE, U+FFFF) is written as U+FFFD: an answer must always
/// be possible to build, also from a text that came out of a broken message.
///
/// # Panics
/// All methods panic on what only a programming error can cause: a namespace without prefix in the table (no namespace
/// counts as one when the table has a default), an attribute behind a start tag, text behind a child element, an
/// unbalanced `close`, a second root or none. Names are the program's own and are not checked.
pub struct Writer {
    out: String,
    prefixes: &'static [(&'static str, &'static str)],
    open: Vec<Open>,
    /// The `>` of the last start tag is not written yet.
    in_tag: bool,
}

impl Writer {
    /// Begins a document. `prefixes` are pairs of prefix and namespace; the prefix "" makes a default namespace.
    pub fn new(prefixes: &'static [(&'static str, &'static str)]) -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), prefixes, open: Vec::new(), in_tag: false }
    }

    /// Begins an element.
    pub fn open(&mut self, namespace: &str, local: &str) {
        let is_root = self.open.is_empty();
        let prefix = self.prefix(namespace);
        self.before_element();
        self.out.push('<');
        let start = self.out.len();
        if !prefix.is_empty() {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
        self.in_tag = true;
        self.open.push(Open { name: start..self.out.len(), has_elements: false, has_text: false });
        if is_root {
            for (prefix, namespace) in self.prefixes {
                self.declare(prefix, namespace);
            }
        }
    }

    /// Adds an attribute to the element just begun. The name is written as it is: `V`, or `xsi:type` with a prefix of the table.
    pub fn attribute(&mut self, name: &str, value: &str) {
        assert!(self.in_tag, "an attribute belongs in a start tag");
        if let Some((prefix, _)) = name.split_once(':') {
            assert!(
                prefix == "xml" || self.prefixes.iter().any(|(known, _)| *known == prefix),
                "no such prefix in the table"
            );
        }
        self.write_attribute(name, value);
    }

    /// Adds text to the open element.
    pub fn text(&mut self, text: &str) {
        let open = self.open.last_mut().expect("text belongs in an element");
        assert!(!open.has_elements, "text behind a child element would gain the line ends between them");
        if text.is_empty() {
            return;
        }
        open.has_text = true;
        self.end_tag();
        escape_text(text, &mut self.out);
    }

    /// Ends the innermost open element.
    pub fn close(&mut self) {
        let open = self.open.pop().expect("an element is open");
        if self.in_tag {
            self.in_tag = false;
            self.out.push_str("/>");
            return;
        }
        if open.has_elements && !open.has_text {
            self.out.push('\n');
        }
        self.out.push_str("</");
        self.out.extend_from_within(open.name);
        self.out.push('>');
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, namespace: &str, local: &str, text: &str) {
        self.open(namespace, local);
        self.text(text);
        self.close();
    }

    /// Copies an element with all that is in it. Prefixes stay as they were and are declared anew where they are missing,
    /// because content may use them too (`xsi:type="m:CV"`); comments and processing instructions are left out.
    pub fn copy(&mut self, node: Node<'_>) {
        let bound = if self.open.is_empty() { &[] } else { self.prefixes };
        let missing = missing_declarations(bound, node);
        self.before_element();
        let mut open = vec![(node, self.begin_copy(node, missing.into_iter()))];
        while let Some((parent, inside)) = open.last_mut() {
            let Some(next) = inside.next() else {
                if parent.inside().next().is_some() {
                    self.write_end(parent.qualified_name());
                }
                open.pop();
                continue;
            };
            match next.as_text() {
                Some(text) => escape_text(text, &mut self.out),
                None => open.push((next, self.begin_copy(next, next.declarations()))),
            }
        }
    }

    /// An element alone, as XML that means the same wherever it is put.
    pub fn fragment(node: Node<'_>) -> String {
        let mut writer = Self::new(&[]);
        writer.out.clear();
        writer.copy(node);
        writer.out
    }

    /// The document.
    pub fn finish(mut self) -> String {
        assert!(self.open.is_empty(), "an element is still open");
        assert!(self.out.ends_with('>') && !self.out.ends_with("?>"), "a document has a root element");
        self.out.push('\n');
        self.out
    }

    fn prefix(&self, namespace: &str) -> &'static str {
        // Who asks has the name from the table nearly always, and names of namespaces begin alike.
        let is_itself = |known: &str| std::ptr::eq(known, namespace);
        let itself = self.prefixes.iter().find(|(_, known)| is_itself(known));
        let known = itself.or_else(|| self.prefixes.iter().find(|(_, known)| *known == namespace));
        match known {
            Some((prefix, _)) => prefix,
            None if namespace.is_empty() && !self.prefixes.iter().any(|(prefix, _)| prefix.is_empty()) => "",
            None => panic!("the namespace has no prefix in the table"),
        }
    }

    /// Ends the start tag of the parent, and puts the element on a line of its own where that adds no text.
    fn before_element(&mut self) {
        self.end_tag();
        match self.open.last_mut() {
            Some(parent) => {
                parent.has_elements = true;
                if !parent.has_text {
                    self.out.push('\n');
                }
            }
            None => assert!(self.out.is_empty() || self.out.ends_with("?>\n"), "a document has one root element"),
        }
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.in_tag = false;
            self.out.push('>');
        }
    }

    /// Writes the start tag of a copied element, closed at once when nothing is inside; gives what is inside.
    fn begin_copy<'t>(
        &mut self,
        node: Node<'t>,
        declarations: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Box<dyn Iterator<Item = Node<'t>> + 't> {
        self.out.push('<');
        self.out.push_str(node.qualified_name());
        for (prefix, namespace) in declarations {
            self.declare(prefix, namespace);
        }
        for (name, value) in node.written_attributes() {
            self.write_attribute(name, value);
        }
        self.out.push_str(if node.inside().next().is_some() { ">" } else { "/>" });
        Box::new(node.inside())
    }

    fn declare(&mut self, prefix: &str, namespace: &str) {
        match prefix {
            "" => self.write_attribute("xmlns", namespace),
            prefix => self.write_attribute(&format!("xmlns:{prefix}"), namespace),
        }
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_attribute(value, &mut self.out);
        self.out.push('"');
    }

    fn write_end(&mut self, qualified: &str) {
        self.out.push_str("</");
        self.out.push_str(qualified);
        self.out.push('>');
    }
}

/// What must be declared on a copied element so that every prefix means what it meant, given what is bound already.
fn missing_declarations<'t>(bound: &[(&str, &str)], node: Node<'t>) -> Vec<(&'t str, &'t str)> {
    let mut wanted = node.declarations_in_scope();
    if !wanted.iter().any(|(prefix, _)| prefix.is_empty()) {
        wanted.push(("", ""));
    }
    let meaning = |prefix: &str| bound.iter().find(|(known, _)| *known == prefix).map_or("", |(_, namespace)| *namespace);
    wanted.retain(|(prefix, namespace)| meaning(prefix) != *namespace);
    wanted
}

/// Escapes what would be markup, and the CR that would be read as LF. `>` always, so that `]]>` cannot arise.
pub(super) fn escape_text(text: &str, out: &mut String) {
    escape(text, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// As for text, and the white space that normalisation would turn into blanks.
pub(super) fn escape_attribute(value: &str, out: &mut String) {
    escape(value, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    });
}

fn escape(text: &str, out: &mut String, instead: impl Fn(char) -> Option<&'static str>) {
    let mut rest = text;
    loop {
        let (plain, behind) = rest.split_at(harmless_len(rest.as_bytes()));
        out.push_str(plain);
        let Some(c) = behind.chars().next() else { break };
        let (one, more) = behind.split_at(c.len_utf8());
        out.push_str(if is_legal(c) { instead(c).unwrap_or(one) } else { "\u{FFFD}" });
        rest = more;
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::tree::Tree;
    use super::*;
    use proptest::prelude::*;

    const PREFIXES: &[(&str, &str)] = &[("", "urn:d"), ("p", "urn:p")];

    fn read(text: &str) -> Tree<'_> {
        let (tree, trouble) = Tree::read(text, &Limits::default());
        assert_eq!(trouble, None, "{text}");
        tree
    }

    fn copied(text: &str) -> String {
        let mut writer = Writer::new(&[]);
        writer.copy(read(text).root().expect("root"));
        writer.finish()
    }

    #[test]
    fn a_document_is_written_in_order_with_its_namespaces_on_the_root() {
        let mut writer = Writer::new(PREFIXES);
        writer.open("urn:d", "a");
        writer.attribute("x", "1");
        writer.leaf("urn:p", "b", "text");
        writer.leaf("urn:d", "c", "");
        writer.close();
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:d\" xmlns:p=\"urn:p\" x=\"1\">\n<p:b>text</p:b>\n<c/>\n</a>\n";
        assert_eq!(writer.finish(), expected);
    }

    #[test]
    fn what_is_markup_or_would_be_normalised_away_is_escaped() {
        let text = "]]> & < \" ' \r\n\t\r ]]>";
        let mut writer = Writer::new(&[]);
        writer.open("", "a");
        writer.attribute("b", text);
        writer.text(text);
        writer.close();
        let written = writer.finish();
        let tree = read(&written);
        let root = tree.root().expect("root");
        assert_eq!((root.attribute("b"), &*root.text()), (Some(text), text));
    }

    #[test]
    fn a_character_xml_does_not_allow_becomes_the_replacement_character() {
        let mut writer = Writer::new(&[]);
        writer.leaf("", "a", "x\0y\u{1F}z\u{FFFF}");
        assert!(writer.finish().contains("<a>x\u{FFFD}y\u{FFFD}z\u{FFFD}</a>"));
    }

    #[test]
    fn a_copied_element_means_the_same_in_its_new_place() {
        let source = "<m:r xmlns:m='urn:m' xmlns:p='urn:other' xmlns:q='urn:q'><x a='p:T'> <p:y m:z='1'/> </x></m:r>";
        let tree = read(source);
        let x = tree.root().and_then(|root| root.child("", "x")).expect("x");
        let mut writer = Writer::new(PREFIXES);
        writer.open("urn:p", "new");
        writer.copy(x);
        writer.close();
        let written = writer.finish();
        let again = read(&written);
        let copy = again.root().and_then(|root| root.child("", "x")).expect("the copy is still in no namespace");
        assert!(copy.says_the_same_as(x));
        assert!(
            written.contains("<x xmlns:m=\"urn:m\" xmlns:p=\"urn:other\" xmlns:q=\"urn:q\" xmlns=\"\" a=\"p:T\">"),
            "{written}"
        );
    }

    #[test]
    fn a_copy_declares_nothing_that_is_declared_already() {
        let tree = read("<r xmlns='urn:d' xmlns:p='urn:p'><p:x/></r>");
        let mut writer = Writer::new(PREFIXES);
        writer.open("urn:d", "new");
        writer.copy(tree.root().and_then(|root| root.child("urn:p", "x")).expect("x"));
        writer.close();
        assert!(writer.finish().contains("\n<p:x/>\n"));
    }

    #[test]
    fn a_copy_keeps_mixed_content_to_the_letter() {
        assert!(copied("<a> t <b>u<c/></b>\n<d></d>v </a>").ends_with("\n<a> t <b>u<c/></b>\n<d/>v </a>\n"));
    }

    #[test]
    #[should_panic(expected = "still open")]
    fn a_document_with_an_open_element_is_a_programming_error() {
        let mut writer = Writer::new(&[]);
        writer.open("", "a");
        writer.finish();
    }

    #[test]
    #[should_panic(expected = "root element")]
    fn a_document_without_root_is_a_programming_error() {
        Writer::new(&[]).finish();
    }

    #[test]
    #[should_panic(expected = "one root")]
    fn a_second_root_is_a_programming_error() {
        let mut writer = Writer::new(&[]);
        writer.leaf("", "a", "");
        writer.leaf("", "b", "");
    }

    #[test]
    #[should_panic(expected = "no prefix in the table")]
    fn a_namespace_outside_the_table_is_a_programming_error() {
        Writer::new(PREFIXES).open("", "a");
    }

    /// Any text, with what must be escaped and normalised well represented.
    fn some_text() -> impl Strategy<Value = String> {
        prop_oneof!["[ \t\n\r<>&\"';\\]a]{0,8}", any::<String>().prop_map(|s| s.replace(|c| !is_legal(c), "x"))]
    }

    /// An element as written by some sender: random namespaces, prefixes, attributes and mixed content.
    fn some_element() -> impl Strategy<Value = String> {
        let start = ("[a-c]", 0..4usize, some_text(), any::<bool>()).prop_map(|(local, kind, value, attribute)| {
            let (prefix, declaration) =
                [("", ""), ("", " xmlns='urn:d'"), ("p:", " xmlns:p='urn:p'"), ("p:", " xmlns:p='urn:d' xmlns=''")][kind];
            let mut escaped = String::new();
            escape_attribute(&value, &mut escaped);
            let attribute = if attribute { format!(" x=\"{escaped}\" {prefix}y=''") } else { String::new() };
            let attribute = if prefix.is_empty() { attribute.replace(" y=''", "") } else { attribute };
            (format!("{prefix}{local}"), format!("{declaration}{attribute}"))
        });
        let start = start.boxed();
        let leaf = start.clone().prop_map(|(name, rest)| format!("<{name}{rest}/>"));
        leaf.prop_recursive(5, 40, 6, move |inner| {
            let content = prop_oneof![
                inner,
                some_text().prop_map(|text| {
                    let mut escaped = String::new();
                    escape_text(&text, &mut escaped);
                    escaped
                })
            ];
            (start.clone(), prop::collection::vec(content, 0..6))
                .prop_map(|((name, rest), content)| format!("<{name}{rest}>{}</{name}>", content.concat()))
        })
    }

    proptest! {
        #[test]
        fn what_was_read_and_written_reads_the_same(document in some_element()) {
            let written = copied(&document);
            let (first, second) = (read(&document), read(&written));
            prop_assert!(first.root().expect("root").says_the_same_as(second.root().expect("root")), "{document}\n{written}");
        }

        #[test]
        fn any_text_written_is_read_back(text in some_text(), value in some_text()) {
            let mut writer = Writer::new(PREFIXES);
            writer.open("urn:p", "a");
            writer.attribute("b", &value);
            writer.text(&text);
            writer.close();
            let written = writer.finish();
            let tree = read(&written);
            let root = tree.root().expect("root");
            prop_assert_eq!(root.text(), text);
            prop_assert_eq!(root.attribute("b"), Some(value.as_str()));
        }
    }
}
