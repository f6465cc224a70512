//! The attributes of a type: its own, those of its groups, and those that it inherits (3.4.2, 3.6.2, 3.10.6).

use std::sync::Arc;

use super::super::parts::{Attribute, Attributes, Text, Value};
use super::super::simple::SimpleType;
use super::super::source::syntax::{
    At, AttributeDef, AttributeList, AttributeUse, Derivation, NamespaceSet, Need, Preset, Wildcard,
};
use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::{ABSENT, NameKey};
use super::builder::{Builder, CHAIN};
use crate::xml;

/// The attributes that one type may have.
const USES: usize = 64;

/// What a list and its groups say together.
#[derive(Default)]
struct Gathered {
    uses: Vec<(Attribute, Need)>,
    wildcards: Vec<Wildcard>,
    /// The groups that are in already: the same group twice says nothing new.
    groups: Vec<NameKey>,
}

impl<'c> Builder<'c> {
    /// The attributes of a type that comes from a base.
    pub fn attributes(&mut self, list: &'c AttributeList, derivation: Derivation, base: &Attributes, at: At) -> Attributes {
        let mut own = Gathered::default();
        self.gather(list, &mut own, &mut Vec::new());
        let wildcard = self.complete(list.wildcard.as_ref(), own.wildcards, at);
        let wildcard = match (derivation, wildcard, &base.wildcard) {
            (Derivation::Restriction, own, _) | (Derivation::Extension, own, None) => own,
            (Derivation::Extension, None, Some(base)) => Some(base.clone()),
            (Derivation::Extension, Some(own), Some(base)) => match union(&own.namespaces, &base.namespaces) {
                Some(namespaces) => Some(Wildcard { namespaces, process: own.process }),
                None => {
                    self.raise(at, SchemaTroubleKind::WrongBase { why: "its anyAttribute and this one cannot be joined" });
                    Some(own)
                }
            },
        };
        let mut all = Attributes { uses: Vec::new(), required: 0, wildcard };
        for (number, inherited) in base.uses.iter().enumerate() {
            if !own.uses.iter().any(|(attribute, _)| attribute.name == inherited.name) {
                self.add_use(&mut all, inherited.clone(), base.required & 1 << number != 0, at);
            }
        }
        for (attribute, need) in own.uses {
            if need != Need::Prohibited {
                self.add_use(&mut all, attribute, need == Need::Required, at);
            }
        }
        all
    }

    fn add_use(&mut self, all: &mut Attributes, attribute: Attribute, is_required: bool, at: At) {
        if all.uses.iter().any(|other| other.name == attribute.name) {
            let name = self.vocabulary.shown(attribute.name);
            self.raise(at, SchemaTroubleKind::Twice { what: "attribute", name });
        } else if all.uses.len() == USES {
            self.raise(at, SchemaTroubleKind::TooLarge { what: "attributes of a type", allowed: USES });
        } else {
            all.required |= u64::from(is_required) << all.uses.len();
            all.uses.push(attribute);
        }
    }

    fn gather(&mut self, list: &'c AttributeList, into: &mut Gathered, groups: &mut Vec<NameKey>) {
        for one in &list.uses {
            match one {
                AttributeUse::Own { declaration, need } => {
                    let attribute = self.attribute(declaration);
                    into.uses.push((attribute, *need));
                }
                AttributeUse::Ref { at, name, need, preset } => {
                    if let Some(mut attribute) = self.attribute_named(*name, *at) {
                        if preset.is_some() {
                            attribute.preset = self.preset(preset.as_ref(), &attribute.text.simple, *at);
                        }
                        into.uses.push((attribute, *need));
                    }
                }
                AttributeUse::Group { at, name } => self.gather_group(*name, *at, into, groups),
            }
        }
    }

    fn gather_group(&mut self, name: NameKey, at: At, into: &mut Gathered, groups: &mut Vec<NameKey>) {
        let catalogue = self.catalogue;
        let Some(group) = catalogue.attribute_groups.get(&name) else {
            return self.unresolved(at, "attributeGroup", name);
        };
        if groups.contains(&name) {
            return self.circular(at, "attributeGroup", name);
        }
        if into.groups.contains(&name) {
            return;
        }
        if groups.len() == CHAIN || into.uses.len() > USES {
            return self
                .raise(at, SchemaTroubleKind::TooLarge { what: "attribute groups inside each other", allowed: CHAIN });
        }
        groups.push(name);
        into.groups.push(name);
        self.gather(&group.list, into, groups);
        into.wildcards.extend(group.list.wildcard.clone());
        groups.pop();
    }

    /// The wildcard of a list is what it says itself and all of its groups say.
    fn complete(&mut self, own: Option<&Wildcard>, groups: Vec<Wildcard>, at: At) -> Option<Wildcard> {
        let mut all = own.cloned().into_iter().chain(groups);
        let first = all.next()?;
        Some(all.fold(first, |known, next| match intersection(&known.namespaces, &next.namespaces) {
            Some(namespaces) => Wildcard { namespaces, process: known.process },
            None => {
                self.raise(
                    at,
                    SchemaTroubleKind::NotImplemented { construct: "anyAttribute that no single one can express" },
                );
                known
            }
        }))
    }

    pub fn attribute_named(&mut self, name: NameKey, at: At) -> Option<Attribute> {
        if let Some(known) = self.global_attributes.get(&name) {
            return Some(known.clone());
        }
        let catalogue = self.catalogue;
        let Some(declaration) = catalogue.attributes.get(&name) else {
            self.unresolved(at, "attribute", name);
            return None;
        };
        let attribute = self.attribute(declaration);
        self.global_attributes.insert(name, attribute.clone());
        Some(attribute)
    }

    fn attribute(&mut self, declaration: &'c AttributeDef) -> Attribute {
        let text = match &declaration.declared {
            Some(declared) => self.simple_base(declared, declaration.at).1,
            None => self.any_text(),
        };
        let preset = self.preset(declaration.preset.as_ref(), &text, declaration.at);
        let is_plain = declaration.name.namespace() == ABSENT;
        let short_name = if is_plain { xml::short_name(self.vocabulary.local_name(declaration.name)) } else { 0 };
        Attribute { name: declaration.name, short_name, text: Text::of(text), preset }
    }

    fn preset(&mut self, preset: Option<&Preset>, text: &SimpleType, at: At) -> Option<Arc<Value>> {
        let preset = preset?;
        self.check_preset(preset, text, at);
        Some(Arc::new(Value { text: preset.value.clone(), is_fixed: preset.is_fixed }))
    }

    /// A fixed or default value must itself be allowed (a-props-correct.2, e-props-correct.2).
    pub fn check_preset(&mut self, preset: &Preset, text: &SimpleType, at: At) {
        if text.check(&preset.value).is_err() {
            self.raise(at, SchemaTroubleKind::BadValue { value: preset.value.to_string() });
        }
    }
}

/// What both let in (cos-aw-intersect), if one set can say it.
fn intersection(one: &NamespaceSet, other: &NamespaceSet) -> Option<NamespaceSet> {
    use NamespaceSet::{Any, Listed, Other};
    match (one, other) {
        (Any, set) | (set, Any) => Some(set.clone()),
        (Listed(list), set) | (set, Listed(list)) => {
            Some(Listed(list.iter().copied().filter(|namespace| set.contain(*namespace)).collect()))
        }
        (Other(one), Other(other)) if one == other || *other == ABSENT => Some(Other(*one)),
        (Other(ABSENT), Other(other)) => Some(Other(*other)),
        (Other(_), Other(_)) => None,
    }
}

/// What either lets in (cos-aw-union), if one set can say it. `Other(ABSENT)` is every namespace, but not none.
fn union(one: &NamespaceSet, other: &NamespaceSet) -> Option<NamespaceSet> {
    use NamespaceSet::{Any, Listed, Other};
    match (one, other) {
        (Any, _) | (_, Any) => Some(Any),
        (Listed(one), Listed(other)) => Some(Listed(one.iter().chain(other).copied().collect())),
        (Other(one), Other(other)) => Some(Other(if one == other { *one } else { ABSENT })),
        (Listed(list), Other(target)) | (Other(target), Listed(list)) => {
            match (list.contains(target), list.contains(&ABSENT)) {
                (true, true) => Some(Any),
                (true, false) => Some(Other(ABSENT)),
                (false, true) => None,
                (false, false) => Some(Other(*target)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NamespaceSet::{Any, Listed, Other};
    use super::*;

    #[test]
    fn wildcards_are_joined_and_intersected_as_the_standard_says() {
        assert_eq!(union(&Other(5), &Other(5)), Some(Other(5)));
        assert_eq!(union(&Other(5), &Other(6)), Some(Other(ABSENT)));
        assert_eq!(union(&Other(5), &Listed(vec![5, ABSENT])), Some(Any));
        assert_eq!(union(&Other(5), &Listed(vec![5])), Some(Other(ABSENT)));
        assert_eq!(union(&Other(5), &Listed(vec![ABSENT])), None);
        assert_eq!(union(&Listed(vec![7]), &Other(5)), Some(Other(5)));
        assert_eq!(intersection(&Any, &Other(5)), Some(Other(5)));
        assert_eq!(intersection(&Other(5), &Listed(vec![5, 6, ABSENT])), Some(Listed(vec![6])));
        assert_eq!(intersection(&Other(5), &Other(6)), None);
        assert_eq!(intersection(&Other(ABSENT), &Other(6)), Some(Other(6)));
    }
}
