//! One element of a schema file: its attributes as values, its children, and every complaint about what is not known.

use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::{ABSENT, NameKey, SCHEMA_NAMESPACE, Vocabulary};
use super::syntax::{At, Preset, Ways};
use crate::xml::Node;

/// What is known while one file is read.
pub(super) struct Scope<'s> {
    pub file: u32,
    /// The target namespace.
    pub target: u32,
    /// No namespace in this file means the target namespace: it was included by a file that has one.
    pub is_chameleon: bool,
    pub elements_are_qualified: bool,
    pub attributes_are_qualified: bool,
    pub block_default: Ways,
    pub final_default: Ways,
    pub vocabulary: &'s mut Vocabulary,
    pub troubles: &'s mut Vec<(At, SchemaTroubleKind)>,
}

impl Scope<'_> {
    pub fn at(&self, node: Node<'_>) -> At {
        At { file: self.file, offset: node.offset() as u32 }
    }

    pub fn raise(&mut self, node: Node<'_>, kind: SchemaTroubleKind) {
        self.troubles.push((self.at(node), kind));
    }

    /// Complains about every attribute that is not in the list. Attributes of other namespaces are for other readers.
    pub fn allow_attributes(&mut self, node: Node<'_>, allowed: &[&str]) {
        for (name, _) in node.attributes() {
            let is_foreign = !name.namespace.is_empty() && name.namespace != SCHEMA_NAMESPACE;
            if !is_foreign && (name.local != "id" || !name.namespace.is_empty()) && !allowed.contains(&name.local) {
                let construct = format!("{}/@{}", node.name().local, name.local);
                self.raise(node, SchemaTroubleKind::Unknown { construct });
            }
        }
    }

    /// The child elements with their names, without annotations. Complains about what is not in the list.
    pub fn children<'t>(&mut self, node: Node<'t>, allowed: &[&str]) -> Vec<(&'t str, Node<'t>)> {
        const NOT_IMPLEMENTED: [&str; 5] = ["key", "keyref", "unique", "redefine", "notation"];
        if node.has_text() {
            self.raise(node, SchemaTroubleKind::Unknown { construct: format!("{}/text()", node.name().local) });
        }
        let mut found = Vec::new();
        for child in node.children() {
            let name = child.name();
            let is_schema = name.namespace == SCHEMA_NAMESPACE;
            if is_schema && name.local == "annotation" {
                continue;
            }
            if is_schema && allowed.contains(&name.local) {
                found.push((name.local, child));
            } else if let Some(construct) = NOT_IMPLEMENTED.iter().find(|known| is_schema && **known == name.local) {
                self.raise(child, SchemaTroubleKind::NotImplemented { construct });
            } else {
                let construct = format!("{}/{}", node.name().local, name.local);
                self.raise(child, SchemaTroubleKind::Unknown { construct });
            }
        }
        found
    }

    /// The same where no more than one child may stand.
    pub fn only_child<'t>(&mut self, node: Node<'t>, allowed: &[&str]) -> Option<(&'t str, Node<'t>)> {
        let children = self.children(node, allowed);
        if let Some((name, second)) = children.get(1) {
            let construct = format!("{}/{name}", node.name().local);
            self.raise(*second, SchemaTroubleKind::Unknown { construct });
        }
        children.first().copied()
    }

    /// The value of `name`, which must be there, as a name in the target namespace.
    pub fn own_name(&mut self, node: Node<'_>) -> Option<NameKey> {
        self.name_in(node, self.target)
    }

    /// The value of `name`, which must be there.
    pub fn name_in(&mut self, node: Node<'_>, namespace: u32) -> Option<NameKey> {
        let Some(local) = node.attribute("name").map(str::trim).filter(|name| !name.is_empty() && !name.contains(':'))
        else {
            self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "name", wanted: "there, a name without colon" });
            return None;
        };
        Some(self.vocabulary.add(namespace, local))
    }

    /// A qualified name in an attribute, if the attribute is there.
    pub fn reference(&mut self, node: Node<'_>, attribute: &str) -> Option<NameKey> {
        let written = node.attribute(attribute)?;
        self.resolve(node, written.trim())
    }

    pub fn resolve(&mut self, node: Node<'_>, written: &str) -> Option<NameKey> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let namespace = node.namespace_of(prefix);
        let Some(namespace) = namespace else {
            self.raise(node, SchemaTroubleKind::UnboundPrefix { name: written.into() });
            return None;
        };
        let number = self.vocabulary.add_namespace(namespace);
        let number = if number == ABSENT && self.is_chameleon { self.target } else { number };
        Some(self.vocabulary.add(number, local))
    }

    /// An attribute that is true or false; false when it is not there.
    pub fn flag(&mut self, node: Node<'_>, attribute: &'static str) -> bool {
        match node.attribute(attribute).map(str::trim) {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(_) => {
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute, wanted: "true or false" });
                false
            }
        }
    }

    /// Whether a local element or attribute has the target namespace.
    pub fn is_qualified(&mut self, node: Node<'_>, attribute: &'static str, by_default: bool) -> bool {
        match node.attribute(attribute).map(str::trim) {
            None => by_default,
            Some("qualified") => true,
            Some("unqualified") => false,
            Some(_) => {
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute, wanted: "qualified or unqualified" });
                by_default
            }
        }
    }

    /// `block` and `blockDefault`.
    pub fn blocked(&mut self, node: Node<'_>, attribute: &'static str, by_default: Ways) -> Ways {
        let wanted = "#all, or a list of extension, restriction and substitution";
        self.ways(node, attribute, &[("substitution", Ways::SUBSTITUTION)], wanted).unwrap_or(by_default)
    }

    /// `final` of an element.
    pub fn excluded(&mut self, node: Node<'_>) -> Ways {
        let wanted = "#all, or a list of extension and restriction";
        self.ways(node, "final", &[], wanted).unwrap_or(self.final_default)
    }

    /// `finalDefault`, as far as it is about elements: lists and unions are about simple types.
    pub fn excluded_by_default(&mut self, root: Node<'_>) -> Ways {
        let wanted = "#all, or a list of extension, restriction, list and union";
        self.ways(root, "finalDefault", &[("list", Ways::NONE), ("union", Ways::NONE)], wanted).unwrap_or(Ways::NONE)
    }

    /// An attribute that lists ways of derivation, with the words that it knows besides.
    fn ways(
        &mut self,
        node: Node<'_>,
        attribute: &'static str,
        more: &[(&str, Ways)],
        wanted: &'static str,
    ) -> Option<Ways> {
        let mut ways = Ways::NONE;
        for word in node.attribute(attribute)?.split_ascii_whitespace() {
            let known = match word {
                "#all" => Some(Ways::ALL),
                "extension" => Some(Ways::EXTENSION),
                "restriction" => Some(Ways::RESTRICTION),
                other => more.iter().find(|(name, _)| *name == other).map(|(_, way)| *way),
            };
            match known {
                Some(way) => ways = ways.with(way),
                None => self.raise(node, SchemaTroubleKind::BadAttribute { attribute, wanted }),
            }
        }
        Some(ways)
    }

    /// `default` or `fixed`.
    pub fn preset(&mut self, node: Node<'_>) -> Option<Preset> {
        let of = |value: &str, is_fixed| Preset { value: value.into(), is_fixed };
        match (node.attribute("default"), node.attribute("fixed")) {
            (None, None) => None,
            (Some(default), None) => Some(of(default, false)),
            (None, Some(fixed)) => Some(of(fixed, true)),
            (Some(_), Some(fixed)) => {
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "default", wanted: "absent beside `fixed`" });
                Some(of(fixed, true))
            }
        }
    }

    /// `minOccurs` and `maxOccurs`, which is `None` for unbounded.
    pub fn occurs(&mut self, node: Node<'_>) -> (u32, Option<u32>) {
        let min = node.attribute("minOccurs").map_or(Some(1), |written| written.trim().parse().ok());
        let max = match node.attribute("maxOccurs").map(str::trim) {
            None => Some(Some(1)),
            Some("unbounded") => Some(None),
            Some(number) => number.parse().ok().map(Some),
        };
        let (Some(min), Some(max)) = (min, max) else {
            let wanted = "a whole number; maxOccurs may be unbounded";
            self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "minOccurs, maxOccurs", wanted });
            return (1, Some(1));
        };
        if max.is_some_and(|max| max < min) {
            self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "maxOccurs", wanted: "no less than minOccurs" });
        }
        (min, max)
    }
}
