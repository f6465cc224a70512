//! The tree: how it is asked, and how one is made. It keeps everything, also what R4 has never heard of.
//!
//! It holds what belongs to patients, so it can be written to the wire and not be formatted:
//!
//! ```compile_fail
//! println!("{:?}", bindeledd::fhir::Json::Null);
//! ```
//!
//! ```compile_fail
//! println!("{}", bindeledd::fhir::Json::Null);
//! ```

use super::number::Number;
use crate::xml::is_same_name;
use std::borrow::Cow;
use std::collections::HashSet;

/// One value. Two are equal when they would be written alike.
#[derive(Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`, which FHIR has only as a filler in arrays.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Number<'a>),
    /// A text, without its escapes.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// Members in the order in which they stand.
#[derive(Clone, PartialEq, Default)]
pub struct Object<'a> {
    members: Vec<Member<'a>>,
}

/// A name and its value.
pub type Member<'a> = (Cow<'a, str>, Json<'a>);

impl<'a> Json<'a> {
    /// The member of this name; none if this is no object.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.object()?.get(name)
    }

    /// The member of this name, or what an array of this name begins with.
    pub fn first(&self, name: &str) -> Option<&Json<'a>> {
        match self.get(name)? {
            Json::Array(items) => items.first(),
            single => Some(single),
        }
    }

    /// What an array holds; nothing if this is none.
    pub fn items(&self) -> &[Json<'a>] {
        match self {
            Json::Array(items) => items,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number as it is written, if it is one.
    pub fn token(&self) -> Option<&str> {
        match self {
            Json::Number(number) => Some(number.token()),
            _ => None,
        }
    }

    /// `true` or `false`, if it is one of them.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The object, if it is one.
    pub fn object(&self) -> Option<&Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The object, to change it.
    pub fn object_mut(&mut self) -> Option<&mut Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The array, to change it.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Json<'a>>> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// `resourceType`, if it is a resource.
    pub fn resource_type(&self) -> Option<&str> {
        self.get("resourceType")?.text()
    }

    /// True for what FHIR has no place for: `null`, an empty text, array or object.
    pub fn is_empty(&self) -> bool {
        match self {
            Json::Null => true,
            Json::Bool(_) | Json::Number(_) => false,
            Json::Text(text) => text.is_empty(),
            Json::Array(items) => items.is_empty(),
            Json::Object(object) => object.is_empty(),
        }
    }

    /// The same, kept apart from the text that it was read from.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(value) => Json::Bool(value),
            Json::Number(number) => Json::Number(number.into_owned()),
            Json::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
            Json::Array(items) => Json::Array(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(object) => {
                let owned = |(name, value): Member<'a>| (Cow::Owned(name.into_owned()), value.into_owned());
                Json::Object(Object { members: object.members.into_iter().map(owned).collect() })
            }
        }
    }
}

impl<'a> Object<'a> {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// A resource of this type, with nothing in it yet.
    pub fn resource(resource_type: &'a str) -> Self {
        // Few have less than five members, so the first allocation would never be the last.
        Self::with_capacity(10).with("resourceType", resource_type)
    }

    /// An empty one with room for so many members: for those of which a message has hundreds.
    pub fn with_capacity(members: usize) -> Self {
        Self { members: Vec::with_capacity(members) }
    }

    /// Adds a member behind the others. What is [empty](Json::is_empty) is left out: FHIR has no empty values.
    #[must_use]
    #[inline]
    pub fn with(mut self, name: &'a str, value: impl Into<Json<'a>>) -> Self {
        self.add_json(name, value.into());
        self
    }

    /// The same, for an object that stays where it is. Whoever adds a member knows that its name is not there yet; where it may
    /// be, use [`Object::set`].
    #[inline]
    pub fn add(&mut self, name: &'a str, value: impl Into<Json<'a>>) {
        self.add_json(name, value.into());
    }

    /// Puts a value in the place of the one that has this name, or behind the others. An empty one takes the member away.
    pub fn set(&mut self, name: &'a str, value: impl Into<Json<'a>>) {
        self.set_json(name, value.into());
    }

    /// Adds to the array of this name, which is made if it is not there. What is empty is left out.
    pub fn push(&mut self, name: &'a str, item: impl Into<Json<'a>>) {
        self.push_json(name, item.into());
    }

    // What is added is made where it will stand; the two verbs below are there once, not once for each kind of value.

    #[inline(always)]
    fn add_json(&mut self, name: &'a str, value: Json<'a>) {
        debug_assert!(self.get(name).is_none(), "{name} is there already");
        if !value.is_empty() {
            self.append(name, value);
        }
    }

    #[inline(always)]
    fn append(&mut self, name: &'a str, value: Json<'a>) {
        // Most objects have one member or two: an extension, a code, a reference.
        if self.members.capacity() == 0 {
            self.members.reserve_exact(2);
        }
        self.members.push((Cow::Borrowed(name), value));
    }

    #[inline(never)]
    fn set_json(&mut self, name: &'a str, value: Json<'a>) {
        let at = self.members.iter().position(|(known, _)| is_same_name(known.as_bytes(), name.as_bytes()));
        match (at, value.is_empty()) {
            (Some(at), true) => drop(self.members.remove(at)),
            (Some(at), false) => self.members[at].1 = value,
            (None, true) => {}
            (None, false) => self.append(name, value),
        }
    }

    #[inline(never)]
    fn push_json(&mut self, name: &'a str, item: Json<'a>) {
        if item.is_empty() {
            return;
        }
        match self.get_mut(name) {
            Some(Json::Array(items)) => items.push(item),
            Some(other) => *other = Json::Array(vec![item]),
            None => self.append(name, Json::Array(vec![item])),
        }
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.members.iter().find(|(known, _)| is_same_name(known.as_bytes(), name.as_bytes())).map(|(_, value)| value)
    }

    /// The member of this name, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        self.members.iter_mut().find(|(known, _)| is_same_name(known.as_bytes(), name.as_bytes())).map(|(_, value)| value)
    }

    /// All members, in their order.
    pub fn members(&self) -> &[Member<'a>] {
        &self.members
    }

    /// All members, to change them. Whoever adds one sees to it that its name is not there yet.
    pub fn members_mut(&mut self) -> &mut Vec<Member<'a>> {
        &mut self.members
    }

    /// All members, when nobody needs the object any more.
    pub fn into_members(self) -> Vec<Member<'a>> {
        self.members
    }

    /// True without any member.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn read(members: Vec<Member<'a>>) -> Self {
        Self { members }
    }
}

/// From so many members on, names are compared through a set: the pairs would be too many.
const PAIRS_MEMBERS_MAX: usize = 24;

pub(super) fn has_a_name_twice(members: &[Member<'_>]) -> bool {
    if members.len() <= PAIRS_MEMBERS_MAX {
        let mut rest = members;
        while let [(name, _), others @ ..] = rest {
            if others.iter().any(|(other, _)| is_same_name(other.as_bytes(), name.as_bytes())) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    let mut names: HashSet<&Cow<'_, str>> = HashSet::with_capacity(members.len());
    !members.iter().all(|(name, _)| names.insert(name))
}

/// An array of what is not empty.
pub fn array<'a, T: Into<Json<'a>>>(items: impl IntoIterator<Item = T>) -> Json<'a> {
    items.into_iter().map(Into::into).filter(|item: &Json<'a>| !item.is_empty()).collect()
}

impl<'a> FromIterator<Json<'a>> for Json<'a> {
    fn from_iter<I: IntoIterator<Item = Json<'a>>>(items: I) -> Self {
        Json::Array(items.into_iter().collect())
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Json::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Json::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Json<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Json::Text(text)
    }
}

impl From<bool> for Json<'_> {
    fn from(value: bool) -> Self {
        Json::Bool(value)
    }
}

impl<'a> From<Number<'a>> for Json<'a> {
    fn from(number: Number<'a>) -> Self {
        Json::Number(number)
    }
}

impl From<u32> for Json<'_> {
    fn from(number: u32) -> Self {
        Json::Number(number.into())
    }
}

impl From<i32> for Json<'_> {
    fn from(number: i32) -> Self {
        Json::Number(number.into())
    }
}

impl<'a> From<Object<'a>> for Json<'a> {
    fn from(object: Object<'a>) -> Self {
        Json::Object(object)
    }
}

impl<'a> From<Vec<Json<'a>>> for Json<'a> {
    fn from(items: Vec<Json<'a>>) -> Self {
        Json::Array(items)
    }
}

impl<'a, T: Into<Json<'a>>> From<Option<T>> for Json<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Json::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_never_built_in() {
        let built = Object::resource("Patient")
            .with("id", "")
            .with("active", None::<bool>)
            .with("name", array([Object::new(), Object::new().with("family", "Fjord")]))
            .with("telecom", array(Vec::<Object>::new()))
            .with("contact", Object::new());
        let written = Json::from(built).compact();
        assert_eq!(written, r#"{"resourceType":"Patient","name":[{"family":"Fjord"}]}"#);
    }

    #[test]
    fn a_member_keeps_its_place_when_it_is_set_again_and_goes_when_it_is_emptied() {
        let mut object = Object::new().with("a", 1).with("b", 2).with("c", 3);
        object.set("b", "two");
        object.set("a", Json::Null);
        object.push("d", 4);
        object.push("d", 5);
        object.push("d", "");
        assert_eq!(Json::from(object).compact(), r#"{"b":"two","c":3,"d":[4,5]}"#);
    }
}
