//! A Bundle while it is made: values that lie side by side in one space and are given back all at once. A message has thousands of
//! them, and asking the system for each would take longer than to fill them in.
//!
//! Whoever holds an object or an array holds the way to it: a copy leads to the same one.

use crate::fhir;
use crate::xml::is_same_name;
use bumpalo::Bump;
use std::borrow::Cow;
use std::cell::Cell;

/// As much as a message of some kilobytes takes, and its text.
const SPACE_BYTES: usize = 1 << 16;
const TEXT_BYTES: usize = 1 << 12;

/// Where the parts of one Bundle lie while it is made.
pub struct Space(Bump);

/// A Bundle that was made from a message.
#[derive(Clone, Copy)]
pub struct Bundle<'t>(Object<'t>);

/// One value, as [`fhir::Json`] has it.
#[derive(Clone, Copy)]
pub(super) enum Json<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    Text(&'t str),
    Array(Array<'t>),
    Object(Object<'t>),
}

#[derive(Clone, Copy)]
pub(super) struct Object<'t>(&'t Chain<'t>);

#[derive(Clone, Copy)]
pub(super) struct Array<'t>(&'t Chain<'t>);

/// What an object or an array holds, in order.
struct Chain<'t> {
    space: &'t Space,
    ends: Cell<Option<(&'t Link<'t>, &'t Link<'t>)>>,
}

/// A member; an item has no name.
struct Link<'t> {
    name: &'static str,
    value: Cell<Json<'t>>,
    next: Cell<Option<&'t Link<'t>>>,
}

impl<'t> Bundle<'t> {
    /// Its last member is the list of its entries.
    pub(super) fn new(bundle: Object<'t>) -> Self {
        Self(bundle)
    }

    /// As a tree.
    pub fn tree(self) -> fhir::Json<'t> {
        Json::from(self.0).tree()
    }

    /// As text on one line, with further entries behind its own.
    pub fn text(self, more: &[fhir::Json<'_>]) -> String {
        let mut text = String::with_capacity(TEXT_BYTES);
        Json::from(self.0).write(&mut text);
        debug_assert!(text.ends_with("}]}"), "the entries stand last, and there is one");
        text.truncate(text.len() - "]}".len());
        for entry in more {
            text.push(',');
            entry.write_compact(&mut text);
        }
        text.push_str("]}");
        text
    }
}

impl Default for Space {
    fn default() -> Self {
        Self(Bump::with_capacity(SPACE_BYTES))
    }
}

impl Space {
    fn chain(&self) -> &Chain<'_> {
        self.0.alloc(Chain { space: self, ends: Cell::new(None) })
    }

    /// An empty object.
    pub(super) fn object(&self) -> Object<'_> {
        Object(self.chain())
    }

    /// An empty array.
    pub(super) fn array(&self) -> Array<'_> {
        Array(self.chain())
    }

    /// An array of one item.
    pub(super) fn list<'t>(&'t self, item: impl Into<Json<'t>>) -> Array<'t> {
        let array = self.array();
        array.push(item);
        array
    }

    /// An extension with a value.
    pub(super) fn extension<'t>(
        &'t self,
        url: &'static str,
        member: &'static str,
        value: impl Into<Json<'t>>,
    ) -> Object<'t> {
        self.object().with("url", url).with(member, value)
    }

    /// What stands beside a primitive: its extension.
    pub(super) fn beside<'t>(&'t self, extension: impl Into<Json<'t>>) -> Object<'t> {
        self.object().with("extension", self.list(extension))
    }

    /// A text that lives as long as the space.
    pub(super) fn text<'t>(&'t self, text: Cow<'t, str>) -> &'t str {
        match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => self.0.alloc_str(&text),
        }
    }

    /// A text of several pieces.
    pub(super) fn concat(&self, pieces: &[&str]) -> &str {
        let mut text = bumpalo::collections::String::with_capacity_in(pieces.iter().map(|piece| piece.len()).sum(), &self.0);
        pieces.iter().for_each(|piece| text.push_str(piece));
        text.into_bump_str()
    }

    /// A value that the mappings give.
    pub(super) fn given(&self, json: &'static fhir::Json<'static>) -> Json<'_> {
        match json {
            fhir::Json::Null => Json::Null,
            fhir::Json::Bool(value) => Json::Bool(*value),
            fhir::Json::Number(number) => Json::Number(number.token()),
            fhir::Json::Text(text) => Json::Text(text),
            fhir::Json::Array(items) => {
                let array = self.array();
                items.iter().for_each(|item| array.push(self.given(item)));
                array.into()
            }
            fhir::Json::Object(given) => {
                let object = self.object();
                given.members().iter().for_each(|(name, value)| object.add(name, self.given(value)));
                object.into()
            }
        }
    }
}

impl<'t> Json<'t> {
    /// The member of this name; none if this is no object.
    pub fn get(self, name: &str) -> Option<Json<'t>> {
        self.object()?.get(name)
    }

    /// What an array holds; nothing if this is none.
    pub fn items(self) -> impl Iterator<Item = Json<'t>> {
        let first = if let Json::Array(array) = self { array.0.first() } else { None };
        links(first).map(|link| link.value.get())
    }

    /// The text, if it is one.
    pub fn text(self) -> Option<&'t str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// The number as it is written, if it is one.
    pub fn token(self) -> Option<&'t str> {
        if let Json::Number(token) = self { Some(token) } else { None }
    }

    /// The object, if it is one.
    pub fn object(self) -> Option<Object<'t>> {
        if let Json::Object(object) = self { Some(object) } else { None }
    }

    fn is_empty(self) -> bool {
        match self {
            Json::Null => true,
            Json::Bool(_) | Json::Number(_) => false,
            Json::Text(text) => text.is_empty(),
            Json::Array(Array(chain)) | Json::Object(Object(chain)) => chain.ends.get().is_none(),
        }
    }

    /// Writes it on one line, without blanks.
    pub fn write(self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if value { "true" } else { "false" }),
            Json::Number(token) => out.push_str(token),
            Json::Text(text) => fhir::write_text(text, out),
            Json::Array(array) => {
                let mut mark = '[';
                for link in links(array.0.first()) {
                    out.push(mark);
                    link.value.get().write(out);
                    mark = ',';
                }
                out.push_str(if mark == '[' { "[]" } else { "]" });
            }
            Json::Object(object) => {
                let mut mark = "{\"";
                for link in links(object.0.first()) {
                    // Names of members are words, in which nothing is escaped.
                    out.push_str(mark);
                    out.push_str(link.name);
                    out.push_str("\":");
                    link.value.get().write(out);
                    mark = ",\"";
                }
                out.push_str(if mark == "{\"" { "{}" } else { "}" });
            }
        }
    }

    /// The same as a tree.
    pub fn tree(self) -> fhir::Json<'t> {
        match self {
            Json::Null => fhir::Json::Null,
            Json::Bool(value) => value.into(),
            Json::Number(token) => fhir::Number::new(token).into(),
            Json::Text(text) => text.into(),
            Json::Array(_) => self.items().map(Json::tree).collect(),
            Json::Object(object) => {
                let mut tree = fhir::Object::with_capacity(object.members().count());
                tree.members_mut().extend(object.members().map(|(name, value)| (name.into(), value.tree())));
                tree.into()
            }
        }
    }
}

impl<'t> Object<'t> {
    /// Where it lies.
    pub fn space(self) -> &'t Space {
        self.0.space
    }

    /// As [`fhir::Object::with`].
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Json<'t>>) -> Self {
        self.add(name, value);
        self
    }

    /// As [`fhir::Object::add`].
    pub fn add(self, name: &'static str, value: impl Into<Json<'t>>) {
        debug_assert!(self.get(name).is_none(), "{name} is there already");
        self.0.append_full(name, value.into());
    }

    /// As [`fhir::Object::set`].
    pub fn set(self, name: &'static str, value: impl Into<Json<'t>>) {
        let value = value.into();
        match self.0.find(name) {
            Some(_) if value.is_empty() => self.0.remove(name),
            Some(link) => link.value.set(value),
            None => self.0.append_full(name, value),
        }
    }

    /// As [`fhir::Object::push`].
    pub fn push(self, name: &'static str, item: impl Into<Json<'t>>) {
        let item = item.into();
        if !item.is_empty() {
            self.list(name).push(item);
        }
    }

    /// The array that a member is, made if need be.
    pub fn list(self, name: &'static str) -> Array<'t> {
        let link = self.0.find(name).unwrap_or_else(|| self.0.append(name, Json::Null));
        match link.value.get() {
            Json::Array(array) => array,
            _ => {
                let array = self.space().array();
                link.value.set(array.into());
                array
            }
        }
    }

    /// The object that a member is, made if need be.
    pub fn member(self, name: &'static str) -> Object<'t> {
        let link = self.0.find(name).unwrap_or_else(|| self.0.append(name, Json::Null));
        match link.value.get() {
            Json::Object(object) => object,
            _ => {
                let object = self.space().object();
                link.value.set(object.into());
                object
            }
        }
    }

    /// The member of this name.
    pub fn get(self, name: &str) -> Option<Json<'t>> {
        self.0.find(name).map(|link| link.value.get())
    }

    /// The items of the member of this name, if it is an array.
    pub fn items(self, name: &str) -> impl Iterator<Item = Json<'t>> {
        self.get(name).unwrap_or(Json::Null).items()
    }

    /// All members, in their order.
    pub fn members(self) -> impl Iterator<Item = (&'static str, Json<'t>)> {
        links(self.0.first()).map(|link| (link.name, link.value.get()))
    }

    /// True without any member.
    pub fn is_empty(self) -> bool {
        self.0.first().is_none()
    }
}

impl<'t> Array<'t> {
    /// Adds an item, whatever it is.
    pub fn push(self, item: impl Into<Json<'t>>) {
        self.0.append("", item.into());
    }

    /// Adds an empty object, to be filled.
    pub fn push_object(self) -> Object<'t> {
        let object = self.0.space.object();
        self.push(object);
        object
    }

    /// The items, in their order.
    pub fn items(self) -> impl Iterator<Item = Json<'t>> {
        Json::Array(self).items()
    }
}

impl<'t> Chain<'t> {
    fn first(&self) -> Option<&'t Link<'t>> {
        self.ends.get().map(|(first, _)| first)
    }

    fn find(&self, name: &str) -> Option<&'t Link<'t>> {
        links(self.first()).find(|link| is_same_name(link.name.as_bytes(), name.as_bytes()))
    }

    /// FHIR has no empty values.
    fn append_full(&self, name: &'static str, value: Json<'t>) {
        if !value.is_empty() {
            self.append(name, value);
        }
    }

    fn append(&self, name: &'static str, value: Json<'t>) -> &'t Link<'t> {
        let link: &'t Link<'t> = self.space.0.alloc(Link { name, value: Cell::new(value), next: Cell::new(None) });
        let first = match self.ends.get() {
            Some((first, last)) => {
                last.next.set(Some(link));
                first
            }
            None => link,
        };
        self.ends.set(Some((first, link)));
        link
    }

    fn remove(&self, name: &str) {
        let all = links(self.first());
        self.ends.set(None);
        for link in all.filter(|link| !is_same_name(link.name.as_bytes(), name.as_bytes())) {
            self.append(link.name, link.value.get());
        }
    }
}

fn links<'t>(first: Option<&'t Link<'t>>) -> impl Iterator<Item = &'t Link<'t>> {
    std::iter::successors(first, |link| link.next.get())
}

impl<'t> From<&'t str> for Json<'t> {
    fn from(text: &'t str) -> Self {
        Json::Text(text)
    }
}

impl<'t> From<Object<'t>> for Json<'t> {
    fn from(object: Object<'t>) -> Self {
        Json::Object(object)
    }
}

impl<'t> From<Array<'t>> for Json<'t> {
    fn from(array: Array<'t>) -> Self {
        Json::Array(array)
    }
}

impl<'t, T: Into<Json<'t>>> From<Option<T>> for Json<'t> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'t>(json: impl Into<Json<'t>>) -> String {
        let (json, mut text) = (json.into(), String::new());
        json.write(&mut text);
        assert_eq!(text, json.tree().compact());
        text
    }

    #[test]
    fn what_is_empty_is_never_built_in() {
        let space = Space::default();
        let built = space
            .object()
            .with("id", "")
            .with("active", None::<&str>)
            .with("contact", space.object())
            .with("telecom", space.array())
            .with("name", space.list(space.object().with("family", "Fj\"ord")));
        built.push("name", space.object());
        assert_eq!(written(built), r#"{"name":[{"family":"Fj\"ord"}]}"#);
    }

    #[test]
    fn a_member_keeps_its_place_when_it_is_set_again_and_goes_when_it_is_emptied() {
        let space = Space::default();
        let object = space.object().with("a", "1").with("b", "2").with("c", "3");
        object.set("b", "two");
        object.set("a", Json::Null);
        object.set("e", "");
        object.push("d", "4");
        object.push("d", Json::Bool(true));
        object.member("f").add("g", Json::Number("2.50"));
        assert_eq!(written(object), r#"{"b":"two","c":"3","d":["4",true],"f":{"g":2.50}}"#);
        ["b", "c", "d", "f"].iter().for_each(|name| object.set(name, Json::Null));
        assert!(object.is_empty());
        assert_eq!(written(object.with("c", "5")), r#"{"c":"5"}"#);
    }

    #[test]
    fn whoever_fills_an_object_fills_the_one_that_stands_in_its_place() {
        let space = Space::default();
        let object = space.object();
        let (inner, item) = (object.member("inner"), object.list("items").push_object());
        assert_eq!(written(object), r#"{"inner":{},"items":[{}]}"#);
        inner.add("a", "1");
        item.add("b", "2");
        object.member("inner").add("c", "3");
        assert_eq!(written(object), r#"{"inner":{"a":"1","c":"3"},"items":[{"b":"2"}]}"#);
    }
}
