//! What a set of schemas is made of: declarations, types and content automata as flat tables.

use std::sync::Arc;

use super::simple::SimpleType;
use super::source::syntax::{NamespaceSet, Process, Ways, Wildcard};
use super::vocabulary::{ABSENT, NameKey, UNKNOWN};

/// The number of a type in its set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct TypeId(pub u32);

impl TypeId {
    /// `xs:anyType`, which everything is.
    pub const ANY: TypeId = TypeId(0);
}

/// The number of an element declaration in its set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ElementId(pub u32);

/// An element declaration.
pub(super) struct Element {
    pub name: NameKey,
    pub of: TypeId,
    pub nillable: bool,
    pub is_abstract: bool,
    pub block: Ways,
    pub preset: Option<Value>,
    /// Neither it nor its type is abstract, and it has no preset: almost every element.
    pub is_ordinary: bool,
}

/// The value of an element or attribute when nothing is written, or the only one that it can have.
pub(super) struct Value {
    pub text: Box<str>,
    pub is_fixed: bool,
}

pub(super) struct Type {
    pub name: Option<NameKey>,
    pub base: TypeId,
    /// How it comes from its base.
    pub way: Ways,
    /// The members, if it is a union.
    pub members: Vec<TypeId>,
    pub is_abstract: bool,
    pub block: Ways,
    pub attributes: Attributes,
    pub content: Content,
}

/// What may stand in an element.
pub(super) enum Content {
    Empty,
    Simple(Text),
    Model(Model),
    All(All),
}

/// Text of a simple type.
#[derive(Clone)]
pub(super) struct Text {
    pub simple: Arc<SimpleType>,
    /// Its values have prefixes, or are identifiers or references to them.
    pub is_special: bool,
}

/// A content model as a deterministic automaton; it begins in state 0.
pub(super) struct Model {
    /// The number that its first state has among the states of all models.
    pub first_state: u32,
    /// The same for its first step.
    pub first_step: u32,
    pub mixed: bool,
    pub states: Vec<State>,
    /// The steps of all states, each state's own by name.
    pub steps: Vec<Step>,
    pub gates: Vec<Gate>,
}

/// A state: what may come next, as ranges of [`Model::steps`] and [`Model::gates`].
#[derive(Clone, Copy)]
pub(super) struct State {
    pub is_final: bool,
    pub steps: (u32, u32),
    pub gates: (u32, u32),
}

/// An element that may come next.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub name: NameKey,
    pub target: u32,
    pub element: ElementId,
    /// Its place among the particles of the type, from 0.
    pub particle: u32,
}

/// A wildcard that may come next.
pub(super) struct Gate {
    pub wildcard: Wildcard,
    pub target: u32,
    pub particle: u32,
}

/// Elements in any order, each at most once.
pub(super) struct All {
    pub mixed: bool,
    /// Whether it may be left out as a whole.
    pub is_optional: bool,
    /// At most 64.
    pub members: Vec<Member>,
}

pub(super) struct Member {
    pub name: NameKey,
    pub element: ElementId,
    /// Its place, which its substitutes share.
    pub place: u32,
    pub required: bool,
}

/// The attributes of a type.
#[derive(Clone)]
pub(super) struct Attributes {
    /// At most 64.
    pub uses: Vec<Attribute>,
    /// Bits of those uses that must be there.
    pub required: u64,
    pub wildcard: Option<Wildcard>,
}

#[derive(Clone)]
pub(super) struct Attribute {
    pub name: NameKey,
    /// The number of its name, see [`crate::xml::short_name`], if it is in no namespace, as almost all are; else 0.
    pub short_name: u64,
    pub text: Text,
    pub preset: Option<Arc<Value>>,
}

impl Text {
    pub fn of(simple: Arc<SimpleType>) -> Self {
        let is_special = simple.has_prefixes() || simple.is_id() || simple.is_idref();
        Self { simple, is_special }
    }
}

impl Model {
    pub fn steps_of(&self, state: u32) -> &[Step] {
        let (start, end) = self.states[state as usize].steps;
        &self.steps[start as usize..end as usize]
    }

    pub fn gates_of(&self, state: u32) -> &[Gate] {
        let (start, end) = self.states[state as usize].gates;
        &self.gates[start as usize..end as usize]
    }

    /// The step that an element takes.
    pub fn step(&self, state: u32, name: NameKey) -> Option<&Step> {
        self.step_number(state, name).map(|number| &self.steps[number])
    }

    /// Its number among all steps.
    pub fn step_number(&self, state: u32, name: NameKey) -> Option<usize> {
        /// Up to here, looking at each is faster than halving.
        const FEW: usize = 8;
        let steps = self.steps_of(state);
        let found = if steps.len() <= FEW {
            steps.iter().position(|step| step.name == name)
        } else {
            steps.binary_search_by_key(&name, |step| step.name).ok()
        };
        found.map(|at| self.states[state as usize].steps.0 as usize + at)
    }

    /// The wildcard that lets an element of a namespace in.
    pub fn gate(&self, state: u32, namespace: u32) -> Option<&Gate> {
        self.gates_of(state).iter().find(|gate| gate.wildcard.lets_in(namespace))
    }
}

impl Wildcard {
    /// Everything, looked at only if it is declared.
    pub(super) const LAX: Wildcard = Wildcard { namespaces: NamespaceSet::Any, process: Process::Lax };

    pub(super) fn lets_in(&self, namespace: u32) -> bool {
        self.namespaces.contain(namespace)
    }
}

impl NamespaceSet {
    pub(super) fn contain(&self, namespace: u32) -> bool {
        match self {
            Self::Any => true,
            Self::Other(target) => namespace != *target && namespace != ABSENT,
            Self::Listed(list) => namespace != UNKNOWN && list.contains(&namespace),
        }
    }
}
