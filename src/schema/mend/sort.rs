//! The children of one element in the order that the schema wants: when more than one stands in a wrong place, moving one alone
//! is not enough.

use std::ops::Range;

use super::layout::Layout;
use super::patch::Patch;
use crate::schema::problem::{Problem, ProblemKind};

/// More children than these are sorted by hand: each is tried in each place.
const CHILDREN: usize = 40;

/// What is wrong with a text, or nothing when it shall not be asked any more.
type Judge<'j> = dyn FnMut(&str) -> Option<Vec<Problem>> + 'j;

/// Whether a problem is that an element stands in a wrong place among its siblings. One that is apart from its like looks like one
/// too many.
pub(super) fn is_about_order(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::TooMany { .. }) || is_misplaced(kind)
}

fn is_misplaced(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::TooEarly { .. } | ProblemKind::TooLate { .. })
}

/// Sorts the children of an element as a person would: one after the other, each put as far behind as it fits with those before
/// it. What is well ordered already stays as it is, and so do white space and comments between the children.
pub(super) fn sorted(layout: &Layout<'_>, parent: usize, judge: &mut Judge<'_>) -> Option<Vec<Patch>> {
    let places: Vec<_> = layout.children(parent).map(|child| layout.whole(child)).collect::<Option<_>>()?;
    if places.len() > CHILDREN {
        return None;
    }
    let mut order: Vec<usize> = Vec::new();
    for child in 0..places.len() {
        order = with_next(layout.text, &places, &order, child, judge)?;
    }
    let moved = order.into_iter().enumerate().filter(|(place, child)| place != child);
    let patches: Vec<Patch> =
        moved.map(|(place, child)| Patch::new(places[place].clone(), &layout.text[places[child].clone()])).collect();
    (!patches.is_empty()).then_some(patches)
}

/// The order with one more child: in the last place where nothing is said about order, or else only that there are too many.
fn with_next(
    text: &str,
    places: &[Range<usize>],
    order: &[usize],
    child: usize,
    judge: &mut Judge<'_>,
) -> Option<Vec<usize>> {
    let mut second_best = None;
    for at in (0..=order.len()).rev() {
        let mut tried = order.to_vec();
        tried.insert(at, child);
        let (text, starts) = arranged(text, places, &tried);
        let problems = judge(&text)?;
        let of_them = || problems.iter().filter(|problem| starts.contains(&problem.element));
        if !of_them().any(|problem| is_about_order(&problem.kind)) {
            return Some(tried);
        }
        if !of_them().any(|problem| is_misplaced(&problem.kind)) {
            second_best.get_or_insert(tried);
        }
    }
    second_best
}

/// The document with these children alone, in this order; and where each of them begins.
fn arranged(text: &str, places: &[Range<usize>], order: &[usize]) -> (String, Vec<usize>) {
    let (first, last) = (places.first().map_or(0, |place| place.start), places.last().map_or(0, |place| place.end));
    let mut new = text[..first].to_owned();
    let mut starts = Vec::new();
    for child in order {
        starts.push(new.len());
        new.push_str(&text[places[*child].clone()]);
    }
    new.push_str(&text[last..]);
    (new, starts)
}
