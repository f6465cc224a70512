//! A whole schema file: its head, and everything that it declares for everybody.

use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::SCHEMA_NAMESPACE;
use super::element::Scope;
use super::syntax::{Declarations, TypeDef, Ways};
use crate::xml::Node;

/// What the children of `schema` can be. `all`, `choice` and so on stand only inside something.
const COMPONENTS: [&str; 8] =
    ["import", "include", "simpleType", "complexType", "element", "attribute", "group", "attributeGroup"];

/// The attributes of `schema`. (`xml:lang` and the like belong to other readers.)
const HEAD: [&str; 6] =
    ["targetNamespace", "elementFormDefault", "attributeFormDefault", "blockDefault", "finalDefault", "version"];

/// The files that a schema includes, as it names them.
pub(super) fn included(root: Node<'_>) -> impl Iterator<Item = &str> {
    root.children_named(SCHEMA_NAMESPACE, "include").filter_map(|include| include.attribute("schemaLocation"))
}

impl Scope<'_> {
    /// Reads the declarations under a `schema` element.
    pub fn declarations(&mut self, root: Node<'_>) -> Declarations {
        self.allow_attributes(root, &HEAD);
        self.elements_are_qualified = self.is_qualified(root, "elementFormDefault", false);
        self.attributes_are_qualified = self.is_qualified(root, "attributeFormDefault", false);
        self.block_default = self.blocked(root, "blockDefault", Ways::NONE);
        self.final_default = self.excluded_by_default(root);
        let mut found = Declarations::default();
        for (kind, child) in self.children(root, &COMPONENTS) {
            self.declaration(kind, child, &mut found);
        }
        found
    }

    fn declaration(&mut self, kind: &str, node: Node<'_>, found: &mut Declarations) {
        // Imports are resolved by namespace among all files, includes when files of one namespace are joined.
        if kind == "import" || kind == "include" {
            self.allow_attributes(node, &["namespace", "schemaLocation"]);
            self.children(node, &[]);
            return;
        }
        let Some(name) = self.own_name(node) else { return };
        match kind {
            "simpleType" => found.types.extend(self.simple_type(node).map(|simple| (name, TypeDef::Simple(simple)))),
            "complexType" => found.types.extend(self.complex_type(node).map(|complex| (name, TypeDef::Complex(complex)))),
            "element" => found.elements.extend(self.global_element(node).map(|element| (name, element))),
            "attribute" => found.attributes.extend(self.global_attribute(node).map(|attribute| (name, attribute))),
            "group" => found.groups.extend(self.group(node).map(|group| (name, group))),
            _ => {
                let group = self.attribute_group(node);
                found.attribute_groups.push((name, group));
            }
        }
    }

    /// Complains about a file that is no schema.
    pub fn is_schema(&mut self, root: Node<'_>) -> bool {
        let is_schema = root.is(SCHEMA_NAMESPACE, "schema");
        if !is_schema {
            self.raise(root, SchemaTroubleKind::NotASchema);
        }
        is_schema
    }
}
