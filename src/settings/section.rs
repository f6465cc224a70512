//! One table of a file: which keys it has, which were asked for, and where they stand. The kinds of values are in `values.rs`.

use super::complaint::Complaint;
use super::document::{Claim, Document};
use super::nearest::did_you_mean;
use super::spot::Spot;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table of a file. Every getter complains by itself; `None` means absent, or complained about.
pub struct Section<'d> {
    document: &'d Document,
    table: &'d DeTable<'d>,
    /// The name of the section with its brackets; empty at the top of the file.
    name: String,
    path: String,
    header: Range<usize>,
    asked: Vec<&'static str>,
    secret: Vec<&'static str>,
}

/// A value as TOML has it, with its place.
pub(super) type Raw<'d> = Spanned<DeValue<'d>>;

impl<'d> Section<'d> {
    /// The whole file.
    pub(super) fn top(document: &'d Document, table: &'d DeTable<'d>) -> Self {
        Self {
            document,
            table,
            name: String::new(),
            path: String::new(),
            header: 0..0,
            asked: Vec::new(),
            secret: Vec::new(),
        }
    }

    fn new(document: &'d Document, table: &'d DeTable<'d>, name: String, path: String, header: Range<usize>) -> Self {
        Self { document, table, name, path, header, asked: Vec::new(), secret: Vec::new() }
    }

    /// Runs a reader, then complains about every key that it has not asked for.
    pub(super) fn read_all<T>(mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let result = read(&mut self);
        for key in self.table.keys() {
            if self.asked.iter().all(|asked| asked != key.get_ref()) {
                let suggestion = did_you_mean(key.get_ref(), "keys here", self.asked.iter().copied());
                let message = format!("unknown key `{}`{}", key.get_ref(), self.in_here());
                self.complain(self.document.spot_at(key.span()).complain_about_key(message).suggest(suggestion));
            }
        }
        result
    }

    /// ` in [receives.http]`, or nothing at the top of the file.
    pub(super) fn in_here(&self) -> String {
        if self.name.is_empty() { String::new() } else { format!(" in {}", self.name) }
    }

    /// The value of a key; asking makes the key known.
    pub(super) fn raw(&mut self, key: &'static str) -> Option<&'d Raw<'d>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.table.get(key)
    }

    /// From here on no complaint of a getter repeats the lines of this key: a secret may stand there.
    pub fn keep_secret(&mut self, key: &'static str) {
        self.secret.push(key);
    }

    /// True when the key is there.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.raw(key).is_some()
    }

    /// True when nothing here is unknown so far: what is missing is not just misspelt.
    pub fn all_known(&self) -> bool {
        self.table.keys().all(|key| self.asked.iter().any(|asked| asked == key.get_ref()))
    }

    /// Any getter, for a key that must be there: `section.required("url", Section::text)`.
    pub fn required<T>(&mut self, key: &'static str, get: impl FnOnce(&mut Self, &'static str) -> Option<T>) -> Option<T> {
        if !self.has(key) {
            let under = if self.name.is_empty() { String::new() } else { format!(" under {}", self.name) };
            let complaint = self.spot().complain(format!("`{key}` is missing{}", self.in_here()));
            self.complain(complaint.suggest(format!("write `{key} = …`{under}")));
        }
        get(self, key)
    }

    /// A section inside this one, read by its own reader.
    pub fn within<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Section<'d>) -> Option<T>) -> Option<T> {
        let raw = self.raw(key)?;
        let path = self.path_of(key);
        let name = format!("[{path}]");
        match raw.get_ref() {
            DeValue::Table(table) => Section::new(self.document, table, name, path, raw.span()).read_all(read),
            DeValue::Array(_) => self.refuse(key, raw, "one section", &format!("write {name} with single brackets, once")),
            _ => self.refuse(key, raw, "a section", &format!("write {name} on a line of its own, and its keys below")),
        }
    }

    /// Any number of sections of the same kind, `[[key]]`, each read by the same reader.
    pub fn each<T>(&mut self, key: &'static str, mut read: impl FnMut(&mut Section<'d>) -> Option<T>) -> Vec<T> {
        let Some(raw) = self.raw(key) else { return Vec::new() };
        let path = self.path_of(key);
        let name = format!("[[{path}]]");
        let double = format!("write {name} with double brackets, once for each");
        let DeValue::Array(items) = raw.get_ref() else {
            self.refuse::<()>(key, raw, "a list of sections", &double);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => {
                    let section = Section::new(self.document, table, name.clone(), path.clone(), item.span());
                    all.extend(section.read_all(&mut read));
                }
                _ => drop(self.refuse::<()>(key, item, "a list of sections", &double)),
            }
        }
        all
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_string() } else { format!("{}.{key}", self.path) }
    }

    /// Complains that a value is of the wrong kind.
    pub(super) fn refuse<T>(&self, key: &str, raw: &Raw<'_>, wanted: &str, suggestion: &str) -> Option<T> {
        let found = match raw.get_ref() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a decimal point",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a section",
        };
        self.complain_about(key, raw, format!("`{key}` must be {wanted}, not {found}"), suggestion);
        None
    }

    /// Complains about a value.
    pub(super) fn complain_about(&self, key: &str, raw: &Raw<'_>, message: String, suggestion: impl Into<String>) {
        let spot = self.document.spot_at(raw.span());
        let secret = self.secret.contains(&key);
        let complaint = if secret { spot.complain_without_repeating(message) } else { spot.complain(message) };
        self.complain(complaint.suggest(suggestion));
    }

    /// Where the section begins.
    pub fn spot(&self) -> Spot {
        self.document.spot_at(self.header.clone())
    }

    /// Where the value of a key stands; the section's beginning when the key is absent.
    pub fn spot_of(&self, key: &str) -> Spot {
        self.document.spot_at(self.table.get(key).map_or(self.header.clone(), Spanned::span))
    }

    pub(super) fn spot_at(&self, span: Range<usize>) -> Spot {
        self.document.spot_at(span)
    }

    /// The folder in which the file lies: where its relative paths start.
    pub(super) fn folder(&self) -> &Path {
        self.document.folder()
    }

    /// A complaint of the reader's own: `section.complain(section.spot_of("url").complain("…").suggest("…"))`.
    pub fn complain(&self, complaint: Complaint) {
        self.document.complain(complaint);
    }

    /// Says that this value may stand in one place only of the whole installation; a second one is complained about.
    /// `kind` is a word for people (`token`, `folder`). The value itself is never shown.
    pub fn claim(&self, kind: &'static str, value: impl Into<String>, spot: Spot) {
        self.document.claim(Claim { kind, value: value.into(), spot });
    }
}
