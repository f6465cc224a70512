//! What of a Bundle found no place in the message: the outermost values of which nothing was read.

use super::at::Used;
use crate::fhir::r4::{Kind, R4, Type, r4};
use crate::fhir::{Json, Path, Step};

/// A value that nobody read.
pub(super) struct Unused<'b> {
    pub path: Path,
    pub json: &'b Json<'b>,
}

impl Unused<'_> {
    /// Its values as lines of text, each behind the name of what it is.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let name = self.path.steps().iter().rev().find_map(|step| match step {
            Step::Element(name) | Step::Choice(name, _) => Some(*name),
            Step::Item(_) | Step::Unknown(_) => None,
        });
        collect(name.unwrap_or("FHIR"), self.json, &mut lines);
        lines
    }
}

fn collect(name: &str, json: &Json<'_>, lines: &mut Vec<String>) {
    match json {
        Json::Null => {}
        Json::Bool(value) => lines.push(format!("{name}: {}", if *value { "ja" } else { "nei" })),
        Json::Number(number) => lines.push(format!("{name}: {}", number.token())),
        Json::Text(text) if text.trim().is_empty() => {}
        Json::Text(text) => lines.push(format!("{name}: {}", text.trim())),
        Json::Array(items) => items.iter().for_each(|item| collect(name, item, lines)),
        Json::Object(_) => {
            let all = members(json).filter(|(name, value)| !is_technical(name, value) && !matches!(*name, "system" | "url"));
            all.for_each(|(inner, value)| collect(&format!("{name}.{inner}"), value, lines));
        }
    }
}

/// No resource is so deep.
const DEEPEST: usize = 60;

/// Members that say nothing about the patient: what they are, how they are stored, and what R4 demands beside what is read.
const TECHNICAL: [&str; 8] =
    ["resourceType", "id", "meta", "implicitRules", "language", "fullUrl", "active", "userSelected"];

/// Everything of a Bundle that was not read, in its order.
pub(super) fn unused<'b>(bundle: &'b Json<'b>, used: &Used) -> Vec<Unused<'b>> {
    let tables = r4();
    let mut walk = Walk { tables, used, found: Vec::new() };
    let of = tables.resource("Bundle").map(|id| tables.of(id));
    walk.object(bundle, of, &Path::new("Bundle"), 0);
    walk.found
}

struct Walk<'b, 'u> {
    tables: &'static R4,
    used: &'u Used,
    found: Vec<Unused<'b>>,
}

impl<'b> Walk<'b, '_> {
    /// True when something in it was read.
    fn is_touched(&self, json: &Json<'_>) -> bool {
        self.used.has(json)
            || json.items().iter().any(|item| self.is_touched(item))
            || members(json).any(|(_, value)| self.is_touched(value))
    }

    fn object(&mut self, json: &'b Json<'b>, of: Option<&'static Type>, path: &Path, depth: usize) {
        let Some(object) = json.object() else { return };
        if depth > DEEPEST {
            return;
        }
        let is_extension = object.members().iter().any(|(name, _)| name.starts_with("value"));
        for (at, (name, value)) in object.members().iter().enumerate() {
            if is_extension && name == "url"
                || is_technical(name, value)
                || self.used.has(value) && value.object().is_none() && value.items().is_empty()
            {
                continue;
            }
            let slot = of.and_then(|of| self.tables.slot(of, name.strip_prefix('_').unwrap_or(name)));
            let element = slot.zip(of).map(|(slot, of)| (&of.elements[usize::from(slot.element)], slot.type_id));
            let step = match element {
                None => Step::Unknown(u32::try_from(at).unwrap_or(u32::MAX)),
                Some((element, _)) if element.choice.is_none() => Step::Element(element.name),
                Some((element, id)) => Step::Choice(element.name, self.tables.of(id).name),
            };
            let inner = match element {
                Some(_) if name.starts_with('_') => Some(self.tables.of(self.tables.facts.element)),
                Some((_, id)) => Some(self.tables.of(id)),
                None => None,
            };
            self.value(value, inner, path.clone().then(step), depth + 1);
        }
    }

    fn value(&mut self, json: &'b Json<'b>, of: Option<&'static Type>, path: Path, depth: usize) {
        if let Json::Array(items) = json {
            for (at, item) in items.iter().enumerate() {
                self.value(item, of, path.clone().then(Step::Item(u32::try_from(at).unwrap_or(u32::MAX))), depth);
            }
            return;
        }
        if !says_something(json) || self.used.has(json) && json.object().is_none() {
            return;
        }
        if !self.is_touched(json) {
            return self.found.push(Unused { path, json });
        }
        // A resource that stands where any may says itself which it is.
        let own = json.resource_type().and_then(|name| self.tables.resource(name)).map(|id| self.tables.of(id));
        let of = if of.is_none_or(|of| of.kind == Kind::Abstract) { own.or(of) } else { of };
        self.object(json, of, &path, depth);
    }
}

fn members<'b, 'j>(json: &'j Json<'b>) -> impl Iterator<Item = (&'j str, &'j Json<'b>)> + use<'b, 'j> {
    json.object().into_iter().flat_map(|object| object.members()).map(|(name, value)| (&**name, value))
}

/// A narrative that was generated says what the resource says.
fn is_technical(name: &str, value: &Json<'_>) -> bool {
    let is_narrative = name == "text" && value.get("div").is_some();
    let is_repeated = || value.get("status").and_then(Json::text) != Some("additional");
    TECHNICAL.contains(&name) || is_narrative && is_repeated()
}

/// Whether there is content in it.
fn says_something(json: &Json<'_>) -> bool {
    match json {
        Json::Null => false,
        Json::Text(text) => !text.trim().is_empty(),
        Json::Bool(_) | Json::Number(_) => true,
        Json::Array(items) => items.iter().any(says_something),
        Json::Object(_) => members(json).any(|(name, value)| !is_technical(name, value) && says_something(value)),
    }
}
