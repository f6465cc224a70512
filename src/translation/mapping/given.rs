//! What a mapping gives without being told: constants, and references to the patient and the parties.

use super::constants::{complete, inside};
use super::forward::{Making, reference};
use super::place::Step;
use super::program::{Constant, Given, Row};
use super::words::TAGS;
use crate::fhir::{Json, Object};
use crate::xml::Node;
use std::borrow::Cow;

impl<'t> Making<'t> {
    /// What an object always has, where nothing else has been said there.
    pub(super) fn constants(&mut self, constants: &'static [Constant], node: Node<'t>, object: &mut Object<'t>) {
        for constant in constants {
            let party = |id: &Option<String>| id.as_deref().map(reference).map(Cow::Owned);
            let json = match &constant.value {
                Given::Json(json) => Some(Cow::Borrowed(json)),
                Given::Patient => Some(Cow::Owned(reference(self.patient_url(node)))),
                Given::Sender => party(&self.sender),
                Given::Receiver => party(&self.receiver),
            };
            let Some(json) = json else { continue };
            match constant.place.iter().position(|step| matches!(step, Step::Hop(..))) {
                Some(_) => self.complete_linked(constant, json, object),
                None => complete(object, &constant.place, json),
            }
        }
    }

    /// A constant of a resource that a member refers to, if it does.
    fn complete_linked(&mut self, constant: &'static Constant, json: Cow<'_, Json<'static>>, object: &Object<'t>) {
        let Some(at) = constant.place.iter().position(|step| matches!(step, Step::Hop(..))) else { return };
        let Step::Hop(member, _) = &constant.place[at] else { return };
        let holder = constant.place[..at].iter().try_fold(object, |inner, step| inside(inner, step));
        let to = holder.and_then(|holder| if member.is_empty() { Some(holder) } else { holder.get(member)?.object() });
        let url = to.and_then(|to| to.get("reference")?.text());
        // It was made a moment ago.
        if let Some(linked) = url.and_then(|url| self.entries.iter().rposition(|entry| entry.url == url)) {
            complete(&mut self.entries[linked].object, &constant.place[at + 1..], json);
        }
    }

    /// Constants of a row, for the resource that it made. They were not there when those of its type came, so they win.
    pub(super) fn row_constants(&mut self, row: &'static Row, at: usize, node: Node<'t>) {
        let mut made = std::mem::take(&mut self.entries[at].object);
        for constant in &row.constants {
            if let [Step::Member(name, _)] = constant.place.as_slice() {
                made.set(name, Json::Null);
            }
        }
        self.constants(&row.constants, node, &mut made);
        self.keep(at, made);
    }

    fn patient_url(&mut self, node: Node<'t>) -> &str {
        if self.announced.is_none() && !self.patient.1 {
            let (at, made) = self.entry("Patient", node_root(node));
            let tag = Object::new().with("system", TAGS).with("code", "absent-in-source");
            self.keep(at, made.with("meta", Object::new().with("tag", vec![tag.into()])));
            self.patient = (self.entries[at].url.clone(), true);
        }
        &self.patient.0
    }
}

fn node_root(node: Node<'_>) -> Node<'_> {
    std::iter::successors(Some(node), |node| node.parent()).last().unwrap_or(node)
}
