//! The problems of one document, as far as the bound.

use super::super::problem::{Problem, ProblemKind};

/// So many problems of one document are told; then comes [`ProblemKind::More`], and nothing further is looked at.
pub(super) const PROBLEMS: usize = 1_000;

#[derive(Default)]
pub(super) struct Record {
    problems: Vec<Problem>,
}

impl Record {
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.problems.len() > PROBLEMS
    }

    /// Gives the number of the problem.
    pub fn add(&mut self, offset: usize, element: usize, kind: ProblemKind) -> usize {
        if self.problems.len() < PROBLEMS {
            self.problems.push(Problem { offset, element, kind });
        } else if self.problems.len() == PROBLEMS {
            self.problems.push(Problem { offset, element, kind: ProblemKind::More });
        }
        self.problems.len() - 1
    }

    pub fn change(&mut self, number: usize, change: impl FnOnce(&mut Problem)) {
        if let Some(problem) = self.problems.get_mut(number) {
            change(problem);
        }
    }

    /// All of them in document order; the record begins anew.
    pub fn take(&mut self) -> Vec<Problem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by_key(|problem| problem.offset);
        problems
    }
}
