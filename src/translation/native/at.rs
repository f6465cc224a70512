//! A place in the Bundle: its value, its FHIRPath, and that it was read. What nobody reads has found no place in the message.

use crate::fhir::{Json, Path, Step};
use std::cell::RefCell;
use std::collections::HashSet;

/// The values that were read, by where they lie in memory: the tree does not change meanwhile.
#[derive(Default)]
pub(super) struct Used(RefCell<HashSet<usize>>);

impl Used {
    pub fn has(&self, json: &Json<'_>) -> bool {
        self.0.borrow().contains(&address(json))
    }

    fn add(&self, json: &Json<'_>) {
        self.0.borrow_mut().insert(address(json));
    }

    fn add_all(&self, json: &Json<'_>) {
        self.add(json);
        json.items().iter().for_each(|item| self.add_all(item));
        json.object().into_iter().flat_map(|object| object.members()).for_each(|(_, value)| self.add_all(value));
    }
}

fn address(json: &Json<'_>) -> usize {
    std::ptr::from_ref(json).addr()
}

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct At<'b> {
    pub json: &'b Json<'b>,
    pub path: Path,
    used: &'b Used,
}

/// The types that a `value[x]` of an extension is read as here, by their names in JSON.
const VALUES: [(&str, &str); 12] = [
    ("valueString", "string"),
    ("valueCode", "code"),
    ("valueCoding", "Coding"),
    ("valueCodeableConcept", "CodeableConcept"),
    ("valueBoolean", "boolean"),
    ("valueDate", "date"),
    ("valueDateTime", "dateTime"),
    ("valuePeriod", "Period"),
    ("valueQuantity", "Quantity"),
    ("valueReference", "Reference"),
    ("valueInteger", "integer"),
    ("valueDecimal", "decimal"),
];

impl<'b> At<'b> {
    pub fn new(json: &'b Json<'b>, path: Path, used: &'b Used) -> Self {
        Self { json, path, used }
    }

    /// A member.
    pub fn get(&self, name: &'static str) -> Option<Self> {
        Some(self.at(self.json.get(name)?, Step::Element(name)))
    }

    /// A member that may be of several types, read as one of them: `occurrence`, `Period`.
    pub fn choice(&self, json_name: &str, name: &'static str, kind: &'static str) -> Option<Self> {
        Some(self.at(self.json.get(json_name)?, Step::Choice(name, kind)))
    }

    /// The items of a list; a single value counts as one.
    pub fn each(&self, name: &'static str) -> Vec<Self> {
        let Some(list) = self.get(name) else { return Vec::new() };
        match list.json {
            Json::Array(items) => {
                let item = |(at, json)| list.at(json, Step::Item(u32::try_from(at).unwrap_or(u32::MAX)));
                items.iter().enumerate().map(item).collect()
            }
            Json::Null => Vec::new(),
            _ => vec![list],
        }
    }

    pub fn first(&self, name: &'static str) -> Option<Self> {
        self.each(name).into_iter().next()
    }

    fn at(&self, json: &'b Json<'b>, step: Step) -> Self {
        Self { json, path: self.path.clone().then(step), used: self.used }
    }

    /// Where a member would stand.
    pub fn place(&self, name: &'static str) -> Path {
        self.path.clone().element(name)
    }

    /// The text, with something in it; it counts as read.
    pub fn text(&self) -> Option<&'b str> {
        let text = self.peek()?;
        self.used.add(self.json);
        Some(text)
    }

    /// The text, without reading it.
    pub fn peek(&self) -> Option<&'b str> {
        self.json.text().filter(|text| !text.trim().is_empty())
    }

    /// The text of a member.
    pub fn text_of(&self, name: &'static str) -> Option<&'b str> {
        self.get(name)?.text()
    }

    /// The text of a member, without reading it.
    pub fn peek_of(&self, name: &str) -> Option<&'b str> {
        self.json.get(name).and_then(Json::text).filter(|text| !text.trim().is_empty())
    }

    /// A number, as it is written.
    pub fn number_of(&self, name: &'static str) -> Option<&'b str> {
        let at = self.get(name)?;
        let token = at.json.token()?;
        at.done();
        Some(token)
    }

    /// This value counts as read, with all that is in it.
    pub fn done(&self) {
        self.used.add_all(self.json);
    }

    /// A member counts as read, if it is there.
    pub fn done_with(&self, name: &'static str) {
        if let Some(at) = self.get(name) {
            at.done();
        }
    }

    pub fn resource_type(&self) -> &'b str {
        self.json.resource_type().unwrap_or_default()
    }

    /// The extensions of this URL.
    pub fn extensions(&self, url: &str) -> Vec<Self> {
        let all = self.each("extension").into_iter().filter(|one| one.peek_of("url") == Some(url));
        all.inspect(|one| one.done_with("url")).collect()
    }

    pub fn extension(&self, url: &str) -> Option<Self> {
        self.extensions(url).into_iter().next()
    }

    /// The value of an extension.
    pub fn value(&self) -> Option<Self> {
        VALUES.iter().find_map(|(json_name, kind)| self.choice(json_name, "value", kind))
    }

    /// Whether an extension of ours with this name says yes.
    pub fn our_bool(&self, name: &str) -> Option<bool> {
        let said = self.ours(name)?;
        said.done();
        said.json.bool()
    }

    /// The value of the extension of ours with this name.
    pub fn ours(&self, name: &str) -> Option<Self> {
        self.extension(&ours(name))?.value()
    }
}

/// The URL of an extension of ours.
pub(super) fn ours(name: &str) -> String {
    format!("{}/StructureDefinition/{name}", crate::translation::mapping::BASE)
}
