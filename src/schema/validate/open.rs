//! An element begins that is looked at: its type, `xsi:type` and `xsi:nil`.

use super::super::packed::{Mode, NO_TRACK};
use super::super::parts::{Content, ElementId, TypeId};
use super::super::problem::ProblemKind;
use super::super::simple::{Builtin, SimpleType};
use super::super::source::syntax::Ways;
use super::super::vocabulary::{INSTANCE, NameKey};
use super::frame::{Frame, Subject};
use super::validator::Validator;
use crate::xml::Start;

/// What `xsi:nil` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nil {
    No,
    Yes,
    /// It says so, but may not.
    Claimed,
}

impl Validator<'_> {
    #[inline(always)]
    pub(super) fn new_frame(&self, declaration: Option<ElementId>, name: NameKey, of: TypeId, start: &Start<'_>) -> Frame {
        let packed = self.set.packed.of_type(of);
        Frame {
            offset: start.offset(),
            name,
            met: 0,
            declaration,
            of,
            track: packed.track,
            state: 0,
            mode: packed.mode,
            is_nil: false,
            claims_nil: false,
            has_text: false,
            stray_text_told: false,
            excused: false,
            has_preset: false,
            is_fixed_mixed: false,
        }
    }

    #[inline(always)]
    pub(super) fn open(&mut self, frame: Frame, is_unusual: bool, start: &Start<'_>) {
        let (of, subject) = (frame.of, Subject { name: frame.name, offset: frame.offset });
        self.frames.push(frame);
        if is_unusual || start.has_prefixed_attributes() {
            self.open_unusual(start);
        } else {
            self.attributes(of, subject, start);
        }
    }

    #[inline(never)]
    fn open_unusual(&mut self, start: &Start<'_>) {
        let Some(mut frame) = self.frames.pop() else { return };
        self.look_closer(&mut frame, start);
        self.attributes(frame.of, Subject { name: frame.name, offset: frame.offset }, start);
        self.frames.push(frame);
    }

    /// What few elements have: `xsi:type` and `xsi:nil`, something abstract, a preset value.
    fn look_closer(&mut self, frame: &mut Frame, start: &Start<'_>) {
        let set = self.set;
        let subject = Subject { name: frame.name, offset: frame.offset };
        let declared = frame.declaration.map(|id| set.element(id));
        if start.attributes().any(|attribute| self.is_instance(attribute.namespace_number(), attribute.name().namespace)) {
            frame.of = self.type_by_name(frame.of, frame.declaration, subject, start);
            let nil = self.nil(frame.declaration, subject, start);
            (frame.is_nil, frame.claims_nil) = (nil == Nil::Yes, nil == Nil::Claimed);
        }
        if declared.is_some_and(|element| element.is_abstract) {
            let element = self.found(frame.name, subject.offset);
            self.record.add(subject.offset, subject.offset, ProblemKind::AbstractElement { element });
        } else if set.of(frame.of).is_abstract {
            let element = self.found(frame.name, subject.offset);
            let of = set.of(frame.of).name.map(|of| set.vocabulary.name(of));
            self.record.add(subject.offset, subject.offset, ProblemKind::AbstractType { element, of });
        }
        let preset = declared.and_then(|element| element.preset.as_ref());
        frame.has_preset = preset.is_some();
        let is_fixed = preset.is_some_and(|preset| preset.is_fixed);
        frame.is_fixed_mixed = is_fixed
            && match &set.of(frame.of).content {
                Content::Model(model) => model.mixed,
                Content::All(all) => all.mixed,
                Content::Empty | Content::Simple(_) => false,
            };
        let packed = set.packed.of_type(frame.of);
        (frame.track, frame.mode) =
            if frame.is_nil || frame.is_fixed_mixed { (NO_TRACK, Mode::Other) } else { (packed.track, packed.mode) };
    }

    fn is_instance(&mut self, number: usize, namespace: &str) -> bool {
        number != 0 && self.namespace(number, namespace) == INSTANCE
    }

    /// The value of an attribute of the namespace of instances, and where it stands.
    fn instance_attribute<'r>(&mut self, local: &str, start: &Start<'r>) -> Option<(&'r str, usize)> {
        let found = start.attributes().find(|attribute| {
            attribute.name().local == local && self.is_instance(attribute.namespace_number(), attribute.name().namespace)
        });
        found.map(|attribute| (attribute.value(), attribute.offset()))
    }

    /// The type that `xsi:type` names, if it names one that may stand for the declared one (3.3.4, cvc-elt.4).
    fn type_by_name(
        &mut self,
        declared: TypeId,
        declaration: Option<ElementId>,
        subject: Subject,
        start: &Start<'_>,
    ) -> TypeId {
        let Some((written, offset)) = self.instance_attribute("type", start) else { return declared };
        let set = self.set;
        let written = written.trim_matches([' ', '\t', '\n', '\r']);
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let key = start.namespace_of(prefix).map(|namespace| set.vocabulary.key(namespace, local));
        let element = self.found(subject.name, subject.offset);
        let is_name = SimpleType::builtin(Builtin::QName).check(written).is_ok();
        let Some((key, named)) = key.filter(|_| is_name).and_then(|key| Some((key, *set.global_types.get(&key)?))) else {
            self.record.add(offset, subject.offset, ProblemKind::UnknownType { element });
            return declared;
        };
        let block = declaration.map_or(Ways::NONE, |id| set.element(id).block).with(set.of(declared).block);
        if set.derives(named, declared, block) {
            return named;
        }
        let of = set.of(declared).name.map(|of| set.vocabulary.name(of));
        let named = set.vocabulary.name(key);
        self.record.add(offset, subject.offset, ProblemKind::WrongType { element, named, declared: of });
        declared
    }

    /// Whether `xsi:nil` says that the element is nil (3.3.4, cvc-elt.3).
    fn nil(&mut self, declaration: Option<ElementId>, subject: Subject, start: &Start<'_>) -> Nil {
        let Some((written, offset)) = self.instance_attribute("nil", start) else { return Nil::No };
        let element = self.found(subject.name, subject.offset);
        let Some(declared) = declaration.map(|id| self.set.element(id)) else { return Nil::No };
        let written = written.trim_matches([' ', '\t', '\n', '\r']);
        let trouble = match written {
            "true" | "1" | "false" | "0" if !declared.nillable => ProblemKind::NotNillable { element },
            "true" | "1" if declared.preset.as_ref().is_some_and(|preset| preset.is_fixed) => {
                ProblemKind::NilButFixed { element }
            }
            "true" | "1" => return Nil::Yes,
            "false" | "0" => return Nil::No,
            _ => ProblemKind::BadNil { element },
        };
        self.record.add(offset, subject.offset, trouble);
        if matches!(written, "false" | "0") { Nil::No } else { Nil::Claimed }
    }
}
