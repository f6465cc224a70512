//! Complex types: what they inherit, and their content as parts (3.4.2).

use super::super::source::syntax::{ComplexBody, ComplexDef, Derivation, Particle, Term, TypeRef, Ways};
use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::NameKey;
use super::builder::{AllPart, Builder, Built, Shape};
use super::part::Part;

/// Elements of an `all` group: each has a bit.
const ALL_MEMBERS: usize = 64;

/// How deep model groups may stand in each other, named groups followed.
const LEVELS: usize = 250;

/// The way down to a particle.
#[derive(Default)]
struct Trail {
    /// The named groups that are open.
    groups: Vec<NameKey>,
    depth: usize,
    /// The deepest level that was reached.
    deepest: usize,
}

impl<'c> Builder<'c> {
    pub fn complex_type(&mut self, definition: &'c ComplexDef) -> Built {
        let base = self.type_id(&definition.base);
        let built = self.built(base, definition.at);
        let base_shape = built.shape.clone();
        let base_attributes = built.attributes.clone();
        let attributes = self.attributes(&definition.attributes, definition.derivation, &base_attributes, definition.at);
        let shape = match &definition.body {
            ComplexBody::Simple { .. } => self.simple_content(definition, base_shape),
            ComplexBody::Complex { mixed, particle } => {
                let own = self.own_shape(*mixed, particle.as_ref());
                match definition.derivation {
                    Derivation::Restriction => own,
                    Derivation::Extension => self.extended(definition, base_shape, own),
                }
            }
        };
        Built {
            base,
            way: match definition.derivation {
                Derivation::Extension => Ways::EXTENSION,
                Derivation::Restriction => Ways::RESTRICTION,
            },
            members: Vec::new(),
            is_abstract: definition.is_abstract,
            block: definition.block,
            attributes,
            shape,
        }
    }

    fn wrong_base(&mut self, definition: &ComplexDef, why: &'static str) {
        // A base that does not exist was complained about already.
        let is_known = match &definition.base {
            TypeRef::Named(name, _) => self.global_types.contains_key(name),
            TypeRef::Inline(_) => true,
        };
        if is_known {
            self.raise(definition.at, SchemaTroubleKind::WrongBase { why });
        }
    }

    fn simple_content(&mut self, definition: &'c ComplexDef, base: Shape) -> Shape {
        let ComplexBody::Simple { inner, facets } = &definition.body else { return base };
        let inner = inner.as_ref().map(|inner| self.simple_base(inner, definition.at).1);
        let text = match (base, inner, definition.derivation) {
            (Shape::Simple(_), Some(inner), _) => inner,
            (Shape::Simple(text), None, _) => text,
            // Mixed content that can be empty may be narrowed to text.
            (Shape::Parts { mixed: true, .. }, Some(inner), Derivation::Restriction) => inner,
            (Shape::Parts { .. } | Shape::Empty | Shape::All { .. }, ..) => {
                self.wrong_base(definition, "it has no simple content");
                self.any_text()
            }
        };
        Shape::Simple(self.narrowed(&text, None, facets))
    }

    fn own_shape(&mut self, mixed: bool, particle: Option<&'c Particle>) -> Shape {
        if let Some(all) = particle.and_then(|particle| self.all_group(particle, mixed)) {
            return all;
        }
        let part = particle.map_or(Part::Empty, |particle| self.part(particle, &mut Trail::default()));
        match part {
            Part::Empty if !mixed => Shape::Empty,
            part => Shape::Parts { mixed, part },
        }
    }

    fn extended(&mut self, definition: &ComplexDef, base: Shape, own: Shape) -> Shape {
        match (base, own) {
            (Shape::Simple(_), own) => {
                self.wrong_base(definition, "it has simple content, which simpleContent extends");
                own
            }
            (base, Shape::Empty) => base,
            (Shape::Empty, own) => own,
            (Shape::Parts { mixed: one, part: first }, Shape::Parts { mixed: other, part: then }) => {
                if one != other {
                    self.wrong_base(definition, "of it and its extension one is mixed and the other is not");
                }
                Shape::Parts { mixed: other, part: Part::sequence(vec![first, then]) }
            }
            (Shape::All { .. } | Shape::Parts { .. }, own) => {
                self.wrong_base(definition, "an `all` group cannot be extended, nor extend anything");
                own
            }
        }
    }

    /// The `all` group that is the whole content, itself or by the name of a group.
    fn all_group(&mut self, particle: &'c Particle, mixed: bool) -> Option<Shape> {
        let mut at = particle;
        if let Term::Group(name) = &at.term {
            at = &self.catalogue.groups.get(name)?.particle;
        }
        let Term::All(members) = &at.term else { return None };
        let is_optional = at.min == 0 || particle.min == 0;
        if particle.max == Some(0) {
            return Some(Shape::Empty);
        }
        if members.len() > ALL_MEMBERS {
            self.raise(at.at, SchemaTroubleKind::TooLarge { what: "elements in an `all` group", allowed: ALL_MEMBERS });
        }
        let mut parts = Vec::new();
        for member in members.iter().take(ALL_MEMBERS).filter(|member| member.max != Some(0)) {
            let element = match &member.term {
                Term::Element(definition) => Some(self.element_id(definition)),
                Term::ElementRef(name) => self.element_named(*name, member.at),
                Term::Any(_) | Term::Sequence(_) | Term::Choice(_) | Term::All(_) | Term::Group(_) => None,
            };
            parts.extend(element.map(|element| AllPart { at: member.at, element, required: member.min > 0 }));
        }
        Some(if parts.is_empty() && !mixed { Shape::Empty } else { Shape::All { mixed, is_optional, members: parts } })
    }

    fn part(&mut self, particle: &'c Particle, trail: &mut Trail) -> Part {
        let at = particle.at;
        if trail.depth == LEVELS {
            self.raise(at, SchemaTroubleKind::TooLarge { what: "groups inside each other", allowed: LEVELS });
            return Part::Empty;
        }
        trail.depth += 1;
        trail.deepest = trail.deepest.max(trail.depth);
        let part = match &particle.term {
            // What may not occur is no part, and its names need not be ambiguous.
            _ if particle.max == Some(0) => Part::Empty,
            Term::Element(definition) => Part::Element { at, element: self.element_id(definition) },
            Term::ElementRef(name) => match self.element_named(*name, at) {
                Some(element) => Part::Element { at, element },
                None => Part::Empty,
            },
            Term::Any(wildcard) => Part::Any { at, wildcard: wildcard.clone() },
            Term::Sequence(inside) => Part::sequence(inside.iter().map(|inner| self.part(inner, trail)).collect()),
            Term::Choice(inside) => Part::choice(inside.iter().map(|inner| self.part(inner, trail)).collect()),
            Term::All(_) => {
                self.raise(at, SchemaTroubleKind::Unknown { construct: "an `all` group inside another group".into() });
                Part::Empty
            }
            Term::Group(name) => self.group(*name, particle, trail),
        };
        trail.depth -= 1;
        part.repeat(particle.min, particle.max)
    }

    /// A named group, made once however often it is used.
    fn group(&mut self, name: NameKey, particle: &'c Particle, trail: &mut Trail) -> Part {
        let Some(group) = self.catalogue.groups.get(&name) else {
            self.unresolved(particle.at, "group", name);
            return Part::Empty;
        };
        if trail.groups.contains(&name) {
            self.circular(particle.at, "group", name);
            return Part::Empty;
        }
        if let Some((part, levels)) = self.group_parts.get(&name) {
            if trail.depth + levels <= LEVELS {
                trail.deepest = trail.deepest.max(trail.depth + levels);
                return part.clone();
            }
            self.raise(particle.at, SchemaTroubleKind::TooLarge { what: "groups inside each other", allowed: LEVELS });
            return Part::Empty;
        }
        trail.groups.push(name);
        let deepest = std::mem::replace(&mut trail.deepest, trail.depth);
        let part = self.part(&group.particle, trail);
        self.group_parts.insert(name, (part.clone(), trail.deepest - trail.depth));
        trail.deepest = trail.deepest.max(deepest);
        trail.groups.pop();
        part
    }
}
