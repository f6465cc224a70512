//! Which repairs heal: each is made in a copy of the document, which must then have fewer problems.

use super::layout::Layout;
use super::patch::Mend;
use super::propose::repairs;
use crate::schema::problem::{Problem, ProblemKind};
use crate::schema::set::SchemaSet;
use crate::schema::validate::validate;
use crate::xml::Limits;

/// So much text is validated in search of repairs; the problems behind have none.
const TRIED_BYTES: usize = 64 * 1024 * 1024;

/// A repair for each problem, where there is a mechanical one. `problems` are those that [`validate`] found in the text. Each
/// repair has been tried alone: with it, the document has fewer problems. Nothing is tried when the document is not
/// well-formed or has more problems than are told.
pub fn mends(set: &SchemaSet, text: &str, limits: &Limits, problems: &[Problem]) -> Vec<Option<Mend>> {
    let mut left = TRIED_BYTES;
    let is_cut = problems.iter().any(|problem| problem.kind == ProblemKind::More);
    let layout = Layout::of(text, limits).filter(|_| !is_cut);
    let Some(layout) = layout else { return problems.iter().map(|_| None).collect() };
    let heals = |mend: &Mend| {
        let (then, trouble) = validate(set, &mend.apply(text), limits);
        trouble.is_none() && then.len() < problems.len()
    };
    let mut repair = |problem: &Problem| {
        let mut tried = repairs(&layout, problem).into_iter().map(Mend::of);
        tried.find(|mend| {
            left = left.saturating_sub(text.len());
            left > 0 && heals(mend)
        })
    };
    problems.iter().map(&mut repair).collect()
}
