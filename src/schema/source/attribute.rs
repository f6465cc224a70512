//! `attribute`, `attributeGroup` and `anyAttribute` as written.

use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::ABSENT;
use super::element::Scope;
use super::syntax::{
    AttributeDef, AttributeGroupDef, AttributeList, AttributeUse, NamespaceSet, Need, Process, TypeDef, TypeRef, Wildcard,
};
use crate::xml::Node;

/// The children that a list of attributes is made of.
pub(super) const ATTRIBUTES: [&str; 3] = ["attribute", "attributeGroup", "anyAttribute"];

impl Scope<'_> {
    pub fn global_attribute(&mut self, node: Node<'_>) -> Option<AttributeDef> {
        self.allow_attributes(node, &["name", "type", "default", "fixed"]);
        self.attribute_declaration(node, self.target)
    }

    pub fn attribute_group(&mut self, node: Node<'_>) -> AttributeGroupDef {
        self.allow_attributes(node, &["name"]);
        let children = self.children(node, &ATTRIBUTES);
        AttributeGroupDef { at: self.at(node), list: self.attribute_list(&children) }
    }

    /// The attributes among some children.
    pub fn attribute_list(&mut self, children: &[(&str, Node<'_>)]) -> AttributeList {
        let mut list = AttributeList { uses: Vec::new(), wildcard: None };
        for (name, child) in children {
            match *name {
                "attribute" => list.uses.extend(self.local_attribute(*child)),
                "attributeGroup" => {
                    self.allow_attributes(*child, &["ref"]);
                    let at = self.at(*child);
                    let name = self.required_reference(*child);
                    list.uses.extend(name.map(|name| AttributeUse::Group { at, name }));
                }
                "anyAttribute" => {
                    self.allow_attributes(*child, &["namespace", "processContents"]);
                    self.children(*child, &[]);
                    list.wildcard = Some(self.wildcard(*child));
                }
                _ => {}
            }
        }
        list
    }

    /// `ref`, which must be there.
    pub fn required_reference(&mut self, node: Node<'_>) -> Option<super::super::vocabulary::NameKey> {
        if node.attribute("ref").is_none() {
            self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "ref", wanted: "there" });
        }
        self.reference(node, "ref")
    }

    fn local_attribute(&mut self, node: Node<'_>) -> Option<AttributeUse> {
        let need = match node.attribute("use").map(str::trim) {
            None | Some("optional") => Need::Optional,
            Some("required") => Need::Required,
            Some("prohibited") => Need::Prohibited,
            Some(_) => {
                let wanted = "optional, required or prohibited";
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "use", wanted });
                Need::Optional
            }
        };
        if node.attribute("ref").is_some() {
            self.allow_attributes(node, &["ref", "use", "default", "fixed"]);
            self.children(node, &[]);
            let (at, preset) = (self.at(node), self.preset(node));
            return self.reference(node, "ref").map(|name| AttributeUse::Ref { at, name, need, preset });
        }
        self.allow_attributes(node, &["name", "type", "use", "default", "fixed", "form"]);
        let is_qualified = self.is_qualified(node, "form", self.attributes_are_qualified);
        let namespace = if is_qualified { self.target } else { ABSENT };
        self.attribute_declaration(node, namespace).map(|declaration| AttributeUse::Own { declaration, need })
    }

    fn attribute_declaration(&mut self, node: Node<'_>, namespace: u32) -> Option<AttributeDef> {
        let name = self.name_in(node, namespace)?;
        let inline = self.only_child(node, &["simpleType"]);
        let at = self.at(node);
        let declared = match inline {
            Some((_, child)) => self.simple_type(child).map(|simple| TypeRef::Inline(Box::new(TypeDef::Simple(simple)))),
            None => self.reference(node, "type").map(|name| TypeRef::Named(name, at)),
        };
        Some(AttributeDef { at, name, declared, preset: self.preset(node) })
    }

    /// What `any` and `anyAttribute` let in.
    pub fn wildcard(&mut self, node: Node<'_>) -> Wildcard {
        let namespaces = match node.attribute("namespace").map(str::trim) {
            None | Some("##any") => NamespaceSet::Any,
            Some("##other") => NamespaceSet::Other(self.target),
            Some(list) => NamespaceSet::Listed(list.split_ascii_whitespace().map(|word| self.listed(node, word)).collect()),
        };
        let process = match node.attribute("processContents").map(str::trim) {
            None | Some("strict") => Process::Strict,
            Some("lax") => Process::Lax,
            Some("skip") => Process::Skip,
            Some(_) => {
                let wanted = "strict, lax or skip";
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "processContents", wanted });
                Process::Strict
            }
        };
        Wildcard { namespaces, process }
    }

    fn listed(&mut self, node: Node<'_>, word: &str) -> u32 {
        match word {
            "##targetNamespace" => self.target,
            "##local" => ABSENT,
            word => {
                if word.starts_with("##") {
                    let wanted = "##any, ##other, or a list of namespaces, ##targetNamespace and ##local";
                    self.raise(node, SchemaTroubleKind::BadAttribute { attribute: "namespace", wanted });
                }
                self.vocabulary.add_namespace(word)
            }
        }
    }
}
