//! What a mapping gives without being told: constants, and references to the patient and the parties.

use super::constants::{Ready, complete, inside};
use super::draft::{Json, Object};
use super::forward::Making;
use super::place::Step;
use super::program::{Constant, Given, Row};
use super::words::TAGS;
use crate::xml::Node;

impl<'t> Making<'t> {
    /// What an object always has, where nothing else has been said there.
    pub(super) fn constants(&mut self, constants: &'static [Constant], node: Node<'t>, object: Object<'t>) {
        for constant in constants {
            let ready = match &constant.value {
                Given::Json(json) => Some(Ready::Given(json)),
                Given::Patient => Some(Ready::Reference(self.patient_url(node))),
                Given::Sender => self.sender.map(Ready::Reference),
                Given::Receiver => self.receiver.map(Ready::Reference),
            };
            let Some(ready) = ready else { continue };
            match constant.place.iter().position(|step| matches!(step, Step::Hop(..))) {
                Some(_) => self.complete_linked(constant, ready, object),
                None => complete(object, &constant.place, ready),
            }
        }
    }

    /// A constant of a resource that a member refers to, if it does.
    fn complete_linked(&mut self, constant: &'static Constant, ready: Ready<'t>, object: Object<'t>) {
        let Some(at) = constant.place.iter().position(|step| matches!(step, Step::Hop(..))) else { return };
        let Step::Hop(member, _) = &constant.place[at] else { return };
        let holder = constant.place[..at].iter().try_fold(object, |inner, step| inside(inner, step));
        let to = holder.and_then(|holder| if member.is_empty() { Some(holder) } else { holder.get(member)?.object() });
        let url = to.and_then(|to| to.get("reference")?.text());
        // It was made a moment ago.
        if let Some(linked) = url.and_then(|url| self.entries.iter().rposition(|entry| entry.url == url)) {
            complete(self.entries[linked].object, &constant.place[at + 1..], ready);
        }
    }

    /// Constants of a row, for the resource that it made. They were not there when those of its type came, so they win.
    pub(super) fn row_constants(&mut self, row: &'static Row, at: usize, node: Node<'t>) {
        let made = self.entries[at].object;
        for constant in &row.constants {
            if let [Step::Member(name, _)] = constant.place.as_slice() {
                made.set(name, Json::Null);
            }
        }
        self.constants(&row.constants, node, made);
        self.keep(at);
    }

    fn patient_url(&mut self, node: Node<'t>) -> &'t str {
        if self.announced.is_none() && !self.patient.1 {
            let (at, made) = self.entry("Patient", node_root(node));
            let tag = self.space.object().with("system", TAGS).with("code", "absent-in-source");
            made.add("meta", self.space.object().with("tag", self.space.list(tag)));
            self.keep(at);
            self.patient = (self.entries[at].url, true);
        }
        self.patient.0
    }
}

fn node_root(node: Node<'_>) -> Node<'_> {
    std::iter::successors(Some(node), |node| node.parent()).last().unwrap_or(node)
}
