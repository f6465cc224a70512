//! XML to FHIR: every element by its row.

use super::coded::add_empty;
use super::derived::{self, Resources};
use super::draft::{Bundle, Json, Object, Space};
use super::ids::{Ids, URN};
use super::language::PROGRAM;
use super::leaf::Made;
use super::narrative::{narrative, no_narrative};
use super::place::Step;
use super::primitive::{Value, base64};
use super::program::{Kind, Known, Leaf, Program, Row, Way, usual};
use super::put::{Label, first_object, path, put, section_code, shared_section};
use super::shapes::name;
use super::ways::Ways;
use super::words::{PATH, TAGS};
use crate::fhir;
use crate::xml::{Node, Writer};
use uuid::Uuid;

/// An element that no row tells of, by its path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown(pub String);

/// A resource of the Bundle.
pub(super) struct Entry<'t> {
    pub(super) kind: &'static str,
    /// Its `fullUrl`: `urn:uuid:` and its id.
    pub(super) url: &'t str,
    pub(super) object: Object<'t>,
}

/// What stands around the object that is being filled.
#[derive(Default)]
pub(super) struct Around {
    /// The resource that it is or belongs to.
    pub(super) this: Option<usize>,
    /// The elements from the one that the object is about.
    pub(super) trail: Vec<&'static str>,
    /// Resources that members refer to, by member.
    pub(super) links: Vec<(&'static str, usize)>,
    /// How many organisations around it.
    pub(super) depth: u32,
}

pub(super) struct Making<'t> {
    /// Where everything that is made lies.
    pub(super) space: &'t Space,
    pub(super) program: &'static Program,
    /// What is known of the namespaces of the document, by their numbers.
    pub(super) known: Vec<Known>,
    pub(super) entries: Vec<Entry<'t>>,
    pub(super) bundle: Object<'t>,
    /// The URL of the patient's resource, and whether it is in the Bundle.
    pub(super) patient: (&'t str, bool),
    /// The way to the element that a resource was made from last.
    ways: Ways<'t>,
    /// The patient of the head.
    pub(super) announced: Option<Node<'t>>,
    /// The URLs of the parties of the head, once they are known.
    pub(super) sender: Option<&'t str>,
    pub(super) receiver: Option<&'t str>,
    /// The MsgId or Id of the message.
    seed: String,
    ids: Ids,
    /// The innermost part of the party that is being read.
    pub(super) innermost: Option<(u32, usize)>,
    pub(super) unknown: Vec<Unknown>,
}

/// A message as a Bundle; `id` is that of this Bundle, for nothing else than to tell transmissions apart.
/// The element must be valid by its schema, and have an envelope: what no row tells of is an error, as is a document alone.
pub fn to_fhir(root: Node<'_>, id: &str) -> Result<fhir::Json<'static>, Vec<Unknown>> {
    let space = Space::default();
    bundle_of(root, id, &space).map(|bundle| bundle.tree().into_owned())
}

/// The same in a space of the caller's, who may want it as text or as a tree.
pub fn bundle_of<'t>(root: Node<'t>, id: &'t str, space: &'t Space) -> Result<Bundle<'t>, Vec<Unknown>> {
    let program = &*PROGRAM;
    let local = root.name().local;
    // A document alone says neither who sends it nor to whom: only what has an envelope is a message.
    let of = program.root(root.name().namespace, local).filter(|of| of.kind == "MessageHeader");
    let Some(of) = of else { return Err(vec![Unknown(format!("/{local}"))]) };
    let head = root.children().find(|node| node.name().local == "MsgInfo");
    let patient = head.and_then(|head| head.children().find(|node| node.name().local == "Patient"));
    let seed = message_id(root);
    let mut making = Making {
        space,
        program,
        known: root.namespaces().map(|namespace| program.known(namespace)).collect(),
        entries: Vec::with_capacity(ENTRIES),
        bundle: space.object().with("resourceType", "Bundle").with("id", id),
        patient: ("", false),
        ways: Ways::default(),
        announced: patient,
        sender: None,
        receiver: None,
        ids: Ids::of(&seed),
        seed,
        innermost: None,
        unknown: Vec::new(),
    };
    making.patient.0 = making.ids.url(PATIENT, space);
    let (header, object) = making.entry("MessageHeader", root);
    let tag = space.object().with("system", TAGS).with("code", "from-kith");
    object.set("meta", space.object().with("tag", space.list(tag)));
    let mut around = Around { this: Some(header), ..Around::default() };
    making.fill(of.of, root, object, &mut around);
    object.set("definition", making.definition(root, object));
    derived::header(object, &making);
    for entry in making.entries.iter().filter(|entry| entry.kind == "OperationOutcome") {
        derived::issues(entry.object, object);
    }
    making.keep(header);
    if making.unknown.is_empty() { Ok(making.finish()) } else { Err(making.unknown) }
}

/// The MsgId or Id of a message, from which its resources get their ids.
fn message_id(root: Node<'_>) -> String {
    let id = root.descendants().find(|node| matches!(node.name().local, "MsgId" | "Id"));
    id.map_or_else(String::new, |node| node.text().to_ascii_lowercase())
}

fn is_bare(node: Node<'_>) -> bool {
    node.attributes().all(|(name, _)| name.namespace == XSI)
        && node.children().next().is_none()
        && (node.text().is_empty() || !node.has_text())
}

/// The number of the patient of the head, to whom resources refer before it is made.
const PATIENT: usize = 0;

/// So many resources a report of 20 kB has.
const ENTRIES: usize = 48;

/// So many resources tell where they came from: to find out takes longer the more siblings an element has.
const PATHS: usize = 1_000;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

impl<'t> Resources<'t> for Making<'t> {
    fn by_reference(&self, reference: Json<'t>) -> Option<Object<'t>> {
        let url = reference.get("reference")?.text()?;
        self.entries.iter().find(|entry| entry.url == url).map(|entry| entry.object)
    }
}

impl<'t> Making<'t> {
    /// A new resource, to be filled; its place in the Bundle is taken at once.
    pub(super) fn entry(&mut self, kind: &'static str, node: Node<'t>) -> (usize, Object<'t>) {
        let is_patient = kind == "Patient" && self.announced == Some(node);
        let url = if is_patient { self.patient.0 } else { self.url(kind) };
        let object = self.space.object().with("resourceType", kind).with("id", &url[URN.len()..]);
        // Binary is no domain resource, and cannot have extensions.
        if kind != "Binary" && self.entries.len() < PATHS {
            let known = &self.known;
            let path = self.space.concat(&[self.ways.to(node, &|number| known[number].prefix)]);
            object.push("extension", self.space.extension(PATH, "valueString", path));
        }
        self.entries.push(Entry { kind, url, object });
        (self.entries.len() - 1, object)
    }

    /// The way to an element, with the prefixes of the mappings.
    pub(super) fn path(&self, node: Node<'t>) -> String {
        node.path_with(&|number| self.known[number].prefix)
    }

    /// The `fullUrl` of the next resource.
    fn url(&self, kind: &str) -> &'t str {
        if kind == "MessageHeader" && Uuid::try_parse(&self.seed).is_ok() {
            return self.space.concat(&[URN, &self.seed]);
        }
        self.ids.url(PATIENT + 1 + self.entries.len(), self.space)
    }

    pub(super) fn fill(&mut self, of: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        let kind = self.program.of_type(of);
        if node.attributes().next().is_some() {
            for row in kind.rows.iter().filter(|row| row.is_attribute) {
                self.attribute(row, node, object, around);
            }
        }
        let (mut next, mut joined) = (0, None);
        for child in node.children() {
            let (local, number) = (child.local(), self.known[child.namespace_number()].number);
            match kind.row_of(local, &mut next, |row| row.prefix_number == number) {
                // The value of several elements is made where the first of them stands.
                Some(at) if joined == Some(at) => {}
                Some(at) => {
                    joined = (!kind.rows[at].more.is_empty()).then_some(at);
                    self.child(&kind.rows[at], child, object, around);
                }
                None => self.unknown.push(Unknown(self.path(child))),
            }
        }
        self.constants(&kind.constants, node, object);
    }

    fn attribute(&mut self, row: &'static Row, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        let namespace = |prefix: &str| self.program.prefix(prefix).unwrap_or_default();
        let is_it = |name: crate::xml::Name<'_>| {
            name.local == row.local
                && (name.namespace.is_empty() == row.prefix.is_empty())
                && (row.prefix.is_empty() || namespace(name.namespace) == row.prefix)
        };
        let Some((_, value)) = node.attributes().find(|(name, _)| is_it(*name)) else { return };
        if let Kind::Leaf(leaf) = row.kind {
            self.made(row, leaf.of_attribute(value, self.space), node, object, around);
        }
    }

    fn child(&mut self, row: &'static Row, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        match row.kind {
            Kind::Leaf(leaf) if !row.more.is_empty() => {
                let parent = node.parent().unwrap_or(node);
                let parts = parent.children().filter(|part| row.names(part.name().local));
                let made = leaf.of_several(parts, self.program, self.space);
                self.made(row, made, node, object, around);
            }
            Kind::Leaf(leaf) => {
                let made = leaf.of_element(node, self.program, row.is_many, self.space);
                self.made(row, made, node, object, around);
            }
            Kind::Usual(texts) => {
                let version = self.known[node.namespace_number()].version;
                if usual(texts, version).is_none_or(|usual| usual != node.text()) {
                    self.made(row, Leaf::Text.of_element(node, self.program, false, self.space), node, object, around);
                }
            }
            Kind::Inside(of) => self.inside(row, of, node, object, around),
            Kind::Fixed(_) | Kind::Dropped => {}
            Kind::Opaque => {
                let xml = self.space.text(base64(Writer::fragment(node).as_bytes()).into());
                let made = Value { json: Some(xml.into()), beside: None, kind: "Base64Binary" };
                self.made(row, Made::Value(made), node, object, around);
            }
            Kind::Content => self.content(row, node, object, around),
        }
    }

    fn made(&mut self, row: &'static Row, made: Made<'t>, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        let value = match made {
            Made::Value(value) => value,
            Made::Empty => return add_empty(object, path(&around.trail, row.local, self.space)),
        };
        let is_second = !row.otherwise.is_empty() && node.parent().is_some_and(|parent| first_of(parent, row) != Some(node));
        let steps = if is_second { row.otherwise.as_slice() } else { row.place.as_slice() };
        match steps.iter().position(|step| matches!(step, Step::Hop(..) | Step::Bundle)) {
            None => put(object, steps, value, Label { outer: &around.trail, last: row.local, is_many: row.is_many }),
            Some(at) => match &steps[at] {
                Step::Hop(member, kind) => {
                    let linked = self.link(&steps[..at], member, kind, node, object, around);
                    let label = Label { outer: &around.trail, last: row.local, is_many: row.is_many };
                    put(self.entries[linked].object, &steps[at + 1..], value, label);
                }
                _ => put(self.bundle, &steps[at + 1..], value, Label::none()),
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
        object: Object<'t>,
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
        let (at, _) = self.entry(kind, node.parent().unwrap_or(node));
        let holder = step_into(object, way);
        if member.is_empty() {
            holder.set("reference", self.entries[at].url);
        } else {
            holder.set(member, self.reference(at));
        }
        around.links.push((key, at));
        at
    }

    fn inside(&mut self, row: &'static Row, of: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        match row.way {
            Way::Here | Way::Value => self.here(row, of, node, object, around),
            Way::Section | Way::SharedSection(_) | Way::Entry(_) => self.section(row, of, node, object, around),
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
                let url = self.entries[innermost].url;
                match row.place.as_slice() {
                    [Step::Member("sender", _)] => self.sender = Some(url),
                    _ if self.receiver.is_none() => self.receiver = Some(url),
                    _ => {}
                }
                self.refer(row, innermost, node, object, around);
            }
            Way::Contained(kind) => {
                let count = object.items("contained").count();
                let local = self.space.text(format!("#c{}", count + 1).into());
                let made = self.space.object().with("resourceType", kind).with("id", &local[1..]);
                self.fill(of, node, made, &mut around.inner());
                derived::demanded(kind, made);
                object.push("contained", made);
                let json = self.space.object().with("reference", local);
                let value = Value { json: Some(json.into()), beside: None, kind: "Reference" };
                put(object, &row.place, value, Label::none());
            }
            Way::Element => self.element(row, of, node, object, around),
            Way::Inverse(kind, member, is_list) => {
                let (at, made) = self.entry(kind, node);
                if let Some(this) = around.this {
                    let back = self.reference(this);
                    made.set(member, if is_list { Json::from(self.space.list(back)) } else { back.into() });
                }
                let depth = around.depth + 1;
                self.fill(of, node, made, &mut Around { this: Some(at), depth, ..Around::default() });
                self.keep(at);
                // A person counts as deeper than the unit she belongs to, not as deep as a unit inside it.
                let rank = if kind == "Organization" { depth * 2 } else { around.depth * 2 + 1 };
                if self.innermost.is_none_or(|(known, _)| rank > known) {
                    self.innermost = Some((rank, at));
                }
            }
        }
    }

    /// Its rows are about the object around it.
    fn here(&mut self, row: &'static Row, of: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        if is_bare(node) {
            self.constants(&self.program.of_type(of).constants, node, object);
            return add_empty(object, path(&around.trail, row.local, self.space));
        }
        around.trail.push(row.local);
        self.fill(of, node, object, around);
        around.trail.pop();
    }

    /// What a section, or an entry of one, is made from.
    fn section(&mut self, row: &'static Row, of: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        match row.way {
            Way::Section => {
                let code = section_code(row.local, self.space);
                let section = self.space.object().with("title", row.label).with("code", code);
                section.add("text", narrative(node, of, self.program, self.space));
                self.fill(of, node, section, &mut around.inner());
                // A section must have one of these (FHIR R4, cmp-1), also when there is nothing to be read in it.
                if ["text", "entry", "section"].iter().all(|name| section.get(name).is_none()) {
                    section.set("text", no_narrative(self.space));
                }
                object.push("section", section);
            }
            Way::SharedSection(kind) => {
                let at = self.resource(kind, of, node, around.depth);
                self.row_constants(row, at, node);
                shared_section(object, row.local).push("entry", self.reference(at));
            }
            Way::Entry(kind) => {
                let at = self.resource(kind, of, node, around.depth);
                self.row_constants(row, at, node);
                let entry = self.reference(at);
                if row.has_a_twin {
                    entry.push("extension", name(row.local, self.space));
                }
                object.push("entry", entry);
            }
            _ => {}
        }
    }

    pub(super) fn resource(&mut self, kind: &'static str, of: usize, node: Node<'t>, depth: u32) -> usize {
        let (at, made) = self.entry(kind, node);
        self.patient.1 |= self.entries[at].url == self.patient.0;
        if matches!(kind, "Composition" | "Communication" | "CommunicationRequest") {
            made.set("text", narrative(node, of, self.program, self.space));
        }
        self.fill(of, node, made, &mut Around { this: Some(at), depth, ..Around::default() });
        self.keep(at);
        at
    }

    /// The resource is whole.
    pub(super) fn keep(&self, at: usize) {
        derived::demanded(self.entries[at].kind, self.entries[at].object);
    }

    /// A reference to a resource.
    pub(super) fn reference(&self, at: usize) -> Object<'t> {
        self.space.object().with("reference", self.entries[at].url)
    }

    fn refer(&mut self, row: &'static Row, at: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        let value = Value { json: Some(self.reference(at).into()), beside: None, kind: "Reference" };
        self.made(row, Made::Value(value), node, object, around);
    }

    fn element(&mut self, row: &'static Row, of: usize, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        let mut inner = around.inner();
        let (last, way) = row.place.split_last().unwrap_or((&Step::Element, &[]));
        if let Step::Extension(url) | Step::Inner(url) = last {
            let made = self.space.object().with("url", *url);
            self.fill(of, node, made, &mut inner);
            if is_bare(node) {
                add_empty(made, ".");
            }
            return step_into(object, way).push("extension", made);
        }
        let made = self.space.object();
        self.fill(of, node, made, &mut inner);
        if made.is_empty() || is_bare(node) {
            add_empty(made, ".");
        }
        let label = Label { is_many: row.is_many, ..Label::none() };
        put(object, &row.place, Value { json: Some(made.into()), beside: None, kind: "" }, label);
    }

    fn finish(self) -> Bundle<'t> {
        self.bundle.set("type", "message");
        for entry in &self.entries {
            derived::claim(entry.kind, entry.object);
            self.bundle.push("entry", self.space.object().with("fullUrl", entry.url).with("resource", entry.object));
        }
        Bundle::new(self.bundle)
    }
}

impl Around {
    /// For an object inside the same resource.
    fn inner(&self) -> Self {
        Self { this: self.this, depth: self.depth, ..Self::default() }
    }
}

/// The first element of a row.
fn first_of<'t>(parent: Node<'t>, row: &Row) -> Option<Node<'t>> {
    parent.children().find(|child| row.names(child.name().local))
}

/// The object behind steps that are members, made if need be.
fn step_into<'t>(object: Object<'t>, way: &'static [Step]) -> Object<'t> {
    way.iter().fold(object, |inner, step| match step {
        Step::Member(member, _) => inner.member(member),
        Step::First(member, _) => first_object(inner, member),
        _ => inner,
    })
}
