//! FHIR to XML: every row in the order of the schema, read from its place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use super::coded::{Trail, is_empty_at};
use super::find::{find, first, objects};
use super::language::PROGRAM;
use super::leaf::Written;
use super::place::{Step, keep};
use super::primitive::{Found, extension, from_base64};
use super::program::{Kind, Leaf, Namespace, Program, Root, Row, Way, usual};
use super::shapes::{bears, is_section};
use super::words::PATH;
use super::write::Out;
use crate::fhir::Json;

/// Why a Bundle cannot be written as XML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unmapped {
    /// It is no message Bundle with a MessageHeader first.
    NoMessage,
}

/// Prefixes and namespaces, as a writer wants them.
type Table = &'static [(&'static str, &'static str)];

/// The prefixes that are written, for each set of versions that documents of one message have had: there are few versions.
static TABLES: Mutex<BTreeMap<BTreeSet<&'static str>, Table>> = Mutex::new(BTreeMap::new());

fn table(program: &'static Program, versions: BTreeSet<&'static str>) -> Table {
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    tables.entry(versions).or_insert_with_key(|versions| {
        let of = |known: &&Namespace| known.version.is_empty() || versions.contains(known.version);
        let mut made: Vec<(&'static str, &'static str)> = Vec::new();
        for known in program.namespaces.iter().filter(of) {
            // Two versions of a family in one message: the second has a prefix that says so.
            let is_taken = made.iter().any(|(prefix, _)| *prefix == known.prefix);
            let prefix = if is_taken { keep(format!("{}-{}", known.prefix, known.version)) } else { known.prefix };
            made.push((prefix, known.name));
        }
        Box::leak(made.into_boxed_slice())
    })
}

/// No message has parts in parts so deep; references in a ring would go on for ever.
const DEEPEST: usize = 40;

struct Reading<'b> {
    program: &'static Program,
    /// Resources by `fullUrl`.
    resources: HashMap<&'b str, &'b Json<'b>>,
    /// A bit for each length that those URLs have: most texts are seen at once to be none of them.
    lengths: u64,
    /// Those that refer back to a resource as part of it, in order.
    parts: HashMap<&'b str, Vec<(&'b str, &'b Json<'b>)>>,
    bundle: &'b Json<'b>,
    version: &'static str,
    /// The namespaces of that version, by the numbers of prefixes.
    namespaces: &'static [&'static str],
    /// That of small groups in them.
    of_groups: &'static str,
    /// How many objects are being written, one in the other.
    depth: usize,
    out: Out,
}

/// What stands around the object that is being read.
#[derive(Clone)]
struct Around<'b> {
    /// The URL of the resource that it is or belongs to.
    this: &'b str,
    /// That resource.
    resource: &'b Json<'b>,
    trail: Vec<&'static str>,
}

impl Around<'_> {
    fn way_to(&self, row: &Row) -> Trail<'_> {
        Trail { outer: &self.trail, last: row.local }
    }
}

/// A Bundle that was made from a message as that message again.
pub fn to_xml<'b>(bundle: &'b Json<'b>) -> Result<String, Unmapped> {
    let program = &*PROGRAM;
    let entries = bundle.get("entry").map_or(&[][..], Json::items);
    let order: Vec<(&str, &Json<'_>)> =
        entries.iter().filter_map(|entry| Some((entry.get("fullUrl")?.text()?, entry.get("resource")?))).collect();
    let (this, header) = *order.first().filter(|(_, first)| is_kind(first, "MessageHeader")).ok_or(Unmapped::NoMessage)?;
    // What a receipt is for, it must say.
    let is_receipt = header.get("response").is_some();
    let wanted = if is_receipt { "ar" } else { "mh" };
    let root = program.roots.iter().find(|root| root.prefix == wanted).ok_or(Unmapped::NoMessage)?;
    let versions = versions(program, header, &order, is_receipt);
    let version = versions.first().copied().unwrap_or_default();
    let prefixes = table(program, versions);
    let parts = parts(&order);
    let lengths = order.iter().fold(0, |bits, (url, _)| bits | length_bit(url));
    let resources = order.into_iter().collect();
    let (namespaces, of_groups) = (&[][..], "");
    let out = Out::new(prefixes);
    let mut reading = Reading { program, resources, lengths, parts, bundle, version, namespaces, of_groups, depth: 0, out };
    reading.change_version(version);
    let namespace = reading.namespace(root.prefix);
    reading.out.may_open(namespace, root.local);
    reading.read(root.of, header, &mut Around { this, resource: header, trail: Vec::new() });
    reading.out.close(true);
    Ok(reading.out.finish())
}

fn length_bit(text: &str) -> u64 {
    1 << (text.len() % 64)
}

fn is_kind(resource: &Json<'_>, kind: &str) -> bool {
    resource.get("resourceType").and_then(Json::text) == Some(kind)
}

/// Which resources refer back to which.
fn parts<'b>(order: &[(&'b str, &'b Json<'b>)]) -> HashMap<&'b str, Vec<(&'b str, &'b Json<'b>)>> {
    let mut parts: HashMap<&str, Vec<_>> = HashMap::new();
    for (url, resource) in order {
        for member in ["partOf", "organization", "basedOn"] {
            if let Some(whole) = resource.first(member).and_then(|to| to.get("reference")?.text()) {
                parts.entry(whole).or_default().push((*url, *resource));
            }
        }
    }
    // Entries may stand in any order; those that came from XML know theirs.
    for siblings in parts.values_mut() {
        siblings.sort_by_key(|(_, resource)| number_among_siblings(resource));
    }
    parts
}

/// `3` for what came from `/a/b[3]`; what tells nothing of it comes first, in the order of the entries.
fn number_among_siblings(resource: &Json<'_>) -> u32 {
    let path = extension(resource, PATH).and_then(|one| one.get("valueString")?.text());
    let number = path.and_then(|path| path.strip_suffix(']')?.rsplit_once('[')?.1.parse().ok());
    number.unwrap_or(0)
}

/// The versions that the namespaces of documents belong to.
fn versions(program: &Program, header: &Json<'_>, order: &[(&str, &Json<'_>)], is_receipt: bool) -> BTreeSet<&'static str> {
    if is_receipt {
        let definition = header.get("definition").and_then(Json::text).unwrap_or_default();
        return BTreeSet::from([if definition.ends_with("apprec-1-0") { "apprec-1.0" } else { "apprec-1.1" }]);
    }
    let formats = order.iter().flat_map(|(_, resource)| resource.get("content").map_or(&[][..], Json::items));
    let codes = formats.filter_map(|content| content.get("format")?.get("code")?.text());
    codes.filter_map(|code| program.version(code)).filter(|version| !version.is_empty()).collect()
}

impl<'b> Reading<'b> {
    fn namespace(&self, prefix: &str) -> &'static str {
        self.program.namespace(prefix, self.version).unwrap_or_default()
    }

    /// The namespace of a row's elements.
    fn namespace_of(&self, row: &Row) -> &'static str {
        self.namespaces[row.prefix_number]
    }

    /// From here on, namespaces are those of this version; gives the version before.
    fn change_version(&mut self, version: &'static str) -> &'static str {
        self.namespaces = self.program.namespaces_of(version);
        let before = std::mem::replace(&mut self.version, version);
        self.of_groups = self.namespace("fk1");
        before
    }

    fn read(&mut self, of: usize, object: &'b Json<'b>, around: &mut Around<'b>) {
        let kind = self.program.of_type(of);
        let mut loose_done = false;
        for row in &kind.rows {
            if !row.is_loose {
                self.row(row, object, around);
            } else if !std::mem::replace(&mut loose_done, true) {
                self.loose(&kind.rows, object, around);
            }
        }
    }

    /// Rows of a repeated choice: in the order of the entries.
    fn loose(&mut self, rows: &'static [Row], object: &'b Json<'b>, around: &Around<'b>) {
        for entry in object.get("entry").map_or(&[][..], Json::items) {
            for row in rows.iter().filter(|row| row.is_loose) {
                self.entry(row, entry, around);
            }
        }
    }

    fn row(&mut self, row: &'static Row, object: &'b Json<'b>, around: &mut Around<'b>) {
        let namespace = self.namespace_of(row);
        match row.kind {
            Kind::Leaf(leaf) => self.leaf(row, leaf, object, around),
            Kind::Fixed(text) if row.is_attribute => self.attribute(row, text),
            Kind::Fixed(text) => self.text(row, text),
            Kind::Usual(texts) => {
                let mut written = None;
                self.values(row, object, around, &mut |_, found| {
                    written = Leaf::Text.back(found, &PROGRAM, false)?.text;
                    Some(())
                });
                let is_empty = is_empty_at(object, around.way_to(row));
                let usual = || usual(texts, self.version).filter(|_| !is_empty).map(Cow::Owned);
                if let Some(text) = written.or_else(usual) {
                    self.text(row, &text);
                }
            }
            Kind::Dropped => {}
            Kind::Opaque => {
                let mut all = Vec::new();
                self.values(row, object, around, &mut |_, found| {
                    all.push(exact(found.json?)?);
                    Some(())
                });
                all.iter().for_each(|xml| self.out.copy(xml));
            }
            Kind::Inside(of) => self.inside(row, of, object, around),
            Kind::Content => self.content(row, object, around),
        }
        // These have told of it already.
        let is_told = matches!(row.kind, Kind::Content)
            || matches!(row.kind, Kind::Inside(_)) && matches!(row.way, Way::Here | Way::Value);
        if !is_told && !row.is_attribute && is_empty_at(object, around.way_to(row)) {
            self.out.empty(namespace, row.local);
        }
    }

    fn text(&mut self, row: &Row, text: &str) {
        let written = Written { text: Some(text.into()), ..Written::default() };
        let namespace = self.namespace_of(row);
        self.out.leaf(namespace, row.local, &written, namespace);
    }

    fn attribute(&mut self, row: &Row, value: &str) {
        if row.prefix.is_empty() {
            self.out.attribute(row.local, value);
        } else {
            self.out.attribute(&format!("{}:{}", row.prefix, row.local), value);
        }
    }

    /// Tells of every value of a row; what the closure gives is of no use to anybody.
    fn values(
        &mut self,
        row: &'static Row,
        object: &'b Json<'b>,
        around: &Around<'b>,
        tell: &mut dyn FnMut(&mut Self, Found<'b>) -> Option<()>,
    ) {
        let label = around.way_to(row);
        let steps = row.place.as_slice();
        let (target, steps) = match steps.iter().position(|step| matches!(step, Step::Hop(..) | Step::Bundle)) {
            None => (Some(object), steps),
            Some(at) => match &steps[at] {
                Step::Hop(member, _) => {
                    let holder = steps[..at].iter().try_fold(object, |inner, step| match step {
                        Step::Member(member, _) => inner.get(member),
                        Step::First(member, _) => first(inner, member),
                        _ => Some(inner),
                    });
                    let to = holder.and_then(|holder| if member.is_empty() { Some(holder) } else { holder.get(member) });
                    let reference = to.and_then(|to| to.get("reference")?.text());
                    (reference.and_then(|url| self.resolve(url, around)), &steps[at + 1..])
                }
                _ => (Some(self.bundle), &steps[at + 1..]),
            },
        };
        let mut all = Vec::new();
        if let Some(target) = target {
            find(target, steps, label, &mut |found| all.push(found));
            if !row.otherwise.is_empty() {
                find(target, &row.otherwise, label, &mut |found| all.push(found));
            }
        }
        for found in all {
            tell(self, found);
        }
    }

    fn resolve(&self, url: &str, around: &Around<'b>) -> Option<&'b Json<'b>> {
        let Some(inner) = url.strip_prefix('#') else { return self.resources.get(url).copied() };
        let contained = around.resource.get("contained").map_or(&[][..], Json::items);
        contained.iter().find(|one| one.get("id").and_then(Json::text) == Some(inner))
    }

    fn leaf(&mut self, row: &'static Row, leaf: Leaf, object: &'b Json<'b>, around: &Around<'b>) {
        let namespace = self.namespace_of(row);
        // Only the head, the receipt and felleskomponent1 itself have groups of their own.
        let of_groups = if matches!(row.prefix, "mh" | "ar") { namespace } else { self.of_groups };
        let is_named_type = row.local == "AdditionalId";
        self.values(row, object, around, &mut |reading, found| {
            // What leads to a resource of the Bundle is a link, not a text.
            let is_link = |text: &str| reading.lengths & length_bit(text) != 0 && reading.resources.contains_key(text);
            if found.json.and_then(Json::text).is_some_and(is_link) {
                return None;
            }
            let written = leaf.back(found, &PROGRAM, is_named_type)?;
            if row.is_attribute {
                reading.attribute(row, written.text.as_deref().unwrap_or_default());
            } else if row.more.is_empty() {
                reading.out.leaf(namespace, row.local, &written, of_groups);
            } else {
                reading.out.lines(of_groups, &written);
            }
            Some(())
        });
        if row.is_attribute && is_empty_at(object, around.way_to(row)) {
            self.attribute(row, "");
        }
    }

    fn inside(&mut self, row: &'static Row, of: usize, object: &'b Json<'b>, around: &mut Around<'b>) {
        let namespace = self.namespace_of(row);
        match row.way {
            Way::Here | Way::Value => {
                let is_there = is_empty_at(object, around.way_to(row));
                self.out.may_open(namespace, row.local);
                around.trail.push(row.local);
                self.read(of, object, around);
                around.trail.pop();
                self.out.close(is_there);
            }
            Way::Section => {
                for section in
                    object.get("section").map_or(&[][..], Json::items).iter().filter(|one| is_section(one, row.local))
                {
                    self.element(row, of, section, around);
                }
            }
            Way::SharedSection(kind) => {
                let sections = object.get("section").map_or(&[][..], Json::items);
                let entries = sections.iter().filter(|one| is_section(one, row.local));
                let entries = entries.flat_map(|section| section.get("entry").map_or(&[][..], Json::items));
                let urls: Vec<&str> = entries.filter_map(|entry| entry.get("reference")?.text()).collect();
                for url in urls {
                    if let Some(resource) = self.resolve(url, around).filter(|one| is_kind(one, kind)) {
                        self.resource(row, of, url, resource, around);
                    }
                }
            }
            Way::Entry(_) => {
                for entry in object.get("entry").map_or(&[][..], Json::items) {
                    self.entry(row, entry, around);
                }
            }
            Way::Resource(kind) | Way::Contained(kind) => {
                // A role in an organisation is part of the party that another row is about.
                let is_mine = |one: &Json<'_>| is_kind(one, kind) && !(row.has_a_twin && one.get("organization").is_some());
                self.values(row, object, around, &mut |reading, found| {
                    let url = found.json?.get("reference")?.text()?;
                    let resource = reading.resolve(url, around).filter(|one| is_mine(one))?;
                    reading.resource(row, of, url, resource, around);
                    Some(())
                });
            }
            Way::Party => {
                let wanted = if matches!(row.local, "Organisation" | "Inst") { "Organization" } else { "PractitionerRole" };
                self.values(row, object, around, &mut |reading, found| {
                    let (url, resource) = reading.outermost(found.json?.get("reference")?.text()?)?;
                    is_kind(resource, wanted).then(|| reading.resource(row, of, url, resource, around))
                });
            }
            Way::Element => {
                let mut all = Vec::new();
                objects(object, &row.place, &mut |one| all.push(one));
                all.into_iter().for_each(|one| self.element(row, of, one, around));
            }
            Way::Inverse(kind, member, _) => {
                let this = around.this;
                let refers = |one: &Json<'_>| one.first(member).and_then(|to| to.get("reference")?.text()) == Some(this);
                let all = self.parts.get(this).map_or(&[][..], Vec::as_slice).iter().copied();
                let inner: Vec<_> = all.filter(|(_, one)| is_kind(one, kind) && refers(one)).collect();
                inner.into_iter().for_each(|(url, resource)| self.resource(row, of, url, resource, around));
            }
        }
    }

    /// An object of its own is there: so is its element.
    fn element(&mut self, row: &'static Row, of: usize, object: &'b Json<'b>, around: &Around<'b>) {
        let namespace = self.namespace_of(row);
        self.out.may_open(namespace, row.local);
        self.out.begin();
        self.read(of, object, &mut Around { trail: Vec::new(), ..around.clone() });
        self.out.close(true);
    }

    fn resource(&mut self, row: &'static Row, of: usize, url: &'b str, resource: &'b Json<'b>, around: &Around<'b>) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        let namespace = self.namespace_of(row);
        self.out.may_open(namespace, row.local);
        self.out.begin();
        let is_contained = url.starts_with('#');
        let (this, holder) = if is_contained { (around.this, around.resource) } else { (url, resource) };
        self.read(of, resource, &mut Around { this, resource: holder, trail: Vec::new() });
        self.out.close(true);
        self.depth -= 1;
    }

    fn entry(&mut self, row: &'static Row, entry: &'b Json<'b>, around: &Around<'b>) {
        let (Way::Entry(kind), Kind::Inside(of)) = (row.way, row.kind) else { return };
        if row.has_a_twin && !bears(entry, row.local) {
            return;
        }
        let Some(url) = entry.get("reference").and_then(Json::text) else { return };
        if let Some(resource) = self.resolve(url, around).filter(|one| is_kind(one, kind)) {
            self.resource(row, of, url, resource, around);
        }
    }

    /// The party that all others of it are in.
    fn outermost(&self, url: &'b str) -> Option<(&'b str, &'b Json<'b>)> {
        let mut at = (url, *self.resources.get(url)?);
        // A ring of references would go on for ever.
        for _ in 0..self.resources.len() {
            let outer = at.1.get("partOf").or_else(|| at.1.get("organization"));
            let Some(next) = outer.and_then(|outer| outer.get("reference")?.text()) else { break };
            let Some(resource) = self.resources.get(next) else { break };
            at = (next, *resource);
        }
        Some(at)
    }

    fn content(&mut self, row: &'static Row, object: &'b Json<'b>, around: &mut Around<'b>) {
        let namespace = self.namespace_of(row);
        let items = object.get("content").map_or(&[][..], Json::items);
        let related = object.get("context").and_then(|context| context.get("related")).map_or(&[][..], Json::items);
        let mut related = related.iter().filter_map(|one| one.get("reference")?.text());
        self.out.may_open(namespace, row.local);
        for item in items {
            let code = item.get("format").and_then(|format| format.get("code")?.text());
            let root = code.and_then(|code| self.root_of(code, &mut related));
            let attachment = item.get("attachment");
            let url = attachment.and_then(|attachment| attachment.get("url")?.text());
            let binary = url.and_then(|url| self.resources.get(url)).filter(|one| is_kind(one, "Binary"));
            if let Some(xml) = binary.and_then(|binary| exact(binary.get("data")?)) {
                self.out.copy(&xml);
            } else if let Some((root, resource)) = root {
                let version = code.and_then(|code| self.program.version(code)).unwrap_or_default();
                let around_it = self.change_version(version);
                self.document(root, resource, object, around);
                self.change_version(around_it);
            } else if let Some(data) = attachment.and_then(|attachment| attachment.get("data")?.text()) {
                let written = Written { text: Some(data.into()), ..Written::default() };
                let namespace = self.namespace("b64");
                self.out.leaf(namespace, "Base64Container", &written, namespace);
            }
        }
        self.out.close(is_empty_at(object, around.way_to(row)));
    }

    /// The root that a content has by its format; its resource, when it is one of its own.
    fn root_of(
        &self,
        code: &str,
        related: &mut dyn Iterator<Item = &'b str>,
    ) -> Option<(&'static Root, Option<(&'b str, &'b Json<'b>)>)> {
        let prefix = self.program.prefix(code)?;
        let root = self.program.roots.iter().find(|root| root.prefix == prefix && root.kind != "MessageHeader")?;
        if root.kind.is_empty() {
            return Some((root, None));
        }
        let mut found = related.filter_map(|url| Some((url, *self.resources.get(url)?)));
        Some((root, Some(found.find(|(_, one)| is_kind(one, root.kind))?)))
    }

    fn document(
        &mut self,
        root: &'static Root,
        resource: Option<(&'b str, &'b Json<'b>)>,
        object: &'b Json<'b>,
        around: &mut Around<'b>,
    ) {
        let namespace = self.namespace(root.prefix);
        self.out.may_open(namespace, root.local);
        self.out.begin();
        match resource {
            Some((this, resource)) => self.read(root.of, resource, &mut Around { this, resource, trail: Vec::new() }),
            None => self.read(root.of, object, around),
        }
        self.out.close(true);
    }
}

/// Exact XML in base64.
fn exact(data: &Json<'_>) -> Option<String> {
    String::from_utf8(from_base64(data.text()?)?).ok()
}
