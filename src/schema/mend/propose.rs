//! From a problem to the repairs that may heal it, the likeliest first. Most problems have none: what is missing must be known.

use super::layout::Layout;
use super::order;
use super::patch::Patch;
use super::remove;
use super::rename;
use super::value::{escaped, readings};
use crate::schema::problem::{Childless, Problem, ProblemKind};
use crate::schema::simple::Unfit;

/// Where a problem is mended: inside the parent, when a child does not fit there; otherwise in the element itself.
pub(super) fn place(layout: &Layout<'_>, problem: &Problem) -> Option<usize> {
    let element = layout.at(problem.element)?;
    let is_about_a_child = matches!(
        problem.kind,
        ProblemKind::Undeclared { .. }
            | ProblemKind::NotAllowed { .. }
            | ProblemKind::Misspelled { .. }
            | ProblemKind::WrongNamespace { .. }
            | ProblemKind::MissingBefore { .. }
            | ProblemKind::TooEarly { .. }
            | ProblemKind::TooLate { .. }
            | ProblemKind::TooMany { .. }
            | ProblemKind::ChildNotAllowed { .. }
            | ProblemKind::AbstractElement { .. }
    );
    if is_about_a_child { layout.parent(element) } else { Some(element) }
}

/// The repairs to try.
pub(super) fn repairs(layout: &Layout<'_>, problem: &Problem) -> Vec<Vec<Patch>> {
    let (offset, Some(element)) = (problem.offset, layout.at(problem.element)) else { return Vec::new() };
    let one = |repair: Option<Vec<Patch>>| repair.into_iter().collect();
    match &problem.kind {
        ProblemKind::Misspelled { meant, .. } => one(rename::element(layout, element, meant)),
        ProblemKind::WrongNamespace { meant, .. } => rename::namespace(layout, element, meant),
        ProblemKind::TooEarly { .. } => {
            order::later(layout, element).into_iter().chain(order::forward(layout, element)).collect()
        }
        ProblemKind::TooLate { .. } => order::earlier(layout, element),
        ProblemKind::TooMany { .. } => {
            let bare = remove::bare_element(layout, element);
            order::without_repetition(layout, element).into_iter().chain(bare).collect()
        }
        ProblemKind::NotAllowed { .. }
        | ProblemKind::ChildNotAllowed { .. }
        | ProblemKind::MissingAtEnd { .. }
        | ProblemKind::MissingAttribute { fixed: None, .. } => one(remove::bare_element(layout, element)),
        ProblemKind::StrayText { why: None, .. } => one(remove::text(layout, element, false)),
        ProblemKind::StrayText { why: Some(Childless::Nil), .. } => {
            one(nil_attribute(layout, element)).into_iter().chain(remove::text(layout, element, true)).collect()
        }
        ProblemKind::StrayText { .. } => one(remove::text(layout, element, true)),
        ProblemKind::BadText { unfit, .. } => texts(layout, element, unfit),
        ProblemKind::NotTheFixedText { fixed, .. } => one(text(layout, element, fixed)),
        ProblemKind::UnknownAttribute { meant: Some(meant), .. } => one(rename::attribute(layout, element, offset, meant)),
        ProblemKind::UnknownAttribute { meant: None, .. } => one(remove::empty_attribute(layout, element, offset)),
        ProblemKind::MissingAttribute { attribute, fixed: Some(fixed), .. } if attribute.namespace.is_empty() => {
            one(new_attribute(layout, element, &attribute.local, fixed))
        }
        ProblemKind::BadAttribute { unfit, .. } => attributes(layout, element, offset, unfit),
        ProblemKind::NotTheFixedValue { fixed, .. } => one(attribute(layout, element, offset, fixed)),
        ProblemKind::NotNillable { .. } => {
            let without = remove::attribute(layout, element, offset);
            without.into_iter().chain(remove::empty_element(layout, element)).collect()
        }
        ProblemKind::BadNil { .. } | ProblemKind::UnknownType { .. } | ProblemKind::WrongType { .. } => {
            one(remove::attribute(layout, element, offset))
        }
        ProblemKind::UnknownRoot { .. }
        | ProblemKind::Undeclared { .. }
        | ProblemKind::MissingBefore { .. }
        | ProblemKind::MissingAttribute { .. }
        | ProblemKind::UndeclaredAttribute { .. }
        | ProblemKind::AbstractElement { .. }
        | ProblemKind::AbstractType { .. }
        | ProblemKind::NilButFixed { .. }
        | ProblemKind::RepeatedId { .. }
        | ProblemKind::DanglingReference { .. }
        | ProblemKind::More => Vec::new(),
    }
}

fn texts(layout: &Layout<'_>, element: usize, unfit: &Unfit) -> Vec<Vec<Patch>> {
    let written = layout.plain_text(element).map(|at| &layout.text[at]).unwrap_or_default();
    let other = readings(written, unfit).into_iter().filter_map(|reading| text(layout, element, &reading));
    other.chain(remove::bare_element(layout, element)).collect()
}

fn text(layout: &Layout<'_>, element: usize, value: &str) -> Option<Vec<Patch>> {
    Some(vec![Patch::new(layout.plain_text(element)?, escaped(value))])
}

fn attributes(layout: &Layout<'_>, element: usize, offset: usize, unfit: &Unfit) -> Vec<Vec<Patch>> {
    let Some(at) = layout.tag(element).and_then(|tag| Some(tag.attribute_at(offset)?.value.clone())) else {
        return Vec::new();
    };
    let written = &layout.text[at];
    if written.contains('&') {
        return Vec::new();
    }
    let other = readings(written, unfit).into_iter().filter_map(|reading| attribute(layout, element, offset, &reading));
    other.chain(remove::empty_attribute(layout, element, offset)).collect()
}

fn attribute(layout: &Layout<'_>, element: usize, offset: usize, value: &str) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    Some(vec![Patch::new(tag.attribute_at(offset)?.value.clone(), escaped(value))])
}

fn new_attribute(layout: &Layout<'_>, element: usize, local: &str, value: &str) -> Option<Vec<Patch>> {
    let at = layout.tag(element)?.behind_name();
    Some(vec![Patch::new(at..at, format!(" {local}=\"{}\"", escaped(value)))])
}

/// Removes `xsi:nil`, whatever its prefix.
fn nil_attribute(layout: &Layout<'_>, element: usize) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    let nil = tag.attributes.iter().find(|attribute| layout.text[attribute.name.clone()].ends_with(":nil"))?;
    Some(vec![Patch::remove(nil.whole.clone())])
}
