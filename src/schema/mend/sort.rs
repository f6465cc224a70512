//! The children of one element in the order that the schema wants: when more than one stands in a wrong place, moving one alone
//! is not enough.

use super::layout::Layout;
use super::patch::Patch;
use crate::schema::problem::{Problem, ProblemKind};

/// More children than these are sorted by hand: each is tried in each place.
const CHILDREN: usize = 40;

/// Sorts the children of an element as a person would: one after the other, each as far behind as nothing stands too early or
/// too late. What is well ordered already stays as it is. White space and comments between them stay where they are. `judge`
/// says what is wrong with a text, or nothing when it shall not be asked any more.
pub(super) fn sorted(
    layout: &Layout<'_>,
    parent: usize,
    judge: &mut dyn FnMut(&str) -> Option<Vec<Problem>>,
) -> Option<Vec<Patch>> {
    let places: Vec<_> = layout.children(parent).map(|child| layout.whole(child)).collect::<Option<_>>()?;
    let (first, last) = (places.first()?.start, places.last()?.end);
    if places.len() > CHILDREN {
        return None;
    }
    let mut order: Vec<usize> = Vec::new();
    for child in 0..places.len() {
        order.push(child);
        loop {
            let mut text = layout.text[..first].to_owned();
            let starts: Vec<usize> = order.iter().map(|it| append(&mut text, &layout.text[places[*it].clone()])).collect();
            text.push_str(&layout.text[last..]);
            let is_unordered = |problem: &Problem| is_about_order(&problem.kind) && starts.contains(&problem.element);
            if !judge(&text)?.iter().any(is_unordered) {
                break;
            }
            let at = order.iter().position(|it| *it == child).filter(|at| *at > 0)?;
            order.swap(at - 1, at);
        }
    }
    let moved = order.into_iter().enumerate().filter(|(place, child)| place != child);
    let patches: Vec<Patch> =
        moved.map(|(place, child)| Patch::new(places[place].clone(), &layout.text[places[child].clone()])).collect();
    (!patches.is_empty()).then_some(patches)
}

/// Where the new part begins.
fn append(text: &mut String, part: &str) -> usize {
    text.push_str(part);
    text.len() - part.len()
}

/// Whether an element is told to stand in the wrong place among its siblings.
pub(super) fn is_about_order(kind: &ProblemKind) -> bool {
    matches!(kind, ProblemKind::TooEarly { .. } | ProblemKind::TooLate { .. })
}
