//! The way from files to a set: read, join, build, make automata. It fails with every trouble at once.

use super::super::packed::Packed;
use super::super::parts::{All, Content, Member, Text, Type, TypeId, Value};
use super::super::set::SchemaSet;
use super::super::source::SchemaFile;
use super::super::source::catalogue::{Catalogue, Sources};
use super::super::source::syntax::{At, ElementDef};
use super::super::trouble::{SchemaTrouble, SchemaTroubleKind};
use super::super::vocabulary::Vocabulary;
use super::automaton::{NoModel, Substitutes, model};
use super::builder::{Builder, Built, CHAIN, Origin, Shape, TypeSlot};
use super::substitution::{Substitution, wrong_heads};

/// The steps of all automata together: this bounds the memory of a set.
const STEPS: usize = 4_000_000;

impl SchemaSet {
    /// Compiles schema files into one set. Imports are resolved by namespace among these files, whatever their `schemaLocation`
    /// says; files of one namespace are joined.
    ///
    /// # Errors
    /// Every trouble of every file. A construct that is not implemented is one: what it asks for would not be checked.
    pub fn compile(files: &[SchemaFile<'_>]) -> Result<SchemaSet, Vec<SchemaTrouble>> {
        let mut vocabulary = Vocabulary::new();
        let (mut sources, catalogue) = Sources::read(files, &mut vocabulary);
        let mut builder = Builder::new(&catalogue, vocabulary);
        builder.build_all();
        sources.raised.append(&mut builder.raised);
        let (mut set, shapes, definitions) = builder.into_set();
        set.notes = std::mem::take(&mut sources.notes);
        sources.raised.extend(wrong_heads(&set, &definitions));
        let contents = contents(&set, shapes, &definitions, &mut sources.raised);
        let mut steps = 0;
        for (of, mut content) in set.types.iter_mut().zip(contents) {
            if let Content::Model(model) = &mut content {
                (model.first_state, model.first_step) = (set.states as u32, steps);
                set.states += model.states.len();
                steps += model.steps.len() as u32;
            }
            of.content = content;
        }
        set.packed = Packed::of(&set.vocabulary, &set.types, &set.elements);
        let troubles = sources.into_troubles();
        if troubles.is_empty() { Ok(set) } else { Err(troubles) }
    }
}

impl<'c> Builder<'c> {
    /// Everything that the catalogue declares, and everything that is found on the way.
    fn build_all(&mut self) {
        let catalogue: &'c Catalogue = self.catalogue;
        for (name, definition) in &catalogue.attributes {
            self.attribute_named(*name, definition.at);
        }
        for (name, definition) in &catalogue.elements {
            let id = self.element_id(definition);
            self.global_elements.insert(*name, id);
            self.check_head(definition);
        }
        let mut next = 0;
        while next < self.types.len() {
            let id = TypeId(next as u32);
            let at = match self.slot(id).origin {
                Origin::Defined(definition) => definition.at(),
                Origin::Any | Origin::Builtin(_) => At { file: 0, offset: 0 },
            };
            self.built(id, at);
            next += 1;
        }
        for number in 0..self.elements.len() {
            self.check_element(number);
        }
    }

    /// The head of a substitution group must be there, and not be the element itself by a detour.
    fn check_head(&mut self, definition: &'c ElementDef) {
        let mut at = definition;
        for _ in 0..CHAIN {
            let Some(name) = at.head else { return };
            match self.catalogue.elements.get(&name) {
                Some(head) => at = head,
                None if at.at.id() == definition.at.id() => return self.unresolved(definition.at, "element", name),
                None => return,
            }
        }
        self.circular(definition.at, "element", definition.name);
    }

    /// What must hold for an element and its type together. A fixed or default value needs content that can hold it
    /// (e-props-correct.2, cos-valid-default).
    fn check_element(&mut self, number: usize) {
        let definition = self.element_defs[number];
        let shape = self.built(self.elements[number].of, definition.at).shape.clone();
        if matches!(&shape, Shape::Simple(text) if text.has_prefixes()) {
            // Nobody remembers at the end of a text which prefixes were declared at its beginning.
            let construct = "an element whose text is a QName or NOTATION";
            self.raise(definition.at, SchemaTroubleKind::NotImplemented { construct });
        }
        let Some(preset) = &definition.preset else { return };
        match shape {
            Shape::Simple(text) => self.check_preset(preset, &text, definition.at),
            Shape::Parts { mixed: true, .. } | Shape::All { mixed: true, .. } => {}
            Shape::Empty | Shape::Parts { .. } | Shape::All { .. } => {
                self.raise(definition.at, SchemaTroubleKind::BadValue { value: preset.value.to_string() });
            }
        }
        self.elements[number].preset = Some(Value { text: preset.value.clone(), is_fixed: preset.is_fixed });
    }

    /// The set, in which no type has content yet; the shapes of the types; and the definitions of the elements.
    fn into_set(self) -> (SchemaSet, Vec<(At, Shape)>, Vec<&'c ElementDef>) {
        let mut shapes = Vec::new();
        let mut types = Vec::new();
        for TypeSlot { name, origin, built } in self.types {
            let Built { base, way, members, is_abstract, block, attributes, shape } =
                built.expect("`build_all` has built every type");
            let at = match origin {
                Origin::Defined(definition) => definition.at(),
                Origin::Any | Origin::Builtin(_) => At { file: 0, offset: 0 },
            };
            shapes.push((at, shape));
            types.push(Type { name, base, way, members, is_abstract, block, attributes, content: Content::Empty });
        }
        let mut elements = self.elements;
        for element in &mut elements {
            let is_abstract = element.is_abstract || types[element.of.0 as usize].is_abstract;
            element.is_ordinary = !is_abstract && element.preset.is_none();
        }
        let set = SchemaSet {
            vocabulary: self.vocabulary,
            types,
            elements,
            global_types: self.global_types,
            global_elements: self.global_elements,
            global_attributes: self.global_attributes,
            notes: Vec::new(),
            states: 0,
            packed: Packed::default(),
        };
        (set, shapes, self.element_defs)
    }
}

/// What may stand in each type.
fn contents(
    set: &SchemaSet,
    shapes: Vec<(At, Shape)>,
    definitions: &[&ElementDef],
    raised: &mut Vec<(At, SchemaTroubleKind)>,
) -> Vec<Content> {
    let substitution = Substitution::of(set, definitions);
    let mut steps = 0;
    let mut content = |(at, shape): (At, Shape)| match shape {
        Shape::Empty => Content::Empty,
        Shape::Simple(text) => Content::Simple(Text::of(text)),
        Shape::All { mixed, is_optional, members } => {
            let mut all = All { mixed, is_optional, members: Vec::new() };
            for (place, part) in members.into_iter().enumerate() {
                for (name, element) in substitution.substitutes(part.element) {
                    if all.members.iter().any(|member| member.name == name) {
                        raised.push((part.at, SchemaTroubleKind::Ambiguous { element: set.vocabulary.shown(name) }));
                    }
                    all.members.push(Member { name, element, place: place as u32, required: part.required });
                }
            }
            Content::All(all)
        }
        Shape::Parts { mixed, part } => {
            let made = if steps > STEPS {
                let kind = SchemaTroubleKind::TooLarge { what: "steps in all content models", allowed: STEPS };
                Err((at, kind))
            } else {
                model(&part, mixed, &substitution).map_err(|why| no_model(set, at, why))
            };
            match made {
                Ok(model) => {
                    steps += model.steps.len();
                    Content::Model(model)
                }
                Err(trouble) => {
                    raised.push(trouble);
                    Content::Empty
                }
            }
        }
    };
    shapes.into_iter().map(&mut content).collect()
}

fn no_model(set: &SchemaSet, at: At, why: NoModel) -> (At, SchemaTroubleKind) {
    match why {
        NoModel::TooMany(super::positions::TooMany(what, allowed)) => (at, SchemaTroubleKind::TooLarge { what, allowed }),
        NoModel::Ambiguous(name, at) => {
            let element = name.map_or_else(|| "any".to_owned(), |name| set.vocabulary.shown(name));
            (at, SchemaTroubleKind::Ambiguous { element })
        }
    }
}
