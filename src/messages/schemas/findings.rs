//! From problems with the schemas to findings of the rule book: which rule says it, where, in which words.

use super::names::name;
use super::rules::rule_of;
use super::words::says;
use crate::domain::Private;
use crate::messages::place::PREFIXES;
use crate::rulebook::{Edit, Finding, Fix};
use crate::schema::{Mend, Patch, Problem, ProblemKind};
use crate::xml::{Node, Place, Tree};
use std::collections::HashMap;

/// So many problems say enough about one message.
const MANY: usize = 100;

/// The findings for the first [`MANY`] problems of a document. Problems that another rule reports in better words are left to it.
/// `mends` has one for each problem, or is empty.
pub(in crate::messages) fn findings(problems: &[Problem], mends: &[Option<Mend>], tree: &Tree<'_>) -> Vec<Finding> {
    if problems.is_empty() {
        return Vec::new();
    }
    let problems = &problems[..problems.len().min(MANY)];
    let mut elements: HashMap<usize, Option<Node<'_>>> = problems.iter().map(|problem| (problem.element, None)).collect();
    for node in tree.root().into_iter().flat_map(Node::descendants) {
        elements.entry(node.offset()).and_modify(|element| *element = Some(node));
    }
    let element_of = |problem: &Problem| elements.get(&problem.element).copied().flatten();
    let mend_of = |number: usize| mends.get(number).and_then(Option::as_ref);
    let numbered = problems.iter().enumerate();
    numbered
        .filter_map(|(number, problem)| {
            let finding = finding(problem, element_of(problem)?, tree.source())?;
            Some(match mend_of(number) {
                Some(mend) => finding.fixed_by(fix(mend)),
                None => finding,
            })
        })
        .collect()
}

fn fix(mend: &Mend) -> Fix {
    let edit = |patch: &Patch| Edit { bytes: patch.bytes.clone(), with: Private::new(patch.with.clone()) };
    Fix { edits: mend.patches.iter().map(edit).collect() }
}

fn finding(problem: &Problem, element: Node<'_>, text: &str) -> Option<Finding> {
    let rule = rule_of(&problem.kind, element)?;
    let place = Place::of(text, problem.offset);
    Some(Finding::new(rule).at(place, path(&problem.kind, element)).saying(says(problem, text)))
}

/// The way to the element, and to the attribute if it is about one.
fn path(kind: &ProblemKind, element: Node<'_>) -> String {
    let path = element.path(PREFIXES);
    match kind {
        ProblemKind::BadAttribute { attribute, .. }
        | ProblemKind::MissingAttribute { attribute, .. }
        | ProblemKind::NotTheFixedValue { attribute, .. } => format!("{path}/@{}", name(attribute)),
        _ => path,
    }
}
