//! Text to checked events. quick-xml splits the text into tokens; this file and the ones above add every rule of XML 1.0
//! and Namespaces 1.0 that quick-xml leaves to its caller, and the limits. It knows no schema and keeps no tree.
//!
//! This is the seam on which schema validation stands: nothing is allocated per event once the buffers have grown.

use std::borrow::Cow;

use memchr::memmem;

use super::chars;
use super::event::{Event, Now, RawDeclaration, Start, Step, Watch};
use super::ids::Ids;
use super::landmarks::Landmarks;
use super::limits::{Limit, Limits};
use super::markup::{check_comment, check_declaration, check_instruction};
use super::namespaces::{NONE, Namespaces, XML};
use super::plain::plain_tag;
use super::references::resolve;
use super::run::Run;
use super::scan::{is_same, text_len};
use super::tag::{RawAttribute, RawName, Span, TagScan};
use super::token::{Aside, CDATA, aside, tag_end};
use super::trouble::{Fail, Malformed, Trouble};

/// Reads one document.
pub struct Reader<'a> {
    text: &'a str,
    /// Where the next token begins.
    at: usize,
    limits: Limits,
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
    now: Now<'a>,
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
            ids: Ids::default(),
            landmarks: Landmarks::new(if failed.is_some() { "" } else { text }),
            open: Vec::new(),
            depth: 0,
            elements: 0,
            owes_end: false,
            failed,
            now: Now {
                text,
                namespaces: Namespaces::new(),
                offset: 0,
                name: RawName { start: 0, prefix_len: 0, len: 0 },
                namespace: 0,
                attributes: Vec::new(),
                is_prefixed: false,
                declarations: Vec::new(),
                run: Run::new(text, &limits),
            },
        }
    }

    /// The next event. After a trouble, the same trouble again: nothing behind it can be trusted.
    #[expect(clippy::should_implement_trait, reason = "an event borrows from the reader, which an iterator's item cannot")]
    pub fn next(&mut self) -> Result<Event<'_>, Trouble> {
        Ok(match self.advance(&mut ())? {
            Step::Start => Event::Start(Start { now: &self.now }),
            Step::Text => Event::Text(self.now.run.as_str()),
            Step::End => Event::End,
            Step::Eof => Event::Eof,
        })
    }

    /// Reads to the end while a watcher sees every event; gives the trouble that came before the end.
    pub fn watched(&mut self, watch: &mut impl Watch) -> Option<Trouble> {
        loop {
            match self.step(watch) {
                Ok(Step::Eof) => return None,
                Ok(_) => {}
                Err(fail) => return Some(self.give_up(fail)),
            }
        }
    }

    /// Where the last event begins, in bytes.
    pub fn offset(&self) -> usize {
        self.now.offset
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next step, which a watcher sees.
    pub(super) fn advance(&mut self, watch: &mut impl Watch) -> Result<Step, Trouble> {
        match self.step(watch) {
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
        (self.now.name, self.now.namespace, &self.now.attributes, &self.now.declarations)
    }

    /// The current run of text; with [`Reader::made`] it is a string.
    pub(super) fn run(&self) -> Span {
        self.now.run.span
    }

    /// What was made from the document for the current event.
    pub(super) fn made(&self) -> &str {
        &self.now.run.made
    }

    pub(super) fn into_namespaces(self) -> Vec<Cow<'a, str>> {
        self.now.namespaces.into_names()
    }

    /// Takes a step and tells the watcher at once: what the step is need not be asked again.
    #[inline(always)]
    fn step(&mut self, watch: &mut impl Watch) -> Result<Step, Fail> {
        if self.owes_end {
            self.owes_end = false;
            self.end();
            watch.end(self.now.offset);
            return Ok(Step::End);
        }
        self.now.run.clear();
        self.now.offset = self.at;
        let step = match self.text.as_bytes().get(self.at..) {
            Some([b'<', b'/', ..]) => self.end_tag(self.at).map(|()| Step::End),
            Some([b'<', next, ..]) if !matches!(next, b'!' | b'?') => self.start_tag(self.at).map(|()| Step::Start),
            Some(rest) if self.is_plain_text(rest) => Ok(Step::Text),
            _ => self.long_step(),
        }?;
        match step {
            Step::Start => watch.start(Start { now: &self.now }),
            Step::Text => watch.text(self.now.run.as_str(), self.now.offset),
            Step::End => watch.end(self.now.offset),
            Step::Eof => {}
        }
        Ok(step)
    }

    /// Takes a run of text in which nothing rare stands, if that is what comes.
    #[inline(always)]
    fn is_plain_text(&mut self, rest: &[u8]) -> bool {
        let len = text_len(rest);
        let end = self.at + len;
        let ends_at_tag = matches!(rest.get(len..), Some([b'<', next, ..]) if !matches!(next, b'!' | b'?'));
        let is_plain = ends_at_tag && self.depth > 0 && len > 0 && self.landmarks.is_plain(self.at, end);
        if !is_plain || !self.now.run.point_at(self.at, len) {
            return false;
        }
        self.at = end;
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
                [] | [b'<', ..] if !self.now.run.is_empty() => {
                    self.now.run.close();
                    return Ok(Step::Text);
                }
                [b'<', b'/', ..] => return self.end_tag(at).map(|()| Step::End),
                [b'<', ..] => return self.start_tag(at).map(|()| Step::Start),
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
                self.now.run.add(at + CDATA.len(), end - "]]>".len())
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

    fn end(&mut self) {
        self.now.namespaces.leave(self.depth);
        self.depth -= 1;
    }

    fn end_tag(&mut self, at: usize) -> Result<(), Fail> {
        self.now.offset = at;
        let open = self.open.pop();
        if let Some(name) = open {
            let (bytes, start) = (self.text.as_bytes(), at + "</".len());
            let end = start + usize::from(name.len);
            // The same bytes as those of the start tag, which were looked at.
            if let Some([found @ .., b'>']) = bytes.get(start..=end)
                && is_same(found, name.bytes(bytes))
            {
                self.at = end + 1;
                self.end();
                return Ok(());
            }
        }
        let end = tag_end(self.text, at).ok_or_else(|| self.unclosed(at))?;
        self.pass(end)?;
        let found = &self.text[at + "</".len()..end - 1];
        match open {
            None => Err(Fail::malformed(Malformed::EndTagWithoutStart, at)),
            Some(name) if found.trim_end_matches([' ', '\t', '\n', '\r']) == name.qualified(self.text) => {
                self.end();
                Ok(())
            }
            Some(_) => Err(Fail::malformed(Malformed::MismatchedEndTag, at)),
        }
    }

    fn start_tag(&mut self, at: usize) -> Result<(), Fail> {
        self.now.offset = at;
        self.now.declarations.clear();
        match plain_tag(self.text.as_bytes(), at + 1, &self.limits, &mut self.now.attributes) {
            Some(tag) => {
                self.pass(tag.end)?;
                self.count_element(at)?;
                self.owes_end = tag.is_empty;
                self.now.name = tag.name;
                if tag.declares {
                    self.declare()?;
                }
                let namespace = self.now.namespaces.of_name(tag.name, self.text);
                self.now.namespace = namespace.ok_or_else(|| self.unbound(tag.name))?;
                // The default namespace does not apply to attributes.
                self.now.is_prefixed = false;
                if tag.is_prefixed {
                    self.resolve_attributes()?;
                }
            }
            None => self.unusual_start_tag(at)?,
        }
        if !self.owes_end {
            self.open.push(self.now.name);
        }
        Ok(())
    }

    /// A start tag that is not plain, or not even well-formed.
    #[cold]
    fn unusual_start_tag(&mut self, at: usize) -> Result<(), Fail> {
        let end = tag_end(self.text, at).ok_or_else(|| self.unclosed(at))?;
        self.pass(end)?;
        self.count_element(at)?;
        self.owes_end = self.text.as_bytes()[end - 2] == b'/';
        let end = end - 1 - usize::from(self.owes_end);
        let (text, limits, attributes, made) = (self.text, &self.limits, &mut self.now.attributes, &mut self.now.run.made);
        let mut scan = TagScan { text, end, limits, attributes, made, declares: false };
        self.now.name = scan.read(at + 1)?;
        if scan.declares {
            self.declare()?;
        }
        self.now.namespace = self.meaning(self.now.name)?;
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
        for attribute in self.now.attributes.iter().filter(|a| is_declaration(a.name)) {
            let at = attribute.name.start as usize;
            let allowed = self.limits.namespace_declarations_total;
            if self.now.namespaces.declared() >= allowed {
                return Err(Fail::too_much(Limit::NamespaceDeclarationsTotal, allowed, at));
            }
            let prefix = if attribute.name.prefix_len == 0 { "" } else { attribute.name.local(text) };
            let uri = match attribute.value {
                made if made.is_made(text) => Cow::Owned(made.of(text, &self.now.run.made).to_owned()),
                written => Cow::Borrowed(written.of(text, "")),
            };
            let namespace = self.now.namespaces.declare(prefix, uri, self.depth).map_err(|why| Fail::malformed(why, at))?;
            let prefix = Span::new(at + usize::from(attribute.name.len) - prefix.len(), prefix.len());
            self.now.declarations.push(RawDeclaration { prefix, namespace });
        }
        self.now.attributes.retain(|a| !is_declaration(a.name));
        Ok(())
    }

    /// Gives the attributes their namespaces, and refuses two of the same name.
    fn resolve_attributes(&mut self) -> Result<(), Fail> {
        let text = self.text;
        self.now.is_prefixed = self.now.attributes.iter().any(|attribute| attribute.name.prefix_len > 0);
        for index in 0..self.now.attributes.len() {
            let name = self.now.attributes[index].name;
            // The default namespace does not apply to attributes.
            let namespace = if name.prefix_len == 0 { NONE } else { self.meaning(name)? };
            self.now.attributes[index].namespace = namespace;
            let bytes = text.as_bytes();
            let local = name.local_bytes(bytes);
            let same = |a: &RawAttribute| a.namespace == namespace && a.name.local_bytes(bytes) == local;
            if self.now.attributes[..index].iter().any(same) {
                return Err(Fail::malformed(Malformed::DuplicateAttribute, name.start as usize));
            }
            if namespace == XML && local == b"id" {
                let id = self.now.attributes[index].value.of(text, &self.now.run.made);
                self.ids.take(id).map_err(|why| Fail::malformed(why, name.start as usize))?;
            }
        }
        Ok(())
    }

    fn meaning(&mut self, name: RawName) -> Result<u32, Fail> {
        self.now.namespaces.of_name(name, self.text).ok_or_else(|| self.unbound(name))
    }

    #[cold]
    fn unbound(&self, name: RawName) -> Fail {
        let is_reserved = name.prefix(self.text) == "xmlns";
        let why = if is_reserved { Malformed::ReservedPrefix } else { Malformed::UnboundPrefix };
        Fail::malformed(why, name.start as usize)
    }

    fn text(&mut self, at: usize) -> Result<(), Fail> {
        let rest = &self.text.as_bytes()[at..];
        let end = at + text_len(rest);
        self.pass(end)?;
        if self.depth == 0 {
            return match rest[..end - at].iter().position(|&b| !chars::is_white(b)) {
                Some(offset) => Err(Fail::malformed(Malformed::TextOutsideRoot, at + offset)),
                None => Ok(()),
            };
        }
        let cdata_end = if self.landmarks.is_plain(at, end) { None } else { memmem::find(&rest[..end - at], b"]]>") };
        match cdata_end {
            Some(offset) => Err(Fail::malformed(Malformed::CdataEndInText, at + offset)),
            None => self.now.run.add(at, end),
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
        self.now.run.push(meant, at)
    }

    fn inside_root(&self, at: usize) -> Result<(), Fail> {
        if self.depth == 0 { Err(Fail::malformed(Malformed::TextOutsideRoot, at)) } else { Ok(()) }
    }
}
