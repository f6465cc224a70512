//! Simple types: built in, narrowed, lists and unions. What a value must look like is decided in `simple`.

use std::sync::Arc;

use super::super::parts::{Attributes, TypeId};
use super::super::simple::{Builtin, Facet, SimpleType, Variety};
use super::super::source::syntax::{At, FacetDef, SimpleBody, SimpleDef, TypeDef, TypeRef, Ways, Wildcard};
use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::NameKey;
use super::builder::{Builder, Built, Origin, Shape};
use super::part::Part;

impl<'c> Builder<'c> {
    /// `xs:anyType`: any attributes, any content, looked at where it is declared (3.4.7).
    pub fn any_type(&self) -> Built {
        let anything = Part::Any { at: At { file: u32::MAX, offset: 0 }, wildcard: Wildcard::LAX };
        Built {
            base: TypeId::ANY,
            way: Ways::RESTRICTION,
            members: Vec::new(),
            is_abstract: false,
            block: Ways::NONE,
            attributes: Attributes { uses: Vec::new(), required: 0, wildcard: Some(Wildcard::LAX) },
            shape: Shape::Parts { mixed: true, part: anything.repeat(0, None) },
        }
    }

    pub fn builtin_type(&self, builtin: Builtin) -> Built {
        let base = builtin.base().map_or(TypeId::ANY, |base| self.builtin(base));
        of_text(base, Vec::new(), SimpleType::builtin(builtin))
    }

    pub fn simple_type(&mut self, definition: &'c SimpleDef, name: Option<NameKey>) -> Built {
        let any_simple = self.builtin(Builtin::AnySimpleType);
        let shown = name.map(|name| self.vocabulary.local_name(name).to_owned());
        let shown = shown.as_deref();
        match &definition.body {
            SimpleBody::Restriction { base, facets } => {
                let (id, text) = self.simple_base(base, definition.at);
                let text = self.narrowed(&text, shown, facets);
                let members = self.built(id, definition.at).members.clone();
                // Only a union as it stands can be stood for by its members; a narrowed one cannot (cos-st-derived-ok 2.2.4).
                of_text(id, if facets.is_empty() { members } else { Vec::new() }, text)
            }
            SimpleBody::List { item } => {
                let (_, item) = self.simple_base(item, definition.at);
                if matches!(item.variety(), Variety::List(_)) {
                    self.raise(definition.at, SchemaTroubleKind::WrongBase { why: "a list of lists" });
                }
                of_text(any_simple, Vec::new(), SimpleType::list(shown, &item))
            }
            SimpleBody::Union { members } => {
                let members: Vec<(TypeId, Arc<SimpleType>)> =
                    members.iter().map(|member| self.simple_base(member, definition.at)).collect();
                let (ids, simple): (Vec<_>, Vec<_>) = members.into_iter().unzip();
                of_text(any_simple, ids, SimpleType::union(shown, &simple))
            }
        }
    }

    /// A type that must be simple. After a complaint, any text.
    pub fn simple_base(&mut self, reference: &'c TypeRef, at: At) -> (TypeId, Arc<SimpleType>) {
        let id = self.type_id(reference);
        let is_unresolved = matches!(reference, TypeRef::Named(name, _) if !self.global_types.contains_key(name));
        if let (Shape::Simple(text), true) = (self.built(id, at).shape.clone(), self.is_simple_type(id)) {
            return (id, text);
        }
        if !is_unresolved {
            self.raise(at, SchemaTroubleKind::WrongBase { why: "it is not a simple type" });
        }
        (self.builtin(Builtin::AnySimpleType), self.any_text())
    }

    fn is_simple_type(&self, id: TypeId) -> bool {
        match self.slot(id).origin {
            Origin::Builtin(_) | Origin::Defined(TypeDef::Simple(_)) => true,
            Origin::Any | Origin::Defined(TypeDef::Complex(_)) => false,
        }
    }

    pub fn any_text(&self) -> Arc<SimpleType> {
        SimpleType::builtin(Builtin::AnySimpleType)
    }

    /// A text type with more facets, and a name if it has one of its own.
    pub fn narrowed(&mut self, base: &Arc<SimpleType>, name: Option<&str>, facets: &[FacetDef]) -> Arc<SimpleType> {
        if facets.is_empty() && name.is_none() {
            return base.clone();
        }
        let given: Vec<Facet<'_>> = facets
            .iter()
            .map(|written| Facet { kind: written.kind, value: &written.value, fixed: written.is_fixed })
            .collect();
        match SimpleType::restrict(base, name, &given) {
            Ok(simple) => simple,
            Err(troubles) => {
                for trouble in troubles {
                    let at = facets.iter().find(|facet| facet.kind == trouble.kind).map(|facet| facet.at);
                    let why = trouble.to_string();
                    self.raised.extend(at.map(|at| (at, SchemaTroubleKind::BadFacet { why })));
                }
                base.clone()
            }
        }
    }
}

fn of_text(base: TypeId, members: Vec<TypeId>, text: Arc<SimpleType>) -> Built {
    Built {
        base,
        way: Ways::RESTRICTION,
        members,
        is_abstract: false,
        block: Ways::NONE,
        attributes: Attributes { uses: Vec::new(), required: 0, wildcard: None },
        shape: Shape::Simple(text),
    }
}
