//! The walk through a resource, beside the tables.

use super::super::json::{Json, Object};
use super::super::path::{Path, Step};
use super::super::profiles;
use super::super::r4::{CHOICES_MAX, Element, Form, Kind, Primitive, R4, Slot, Type, TypeId, r4};
use super::contained;
use super::datatypes::{DOM_3, ELE_1};
use super::invariants::of_type;
use super::issue::{Issue, IssueKind, JsonForm};
use super::narrative;
use super::presence::{each, holds, text};
use super::references::{self, Around, Entries};

/// After so many issues, nobody reads on.
const ISSUES_MAX: usize = 1000;
/// Steps inside each other. What is read has fewer by its own limit; what is built may have any number.
const STEPS_MAX: usize = 400;
/// A name that is longer than this is not compared with others: comparing costs the product of both lengths.
const COMPARED_BYTES_MAX: usize = 64;

/// Judges a resource or a Bundle by the tables of R4. Issues stand in the order in which they were met, the outermost
/// resource last where something is missing in it; there are at most a thousand.
pub fn judge(resource: &Json<'_>) -> Vec<Issue> {
    let mut walk =
        Walk { r4: r4(), root: "Resource", way: Vec::with_capacity(32), issues: Vec::new(), around: None, entries: None };
    walk.resource(resource, false);
    walk.issues
}

/// A step, before it has a name.
#[derive(Clone, Copy)]
enum Mark {
    Slot(&'static Type, &'static Slot),
    Item,
    Unknown,
}

struct Walk<'j> {
    r4: &'static R4,
    root: &'static str,
    way: Vec<(Mark, u32)>,
    issues: Vec<Issue>,
    /// The resource whose contained resources can be referred to here.
    around: Option<&'j Object<'j>>,
    /// The Bundle that all of this is in.
    entries: Option<Entries<'j>>,
}

impl<'j> Walk<'j> {
    fn resource(&mut self, value: &'j Json<'j>, is_contained: bool) {
        let Some(object) = value.object() else { return self.issue(IssueKind::NotAResource) };
        let Some(name) = text(object, "resourceType") else { return self.issue(IssueKind::NotAResource) };
        let Some(id) = self.r4.resource(name) else { return self.issue(IssueKind::UnknownResource) };
        if self.way.is_empty() {
            self.root = self.r4.of(id).name;
        }
        let around = self.around;
        if !is_contained {
            self.around = Some(object);
        }
        if id == self.r4.facts.bundle {
            let outer = self.entries.replace(references::entries(object));
            self.object(object, id, true);
            self.entries = outer;
        } else {
            self.object(object, id, true);
        }
        self.around = around;
        self.strangers(object, id);
        self.profiles(value, object, id);
    }

    /// The profiles that the resource claims, as far as we hold them.
    fn profiles(&mut self, value: &'j Json<'j>, object: &'j Object<'j>, id: TypeId) {
        let claimed = object.get("meta").and_then(|meta| meta.get("profile")).map(Json::items).unwrap_or_default();
        for profile in claimed.iter().filter_map(|url| profiles::by_url(url.text()?)) {
            if profile.of != self.r4.of(id).name {
                continue;
            }
            for fault in profiles::faults(value, profile) {
                let depth = self.way.len();
                self.enter_all(object, id, &fault.way);
                self.issue(IssueKind::Profile(fault.demand));
                self.way.truncate(depth);
            }
        }
    }

    /// Goes to an element below an object.
    fn enter_all(&mut self, mut object: &'j Object<'j>, mut id: TypeId, way: &[(&'static str, Option<usize>)]) {
        for (name, item) in way {
            let (of, bare) = (self.r4.of(id), name.strip_prefix('_'));
            let Some(slot) = self.r4.slot(of, bare.unwrap_or(name)) else { return };
            let Some(at) = object.members().iter().position(|(member, _)| member == name) else { return };
            self.enter(Mark::Slot(of, slot), at);
            let mut value = &object.members()[at].1;
            if let Some(item) = *item {
                self.enter(Mark::Item, item);
                value = value.items().get(item).unwrap_or(value);
            }
            id = if bare.is_some() { self.r4.facts.element } else { slot.type_id };
            let Some(inner) = value.object() else { return };
            object = inner;
        }
    }

    /// dom-3, at the contained resource itself.
    fn strangers(&mut self, object: &Object<'_>, id: TypeId) {
        let of = self.r4.of(id);
        let strangers = contained::strangers(object);
        let Some(slot) = self.r4.slot(of, "contained").filter(|_| !strangers.is_empty()) else { return };
        let at = object.members().iter().position(|(name, _)| name == "contained").unwrap_or_default();
        self.enter(Mark::Slot(of, slot), at);
        for stranger in strangers {
            self.enter(Mark::Item, stranger as usize);
            self.issue(IssueKind::Broken(&DOM_3));
            self.way.pop();
        }
        self.way.pop();
    }

    /// Every member of an object, what is missing, and what must hold for all of it.
    fn object(&mut self, object: &'j Object<'j>, id: TypeId, is_resource: bool) {
        if object.is_empty() {
            return self.issue(IssueKind::Empty);
        }
        if self.way.len() > STEPS_MAX {
            return self.issue(IssueKind::TooDeep);
        }
        let of = self.r4.of(id);
        let has_shadows = object.members().iter().any(|(name, _)| name.starts_with('_'));
        let mut seen = Seen::default();
        for (at, (name, value)) in object.members().iter().enumerate() {
            if is_resource && name == "resourceType" {
                continue;
            }
            let bare = name.strip_prefix('_');
            let is_of_type = |slot: &&Slot| bare.is_none() || self.primitive_of(slot).is_some();
            let Some(slot) = self.r4.slot(of, bare.unwrap_or(name)).filter(is_of_type) else {
                self.unknown(of, name, at);
                continue;
            };
            self.enter(Mark::Slot(of, slot), at);
            let element = &of.elements[usize::from(slot.element)];
            if let Some(kind) = seen.note(element, slot, bare.is_some()) {
                self.issue(kind);
            }
            match bare {
                Some(bare) => self.shadow(element, value, object.get(bare)),
                None => self.value(element, slot, value, has_shadows.then(|| shadow_of(object, name)).flatten()),
            }
            self.way.pop();
        }
        for element in of.missing(seen.values | seen.shadows) {
            self.issue(IssueKind::Missing(element.name));
        }
        for invariant in of_type(id).iter().filter(|invariant| !holds(&invariant.shape, object)) {
            self.issue(IssueKind::Broken(invariant));
        }
    }

    fn value(&mut self, element: &Element, slot: &'static Slot, value: &'j Json<'j>, shadow: Option<&Json<'_>>) {
        match (element.many, value) {
            (true, Json::Array(items)) => {
                if items.is_empty() {
                    self.issue(IssueKind::Empty);
                }
                let beside = shadow.map(Json::items).unwrap_or_default();
                for (at, item) in items.iter().enumerate() {
                    // A `null` keeps the place of a value that has only an extension.
                    if *item != Json::Null || beside.get(at).is_none_or(Json::is_empty) {
                        self.enter(Mark::Item, at);
                        self.one(slot, item);
                        self.way.pop();
                    }
                }
            }
            (true, single) => {
                self.issue(IssueKind::WrongForm(JsonForm::Array));
                self.one(slot, single);
            }
            (false, Json::Array(_)) => self.issue(IssueKind::WrongForm(JsonForm::Single)),
            (false, single) => self.one(slot, single),
        }
    }

    fn one(&mut self, slot: &'static Slot, value: &'j Json<'j>) {
        if *value == Json::Null {
            return self.issue(IssueKind::Null);
        }
        let of = self.r4.of(slot.type_id);
        match of.kind {
            Kind::Primitive(primitive) => self.primitive(primitive, of, slot, value),
            Kind::Abstract | Kind::Resource => self.resource(value, slot.name == "contained"),
            Kind::Datatype | Kind::Part => match value.object() {
                Some(object) => {
                    self.object(object, slot.type_id, false);
                    self.has_more_than_an_id(object);
                    self.coded_or_referring(slot, object);
                }
                None => self.issue(IssueKind::WrongForm(JsonForm::Object)),
            },
        }
    }

    fn primitive(&mut self, primitive: Primitive, of: &Type, slot: &Slot, value: &Json<'_>) {
        let (wanted, written) = match (primitive.form(), value) {
            (Form::Text, value) => (JsonForm::Text, value.text()),
            (Form::Number, value) => (JsonForm::Number, value.token()),
            (Form::Bool, Json::Bool(_)) => return,
            (Form::Bool, _) => (JsonForm::Bool, None),
        };
        let Some(written) = written else { return self.issue(IssueKind::WrongForm(wanted)) };
        if written.is_empty() {
            self.issue(IssueKind::Empty);
        } else if !primitive.takes(written) {
            self.issue(IssueKind::BadValue(of.name));
        } else if primitive == Primitive::Xhtml {
            if let Some(fault) = narrative::fault(written) {
                self.issue(IssueKind::Narrative(fault));
            }
        } else if let Some(codes) = self.r4.codes(slot).filter(|codes| !codes.has(written)) {
            self.issue(IssueKind::UnknownCode(codes.name));
        }
    }

    /// What stands under `_name`: an id and extensions beside the value, or instead of it.
    fn shadow(&mut self, element: &Element, shadow: &'j Json<'j>, value: Option<&Json<'_>>) {
        if !element.many {
            return self.one_shadow(shadow, value.is_some_and(|value| *value != Json::Null));
        }
        let Json::Array(shadows) = shadow else { return self.issue(IssueKind::WrongForm(JsonForm::Array)) };
        let values = value.map(Json::items);
        if shadows.is_empty() {
            self.issue(IssueKind::Empty);
        }
        if values.is_some_and(|values| values.len() != shadows.len()) {
            self.issue(IssueKind::Unpaired);
        }
        for (at, shadow) in shadows.iter().enumerate() {
            let beside = values.and_then(|values| values.get(at));
            // Where both are `null`, the value is what is wrong.
            if *shadow != Json::Null || beside.is_none() {
                self.enter(Mark::Item, at);
                self.one_shadow(shadow, beside.is_some_and(|value| *value != Json::Null));
                self.way.pop();
            }
        }
    }

    fn one_shadow(&mut self, shadow: &'j Json<'j>, has_value: bool) {
        match shadow {
            Json::Object(object) => {
                self.object(object, self.r4.facts.element, false);
                if !has_value {
                    self.has_more_than_an_id(object);
                }
            }
            Json::Null => self.issue(IssueKind::Null),
            _ => self.issue(IssueKind::WrongForm(JsonForm::Object)),
        }
    }

    fn has_more_than_an_id(&mut self, object: &Object<'_>) {
        if let [(name, _)] = object.members()
            && name == "id"
        {
            self.issue(IssueKind::Broken(&ELE_1));
        }
    }

    fn coded_or_referring(&mut self, slot: &'static Slot, object: &'j Object<'j>) {
        if slot.type_id == self.r4.facts.reference {
            let around = Around { resource: self.around, entries: self.entries.as_ref() };
            if let Some(kind) = references::fault(object, slot, &around) {
                self.issue(kind);
            }
        }
        let Some(codes) = self.r4.codes(slot) else { return };
        let is_in = |coding: &Object<'_>| {
            codes.has_of(text(coding, "system").unwrap_or_default(), text(coding, "code").unwrap_or_default())
        };
        let fits = if slot.type_id == self.r4.facts.coding { is_in(object) } else { each(object, "coding").any(is_in) };
        // Without any code, an extension may say why.
        let says_why = object.get("coding").is_none() && object.get("extension").is_some();
        if !fits && !says_why {
            self.issue(IssueKind::UnknownCode(codes.name));
        }
    }

    fn unknown(&mut self, of: &Type, name: &str, at: usize) {
        let near = |slot: &&'static Slot| strsim::osa_distance(slot.name, name) <= 2.min(name.len() / 3);
        let compared = if name.len() <= COMPARED_BYTES_MAX { self.r4.slots(of) } else { &[] };
        let meant = compared.iter().filter(near).min_by_key(|slot| strsim::osa_distance(slot.name, name));
        self.enter(Mark::Unknown, at);
        self.issue(IssueKind::UnknownElement(meant.map(|slot| slot.name)));
        self.way.pop();
    }

    fn primitive_of(&self, slot: &Slot) -> Option<Primitive> {
        match self.r4.of(slot.type_id).kind {
            Kind::Primitive(primitive) => Some(primitive),
            Kind::Abstract | Kind::Datatype | Kind::Resource | Kind::Part => None,
        }
    }

    fn enter(&mut self, mark: Mark, at: usize) {
        self.way.push((mark, u32::try_from(at).unwrap_or(u32::MAX)));
    }

    fn issue(&mut self, kind: IssueKind) {
        let kind = match self.issues.len() {
            0..ISSUES_MAX => kind,
            ISSUES_MAX => IssueKind::More,
            _ => return,
        };
        let path = Path::of(self.root, self.way.iter().map(|(mark, at)| step(self.r4, *mark, *at)));
        let trail = self.way.iter().map(|(_, at)| *at).collect();
        self.issues.push(Issue { path, kind, trail });
    }
}

fn step(r4: &R4, mark: Mark, at: u32) -> Step {
    match mark {
        Mark::Item => Step::Item(at),
        Mark::Unknown => Step::Unknown(at),
        Mark::Slot(of, slot) => {
            let element = &of.elements[usize::from(slot.element)];
            let type_name = match r4.of(slot.type_id).name {
                "SimpleQuantity" => "Quantity",
                name => name,
            };
            element.choice.map_or(Step::Element(element.name), |_| Step::Choice(element.name, type_name))
        }
    }
}

fn shadow_of<'o>(object: &'o Object<'_>, name: &str) -> Option<&'o Json<'o>> {
    object.members().iter().find(|(member, _)| member.strip_prefix('_') == Some(name)).map(|(_, value)| value)
}

/// Which elements of an object were met, and in which type a choice was.
#[derive(Default)]
struct Seen {
    values: u128,
    shadows: u128,
    chosen: [Option<&'static str>; CHOICES_MAX],
}

impl Seen {
    fn note(&mut self, element: &Element, slot: &Slot, is_shadow: bool) -> Option<IssueKind> {
        let bit = 1 << slot.element;
        let bits = if is_shadow { &mut self.shadows } else { &mut self.values };
        let again = *bits & bit != 0;
        *bits |= bit;
        let chosen = element.choice.and_then(|choice| self.chosen[usize::from(choice)].replace(slot.name));
        if chosen.is_some_and(|chosen| chosen != slot.name) {
            return Some(IssueKind::ChoiceTwice(element.name));
        }
        again.then_some(IssueKind::NameTwice)
    }
}
