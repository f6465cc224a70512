//! A content model with its references resolved: the regular expression that an automaton is made of.

use std::rc::Rc;

use super::super::parts::ElementId;
use super::super::source::syntax::{At, Wildcard};

/// A part of a content model. Shared where groups and base types are used several times.
#[derive(Clone)]
pub(super) enum Part {
    /// Matches nothing but the empty sequence.
    Empty,
    /// Matches nothing at all: a choice without alternatives.
    Never,
    Element {
        at: At,
        element: ElementId,
    },
    Any {
        at: At,
        wildcard: Wildcard,
    },
    Sequence(Rc<[Part]>),
    Choice(Rc<[Part]>),
    Repeat {
        part: Rc<Part>,
        min: u32,
        max: Option<u32>,
    },
}

impl Part {
    pub fn sequence(parts: Vec<Part>) -> Part {
        if parts.iter().any(|part| matches!(part, Part::Never)) {
            return Part::Never;
        }
        let mut parts: Vec<Part> = parts.into_iter().filter(|part| !matches!(part, Part::Empty)).collect();
        match parts.len() {
            0 => Part::Empty,
            1 => parts.remove(0),
            _ => Part::Sequence(parts.into()),
        }
    }

    pub fn choice(parts: Vec<Part>) -> Part {
        let mut parts: Vec<Part> = parts.into_iter().filter(|part| !matches!(part, Part::Never)).collect();
        match parts.len() {
            0 => Part::Never,
            1 => parts.remove(0),
            _ if parts.iter().all(|part| matches!(part, Part::Empty)) => Part::Empty,
            _ => Part::Choice(parts.into()),
        }
    }

    pub fn repeat(self, min: u32, max: Option<u32>) -> Part {
        match self {
            _ if max == Some(0) => Part::Empty,
            Part::Empty => Part::Empty,
            Part::Never => {
                if min == 0 {
                    Part::Empty
                } else {
                    Part::Never
                }
            }
            part if min == 1 && max == Some(1) => part,
            part => Part::Repeat { part: Rc::new(part), min, max },
        }
    }
}
