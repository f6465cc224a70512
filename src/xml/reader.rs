//! Text to checked events. quick-xml splits the text into tokens; this file and the ones above add every rule of XML 1.0
//! and Namespaces 1.0 that quick-xml leaves to its caller, and the limits. It knows no schema and keeps no tree.
//!
//! This is the seam on which schema validation stands: nothing is allocated per event once the buffers have grown.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event as Token;

use super::chars;
use super::ids::Ids;
use super::limits::{Limit, Limits};
use super::markup::{check_comment, check_declaration, check_instruction};
use super::namespaces::{NONE, Name, Namespaces, XML};
use super::references::resolve;
use super::tag::{RawAttribute, RawName, Span, TagScan};
use super::trouble::{Fail, Malformed, Trouble, TroubleKind};

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
    tokens: quick_xml::Reader<&'a [u8]>,
    limits: Limits,
    namespaces: Namespaces<'a>,
    ids: Ids,
    /// Where the first character stands that may stand nowhere.
    illegal: usize,
    depth: usize,
    elements: usize,
    /// An empty element was given as a start; its end comes next.
    owes_end: bool,
    failed: Option<Trouble>,

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
        let mut tokens = quick_xml::Reader::from_str(text);
        // Checked here, where the place is known exactly.
        tokens.config_mut().check_comments = false;
        let allowed = limits.document_bytes.min(u32::MAX as usize / 2);
        let failed = if text.len() > allowed {
            Some(Fail::too_much(Limit::DocumentBytes, allowed, 0))
        } else if text.starts_with('\u{FEFF}') {
            // A second byte order mark. quick-xml would swallow it and count every offset wrong.
            Some(Fail::malformed(Malformed::TextOutsideRoot, 0))
        } else {
            None
        };
        Self {
            text,
            tokens,
            limits,
            namespaces: Namespaces::new(),
            ids: Ids::default(),
            illegal: if failed.is_some() { 0 } else { chars::first_illegal(text).unwrap_or(usize::MAX) },
            depth: 0,
            elements: 0,
            owes_end: false,
            failed: failed.map(|fail| fail.in_text(text)),
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

    pub(super) fn advance(&mut self) -> Result<Step, Trouble> {
        if let Some(trouble) = self.failed {
            return Err(trouble);
        }
        self.step().map_err(|fail| {
            let trouble = fail.in_text(self.text);
            self.failed = Some(trouble);
            trouble
        })
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

    fn position(&self) -> usize {
        self.tokens.buffer_position() as usize
    }

    fn step(&mut self) -> Result<Step, Fail> {
        if self.owes_end {
            self.owes_end = false;
            return Ok(self.end());
        }
        self.made.clear();
        self.run = Span::EMPTY;
        self.offset = self.position();
        loop {
            let at = self.position();
            let has_run = self.run.len > 0 || !self.made.is_empty();
            match self.text.as_bytes()[at..] {
                [] if !has_run => return self.eof(),
                // A document type is refused unread.
                [b'<', b'!', b'D' | b'd', ..] => return Err(Fail { kind: TroubleKind::Doctype, at }),
                [b'<', b'!' | b'?', ..] => {}
                [] | [b'<', ..] if has_run => {
                    self.close_run();
                    return Ok(Step::Text);
                }
                [b'<', ..] => self.offset = at,
                _ => {}
            }
            let token = self.tokens.read_event();
            let end = self.position();
            if end > self.illegal {
                return Err(Fail::malformed(Malformed::IllegalCharacter, self.illegal));
            }
            match token.map_err(|error| self.failure(&error))? {
                Token::Start(_) => return self.start(at, end - 1),
                Token::Empty(_) => {
                    self.owes_end = true;
                    return self.start(at, end - 2);
                }
                Token::End(_) => return Ok(self.end()),
                Token::Text(_) => self.text(at, end)?,
                Token::CData(_) => self.cdata(at, end)?,
                Token::GeneralRef(_) => self.reference(at, end)?,
                Token::Comment(_) => check_comment(self.text, at, end)?,
                Token::PI(_) => check_instruction(self.text, at, end)?,
                Token::Decl(_) => check_declaration(self.text, at, end)?,
                Token::DocType(_) => return Err(Fail { kind: TroubleKind::Doctype, at }),
                Token::Eof => {}
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

    /// `<` stands at `at`, `>` or `/>` at `end`.
    fn start(&mut self, at: usize, end: usize) -> Result<Step, Fail> {
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
        let mut scan =
            TagScan { text: self.text, end, limits: &self.limits, attributes: &mut self.attributes, made: &mut self.made };
        self.name = scan.read(at + 1)?;
        self.declare()?;
        self.resolve_names()?;
        Ok(Step::Start)
    }

    /// Takes the namespace declarations out of the attributes.
    fn declare(&mut self) -> Result<(), Fail> {
        self.declarations.clear();
        let text = self.text;
        let is_declaration =
            |name: RawName| name.qualified(text).starts_with("xmlns") && (name.len == 5 || name.prefix_len == 5);
        if !self.attributes.iter().any(|a| is_declaration(a.name)) {
            return Ok(());
        }
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

    /// Gives the element and its attributes their namespaces, and refuses two attributes of the same name.
    fn resolve_names(&mut self) -> Result<(), Fail> {
        let text = self.text;
        self.namespace = self.meaning(self.name)?;
        for index in 0..self.attributes.len() {
            let name = self.attributes[index].name;
            // The default namespace does not apply to attributes.
            let namespace = if name.prefix_len == 0 { NONE } else { self.meaning(name)? };
            self.attributes[index].namespace = namespace;
            let same = |a: &RawAttribute| a.namespace == namespace && a.name.local(text) == name.local(text);
            if self.attributes[..index].iter().any(same) {
                return Err(Fail::malformed(Malformed::DuplicateAttribute, name.start as usize));
            }
            if namespace == XML && name.local(text) == "id" {
                let id = self.attributes[index].value.of(text, &self.made);
                self.ids.take(id).map_err(|why| Fail::malformed(why, name.start as usize))?;
            }
        }
        Ok(())
    }

    fn meaning(&self, name: RawName) -> Result<u32, Fail> {
        let prefix = name.prefix(self.text);
        self.namespaces.meaning(prefix).ok_or_else(|| {
            let why = if prefix == "xmlns" { Malformed::ReservedPrefix } else { Malformed::UnboundPrefix };
            Fail::malformed(why, name.start as usize)
        })
    }

    fn text(&mut self, at: usize, end: usize) -> Result<(), Fail> {
        let text = &self.text[at..end];
        if self.depth == 0 {
            return match text.bytes().position(|b| !chars::is_white(b)) {
                Some(offset) => Err(Fail::malformed(Malformed::TextOutsideRoot, at + offset)),
                None => Ok(()),
            };
        }
        let cdata_end = memchr::memchr_iter(b'>', text.as_bytes()).find(|&i| text.as_bytes()[..i].ends_with(b"]]"));
        match cdata_end {
            Some(offset) => Err(Fail::malformed(Malformed::CdataEndInText, at + offset - 2)),
            None => self.add(at, end),
        }
    }

    fn cdata(&mut self, at: usize, end: usize) -> Result<(), Fail> {
        self.inside_root(at)?;
        self.add(at + "<![CDATA[".len(), end - "]]>".len())
    }

    fn reference(&mut self, at: usize, end: usize) -> Result<(), Fail> {
        self.inside_root(at)?;
        let meant = resolve(&self.text[at + 1..end - 1]).map_err(|why| Fail::malformed(why, at))?;
        self.open_run();
        self.made.push(meant);
        self.check_run(at)
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
        let first = self.run.len == 0 && self.made.is_empty();
        let mut returns = memchr::memchr_iter(b'\r', piece.as_bytes()).peekable();
        if first && returns.peek().is_none() {
            self.run = Span::new(at, piece.len());
            return self.check_run(at);
        }
        self.open_run();
        let mut from = 0;
        for offset in returns {
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

    fn failure(&self, error: &Error) -> Fail {
        let at = self.tokens.error_position() as usize;
        let why = match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { .. }) => Malformed::MismatchedEndTag,
            Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => Malformed::EndTagWithoutStart,
            Error::IllFormed(IllFormedError::UnclosedReference) => Malformed::BareAmpersand,
            Error::Syntax(quick_xml::errors::SyntaxError::InvalidBangMarkup) => Malformed::UnknownMarkup,
            _ => Malformed::UnclosedMarkup,
        };
        Fail::malformed(why, at)
    }
}
