//! What every part of the making of one message knows: the Bundle, what was looked up, and the remarks so far.

use super::at::At;
use super::earlier::Earlier;
use super::entries::Entries;
use super::known::Known;
use super::remark::{Remark, Severity};
use super::rule::Rule;
use crate::fhir::Path;
use std::cell::{Cell, RefCell};
use uuid::Uuid;

/// The making of one message.
pub(super) struct Work<'b> {
    pub entries: Entries<'b>,
    pub header: At<'b>,
    pub known: &'b Known,
    pub earlier: &'b [Earlier<'b>],
    /// `MsgId`, a UUID in lower case.
    pub msg_id: Uuid,
    /// `GenDate`.
    pub made_at: String,
    /// What is to be added to the text of the message.
    appendix: Option<&'b str>,
    is_added: Cell<bool>,
    components: Cell<u32>,
    remarks: RefCell<Vec<Remark>>,
}

impl<'b> Work<'b> {
    pub fn new(
        entries: Entries<'b>,
        header: At<'b>,
        known: &'b Known,
        earlier: &'b [Earlier<'b>],
        appendix: Option<&'b str>,
    ) -> Self {
        let (is_added, components) = (Cell::new(false), Cell::new(0));
        let (msg_id, made_at) = (Uuid::nil(), String::new());
        Self {
            entries,
            header,
            known,
            earlier,
            msg_id,
            made_at,
            appendix,
            is_added,
            components,
            remarks: RefCell::default(),
        }
    }

    /// Tells what makes a message impossible.
    pub fn tell(&self, rule: &'static Rule, path: Path) {
        self.note(rule, path, Severity::Error);
    }

    /// Tells something; the same thing once.
    pub fn note(&self, rule: &'static Rule, path: Path, severity: Severity) {
        let remark = Remark { rule, path, severity, breaks: None };
        let mut remarks = self.remarks.borrow_mut();
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }

    pub fn remarks(&self) -> Vec<Remark> {
        self.remarks.borrow().clone()
    }

    /// The `komponentID` of the next component: the same message gets the same ones.
    pub fn component_id(&self) -> String {
        let number = self.components.get() + 1;
        self.components.set(number);
        Uuid::new_v5(&self.msg_id, format!("komponentID {number}").as_bytes()).to_string()
    }

    /// Whether something waits to be added to the text.
    pub fn has_appendix(&self) -> bool {
        self.appendix.is_some() && !self.is_added.get()
    }

    /// What is to be added to the text, for the first who asks: there is one place for it.
    pub fn appendix(&self) -> Option<&'b str> {
        let was_added = self.is_added.replace(true);
        self.appendix.filter(|_| !was_added)
    }

    /// The same, where there is a place for it.
    pub fn appendix_if(&self, has_place: bool) -> Option<&'b str> {
        if has_place { self.appendix() } else { None }
    }

    /// Follows a Reference; what leads nowhere is told.
    pub fn follow(&self, reference: &At<'b>, holder: &At<'b>) -> Option<At<'b>> {
        let found = self.entries.follow(reference, holder);
        if found.is_none() && reference.peek_of("reference").is_some() {
            self.tell(&super::catalogue::REFERENCE, reference.place("reference"));
        }
        found
    }
}
