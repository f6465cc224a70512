//! XML to FHIR: every element by its row.

use std::borrow::Cow;

use super::coded::{add_extension, empty};
use super::derived::{self, Resources};
use super::language::PROGRAM;
use super::leaf::Made;
use super::narrative::narrative;
use super::place::Step;
use super::primitive::{Value, base64, from_base64};
use super::program::{Constant, Given, Kind, Leaf, Program, Row, Way, usual};
use super::put::{Label, first_object, member_object, merge, new_object, put};
use super::shapes::{bears, is_section, name};
use super::words::{BASE, PATH, SECTIONS, TAGS};
use crate::fhir::{Json, Object};
use crate::xml::{Node, Writer};
use uuid::Uuid;

/// An element that no row tells of, by its path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown(pub String);

/// A resource of the Bundle.
struct Entry<'t> {
    kind: &'static str,
    id: String,
    object: Object<'t>,
}

/// What stands around the object that is being filled.
#[derive(Default)]
struct Around {
    /// The resource that it is or belongs to.
    this: Option<usize>,
    /// The elements from the one that the object is about.
    trail: Vec<&'static str>,
    /// Resources that members refer to, by member.
    links: Vec<(&'static str, usize)>,
    /// How many organisations around it.
    depth: u32,
}

struct Making<'t> {
    program: &'static Program,
    entries: Vec<Entry<'t>>,
    bundle: Object<'t>,
    /// The id of the patient's resource, and whether it is in the Bundle.
    patient: (String, bool),
    /// The head has a patient.
    is_announced: bool,
    /// References to the parties of the head, once they are known.
    sender: Option<String>,
    receiver: Option<String>,
    seed: String,
    /// The innermost part of the party that is being read.
    innermost: Option<(u32, usize)>,
    unknown: Vec<Unknown>,
}

/// A message as a Bundle; `id` is that of this Bundle, for nothing else than to tell transmissions apart.
/// The element must be valid by its schema: what no row tells of is an error.
pub fn to_fhir<'t>(root: Node<'t>, id: &'t str) -> Result<Json<'t>, Vec<Unknown>> {
    let program = &*PROGRAM;
    let local = root.name().local;
    let Some(of) = program.root(root.name().namespace, local) else { return Err(vec![Unknown(format!("/{local}"))]) };
    let patient = root.children().flat_map(Node::children).find(|node| node.name().local == "Patient");
    let mut making = Making {
        program,
        entries: Vec::new(),
        bundle: Object::resource("Bundle").with("id", id),
        patient: (String::new(), false),
        is_announced: patient.is_some(),
        sender: None,
        receiver: None,
        seed: message_id(root),
        innermost: None,
        unknown: Vec::new(),
    };
    making.patient.0 = making.id("Patient", &patient.unwrap_or(root).path(&[]));
    let (header, mut object) = making.entry("MessageHeader", root);
    let tag = Object::new().with("system", TAGS).with("code", "from-kith");
    object.set("meta", Object::new().with("tag", vec![tag.into()]));
    let mut around = Around { this: Some(header), ..Around::default() };
    making.fill(of.of, root, &mut object, &mut around);
    let definition = making.definition(root, &object);
    object.set("definition", definition);
    derived::header(&mut object, &making);
    making.entries[header].object = object;
    if making.unknown.is_empty() { Ok(making.finish()) } else { Err(making.unknown) }
}

/// The MsgId or Id of a message, from which its resources get their ids.
fn message_id(root: Node<'_>) -> String {
    let id = root.descendants().find(|node| matches!(node.name().local, "MsgId" | "Id"));
    id.map_or_else(String::new, |node| node.text().to_ascii_lowercase())
}

fn reference(id: &str) -> Json<'static> {
    Object::new().with("reference", format!("urn:uuid:{id}")).into()
}

fn is_bare(node: Node<'_>) -> bool {
    node.attributes().all(|(name, _)| name.namespace == XSI)
        && node.children().next().is_none()
        && (node.text().is_empty() || !node.has_text())
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl<'t> Resources<'t> for Making<'t> {
    fn by_reference(&self, reference: &Json<'_>) -> Option<&Object<'t>> {
        let id = reference.get("reference")?.text()?.strip_prefix("urn:uuid:")?;
        self.entries.iter().find(|entry| entry.id == id).map(|entry| &entry.object)
    }
}

impl<'t> Making<'t> {
    /// A new resource, to be filled; its place in the Bundle is taken at once.
    fn entry(&mut self, kind: &'static str, node: Node<'t>) -> (usize, Object<'t>) {
        let path = node.path(&[]);
        let id = self.id(kind, &path);
        let mut object = Object::resource(kind).with("id", id.clone());
        // Binary is no domain resource, and cannot have extensions.
        if kind != "Binary" {
            object.push("extension", Object::new().with("url", PATH).with("valueString", path));
        }
        self.entries.push(Entry { kind, id, object: Object::new() });
        (self.entries.len() - 1, object)
    }

    /// The same message gives the same ids.
    fn id(&self, kind: &str, path: &str) -> String {
        if kind == "MessageHeader" && Uuid::try_parse(&self.seed).is_ok() {
            return self.seed.clone();
        }
        let name = format!("{BASE}\n{}\n{kind}\n{path}", self.seed);
        Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).to_string()
    }

    fn fill(&mut self, of: usize, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let kind = self.program.of_type(of);
        for row in kind.rows.iter().filter(|row| row.is_attribute) {
            self.attribute(row, node, object, around);
        }
        let (mut next, mut joined) = (0, None);
        for child in node.children() {
            let name = child.name();
            let prefix = self.program.prefix(name.namespace);
            let is_it = |row: &Row| !row.is_attribute && row.names(name.local) && Some(row.prefix) == prefix;
            let rows = &kind.rows;
            let found = (next..rows.len()).chain(0..next).find(|at| is_it(&rows[*at]));
            match found {
                // The value of several elements is made where the first of them stands.
                Some(at) if at == next && joined == Some(at) => {}
                Some(at) => {
                    next = at;
                    joined = (!rows[at].more.is_empty()).then_some(at);
                    self.child(kind.rows.as_slice(), at, child, object, around);
                }
                None => self.unknown.push(Unknown(child.path(&[]))),
            }
        }
        self.constants(&kind.constants, node, object);
    }

    /// What an object always has, where nothing else has been said there.
    fn constants(&mut self, constants: &'static [Constant], node: Node<'t>, object: &mut Object<'t>) {
        for constant in constants {
            let party = |id: &Option<String>| id.as_deref().map(reference);
            let json = match &constant.value {
                Given::Json(json) => Some(json.clone()),
                Given::Patient => Some(reference(&self.patient_id(node))),
                Given::Sender => party(&self.sender),
                Given::Receiver => party(&self.receiver),
                Given::Later => None,
            };
            let Some(json) = json else { continue };
            match constant.place.iter().position(|step| matches!(step, Step::Hop(..))) {
                Some(_) => self.complete_linked(constant, &json, object),
                None => complete(object, &constant.place, &json),
            }
        }
    }

    /// A constant of a resource that a member refers to, if it does.
    fn complete_linked(&mut self, constant: &'static Constant, json: &Json<'static>, object: &Object<'t>) {
        let Some(at) = constant.place.iter().position(|step| matches!(step, Step::Hop(..))) else { return };
        let Step::Hop(member, _) = &constant.place[at] else { return };
        let holder = constant.place[..at].iter().try_fold(object, |inner, step| inside(inner, step));
        let to = holder.and_then(|holder| if member.is_empty() { Some(holder) } else { holder.get(member)?.object() });
        let url = to.and_then(|to| to.get("reference")?.text()?.strip_prefix("urn:uuid:"));
        if let Some(linked) = url.and_then(|id| self.entries.iter().position(|entry| entry.id == id)) {
            complete(&mut self.entries[linked].object, &constant.place[at + 1..], json);
        }
    }

    fn attribute(&mut self, row: &'static Row, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let namespace = |prefix: &str| self.program.prefix(prefix).unwrap_or_default();
        let is_it = |name: crate::xml::Name<'_>| {
            name.local == row.local
                && (name.namespace.is_empty() == row.prefix.is_empty())
                && (row.prefix.is_empty() || namespace(name.namespace) == row.prefix)
        };
        let Some((_, value)) = node.attributes().find(|(name, _)| is_it(*name)) else { return };
        if let Kind::Leaf(leaf) = row.kind {
            self.made(row, leaf.of_attribute(value), node, object, around);
        }
    }

    fn child(&mut self, rows: &'static [Row], at: usize, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let row = &rows[at];
        match row.kind {
            Kind::Leaf(leaf) if !row.more.is_empty() => {
                let parent = node.parent().unwrap_or(node);
                let parts = parent.children().filter(|part| row.names(part.name().local));
                let made = leaf.of_several(parts, self.program);
                self.made(row, made, node, object, around);
            }
            Kind::Leaf(leaf) => {
                let made = leaf.of_element(node, self.program, row.is_many);
                self.made(row, made, node, object, around);
            }
            Kind::Usual(texts) => {
                let version = self.program.version(node.name().namespace).unwrap_or_default();
                if usual(texts, version).is_none_or(|usual| usual != node.text()) {
                    self.made(row, Leaf::Text.of_element(node, self.program, false), node, object, around);
                }
            }
            Kind::Inside(of) => self.inside(rows, row, of, node, object, around),
            Kind::Fixed(_) | Kind::Dropped => {}
            Kind::Opaque => {
                let xml = base64(Writer::fragment(node).as_bytes());
                let made = Value { json: Some(xml.into()), beside: Vec::new(), kind: "Base64Binary" };
                self.made(row, Made::Value(made), node, object, around);
            }
            Kind::Content => self.content(row, node, object, around),
        }
    }

    fn made(&mut self, row: &'static Row, made: Made<'t>, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let value = match made {
            Made::Value(value) => value,
            Made::Empty => return add_extension(object, empty(path(&around.trail, row.local))),
        };
        let label = Label { path: path(&around.trail, row.local), is_many: row.is_many };
        let is_second = !row.otherwise.is_empty() && node.parent().is_some_and(|parent| first_of(parent, row) != Some(node));
        let steps = if is_second { row.otherwise.as_slice() } else { row.place.as_slice() };
        match steps.iter().position(|step| matches!(step, Step::Hop(..) | Step::Bundle)) {
            None => put(object, steps, value, label),
            Some(at) => match &steps[at] {
                Step::Hop(member, kind) => {
                    let linked = self.link(&steps[..at], member, kind, node, object, around);
                    put(&mut self.entries[linked].object, &steps[at + 1..], value, label);
                }
                _ => put(&mut self.bundle, &steps[at + 1..], value, label),
            },
        }
        if matches!(row.kind, Kind::Leaf(_)) {
            self.constants(&row.constants, node, object);
        }
    }

    /// The resource that a member refers to, made if need be.
    fn link(
        &mut self,
        way: &'static [Step],
        member: &'static str,
        kind: &'static str,
        node: Node<'t>,
        object: &mut Object<'t>,
        around: &mut Around,
    ) -> usize {
        let key = way.iter().rev().find_map(|step| match step {
            Step::First(name, _) if member.is_empty() => Some(*name),
            _ => None,
        });
        let key = key.unwrap_or(member);
        if let Some((_, at)) = around.links.iter().find(|(known, _)| *known == key) {
            return *at;
        }
        let (at, new) = self.entry(kind, node.parent().unwrap_or(node));
        let holder = step_into(object, way);
        if member.is_empty() {
            holder.set("reference", format!("urn:uuid:{}", self.entries[at].id));
        } else {
            holder.set(member, reference(&self.entries[at].id));
        }
        self.entries[at].object = new;
        around.links.push((key, at));
        at
    }

    fn inside(
        &mut self,
        rows: &'static [Row],
        row: &'static Row,
        of: usize,
        node: Node<'t>,
        object: &mut Object<'t>,
        around: &mut Around,
    ) {
        match row.way {
            Way::Here | Way::Value => {
                if is_bare(node) {
                    return add_extension(object, empty(path(&around.trail, row.local)));
                }
                around.trail.push(row.local);
                self.fill(of, node, object, around);
                around.trail.pop();
            }
            Way::Section => {
                let code = Object::new().with("system", SECTIONS).with("code", row.local);
                let mut section = Object::new().with("code", Object::new().with("coding", vec![code.into()]));
                section.set("text", narrative(node, of, self.program));
                self.fill(of, node, &mut section, &mut around.inner());
                object.push("section", section);
            }
            Way::SharedSection(kind) => {
                let at = self.resource(kind, of, node, around.depth);
                self.row_constants(row, at, node);
                let entry = reference(&self.entries[at].id);
                shared_section(object, row.local).push("entry", entry);
            }
            Way::Entry(kind) => {
                let at = self.resource(kind, of, node, around.depth);
                self.row_constants(row, at, node);
                let mut entry = Object::new().with("reference", format!("urn:uuid:{}", self.entries[at].id));
                if is_ambiguous(rows, kind) {
                    entry.push("extension", name(row.local));
                }
                object.push("entry", entry);
            }
            Way::Resource(kind) => {
                let at = self.resource(kind, of, node, around.depth);
                self.row_constants(row, at, node);
                self.refer(row, at, node, object, around);
            }
            Way::Party => {
                self.innermost = None;
                let kind = if matches!(row.local, "Organisation" | "Inst") { "Organization" } else { "PractitionerRole" };
                let at = self.resource(kind, of, node, 0);
                let innermost = self.innermost.take().map_or(at, |(_, innermost)| innermost);
                let id = self.entries[innermost].id.clone();
                match row.place.as_slice() {
                    [Step::Member("sender", _)] => self.sender = Some(id),
                    _ if self.receiver.is_none() => self.receiver = Some(id),
                    _ => {}
                }
                self.refer(row, innermost, node, object, around);
            }
            Way::Contained(kind) => {
                let count = object.get("contained").map_or(0, |all| all.items().len());
                let id = format!("c{}", count + 1);
                let mut made = Object::resource(kind).with("id", id.clone());
                self.fill(of, node, &mut made, &mut around.inner());
                object.push("contained", made);
                let json = Object::new().with("reference", format!("#{id}"));
                let value = Value { json: Some(json.into()), beside: Vec::new(), kind: "Reference" };
                put(object, &row.place, value, Label::none());
            }
            Way::Element => self.element(row, of, node, object, around),
            Way::Inverse(kind, member) => {
                let (at, mut made) = self.entry(kind, node);
                if let Some(this) = around.this {
                    made.set(member, reference(&self.entries[this].id));
                }
                let depth = around.depth + 1;
                self.fill(of, node, &mut made, &mut Around { this: Some(at), depth, ..Around::default() });
                self.keep(at, made);
                // A person counts as deeper than the unit she belongs to, not as deep as a unit inside it.
                let rank = if kind == "Organization" { depth * 2 } else { around.depth * 2 + 1 };
                if self.innermost.is_none_or(|(known, _)| rank > known) {
                    self.innermost = Some((rank, at));
                }
            }
        }
    }

    fn resource(&mut self, kind: &'static str, of: usize, node: Node<'t>, depth: u32) -> usize {
        let (at, mut made) = self.entry(kind, node);
        self.patient.1 |= self.entries[at].id == self.patient.0;
        if matches!(kind, "Composition" | "Communication" | "CommunicationRequest") {
            made.set("text", narrative(node, of, self.program));
        }
        self.fill(of, node, &mut made, &mut Around { this: Some(at), depth, ..Around::default() });
        if kind == "Appointment" {
            derived::appointment(&mut made);
        }
        self.keep(at, made);
        at
    }

    /// Constants of a row, for the resource that it made. They were not there when those of its type came, so they win.
    fn row_constants(&mut self, row: &'static Row, at: usize, node: Node<'t>) {
        let mut made = std::mem::take(&mut self.entries[at].object);
        for constant in &row.constants {
            if let [Step::Member(name, _)] = constant.place.as_slice() {
                made.set(name, Json::Null);
            }
        }
        self.constants(&row.constants, node, &mut made);
        self.keep(at, made);
    }

    /// The object is whole.
    fn keep(&mut self, at: usize, object: Object<'t>) {
        self.entries[at].object = object;
    }

    fn refer(&mut self, row: &'static Row, at: usize, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let json = reference(&self.entries[at].id);
        let value = Value { json: Some(json), beside: Vec::new(), kind: "Reference" };
        self.made(row, Made::Value(value), node, object, around);
    }

    fn element(&mut self, row: &'static Row, of: usize, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        let mut inner = around.inner();
        let (last, way) = row.place.split_last().unwrap_or((&Step::Element, &[]));
        if let Step::Extension(url) | Step::Inner(url) = last {
            let mut made = Object::new().with("url", *url);
            self.fill(of, node, &mut made, &mut inner);
            if is_bare(node) {
                add_extension(&mut made, empty(".".into()));
            }
            return step_into(object, way).push("extension", made);
        }
        let mut made = Object::new();
        self.fill(of, node, &mut made, &mut inner);
        if made.is_empty() || is_bare(node) {
            add_extension(&mut made, empty(".".into()));
        }
        let label = Label { path: Cow::Borrowed(""), is_many: row.is_many };
        put(object, &row.place, Value { json: Some(made.into()), beside: Vec::new(), kind: "" }, label);
    }

    /// What a document carries: messages that there are mappings for, data, or other XML.
    fn content(&mut self, row: &'static Row, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        if node.children().next().is_none() {
            return add_extension(object, empty(path(&around.trail, row.local)));
        }
        for (at, child) in node.children().enumerate() {
            let mut item = Object::new();
            let name = child.name();
            let root = self.program.root(name.namespace, name.local);
            if let Some(root) = root {
                let format = Object::new().with("system", "urn:ietf:rfc:3986").with("code", name.namespace);
                item.set("format", format);
                if root.kind.is_empty() {
                    self.fill(root.of, child, object, around);
                } else {
                    let resource = self.resource(root.kind, root.of, child, 0);
                    let date = derived::composition_date(object, &self.bundle);
                    self.entries[resource].object.set("date", date);
                    let json = reference(&self.entries[resource].id);
                    new_related(object, json);
                }
            } else if name.local == "Base64Container" {
                let data = from_base64(&child.text()).map(|bytes| base64(&bytes)).unwrap_or_default();
                member_object(&mut item, "attachment").set("data", data);
            } else {
                let (binary, made) = self.entry("Binary", child);
                let data = base64(Writer::fragment(child).as_bytes());
                self.keep(binary, made.with("contentType", "application/xml").with("data", data));
                member_object(&mut item, "attachment").set("url", format!("urn:uuid:{}", self.entries[binary].id));
                item.set("format", Object::new().with("system", "urn:ietf:rfc:3986").with("code", name.namespace));
            }
            merge_content(object, at, item);
        }
    }

    fn patient_id(&mut self, node: Node<'t>) -> String {
        if !self.is_announced && !self.patient.1 {
            let (at, made) = self.entry("Patient", node_root(node));
            let tag = Object::new().with("system", TAGS).with("code", "absent-in-source");
            self.keep(at, made.with("meta", Object::new().with("tag", vec![tag.into()])));
            self.patient = (self.entries[at].id.clone(), true);
        }
        self.patient.0.clone()
    }

    /// The type of the message and the version of its content.
    fn definition(&self, root: Node<'t>, header: &Object<'t>) -> String {
        let versions = root.descendants().filter_map(|node| self.program.version(node.name().namespace));
        let version = versions.filter(|version| !version.is_empty()).next().unwrap_or_default();
        let number = version.rsplit('-').next().unwrap_or_default().replace('.', "-");
        let event = header.get("eventCoding").and_then(|event| event.get("code")?.text()).unwrap_or("unknown");
        let event = if root.name().local == "AppRec" { "apprec" } else { event };
        format!("{BASE}/MessageDefinition/{}-{number}", event.to_lowercase().replace('_', "-"))
    }

    fn finish(mut self) -> Json<'t> {
        self.bundle.set("type", "message");
        let entries = self.entries.into_iter().map(|entry| {
            debug_assert!(!entry.kind.is_empty());
            let url = format!("urn:uuid:{}", entry.id);
            Json::from(Object::new().with("fullUrl", url).with("resource", entry.object))
        });
        let entries: Json<'t> = entries.collect();
        self.bundle.set("entry", entries);
        self.bundle.into()
    }
}

impl Around {
    /// For an object inside the same resource.
    fn inner(&self) -> Self {
        Self { this: self.this, depth: self.depth, ..Self::default() }
    }
}

/// Whether rows of a type make entries of the same kind.
pub(super) fn is_ambiguous(rows: &[Row], kind: &str) -> bool {
    rows.iter().filter(|row| matches!(row.way, Way::Entry(other) if other == kind)).count() > 1
}

fn node_root(node: Node<'_>) -> Node<'_> {
    std::iter::successors(Some(node), |node| node.parent()).last().unwrap_or(node)
}

/// The first element of a row.
fn first_of<'t>(parent: Node<'t>, row: &Row) -> Option<Node<'t>> {
    parent.children().find(|child| row.names(child.name().local))
}

/// The object that a step leads to, if it is there.
fn inside<'o, 't>(object: &'o Object<'t>, step: &Step) -> Option<&'o Object<'t>> {
    match step {
        Step::Member(name, _) => object.get(name)?.object(),
        Step::First(name, _) => object.get(name)?.items().first()?.object(),
        _ => None,
    }
}

/// Puts a constant where nothing stands. An item with a name or of a list is only completed.
fn complete<'t>(object: &mut Object<'t>, place: &'static [Step], json: &Json<'static>) {
    let Some((step, rest)) = place.split_first() else { return };
    let of_all = |items: &mut Json<'t>, is_it: &dyn Fn(&Json<'t>) -> bool| {
        let Json::Array(items) = items else { return };
        for item in items.iter_mut().filter(|item| is_it(item)) {
            if let Json::Object(item) = item {
                complete(item, rest, json);
            }
        }
    };
    match step {
        Step::Member(name, _) if rest.is_empty() => {
            if object.get(name).is_none() {
                object.set(name, json.clone());
            }
        }
        Step::Member(name, _) => complete(member_object(object, name), rest, json),
        Step::First(name, _) if rest.is_empty() => {
            if object.get(name).is_none() {
                object.set(name, vec![json.clone()]);
            }
        }
        Step::First(name, _) => complete(first_object(object, name), rest, json),
        Step::Each(name, _) => object.get_mut(name).into_iter().for_each(|items| of_all(items, &|_| true)),
        Step::Named(name, word) => {
            object.get_mut(name).into_iter().for_each(|items| of_all(items, &|item| bears(item, word)))
        }
        Step::OfList(name, system) => {
            let has = |item: &Json<'t>| holds(item, system);
            object.get_mut(name).into_iter().for_each(|items| of_all(items, &has));
        }
        _ => {}
    }
}

/// Whether a coding of this system is in an item.
fn holds(json: &Json<'_>, system: &str) -> bool {
    json.get("system").and_then(Json::text) == Some(system)
        || json.items().iter().any(|item| holds(item, system))
        || json.object().is_some_and(|object| object.members().iter().any(|(_, value)| holds(value, system)))
}

/// The section of this name, made if need be.
fn shared_section<'o, 't>(object: &'o mut Object<'t>, name: &'static str) -> &'o mut Object<'t> {
    let at = object.get("section").and_then(|all| all.items().iter().position(|one| is_section(one, name)));
    if at.is_none() {
        let code = Object::new().with("system", SECTIONS).with("code", name);
        let code = Object::new().with("coding", vec![code.into()]);
        new_object(object, "section").set("code", code);
    }
    let Some(Json::Array(items)) = object.get_mut("section") else { unreachable!("it was made") };
    let at = at.unwrap_or(items.len() - 1);
    match &mut items[at] {
        Json::Object(section) => section,
        _ => unreachable!("sections are objects"),
    }
}

/// The object behind steps that are members, made if need be.
fn step_into<'o, 't>(object: &'o mut Object<'t>, way: &'static [Step]) -> &'o mut Object<'t> {
    way.iter().fold(object, |inner, step| match step {
        Step::Member(member, _) => member_object(inner, member),
        Step::First(member, _) => first_object(inner, member),
        _ => inner,
    })
}

/// The way from the element that an object is about.
pub(super) fn path(trail: &[&'static str], last: &'static str) -> Cow<'static, str> {
    if trail.is_empty() { Cow::Borrowed(last) } else { Cow::Owned(format!("{}/{last}", trail.join("/"))) }
}

fn new_related<'t>(object: &mut Object<'t>, reference: Json<'t>) {
    let context = member_object(object, "context");
    context.push("related", reference);
}

/// The first item of the content has the rows of RefDoc beside it.
fn merge_content<'t>(object: &mut Object<'t>, at: usize, item: Object<'t>) {
    let present = object.get("content").map_or(0, |all| all.items().len());
    let target = if at < present {
        let Some(Json::Array(items)) = object.get_mut("content") else { return };
        let Some(Json::Object(target)) = items.get_mut(at) else { return };
        target
    } else {
        new_object(object, "content")
    };
    merge(target, item);
}
