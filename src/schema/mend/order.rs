//! Elements that stand in the wrong place among their siblings: ways to move them.

use super::layout::Layout;
use super::patch::Patch;

/// So many places are tried.
const PLACES: usize = 12;

/// Moves an element behind its next siblings, the nearest place first.
pub(super) fn later(layout: &Layout<'_>, element: usize) -> Vec<Vec<Patch>> {
    let Some(parent) = layout.parent(element) else { return Vec::new() };
    let behind = layout.children(parent).filter(|sibling| *sibling > element).take(PLACES);
    let moved = |sibling| {
        let (line, to) = (layout.whole_line(element)?, layout.whole(sibling)?.end);
        let with = layout.text[line.clone()].to_owned();
        Some(vec![Patch::remove(line), Patch::new(to..to, with)])
    };
    behind.filter_map(moved).collect()
}

/// Moves one of the next siblings before an element, the nearest first.
pub(super) fn forward(layout: &Layout<'_>, element: usize) -> Vec<Vec<Patch>> {
    let Some(parent) = layout.parent(element) else { return Vec::new() };
    let behind = layout.children(parent).filter(|sibling| *sibling > element).take(PLACES);
    let moved = |sibling| {
        let (line, to) = (layout.whole_line(sibling)?, layout.whole_line(element)?.start);
        let with = layout.text[line.clone()].to_owned();
        Some(vec![Patch::new(to..to, with), Patch::remove(line)])
    };
    behind.filter_map(moved).collect()
}

/// Moves an element before its previous siblings, the nearest place first.
pub(super) fn earlier(layout: &Layout<'_>, element: usize) -> Vec<Vec<Patch>> {
    let Some(parent) = layout.parent(element) else { return Vec::new() };
    let before = layout.children(parent).rev().filter(|sibling| *sibling < element).take(PLACES);
    let moved = |sibling| {
        let (line, to) = (layout.whole_line(element)?, layout.whole_line(sibling)?.start);
        let with = layout.text[line.clone()].to_owned();
        Some(vec![Patch::new(to..to, with), Patch::remove(line)])
    };
    before.filter_map(moved).collect()
}

/// Removes an element that says, to the letter, what its sibling before it says.
pub(super) fn without_repetition(layout: &Layout<'_>, element: usize) -> Option<Vec<Patch>> {
    let same = |one: usize, other: usize| {
        Some(layout.text[layout.whole(one)?] == layout.text[layout.whole(other)?]).filter(|same| *same)
    };
    let mut before = layout.children(layout.parent(element)?).filter(|sibling| *sibling < element);
    before.find_map(|sibling| same(sibling, element))?;
    Some(vec![Patch::remove(layout.whole_line(element)?)])
}
