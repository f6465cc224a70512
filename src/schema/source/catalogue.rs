//! Every declaration of all files by its name. Files of one namespace are joined; of two that disagree, the last by name counts.

use std::collections::{BTreeMap, HashMap};

use super::super::trouble::{SchemaNote, SchemaTrouble, SchemaTroubleKind};
use super::super::vocabulary::{ABSENT, NameKey, SCHEMA_NAMESPACE, Vocabulary};
use super::document;
use super::element::Scope;
use super::syntax::{At, AttributeDef, AttributeGroupDef, Declarations, ElementDef, GroupDef, TypeDef, Ways};
use super::text::SchemaFile;
use crate::xml::{Limits, Place, Tree};

/// The bound of one schema file, in bytes.
const SCHEMA_BYTES: usize = 8 * 1024 * 1024;

/// Everything declared, by name.
#[derive(Default)]
pub struct Catalogue {
    pub types: BTreeMap<NameKey, TypeDef>,
    pub elements: BTreeMap<NameKey, ElementDef>,
    pub attributes: BTreeMap<NameKey, AttributeDef>,
    pub groups: BTreeMap<NameKey, GroupDef>,
    pub attribute_groups: BTreeMap<NameKey, AttributeGroupDef>,
}

/// The files as they were read: what is needed to say where something stands, and what goes on.
pub struct Sources<'a> {
    files: Vec<(&'a str, String)>,
    pub troubles: Vec<SchemaTrouble>,
    pub raised: Vec<(At, SchemaTroubleKind)>,
    pub notes: Vec<SchemaNote>,
}

/// Where the types of XML Schema itself are said to stand.
const BUILT_IN: &str = "XML Schema";

/// A file that has been read, or a file without namespace read for another one that includes it.
struct Read {
    file: usize,
    target: u32,
    declarations: Declarations,
}

impl<'a> Sources<'a> {
    /// Reads the files, in the order of their names.
    pub fn read(given: &[SchemaFile<'a>], vocabulary: &mut Vocabulary) -> (Sources<'a>, Catalogue) {
        let mut given: Vec<&SchemaFile<'a>> = given.iter().collect();
        given.sort_by_key(|file| file.name);
        let mut sources = Sources { files: Vec::new(), troubles: Vec::new(), raised: Vec::new(), notes: Vec::new() };
        let mut texts = Vec::new();
        for file in given {
            match file.text() {
                Ok(text) => texts.push((file, text)),
                Err(trouble) => sources.unreadable(file.name, trouble),
            }
        }
        let reads = sources.read_texts(&texts, vocabulary);
        sources.files = texts.into_iter().map(|(file, text)| (file.name, text)).collect();
        let catalogue = sources.join(reads, vocabulary);
        (sources, catalogue)
    }

    /// All troubles in the order of files and places.
    pub fn into_troubles(mut self) -> Vec<SchemaTrouble> {
        let placed = self.raised.into_iter().map(|(at, kind)| {
            // What is built in stands in no file: `xs:anyType`, when something is added to it that it has already.
            let (name, text) =
                self.files.get(at.file as usize).map_or((BUILT_IN, ""), |(name, text)| (*name, text.as_str()));
            SchemaTrouble { file: name.to_owned(), place: Place::of(text, at.offset as usize), kind }
        });
        self.troubles.extend(placed);
        self.troubles.sort_by(|one, other| (&one.file, one.place).cmp(&(&other.file, other.place)));
        self.troubles.dedup();
        self.troubles
    }

    fn unreadable(&mut self, name: &str, trouble: crate::xml::Trouble) {
        let kind = SchemaTroubleKind::NotXml(trouble.kind);
        self.troubles.push(SchemaTrouble { file: name.to_owned(), place: trouble.place, kind });
    }

    fn read_texts(&mut self, texts: &[(&SchemaFile<'_>, String)], vocabulary: &mut Vocabulary) -> Vec<Read> {
        let limits = Limits { document_bytes: SCHEMA_BYTES, ..Limits::default() };
        let mut trees: Vec<(usize, Tree<'_>)> = Vec::new();
        for (number, (file, text)) in texts.iter().enumerate() {
            let (tree, trouble) = Tree::read(text, &limits);
            if tree.root().and_then(|root| root.attribute("targetNamespace")) == Some(SCHEMA_NAMESPACE) {
                self.notes.push(SchemaNote::BuiltIn { file: file.name.to_owned() });
            } else if let Some(trouble) = trouble {
                self.unreadable(file.name, trouble);
            } else {
                trees.push((number, tree));
            }
        }
        let targets = targets(texts, &trees, vocabulary);
        let mut reads = Vec::new();
        for ((file, tree), targets) in trees.iter().zip(targets) {
            for (target, is_chameleon) in targets {
                let mut scope = Scope {
                    file: *file as u32,
                    target,
                    is_chameleon,
                    elements_are_qualified: false,
                    attributes_are_qualified: false,
                    block_default: Ways::NONE,
                    final_default: Ways::NONE,
                    vocabulary,
                    troubles: &mut self.raised,
                };
                let Some(root) = tree.root().filter(|root| scope.is_schema(*root)) else { continue };
                let declarations = scope.declarations(root);
                reads.push(Read { file: *file, target, declarations });
            }
        }
        reads
    }

    /// Joins the files of each namespace, the last by name first.
    fn join(&mut self, reads: Vec<Read>, vocabulary: &Vocabulary) -> Catalogue {
        let mut joined = Catalogue::default();
        let mut owners: HashMap<(&'static str, NameKey), usize> = HashMap::new();
        for read in reads.into_iter().rev() {
            match joined.disagrees_with(&read.declarations) {
                Some((what, name)) => {
                    let by = owners.get(&(what, name)).copied().unwrap_or(read.file);
                    self.notes.push(SchemaNote::Superseded {
                        file: self.files[read.file].0.to_owned(),
                        by: self.files[by].0.to_owned(),
                        namespace: vocabulary.namespace_name(read.target).to_string(),
                        component: vocabulary.local_name(name).to_owned(),
                    });
                }
                None => {
                    let twice = joined.add(read.declarations, &mut |what, name| {
                        owners.entry((what, name)).or_insert(read.file);
                    });
                    self.raised.extend(
                        twice
                            .into_iter()
                            .map(|(at, what, name)| (at, SchemaTroubleKind::Twice { what, name: vocabulary.shown(name) })),
                    );
                }
            }
        }
        joined
    }
}

/// The namespaces that each file is read for: its own; or, for a file without one that others include, theirs.
fn targets(
    texts: &[(&SchemaFile<'_>, String)],
    trees: &[(usize, Tree<'_>)],
    vocabulary: &mut Vocabulary,
) -> Vec<Vec<(u32, bool)>> {
    let own: Vec<u32> = trees
        .iter()
        .map(|(_, tree)| tree.root().and_then(|root| root.attribute("targetNamespace")).unwrap_or_default())
        .map(|namespace| vocabulary.add_namespace(namespace.trim()))
        .collect();
    let mut all: Vec<Vec<(u32, bool)>> = own.iter().map(|target| vec![(*target, false)]).collect();
    // A file without namespace may include another: what the first is read for, the second is too.
    let mut changed = true;
    while changed {
        changed = false;
        for (includer, (_, tree)) in trees.iter().enumerate() {
            let names = tree.root().into_iter().flat_map(document::included).map(base_name).collect::<Vec<_>>();
            for (at, (file, _)) in trees.iter().enumerate() {
                if own[at] == ABSENT && names.contains(&texts[*file].0.base_name()) {
                    for (target, _) in all[includer].clone() {
                        let known = all[at].contains(&(target, true));
                        if target != ABSENT && !known {
                            all[at].retain(|(target, _)| *target != ABSENT);
                            all[at].push((target, true));
                            changed = true;
                        }
                    }
                }
            }
        }
    }
    all
}

fn base_name(location: &str) -> &str {
    location.rsplit(['/', '\\']).next().unwrap_or(location)
}

impl Catalogue {
    /// The first declaration that is here already and says something else.
    fn disagrees_with(&self, new: &Declarations) -> Option<(&'static str, NameKey)> {
        fn of<T: PartialEq>(known: &BTreeMap<NameKey, T>, new: &[(NameKey, T)]) -> Option<NameKey> {
            let differs = |(name, one): &&(NameKey, T)| known.get(name).is_some_and(|other| other != one);
            new.iter().find(differs).map(|(name, _)| *name)
        }
        let named = |what| move |name| (what, name);
        of(&self.types, &new.types)
            .map(named("type"))
            .or_else(|| of(&self.elements, &new.elements).map(named("element")))
            .or_else(|| of(&self.attributes, &new.attributes).map(named("attribute")))
            .or_else(|| of(&self.groups, &new.groups).map(named("group")))
            .or_else(|| of(&self.attribute_groups, &new.attribute_groups).map(named("attributeGroup")))
    }

    /// Takes the declarations of one file; gives those that the file itself has twice, and differently.
    fn add(&mut self, new: Declarations, owned: &mut impl FnMut(&'static str, NameKey)) -> Vec<(At, &'static str, NameKey)> {
        let mut twice = Vec::new();
        let mut add = |what, name, differs: Option<At>| {
            owned(what, name);
            twice.extend(differs.map(|at| (at, what, name)));
        };
        for (name, new) in new.types {
            let at = new.at();
            add("type", name, clash(&mut self.types, name, new).then_some(at));
        }
        for (name, new) in new.elements {
            let at = new.at;
            add("element", name, clash(&mut self.elements, name, new).then_some(at));
        }
        for (name, new) in new.attributes {
            let at = new.at;
            add("attribute", name, clash(&mut self.attributes, name, new).then_some(at));
        }
        for (name, new) in new.groups {
            let at = new.at;
            add("group", name, clash(&mut self.groups, name, new).then_some(at));
        }
        for (name, new) in new.attribute_groups {
            let at = new.at;
            add("attributeGroup", name, clash(&mut self.attribute_groups, name, new).then_some(at));
        }
        twice
    }
}

/// Adds what is new; true when something else has the name.
fn clash<T: PartialEq>(known: &mut BTreeMap<NameKey, T>, name: NameKey, new: T) -> bool {
    match known.get(&name) {
        Some(other) => *other != new,
        None => {
            known.insert(name, new);
            false
        }
    }
}
