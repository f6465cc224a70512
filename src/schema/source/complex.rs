//! `complexType` as written, its short forms included.

use super::super::trouble::SchemaTroubleKind;
use super::attribute::ATTRIBUTES;
use super::element::Scope;
use super::particle::MODEL;
use super::simple::FACETS;
use super::syntax::{AttributeList, ComplexBody, ComplexDef, Derivation, TypeDef, TypeRef};
use crate::xml::Node;

/// How a complex type comes from its base.
struct Derived {
    derivation: Derivation,
    base: TypeRef,
    attributes: AttributeList,
    body: ComplexBody,
}

impl Scope<'_> {
    pub fn complex_type(&mut self, node: Node<'_>) -> Option<ComplexDef> {
        self.allow_attributes(node, &["name", "mixed", "abstract", "block", "final"]);
        let allowed: Vec<&str> = MODEL.into_iter().chain(ATTRIBUTES).chain(["simpleContent", "complexContent"]).collect();
        let children = self.children(node, &allowed);
        let mixed = self.flag(node, "mixed");
        let content = children.iter().find(|(name, _)| name.ends_with("Content"));
        let derived = match content {
            Some(_) if children.len() > 1 => {
                self.raise(node, SchemaTroubleKind::Unknown { construct: "complexType with more than its content".into() });
                return None;
            }
            Some(("simpleContent", child)) => self.simple_content(*child)?,
            Some((_, child)) => self.complex_content(*child, mixed)?,
            // The short form restricts the type that everything is (3.4.2).
            None => Derived {
                derivation: Derivation::Restriction,
                base: self.builtin(node, "anyType"),
                attributes: self.attribute_list(&children),
                body: ComplexBody::Complex { mixed, particle: self.model(&children) },
            },
        };
        let Derived { derivation, base, attributes, body } = derived;
        Some(ComplexDef {
            at: self.at(node),
            is_abstract: self.flag(node, "abstract"),
            block: self.blocked_derivations(node),
            derivation,
            base,
            attributes,
            body,
        })
    }

    /// The content model among some children: at most one.
    fn model(&mut self, children: &[(&str, Node<'_>)]) -> Option<super::syntax::Particle> {
        let mut models = children.iter().filter(|(name, _)| MODEL.contains(name));
        let (kind, first) = models.next()?;
        if let Some((_, second)) = models.next() {
            self.raise(*second, SchemaTroubleKind::Unknown { construct: "a second content model".into() });
        }
        self.particle(kind, *first)
    }

    fn derivation<'t>(&mut self, node: Node<'t>) -> Option<(Derivation, Node<'t>, TypeRef)> {
        let Some((kind, child)) = self.only_child(node, &["extension", "restriction"]) else {
            self.raise(node, SchemaTroubleKind::Unknown { construct: format!("{} without content", node.name().local) });
            return None;
        };
        let derivation = if kind == "extension" { Derivation::Extension } else { Derivation::Restriction };
        self.allow_attributes(child, &["base"]);
        if child.attribute("base").is_none() {
            self.raise(child, SchemaTroubleKind::BadAttribute { attribute: "base", wanted: "there" });
        }
        let at = self.at(child);
        let base = self.reference(child, "base")?;
        Some((derivation, child, TypeRef::Named(base, at)))
    }

    fn simple_content(&mut self, node: Node<'_>) -> Option<Derived> {
        self.allow_attributes(node, &[]);
        let (derivation, child, base) = self.derivation(node)?;
        let narrowing: &[&str] = if derivation == Derivation::Restriction { &FACETS } else { &[] };
        let inner: &[&str] = if derivation == Derivation::Restriction { &["simpleType"] } else { &[] };
        let allowed: Vec<&str> = ATTRIBUTES.iter().chain(narrowing).chain(inner).copied().collect();
        let children = self.children(child, &allowed);
        let own = children.iter().find(|(name, _)| *name == "simpleType").map(|(_, own)| *own);
        let inner = own.and_then(|own| self.simple_type(own)).map(|own| TypeRef::Inline(Box::new(TypeDef::Simple(own))));
        let facets = self.facets(&children);
        let attributes = self.attribute_list(&children);
        Some(Derived { derivation, base, attributes, body: ComplexBody::Simple { inner, facets } })
    }

    fn complex_content(&mut self, node: Node<'_>, mixed: bool) -> Option<Derived> {
        self.allow_attributes(node, &["mixed"]);
        let mixed = if node.attribute("mixed").is_some() { self.flag(node, "mixed") } else { mixed };
        let (derivation, child, base) = self.derivation(node)?;
        let allowed: Vec<&str> = MODEL.into_iter().chain(ATTRIBUTES).collect();
        let children = self.children(child, &allowed);
        let particle = self.model(&children);
        let attributes = self.attribute_list(&children);
        Some(Derived { derivation, base, attributes, body: ComplexBody::Complex { mixed, particle } })
    }
}
