//! A person as MsgHead, the dialogue and felleskomponent1 all write one.

use super::at::At;
use super::code::Code;
use super::contact::{self, Ident, Telecom, ident_element, telecom_element};
use super::element::{Element, Space, put};
use super::moment::day_of;
use super::work::Work;
use crate::translation::mapping::code_behind;

/// Names of a person.
#[derive(Default, Clone)]
pub(super) struct Name {
    pub family: Option<String>,
    pub middle: Option<String>,
    pub given: Option<String>,
}

const MIDDLE_NAME: &str = "http://hl7.no/fhir/StructureDefinition/no-basis-middlename";

impl Name {
    /// The official name of a resource, else its first.
    pub fn of(holder: &At<'_>) -> Self {
        let names = holder.each("name");
        let official = names.iter().find(|name| name.peek_of("use") == Some("official"));
        let Some(name) = official.or(names.first()) else { return Self::default() };
        ["use", "text", "prefix"].into_iter().for_each(|part| {
            // A title is no part of a name here; a text repeats the parts, where there are parts.
            if part != "prefix" && name.peek_of("family").is_some() {
                name.done_with(part);
            }
        });
        let given: Vec<&str> = name.each("given").iter().filter_map(At::text).map(str::trim).collect();
        let middle = name.extension(MIDDLE_NAME).and_then(|middle| middle.value()?.text());
        let made = Self {
            family: name.text_of("family").map(|family| family.trim().to_owned()),
            middle: middle.map(|middle| middle.trim().to_owned()),
            given: (!given.is_empty()).then(|| given.join(" ")),
        };
        if made.family.is_some() { made } else { name.text_of("text").map_or(made, Self::split) }
    }

    /// A name in one text: the last word is the family name.
    pub fn split(text: &str) -> Self {
        let text = text.trim();
        let (given, family) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
        let kept = |part: &str| Some(part.trim().to_owned()).filter(|part| !part.is_empty());
        Self { family: kept(family), middle: None, given: kept(given) }
    }

    pub fn is_full(&self) -> bool {
        self.family.is_some() && self.given.is_some()
    }
}

/// What is said of a person beside profession and role.
#[derive(Default, Clone)]
pub(super) struct Person {
    pub name: Name,
    birth_date: Option<String>,
    sex: Option<Code>,
    pub idents: Vec<Ident>,
    address: Option<Element>,
    pub telecoms: Vec<Telecom>,
}

impl Person {
    /// A Patient, Practitioner or RelatedPerson. The address is written with these namespaces.
    pub fn of(work: &Work<'_>, holder: &At<'_>, outer: &Space, inner: &Space) -> Self {
        let sex = holder.get("gender").and_then(|gender| code_behind("sex", gender.text()?));
        Self {
            name: Name::of(holder),
            birth_date: day_of(work, holder, "birthDate"),
            sex: sex.map(|sex| Code::of(3101, sex)),
            idents: contact::idents(work, holder, contact::OF_PERSONS),
            address: contact::address(outer, inner, holder),
            telecoms: contact::telecoms(holder),
        }
    }

    /// Adds the person to an element: `outer` is the namespace of its parts, `inner` that of what is in Ident and the like.
    pub fn write(&self, into: &mut Element, outer: &Space, inner: &Space) {
        let name = &self.name;
        for (local, text) in [("FamilyName", &name.family), ("MiddleName", &name.middle), ("GivenName", &name.given)] {
            put(into, text.as_deref().map(|text| outer.text(local, text)));
        }
        put(into, self.birth_date.as_deref().map(|day| outer.text("DateOfBirth", day)));
        put(into, self.sex.as_ref().map(|sex| outer.cs("Sex", sex)));
        self.idents.iter().for_each(|ident| into.push(ident_element(outer, inner, ident)));
        put(into, self.address.clone());
        self.telecoms.iter().for_each(|telecom| into.push(telecom_element(outer, inner, telecom)));
    }
}
