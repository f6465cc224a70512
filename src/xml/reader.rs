//! Text to checked events. quick-xml splits the text into tokens; this file and the ones above add every rule of XML 1.0
//! and Namespaces 1.0 that quick-xml leaves to its caller, and the limits. It knows no schema and keeps no tree.
//!
//! This is the seam on which schema validation stands: nothing is allocated per event once the buffers have grown.

use std::borrow::Cow;

use super::chars;
use super::ids::Ids;
use super::landmarks::Landmarks;
use super::limits::{Limit, Limits};
use super::markup::{check_comment, check_declaration, check_instruction};
use super::namespaces::{NONE, Name, Namespaces, XML};
use super::plain::plain_tag;
use super::references::resolve;
use super::tag::{RawAttribute, RawName, Span, TagScan};
use super::token::{Aside, CDATA, aside, tag_end};
use super::trouble::{Fail, Malformed, Trouble};

/// What can be read next.
pub enum Event<'r> {
    /// An element begins. An empty element `<a/>` gives this and [`Event::End`].
    Start(Start<'r>),
    /// The text between two tags, in one piece: references resolved, CDATA sections included, comments and processing
    /// instructions left out, line ends as LF. White space between elements is given too.
    Text(&'r str),
    /// The innermost open element ends.
    End,
    /// The document is well-formed and read to its end.
    Eof,
}

/// The beginning of an element.
#[derive(Clone, Copy)]
pub struct Start<'r> {
    reader: &'r Reader<'r>,
}

/// An attribute that is no namespace declaration.
#[derive(Clone, Copy)]
pub struct Attribute<'r> {
    /// Its name; most attributes are in no namespace.
    pub name: Name<'r>,
    /// The number that this document gives its namespace, see [`Start::namespace_number`].
    pub namespace_number: usize,
    /// Its value, normalised.
    pub value: &'r str,
    /// Where its name stands, in bytes.
    pub offset: usize,
}

impl<'r> Start<'r> {
    /// The element's name.
    pub fn name(&self) -> Name<'r> {
        let reader = self.reader;
        Name { namespace: reader.namespaces.name(reader.namespace), local: reader.name.local(reader.text) }
    }

    /// Where its `<` stands, in bytes.
    pub fn offset(&self) -> usize {
        self.reader.offset
    }

    /// The number that this document gives the element's namespace: 0 for none, 1 for `xml`, then in order of appearance.
    /// The same number always means the same namespace, so whoever looks namespaces up can do so once for each.
    pub fn namespace_number(&self) -> usize {
        self.reader.namespace as usize
    }

    /// The attributes in document order, without namespace declarations.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'r>> + use<'r> {
        let reader = self.reader;
        reader.attributes.iter().map(move |raw| Attribute {
            name: Name { namespace: reader.namespaces.name(raw.namespace), local: raw.name.local(reader.text) },
            value: raw.value.of(reader.text, &reader.made),
            namespace_number: raw.namespace as usize,
            offset: raw.name.start as usize,
        })
    }

    /// What a prefix means here, for qualified names in content such as the value of `xsi:type`.
    pub fn namespace_of(&self, prefix: &str) -> Option<&'r str> {
        let reader = self.reader;
        reader.namespaces.meaning(prefix).map(|number| reader.namespaces.name(number))
    }
}

/// Who sees every event of a document while something else is made of it: a schema validator beside a tree.
pub trait Watch {
    /// An element begins.
    fn start(&mut self, start: Start<'_>);
    /// A run of text, as [`Event::Text`] gives it, which begins at a byte offset.
    fn text(&mut self, text: &str, offset: usize);
    /// The innermost open element ends; the offset is where its end tag begins (its start tag's, if the element is empty).
    fn end(&mut self, offset: usize);
}

/// Nobody watches.
impl Watch for () {
    fn start(&mut self, _: Start<'_>) {}
    fn text(&mut self, _: &str, _: usize) {}
    fn end(&mut self, _: usize) {}
}

/// An event without its data, which stays in the reader's buffers: for the tree, which keeps spans instead of strings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Start,
    Text,
    End,
    Eof,
}

/// A namespace declaration of the current element.
#[derive(Clone, Copy)]
pub(super) struct RawDeclaration {
    pub prefix: Span,
    pub namespace: u32,
}

/// Reads one document.
pub struct Reader<'a> {
    text: &'a str,
    /// Where the next token begins.
    at: usize,
    limits: Limits,
    namespaces: Namespaces<'a>,
    ids: Ids,
    landmarks: Landmarks<'a>,
    /// The names of the open elements, but for an empty one.
    open: Vec<RawName>,
    depth: usize,
    elements: usize,
    /// An empty element was given as a start; its end comes next.
    owes_end: bool,
    /// Nothing is read after this; then `at` is behind everything.
    failed: Option<Fail>,

    // The current event.
    offset: usize,
    name: RawName,
    namespace: u32,
    attributes: Vec<RawAttribute>,
    declarations: Vec<RawDeclaration>,
    run: Span,
    made: String,
}

impl<'a> Reader<'a> {
    /// Begins at the start of a decoded document (without byte order mark).
    pub fn new(text: &'a str, limits: Limits) -> Self {
        let allowed = limits.document_bytes.min(u32::MAX as usize / 2);
        let failed = if text.len() > allowed {
            Some(Fail::too_much(Limit::DocumentBytes, allowed, 0))
        } else if text.starts_with('\u{FEFF}') {
            // A second byte order mark.
            Some(Fail::malformed(Malformed::TextOutsideRoot, 0))
        } else {
            None
        };
        Self {
            text,
            at: if failed.is_some() { usize::MAX } else { 0 },
            limits,
            namespaces: Namespaces::new(),
            ids: Ids::default(),
            landmarks: Landmarks::new(if failed.is_some() { "" } else { text }),
            open: Vec::new(),
            depth: 0,
            elements: 0,
            owes_end: false,
            failed,
            offset: 0,
            name: RawName { start: 0, prefix_len: 0, len: 0 },
            namespace: 0,
            attributes: Vec::new(),
            declarations: Vec::new(),
            run: Span::EMPTY,
            made: String::new(),
        }
    }

    /// The next event. After a trouble, the same trouble again: nothing behind it can be trusted.
    #[expect(clippy::should_implement_trait, reason = "an event borrows from the reader, which an iterator's item cannot")]
    pub fn next(&mut self) -> Result<Event<'_>, Trouble> {
        Ok(match self.advance()? {
            Step::Start => Event::Start(Start { reader: self }),
            Step::Text => Event::Text(self.run.of(self.text, &self.made)),
            Step::End => Event::End,
            Step::Eof => Event::Eof,
        })
    }

    /// Reads to the end while a watcher sees every event; gives the trouble that came before the end.
    pub fn watched(&mut self, watch: &mut impl Watch) -> Option<Trouble> {
        loop {
            match self.advance() {
                Ok(Step::Eof) => return None,
                Ok(step) => self.show(step, watch),
                Err(trouble) => return Some(trouble),
            }
        }
    }

    /// Tells a watcher of the step that was just taken.
    pub(super) fn show(&self, step: Step, watch: &mut impl Watch) {
        match step {
            Step::Start => watch.start(Start { reader: self }),
            Step::Text => watch.text(self.run.of(self.text, &self.made), self.offset),
            Step::End => watch.end(self.offset),
            Step::Eof => {}
        }
    }

    /// Where the last event begins, in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    #[inline]
    pub(super) fn advance(&mut self) -> Result<Step, Trouble> {
        match self.step() {
            Ok(step) => Ok(step),
            Err(fail) => Err(self.give_up(fail)),
        }
    }

    #[cold]
    fn give_up(&mut self, fail: Fail) -> Trouble {
        self.failed = Some(fail);
        self.owes_end = false;
        self.at = usize::MAX;
        fail.in_text(self.text)
    }

    /// Name, namespace, attributes and declarations of the element that has just begun.
    pub(super) fn element(&self) -> (RawName, u32, &[RawAttribute], &[RawDeclaration]) {
        (self.name, self.namespace, &self.attributes, &self.declarations)
    }

    /// The current run of text; with [`Reader::made`] it is a string.
    pub(super) fn run(&self) -> Span {
        self.run
    }

    /// What was made from the document for the current event.
    pub(super) fn made(&self) -> &str {
        &self.made
    }

    pub(super) fn into_namespaces(self) -> Vec<Cow<'a, str>> {
        self.namespaces.into_names()
    }

    #[inline]
    fn step(&mut self) -> Result<Step, Fail> {
        if self.owes_end {
            self.owes_end = false;
            return Ok(self.end());
        }
        self.made.clear();
        self.run = Span::EMPTY;
        self.offset = self.at;
        match self.text.as_bytes().get(self.at..) {
            Some([b'<', b'/', ..]) => self.end_tag(self.at),
            Some([b'<', next, ..]) if !matches!(next, b'!' | b'?') => self.start_tag(self.at),
            Some(rest) if self.is_plain_text(rest) => Ok(Step::Text),
            _ => self.long_step(),
        }
    }

    /// Takes a run of text in which nothing rare stands, if that is what comes.
    fn is_plain_text(&mut self, rest: &[u8]) -> bool {
        let len = memchr::memchr2(b'<', b'&', rest).unwrap_or(0);
        let ends_at_tag = matches!(rest[len..], [b'<', next, ..] if !matches!(next, b'!' | b'?'));
        let is_plain = ends_at_tag && self.depth > 0 && len > 0 && len <= self.limits.text_bytes;
        if !is_plain || !self.landmarks.is_plain(self.at, self.at + len) {
            return false;
        }
        self.run = Span::new(self.at, len);
        self.at += len;
        true
    }

    /// What comes, whatever it is: text may be put together from many pieces.
    fn long_step(&mut self) -> Result<Step, Fail> {
        if let Some(fail) = self.failed {
            return Err(fail);
        }
        loop {
            let at = self.at;
            match self.text.as_bytes()[at..] {
                [b'<', b'!' | b'?', ..] => self.aside(at)?,
                [] | [b'<', ..] if self.has_run() => {
                    self.close_run();
                    return Ok(Step::Text);
                }
                [b'<', b'/', ..] => return self.end_tag(at),
                [b'<', ..] => return self.start_tag(at),
                [b'&', ..] => self.reference(at)?,
                [] => return self.eof(),
                _ => self.text(at)?,
            }
        }
    }

    /// Goes on behind a token, unless a character stands in it that may stand nowhere.
    fn pass(&mut self, end: usize) -> Result<(), Fail> {
        if let Some(illegal) = self.landmarks.illegal_before(end) {
            return Err(Fail::malformed(Malformed::IllegalCharacter, illegal));
        }
        self.at = end;
        Ok(())
    }

    /// What begins at `at` is never closed.
    fn unclosed(&mut self, at: usize) -> Fail {
        self.pass(self.text.len()).err().unwrap_or(Fail::malformed(Malformed::UnclosedMarkup, at))
    }

    /// A comment, an instruction or the declaration, which are checked and left out, or a CDATA section.
    fn aside(&mut self, at: usize) -> Result<(), Fail> {
        let (aside, end) = aside(self.text, at).map_err(|kind| Fail { kind, at })?;
        let end = end.ok_or_else(|| self.unclosed(at))?;
        self.pass(end)?;
        match aside {
            Aside::Comment => check_comment(self.text, at, end),
            Aside::Instruction => check_instruction(self.text, at, end),
            Aside::Declaration => check_declaration(self.text, at, end),
            Aside::Cdata => {
                self.inside_root(at)?;
                self.add(at + CDATA.len(), end - "]]>".len())
            }
        }
    }

    fn eof(&self) -> Result<Step, Fail> {
        let at = self.text.len();
        if self.depth > 0 {
            Err(Fail::malformed(Malformed::EndsWithOpenElements, at))
        } else if self.elements == 0 {
            Err(Fail::malformed(Malformed::EmptyDocument, at))
        } else {
            Ok(Step::Eof)
        }
    }

    fn end(&mut self) -> Step {
        self.namespaces.leave(self.depth);
        self.depth -= 1;
        Step::End
    }

    fn end_tag(&mut self, at: usize) -> Result<Step, Fail> {
        self.offset = at;
        let open = self.open.pop();
        if let Some(name) = open {
            let end = at + "</".len() + usize::from(name.len);
            let bytes = self.text.as_bytes();
            // The same bytes as those of the start tag, which were looked at.
            if bytes.get(end) == Some(&b'>') && bytes[end - usize::from(name.len)..end] == *name.bytes(bytes) {
                self.at = end + 1;
                return Ok(self.end());
            }
        }
        let end = tag_end(self.text, at).ok_or_else(|| self.unclosed(at))?;
        self.pass(end)?;
        let found = &self.text[at + "</".len()..end - 1];
        match open {
            None => Err(Fail::malformed(Malformed::EndTagWithoutStart, at)),
            Some(name) if found.trim_end_matches([' ', '\t', '\n', '\r']) == name.qualified(self.text) => Ok(self.end()),
            Some(_) => Err(Fail::malformed(Malformed::MismatchedEndTag, at)),
        }
    }

    fn start_tag(&mut self, at: usize) -> Result<Step, Fail> {
        self.offset = at;
        self.declarations.clear();
        match plain_tag(self.text.as_bytes(), at + 1, &self.limits, &mut self.attributes) {
            Some(tag) => {
                self.pass(tag.end)?;
                self.count_element(at)?;
                self.owes_end = tag.is_empty;
                self.name = tag.name;
                if tag.declares {
                    self.declare()?;
                }
                self.namespace = self.meaning(self.name)?;
                // The default namespace does not apply to attributes.
                if tag.is_prefixed {
                    self.resolve_attributes()?;
                }
            }
            None => self.unusual_start_tag(at)?,
        }
        if !self.owes_end {
            self.open.push(self.name);
        }
        Ok(Step::Start)
    }

    /// A start tag that is not plain, or not even well-formed.
    #[cold]
    fn unusual_start_tag(&mut self, at: usize) -> Result<(), Fail> {
        let end = tag_end(self.text, at).ok_or_else(|| self.unclosed(at))?;
        self.pass(end)?;
        self.count_element(at)?;
        self.owes_end = self.text.as_bytes()[end - 2] == b'/';
        let end = end - 1 - usize::from(self.owes_end);
        let (text, limits, attributes, made) = (self.text, &self.limits, &mut self.attributes, &mut self.made);
        let mut scan = TagScan { text, end, limits, attributes, made, declares: false };
        self.name = scan.read(at + 1)?;
        if scan.declares {
            self.declare()?;
        }
        self.namespace = self.meaning(self.name)?;
        self.resolve_attributes()
    }

    fn count_element(&mut self, at: usize) -> Result<(), Fail> {
        if self.depth == 0 && self.elements > 0 {
            return Err(Fail::malformed(Malformed::SeveralRoots, at));
        }
        if self.depth >= self.limits.depth_elements {
            return Err(Fail::too_much(Limit::DepthElements, self.limits.depth_elements, at));
        }
        if self.elements >= self.limits.elements_total {
            return Err(Fail::too_much(Limit::ElementsTotal, self.limits.elements_total, at));
        }
        self.depth += 1;
        self.elements += 1;
        Ok(())
    }

    /// Takes the namespace declarations out of the attributes.
    fn declare(&mut self) -> Result<(), Fail> {
        let text = self.text;
        let is_declaration =
            |name: RawName| name.qualified(text).starts_with("xmlns") && (name.len == 5 || name.prefix_len == 5);
        for attribute in self.attributes.iter().filter(|a| is_declaration(a.name)) {
            let at = attribute.name.start as usize;
            let allowed = self.limits.namespace_declarations_total;
            if self.namespaces.declared() >= allowed {
                return Err(Fail::too_much(Limit::NamespaceDeclarationsTotal, allowed, at));
            }
            let prefix = if attribute.name.prefix_len == 0 { "" } else { attribute.name.local(text) };
            let uri = match attribute.value {
                made if made.is_made(text) => Cow::Owned(made.of(text, &self.made).to_owned()),
                written => Cow::Borrowed(written.of(text, "")),
            };
            let namespace = self.namespaces.declare(prefix, uri, self.depth).map_err(|why| Fail::malformed(why, at))?;
            let prefix = Span::new(at + usize::from(attribute.name.len) - prefix.len(), prefix.len());
            self.declarations.push(RawDeclaration { prefix, namespace });
        }
        self.attributes.retain(|a| !is_declaration(a.name));
        Ok(())
    }

    /// Gives the attributes their namespaces, and refuses two of the same name.
    fn resolve_attributes(&mut self) -> Result<(), Fail> {
        let text = self.text;
        for index in 0..self.attributes.len() {
            let name = self.attributes[index].name;
            // The default namespace does not apply to attributes.
            let namespace = if name.prefix_len == 0 { NONE } else { self.meaning(name)? };
            self.attributes[index].namespace = namespace;
            let bytes = text.as_bytes();
            let local = name.local_bytes(bytes);
            let same = |a: &RawAttribute| a.namespace == namespace && a.name.local_bytes(bytes) == local;
            if self.attributes[..index].iter().any(same) {
                return Err(Fail::malformed(Malformed::DuplicateAttribute, name.start as usize));
            }
            if namespace == XML && local == b"id" {
                let id = self.attributes[index].value.of(text, &self.made);
                self.ids.take(id).map_err(|why| Fail::malformed(why, name.start as usize))?;
            }
        }
        Ok(())
    }

    fn meaning(&mut self, name: RawName) -> Result<u32, Fail> {
        self.namespaces.of_name(name, self.text).ok_or_else(|| self.unbound(name))
    }

    #[cold]
    fn unbound(&self, name: RawName) -> Fail {
        let is_reserved = name.prefix(self.text) == "xmlns";
        let why = if is_reserved { Malformed::ReservedPrefix } else { Malformed::UnboundPrefix };
        Fail::malformed(why, name.start as usize)
    }

    fn text(&mut self, at: usize) -> Result<(), Fail> {
        let rest = &self.text.as_bytes()[at..];
        let end = memchr::memchr2(b'<', b'&', rest).map_or(self.text.len(), |len| at + len);
        self.pass(end)?;
        if self.depth == 0 {
            return match rest[..end - at].iter().position(|&b| !chars::is_white(b)) {
                Some(offset) => Err(Fail::malformed(Malformed::TextOutsideRoot, at + offset)),
                None => Ok(()),
            };
        }
        match memchr::memmem::find(&rest[..end - at], b"]]>") {
            Some(offset) => Err(Fail::malformed(Malformed::CdataEndInText, at + offset)),
            None => self.add(at, end),
        }
    }

    fn reference(&mut self, at: usize) -> Result<(), Fail> {
        let rest = &self.text.as_bytes()[at + 1..];
        let len = memchr::memchr3(b';', b'&', b'<', rest).filter(|&len| rest[len] == b';');
        let end = len.map_or(at, |len| at + len + 2);
        self.pass(end)?;
        self.inside_root(at)?;
        let len = len.ok_or(Fail::malformed(Malformed::BareAmpersand, at))?;
        let meant = resolve(&self.text[at + 1..at + 1 + len]).map_err(|why| Fail::malformed(why, at))?;
        self.open_run();
        self.made.push(meant);
        self.check_run(at)
    }

    fn has_run(&self) -> bool {
        self.run.len > 0 || !self.made.is_empty()
    }

    fn inside_root(&self, at: usize) -> Result<(), Fail> {
        if self.depth == 0 { Err(Fail::malformed(Malformed::TextOutsideRoot, at)) } else { Ok(()) }
    }

    /// Adds a piece of the document to the current run of text. The first piece is only pointed at; from the second on,
    /// or when line ends must be mended (2.11), the run is made anew.
    fn add(&mut self, at: usize, end: usize) -> Result<(), Fail> {
        let piece = &self.text[at..end];
        if piece.is_empty() {
            return Ok(());
        }
        let has_return = memchr::memchr(b'\r', piece.as_bytes()).is_some();
        if !has_return && !self.has_run() {
            self.run = Span::new(at, piece.len());
            return self.check_run(at);
        }
        self.open_run();
        let mut from = 0;
        for offset in memchr::memchr_iter(b'\r', piece.as_bytes()) {
            self.made.push_str(&piece[from..offset]);
            self.made.push('\n');
            from = offset + if piece[offset..].starts_with("\r\n") { 2 } else { 1 };
        }
        self.made.push_str(&piece[from..]);
        self.check_run(at)
    }

    /// Moves the run to the made text, where more can be added.
    fn open_run(&mut self) {
        if self.run.len > 0 {
            self.made.push_str(self.run.of(self.text, ""));
            self.run = Span::EMPTY;
        }
    }

    fn close_run(&mut self) {
        if self.run.len == 0 {
            self.run = Span::new(self.text.len(), self.made.len());
        }
    }

    fn check_run(&self, at: usize) -> Result<(), Fail> {
        let allowed = self.limits.text_bytes;
        let len = self.made.len().max(self.run.len as usize);
        if len > allowed { Err(Fail::too_much(Limit::TextBytes, allowed, at)) } else { Ok(()) }
    }
}
