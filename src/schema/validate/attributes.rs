//! The attributes of an element that begins (3.4.4, cvc-complex-type.3 and 4).

use super::super::packed::PackedUse;
use super::super::parts::{Attribute as Rule, Attributes, TypeId};
use super::super::problem::{Found, ProblemKind, Written};
use super::super::simple::Unfit;
use super::super::source::syntax::Process;
use super::super::vocabulary::{INSTANCE, NameKey};
use super::frame::Subject;
use super::spelling::distance;
use super::validator::Validator;
use crate::xml::{Attribute, Start};

/// What every element may have (2.6).
const INSTANCE_ATTRIBUTES: [&str; 4] = ["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"];

impl<'s> Validator<'s> {
    #[inline(always)]
    pub(super) fn attributes(&mut self, of: TypeId, subject: Subject, start: &Start<'_>) {
        let present = if start.has_attributes() { self.present(of, subject, start) } else { 0 };
        let missing = self.set.packed.of_type(of).required & !present;
        if missing != 0 {
            self.missing_attributes(&self.set.of(of).attributes, missing, subject);
        }
    }

    /// Looks at each attribute; gives the bits of the uses that are there.
    fn present(&mut self, of: TypeId, subject: Subject, start: &Start<'_>) -> u64 {
        let uses = self.set.packed.uses(of);
        let (mut present, mut next): (u64, usize) = (0, 0);
        for attribute in start.attributes() {
            match uses.find(next, attribute.short_name()) {
                Some((number, known)) if !known.is_special => {
                    present |= 1 << number;
                    next = number + 1;
                    if !known.takes_all
                        && let Err(unfit) = self.check_attribute(known, attribute.value())
                    {
                        self.bad_attribute(&self.set.of(of).attributes.uses[number], attribute, subject, unfit);
                    }
                }
                Some(_) | None => present |= self.attribute_looked_up(of, attribute, subject, start),
            }
        }
        present
    }

    fn check_attribute(&mut self, known: &'s PackedUse, value: &str) -> Result<(), Unfit> {
        let simple = &*known.text.simple;
        if known.has_patterns && self.seen.has(simple, value) {
            return Ok(());
        }
        simple.check(value)?;
        if known.has_patterns {
            self.seen.add(simple, value);
        }
        Ok(())
    }

    /// Gives the bit of the use that it is, or that it is probably meant to be: what is misspelled is not missing as well.
    #[inline(never)]
    fn attribute_looked_up(&mut self, of: TypeId, attribute: Attribute<'_>, subject: Subject, start: &Start<'_>) -> u64 {
        let set = self.set;
        let rules = &set.of(of).attributes;
        let namespace = self.namespace(attribute.namespace_number(), attribute.name().namespace);
        if namespace == INSTANCE && INSTANCE_ATTRIBUTES.contains(&attribute.name().local) {
            return 0;
        }
        let name = set.vocabulary.key_in(namespace, attribute.name().local);
        match rules.uses.iter().position(|rule| rule.name == name) {
            Some(number) => {
                self.attribute(&rules.uses[number], attribute, subject, start);
                1 << number
            }
            None => self.other_attribute(rules, name, namespace, attribute, subject, start),
        }
    }

    #[cold]
    fn missing_attributes(&mut self, rules: &Attributes, mut missing: u64, subject: Subject) {
        while missing != 0 {
            let rule = &rules.uses[missing.trailing_zeros() as usize];
            let fixed = rule.preset.as_ref().filter(|preset| preset.is_fixed).map(|preset| preset.text.clone());
            let element = self.found(subject.name, subject.offset);
            let kind = ProblemKind::MissingAttribute { element, attribute: self.set.vocabulary.name(rule.name), fixed };
            self.record.add(subject.offset, subject.offset, kind);
            missing &= missing - 1;
        }
    }

    fn attribute(&mut self, rule: &Rule, attribute: Attribute<'_>, subject: Subject, start: &Start<'_>) {
        if rule.text.is_special || rule.preset.is_some() {
            return self.special_attribute(rule, attribute, subject, start);
        }
        if let Err(unfit) = rule.text.simple.check(attribute.value()) {
            self.bad_attribute(rule, attribute, subject, unfit);
        }
    }

    #[cold]
    fn bad_attribute(&mut self, rule: &Rule, attribute: Attribute<'_>, subject: Subject, unfit: Unfit) {
        let (element, attribute_name) = (self.found(subject.name, subject.offset), self.set.vocabulary.name(rule.name));
        let kind = ProblemKind::BadAttribute { element, attribute: attribute_name, unfit };
        self.record.add(attribute.offset(), subject.offset, kind);
    }

    /// An attribute with a preset value, or one whose value has to do with the rest of the document.
    fn special_attribute(&mut self, rule: &Rule, attribute: Attribute<'_>, subject: Subject, start: &Start<'_>) {
        let simple = &*rule.text.simple;
        let fixed = rule.preset.as_ref().filter(|preset| preset.is_fixed).map(|preset| &preset.text);
        if fixed.is_some_and(|fixed| **fixed == *attribute.value()) && !rule.text.is_special {
            // A fixed value was checked when the schema was read.
            return;
        }
        if let Err(unfit) = simple.check_qname(attribute.value(), &|prefix| start.namespace_of(prefix).is_some()) {
            return self.bad_attribute(rule, attribute, subject, unfit);
        }
        if let Some(fixed) = fixed.filter(|fixed| !simple.same_value(attribute.value(), fixed)) {
            let (element, attribute_name) = (self.found(subject.name, subject.offset), self.set.vocabulary.name(rule.name));
            let kind = ProblemKind::NotTheFixedValue { element, attribute: attribute_name, fixed: fixed.clone() };
            self.record.add(attribute.offset(), subject.offset, kind);
            return;
        }
        self.note_identity(simple, attribute.value(), attribute.offset(), subject.offset, subject.name);
    }

    /// Gives the bit of the use that is probably meant.
    fn other_attribute(
        &mut self,
        rules: &Attributes,
        name: NameKey,
        namespace: u32,
        attribute: Attribute<'_>,
        subject: Subject,
        start: &Start<'_>,
    ) -> u64 {
        let set = self.set;
        let found = |validator: &Self| match name {
            NameKey::NOBODY => Found::Written(Written { offset: attribute.offset() }),
            known => Found::Known(validator.set.vocabulary.name(known)),
        };
        let wildcard = rules.wildcard.as_ref().filter(|wildcard| wildcard.lets_in(namespace));
        let mut meant = None;
        let kind = match (wildcard.map(|wildcard| wildcard.process), set.global_attributes.get(&name)) {
            (Some(Process::Skip), _) | (Some(Process::Lax), None) => return 0,
            (Some(_), Some(rule)) => {
                self.attribute(rule, attribute, subject, start);
                return 0;
            }
            (Some(Process::Strict), None) => {
                ProblemKind::UndeclaredAttribute { element: self.found(subject.name, subject.offset), found: found(self) }
            }
            (None, _) => {
                meant = self.attribute_meant(rules, attribute.name().local, start);
                ProblemKind::UnknownAttribute {
                    element: self.found(subject.name, subject.offset),
                    found: found(self),
                    meant: meant.map(|number| set.vocabulary.name(rules.uses[number].name)),
                }
            }
        };
        self.record.add(attribute.offset(), subject.offset, kind);
        meant.map_or(0, |number| 1 << number)
    }

    /// The number of the attribute whose name is nearest, of those that are not there.
    fn attribute_meant(&self, rules: &Attributes, written: &str, start: &Start<'_>) -> Option<usize> {
        let vocabulary = &self.set.vocabulary;
        let is_there = |rule: &Rule| {
            let name = vocabulary.name(rule.name);
            start.attributes().any(|attribute| attribute.name().is(&name.namespace, &name.local))
        };
        let open = rules.uses.iter().enumerate().filter(|(_, rule)| !is_there(rule));
        let near = open
            .filter_map(|(number, rule)| distance(written, vocabulary.local_name(rule.name)).map(|apart| (apart, number)));
        near.min().map(|(_, number)| number)
    }
}
