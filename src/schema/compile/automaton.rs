//! Positions to a deterministic automaton, and the proof that no element could belong to two particles.
//!
//! The rule of unique particle attribution (3.8.6, cos-nonambig) makes almost every state a single position; several positions
//! in one state are copies of one particle, made by unrolling.

use std::collections::{BTreeMap, HashMap};

use super::super::parts::{ElementId, Gate, Model, State, Step};
use super::super::source::syntax::{At, NamespaceSet, Wildcard};
use super::super::vocabulary::NameKey;
use super::part::Part;
use super::positions::{Positions, TooMany};

const STATES: usize = 50_000;

/// Why there is no automaton.
pub(super) enum NoModel {
    TooMany(TooMany),
    /// The name of the element, or `None` for a wildcard; and where the second particle stands.
    Ambiguous(Option<NameKey>, At),
}

/// What may stand for an element: itself and its substitution group.
pub(super) trait Substitutes {
    fn substitutes(&self, element: ElementId) -> Vec<(NameKey, ElementId)>;
}

/// The automaton of a content model.
pub(super) fn model(part: &Part, mixed: bool, substitutes: &impl Substitutes) -> Result<Model, NoModel> {
    let positions = Positions::of(part).map_err(NoModel::TooMany)?;
    let mut is_last = vec![false; positions.all.len()];
    for last in &positions.last {
        is_last[*last as usize] = true;
    }
    let mut making = Making {
        particles: particles(&positions),
        positions,
        is_last,
        substitutes,
        numbers: HashMap::new(),
        sets: vec![Vec::new()],
        model: Model { first_state: 0, first_step: 0, mixed, states: Vec::new(), steps: Vec::new(), gates: Vec::new() },
    };
    while making.model.states.len() < making.sets.len() {
        making.add_state()?;
    }
    Ok(making.model)
}

/// The number of each particle in the order in which the schema has them.
fn particles(positions: &Positions<'_>) -> HashMap<u64, u32> {
    let mut numbers = HashMap::new();
    for position in &positions.all {
        let next = numbers.len() as u32;
        numbers.entry(position.at.id()).or_insert(next);
    }
    numbers
}

struct Making<'p, S> {
    positions: Positions<'p>,
    particles: HashMap<u64, u32>,
    is_last: Vec<bool>,
    substitutes: &'p S,
    numbers: HashMap<Vec<u32>, u32>,
    /// The positions of each state; the first state is before all of them.
    sets: Vec<Vec<u32>>,
    model: Model,
}

/// The positions that one name, or one wildcard, leads to.
struct Way<T> {
    at: At,
    what: T,
    targets: Vec<u32>,
}

impl<S: Substitutes> Making<'_, S> {
    fn add_state(&mut self) -> Result<(), NoModel> {
        let number = self.model.states.len();
        let set = self.sets[number].clone();
        let is_final = if number == 0 {
            self.positions.is_nullable
        } else {
            set.iter().any(|position| self.is_last[*position as usize])
        };
        let mut options: Vec<u32> = if number == 0 {
            self.positions.first.clone()
        } else {
            set.iter().flat_map(|position| self.positions.all[*position as usize].follow.iter().copied()).collect()
        };
        options.sort_unstable();
        options.dedup();
        let (steps, gates) = self.ways(&options)?;
        let steps_start = self.model.steps.len() as u32;
        for (name, way) in steps {
            let (target, particle) = (self.state(way.targets)?, self.particles[&way.at.id()]);
            self.model.steps.push(Step { name, target, element: way.what, particle });
        }
        let gates_start = self.model.gates.len() as u32;
        for way in gates {
            let (target, particle) = (self.state(way.targets)?, self.particles[&way.at.id()]);
            self.model.gates.push(Gate { wildcard: way.what, target, particle });
        }
        self.model.states.push(State {
            is_final,
            steps: (steps_start, self.model.steps.len() as u32),
            gates: (gates_start, self.model.gates.len() as u32),
        });
        Ok(())
    }

    #[expect(clippy::type_complexity, reason = "the two halves of one answer, taken apart at once by the only caller")]
    fn ways(&self, options: &[u32]) -> Result<(BTreeMap<NameKey, Way<ElementId>>, Vec<Way<Wildcard>>), NoModel> {
        let mut steps: BTreeMap<NameKey, Way<ElementId>> = BTreeMap::new();
        let mut gates: Vec<Way<Wildcard>> = Vec::new();
        for option in options {
            let position = &self.positions.all[*option as usize];
            let at = position.at;
            match position.part {
                Part::Element { element, .. } => {
                    for (name, element) in self.substitutes.substitutes(*element) {
                        let way = steps.entry(name).or_insert_with(|| Way { at, what: element, targets: Vec::new() });
                        if way.at.id() != at.id() {
                            return Err(NoModel::Ambiguous(Some(name), at));
                        }
                        way.targets.push(*option);
                    }
                }
                Part::Any { wildcard, .. } => match gates.iter_mut().find(|way| way.at.id() == at.id()) {
                    Some(way) => way.targets.push(*option),
                    None => gates.push(Way { at, what: wildcard.clone(), targets: vec![*option] }),
                },
                Part::Empty | Part::Never | Part::Sequence(_) | Part::Choice(_) | Part::Repeat { .. } => {}
            }
        }
        for (number, gate) in gates.iter().enumerate() {
            if let Some(name) = steps.keys().find(|name| gate.what.lets_in(name.namespace())) {
                return Err(NoModel::Ambiguous(Some(*name), gate.at));
            }
            if gates[..number].iter().any(|other| overlap(&other.what.namespaces, &gate.what.namespaces)) {
                return Err(NoModel::Ambiguous(None, gate.at));
            }
        }
        Ok((steps, gates))
    }

    fn state(&mut self, targets: Vec<u32>) -> Result<u32, NoModel> {
        if let Some(number) = self.numbers.get(&targets) {
            return Ok(*number);
        }
        if self.sets.len() == STATES {
            return Err(NoModel::TooMany(TooMany("states in a content model", STATES)));
        }
        let number = self.sets.len() as u32;
        self.sets.push(targets.clone());
        self.numbers.insert(targets, number);
        Ok(number)
    }
}

/// Whether a namespace exists that both let in.
fn overlap(one: &NamespaceSet, other: &NamespaceSet) -> bool {
    use NamespaceSet::{Any, Listed, Other};
    match (one, other) {
        // Two "other than" always share the many namespaces that no schema names.
        (Any, Any | Other(_)) | (Other(_), Any | Other(_)) => true,
        (Listed(list), set) | (set, Listed(list)) => list.iter().any(|namespace| set.contain(*namespace)),
    }
}
