//! Elements, model groups and wildcards as written: everything that a content model is made of.

use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::ABSENT;
use super::element::Scope;
use super::syntax::{ElementDef, GroupDef, Particle, Term, TypeDef, TypeRef, Ways};
use crate::xml::Node;

/// The children that a content model can begin with.
pub(super) const MODEL: [&str; 4] = ["sequence", "choice", "all", "group"];

/// The children of a sequence or choice.
const PARTICLES: [&str; 5] = ["element", "sequence", "choice", "group", "any"];

impl Scope<'_> {
    pub fn global_element(&mut self, node: Node<'_>) -> Option<ElementDef> {
        const ALLOWED: [&str; 9] =
            ["name", "type", "default", "fixed", "nillable", "abstract", "block", "final", "substitutionGroup"];
        self.allow_attributes(node, &ALLOWED);
        self.element_declaration(node, self.target)
    }

    pub fn group(&mut self, node: Node<'_>) -> Option<GroupDef> {
        self.allow_attributes(node, &["name"]);
        let Some((kind, child)) = self.only_child(node, &["sequence", "choice", "all"]) else {
            self.raise(node, SchemaTroubleKind::Unknown { construct: "group without content".into() });
            return None;
        };
        let particle = self.particle(kind, child)?;
        Some(GroupDef { at: self.at(node), particle })
    }

    /// One particle of a kind named in [`MODEL`] or allowed in a model group. The depth of the file bounds the recursion.
    pub fn particle(&mut self, kind: &str, node: Node<'_>) -> Option<Particle> {
        let (at, (min, max)) = (self.at(node), self.occurs(node));
        let term = match kind {
            "element" => self.local_element(node)?,
            "any" => {
                self.allow_attributes(node, &["namespace", "processContents", "minOccurs", "maxOccurs"]);
                self.children(node, &[]);
                Term::Any(self.wildcard(node))
            }
            "group" => {
                self.allow_attributes(node, &["ref", "minOccurs", "maxOccurs"]);
                self.children(node, &[]);
                Term::Group(self.required_reference(node)?)
            }
            "sequence" => Term::Sequence(self.particles(node, &PARTICLES)),
            "choice" => Term::Choice(self.particles(node, &PARTICLES)),
            _ => self.all(node, min, max),
        };
        Some(Particle { at, min, max, term })
    }

    fn particles(&mut self, node: Node<'_>, allowed: &[&str]) -> Vec<Particle> {
        self.allow_attributes(node, &["minOccurs", "maxOccurs"]);
        let children = self.children(node, allowed);
        children.into_iter().filter_map(|(kind, child)| self.particle(kind, child)).collect()
    }

    /// An `all` group stands alone, and each of its elements at most once (XML Schema 1.0 part 1, 3.8.6, cos-all-limited).
    fn all(&mut self, node: Node<'_>, min: u32, max: Option<u32>) -> Term {
        let members = self.particles(node, &["element"]);
        if min > 1 || max != Some(1) || members.iter().any(|member| !matches!(member.max, Some(0 | 1))) {
            let wanted = "0 or 1 for `all` and for each element in it";
            self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "maxOccurs", wanted });
        }
        Term::All(members)
    }

    fn local_element(&mut self, node: Node<'_>) -> Option<Term> {
        if node.attribute("ref").is_some() {
            self.allow_attributes(node, &["ref", "minOccurs", "maxOccurs"]);
            self.children(node, &[]);
            return self.reference(node, "ref").map(Term::ElementRef);
        }
        const ALLOWED: [&str; 9] =
            ["name", "type", "minOccurs", "maxOccurs", "default", "fixed", "nillable", "block", "form"];
        self.allow_attributes(node, &ALLOWED);
        let is_qualified = self.is_qualified(node, "form", self.elements_are_qualified);
        let namespace = if is_qualified { self.target } else { ABSENT };
        self.element_declaration(node, namespace).map(|element| Term::Element(Box::new(element)))
    }

    fn element_declaration(&mut self, node: Node<'_>, namespace: u32) -> Option<ElementDef> {
        let name = self.name_in(node, namespace)?;
        let at = self.at(node);
        let inline = self.only_child(node, &["simpleType", "complexType"]);
        let declared = match (inline, node.attribute("type")) {
            (Some(("simpleType", child)), None) => self.simple_type(child).map(TypeDef::Simple),
            (Some((_, child)), None) => self.complex_type(child).map(TypeDef::Complex),
            (Some(_), Some(_)) => {
                self.raise(
                    node,
                    SchemaTroubleKind::BadAttribute { attribute: "type", wanted: "absent beside a type inside" },
                );
                None
            }
            (None, _) => None,
        };
        let declared = declared.map(|inline| TypeRef::Inline(Box::new(inline)));
        let declared = declared.or_else(|| self.reference(node, "type").map(|name| TypeRef::Named(name, at)));
        Some(ElementDef {
            at,
            name,
            declared,
            preset: self.preset(node),
            nillable: self.flag(node, "nillable"),
            is_abstract: self.flag(node, "abstract"),
            block: self.blocked(node, "block", self.block_default),
            head: self.reference(node, "substitutionGroup"),
            excluded: self.excluded(node),
        })
    }

    /// `block` of a complex type knows no substitution.
    pub fn blocked_derivations(&mut self, node: Node<'_>) -> Ways {
        self.blocked(node, "block", self.block_default)
    }
}
