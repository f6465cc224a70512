//! Routes as data: what a route asks of a message, and to whom it sends.

use crate::domain::{HerId, PartnerName, Role};
use std::fmt;

/// All routes, in the order in which they are asked.
#[derive(Clone, Default, Debug)]
pub struct RouteTable {
    routes: Vec<Route>,
}

impl RouteTable {
    /// The routes sorted by their order.
    pub fn new(mut routes: Vec<Route>) -> Self {
        routes.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        Self { routes }
    }

    /// The routes, first asked first.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }
}

/// One route. The first whose criteria all hold takes the receiver.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route {
    /// Its name; the stem of its file.
    pub name: String,
    /// Smaller is asked first.
    pub order: u32,
    /// What it asks.
    pub criteria: Criteria,
    /// Where it sends. Never empty.
    pub legs: Vec<LegSpec>,
}

/// What a route asks of a message and one of its receivers. An empty list asks nothing.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Criteria {
    /// HER-id of the receiver: organisation, service or person.
    pub receiver: Vec<HerId>,
    /// HER-id of the sender: organisation, service or person.
    pub sender: Vec<HerId>,
    /// `MsgInfo/Type`, with `*` at the end for any ending.
    pub message_type: Vec<Pattern>,
    /// Version of the content: `1.5`, `1.6`, `1.0`, `1.1`.
    pub version: Vec<String>,
    /// Only primary, or only copy receivers.
    pub role: Option<Role>,
}

/// One place to send to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LegSpec {
    /// To whom.
    pub to: Destination,
    /// Whether an AppRec is expected from there. A second system that only reads along sends none.
    pub expects_apprec: bool,
}

/// To whom a leg goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// The partner that owns the receiver's HER-id.
    Owner,
    /// This partner, whoever the receiver is.
    Partner(PartnerName),
}

/// A message type, or the beginning of one followed by `*`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern(String);

impl Pattern {
    /// Checks the form: letters, digits, `_` and `-`, at most one `*`, at the end.
    pub fn parse(text: &str) -> Option<Self> {
        let stem = text.strip_suffix('*').unwrap_or(text);
        let good = stem.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        (good && !text.is_empty() && text.len() <= 64).then(|| Self(text.to_string()))
    }

    /// True when the type fits.
    pub fn fits(&self, message_type: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(stem) => message_type.starts_with(stem),
            None => message_type == self.0,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
