//! Which repairs heal: each is made in a copy of the document, which must then have fewer problems.

use super::layout::Layout;
use super::patch::Mend;
use super::propose::{place, repairs};
use crate::schema::problem::{Problem, ProblemKind};
use crate::schema::set::SchemaSet;
use crate::schema::validate::validate;
use crate::xml::Limits;

/// So much text is validated in search of repairs; the problems behind have none.
const TRIED_BYTES: usize = 64 * 1024 * 1024;

/// A repair that was tried.
struct Proven {
    mend: Mend,
    /// With it, nothing is wrong any more.
    heals_all: bool,
}

/// A repair for each problem, where there is a mechanical one. `problems` are those that [`validate`] found in the text. Each
/// repair has been tried alone: with it, the document has fewer problems. Nothing is tried when the document is not
/// well-formed or has more problems than are told. Where something else can only be put right by a person, nothing is moved or
/// removed beside it.
pub fn mends(set: &SchemaSet, text: &str, limits: &Limits, problems: &[Problem]) -> Vec<Option<Mend>> {
    let mut left = TRIED_BYTES;
    let is_cut = problems.iter().any(|problem| problem.kind == ProblemKind::More);
    let layout = Layout::of(text, limits).filter(|_| !is_cut);
    let Some(layout) = layout else { return problems.iter().map(|_| None).collect() };
    let mut prove = |mend: Mend| {
        left = left.saturating_sub(text.len());
        if left == 0 {
            return None;
        }
        let (then, trouble) = validate(set, &mend.apply(text), limits);
        let heals = trouble.is_none() && then.len() < problems.len();
        heals.then_some(Proven { mend, heals_all: then.is_empty() })
    };
    let mut repair = |problem| repairs(&layout, problem).into_iter().map(Mend::of).find_map(&mut prove);
    let proven: Vec<Option<Proven>> = problems.iter().map(&mut repair).collect();
    let unhealed: Vec<Option<usize>> =
        problems.iter().zip(&proven).filter(|(_, proven)| proven.is_none()).map(|(p, _)| place(&layout, p)).collect();
    // What a person writes there may make it needless or wrong: where a copy stands in the place of what is missing, the copy is
    // what has to be changed, and taking it away helps nobody.
    let is_safe = |problem: &Problem| !is_about_order(&problem.kind) || !unhealed.contains(&place(&layout, problem));
    let keep = |(proven, problem): (Option<Proven>, &Problem)| {
        proven.filter(|proven| proven.heals_all || is_safe(problem)).map(|proven| proven.mend)
    };
    proven.into_iter().zip(problems).map(keep).collect()
}

fn is_about_order(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::TooMany { .. } | ProblemKind::TooEarly { .. } | ProblemKind::TooLate { .. })
}
