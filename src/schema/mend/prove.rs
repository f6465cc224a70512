//! Which repairs heal: each is made in a copy of the document, which must then have fewer problems.

use std::collections::HashMap;

use super::layout::Layout;
use super::patch::{Mend, Patch};
use super::propose::{place, repairs};
use super::sort::{is_about_order, sorted};
use crate::schema::problem::{Problem, ProblemKind};
use crate::schema::set::SchemaSet;
use crate::schema::validate::validate;
use crate::xml::Limits;

/// So much text is validated in search of repairs; the problems behind have none.
const TRIED_BYTES: usize = 64 * 1024 * 1024;

/// A repair that was tried.
#[derive(Clone)]
struct Proven {
    mend: Mend,
    /// So many problems fewer.
    healed: usize,
}

/// Tries repairs of one document.
struct Prover<'p> {
    set: &'p SchemaSet,
    limits: &'p Limits,
    layout: Layout<'p>,
    problems: &'p [Problem],
    /// Where each problem is mended.
    places: Vec<Option<usize>>,
    /// The children of an element in order: several problems ask for the same.
    sorted: HashMap<usize, Option<Proven>>,
    /// So much text may still be validated.
    left: usize,
}

/// A repair for each problem, where there is a mechanical one. `problems` are those that [`validate`] found in the text. Each
/// repair has been tried alone: with it, the document has fewer problems. Nothing is tried when the document is not
/// well-formed or has more problems than are told. Where something else can only be put right by a person, nothing is moved or
/// removed beside it. Where several elements stand in wrong places beside each other, their problems share one repair.
pub fn mends(set: &SchemaSet, text: &str, limits: &Limits, problems: &[Problem]) -> Vec<Option<Mend>> {
    let is_cut = problems.iter().any(|problem| problem.kind == ProblemKind::More);
    let layout = Layout::of(text, limits).filter(|_| !is_cut);
    let Some(layout) = layout else { return problems.iter().map(|_| None).collect() };
    let places = problems.iter().map(|problem| place(&layout, problem)).collect();
    let mut prover = Prover { set, limits, layout, problems, places, sorted: HashMap::new(), left: TRIED_BYTES };
    let proven: Vec<Option<Proven>> = (0..problems.len()).map(|number| prover.repair(number)).collect();
    let mut unhealed: Vec<Option<usize>> =
        prover.places.iter().zip(&proven).filter(|(_, proven)| proven.is_none()).map(|(place, _)| *place).collect();
    unhealed.sort_unstable();
    unhealed.dedup();
    unhealed.retain(|place| !prover.is_healed_together(*place, &proven));
    // What a person writes there may make it needless or wrong: where a copy stands in the place of what is missing, the copy is
    // what has to be changed, and taking it away helps nobody.
    let is_safe = |number: usize, healed: usize| {
        !is_about_order(&problems[number].kind)
            || healed >= prover.beside(prover.places[number])
            || !unhealed.contains(&prover.places[number])
    };
    let keep = |(number, proven): (usize, Option<Proven>)| {
        proven.filter(|proven| is_safe(number, proven.healed)).map(|proven| proven.mend)
    };
    proven.into_iter().enumerate().map(keep).collect()
}

impl Prover<'_> {
    /// How many problems are mended in a place.
    fn beside(&self, place: Option<usize>) -> usize {
        self.places.iter().filter(|at| **at == place).count()
    }

    /// Whether the repairs of a place, made together, heal also what none of them is for: what is missing may only stand elsewhere.
    fn is_healed_together(&mut self, place: Option<usize>, proven: &[Option<Proven>]) -> bool {
        let mut patches: Vec<Patch> = Vec::new();
        for repair in
            self.places.iter().zip(proven).filter(|(at, _)| **at == place).filter_map(|(_, proven)| proven.as_ref())
        {
            let new = &repair.mend.patches;
            if new.iter().all(|new| patches.iter().all(|old| !new.overlaps(old))) {
                patches.extend(new.iter().cloned());
            }
        }
        !patches.is_empty() && self.prove(Mend::of(patches)).is_some_and(|all| all.healed >= self.beside(place))
    }

    /// The repair of a problem: for what is moved or removed, rather one that heals everything beside it too.
    fn repair(&mut self, number: usize) -> Option<Proven> {
        let problem = &self.problems[number];
        let enough = if is_about_order(&problem.kind) { self.beside(self.places[number]) } else { 1 };
        let mut partial = None;
        for patches in repairs(&self.layout, problem) {
            let Some(proven) = self.prove(Mend::of(patches)) else { continue };
            if proven.healed >= enough {
                return Some(proven);
            }
            partial.get_or_insert(proven);
        }
        // A copy is taken away, beside which the others can be sorted.
        let is_copy = partial.is_some() && matches!(problem.kind, ProblemKind::TooMany { .. });
        let place = self.places[number].filter(|_| is_about_order(&problem.kind) && !is_copy);
        let all = place.and_then(|place| self.sort(place));
        all.filter(|all| partial.as_ref().is_none_or(|partial| all.healed > partial.healed)).or(partial)
    }

    fn sort(&mut self, parent: usize) -> Option<Proven> {
        if let Some(known) = self.sorted.get(&parent) {
            return known.clone();
        }
        let (set, limits, left) = (self.set, self.limits, &mut self.left);
        let patches = sorted(&self.layout, parent, &mut |text| judged(set, text, limits, left));
        let proven = patches.and_then(|patches| self.prove(Mend::of(patches)));
        self.sorted.insert(parent, proven.clone());
        proven
    }

    fn prove(&mut self, mend: Mend) -> Option<Proven> {
        let then = judged(self.set, &mend.apply(self.layout.text), self.limits, &mut self.left)?;
        let healed = self.problems.len().saturating_sub(then.len());
        (healed > 0).then_some(Proven { mend, healed })
    }
}

/// What is wrong with a text that is still well-formed, as long as text may be validated.
fn judged(set: &SchemaSet, text: &str, limits: &Limits, left: &mut usize) -> Option<Vec<Problem>> {
    *left = left.saturating_sub(text.len());
    if *left == 0 {
        return None;
    }
    let (problems, trouble) = validate(set, text, limits);
    trouble.is_none().then_some(problems)
}
