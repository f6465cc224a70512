//! One kind of bad input: what is sent, and what must be answered.

use super::live::post_as;
use std::sync::atomic::{AtomicU64, Ordering};

/// One kind.
pub struct Case {
    /// What is wrong, in words.
    pub name: &'static str,
    /// Requests, each on a connection of its own. All but the last are good and get a receipt.
    pub requests: Vec<Request>,
    /// What the last one is answered with.
    pub expect: Expect,
}

/// Bytes on the wire.
pub struct Request {
    pub bytes: Vec<u8>,
    /// The sender says no more after them.
    pub then_close: bool,
}

/// An answer.
pub enum Expect {
    /// A problem document of this kind.
    Problem(u16, &'static str),
    /// A receipt for a message in this state.
    Receipt(&'static str),
    /// The receipt of an earlier arrival once more.
    Repeated,
    /// Too broken for any document: only a status, or the connection is closed.
    Status(u16),
}

/// Nothing that could be answered is in it.
pub const UNREADABLE: Expect = Expect::Problem(422, "message-unreadable");
/// Taken in, refused, and answered with a negative AppRec.
pub const REFUSED: Expect = Expect::Receipt("refused");
/// Taken in, and a person must look.
pub const HELD: Expect = Expect::Receipt("held");

/// A case with one message from the hospital's system.
pub fn body(name: &'static str, body: impl Into<Vec<u8>>, expect: Expect) -> Case {
    wire(name, post_as(HOSPITAL, &body.into()), expect)
}

/// A case with one request as it goes over the wire.
pub fn wire(name: &'static str, bytes: impl Into<Vec<u8>>, expect: Expect) -> Case {
    Case { name, requests: vec![Request { bytes: bytes.into(), then_close: false }], expect }
}

/// A case with several messages, each with the partner that brings it.
pub fn story(name: &'static str, messages: &[(&str, String)], expect: Expect) -> Case {
    let request =
        |(partner, message): &(&str, String)| Request { bytes: post_as(partner, message.as_bytes()), then_close: false };
    Case { name, requests: messages.iter().map(request).collect(), expect }
}

pub const HOSPITAL: &str = "storfjell-sykehus";
pub const GP: &str = "nordoy-legekontor";
pub const OFFICE: &str = "fjellvik-tildeling";

const LETTER: &str = include_str!("../../fixtures/plo/accepted/log-innlagt-1.6.xml");
const LETTER_ID: &str = "47f2ba60-cf24-4565-ab80-2700371c7c2a";
const APPREC: &str = include_str!("../../fixtures/apprec/accepted/apprec-1.1-positive.xml");

/// A UUID that nobody has used.
pub fn new_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A good message from the hospital to the allocation office, with a MsgId of its own.
pub fn letter() -> String {
    edited(LETTER, &[(LETTER_ID, &new_id()), ("9000102", "9000101")])
}

/// A text with replacements, each of something that is in it.
pub fn edited(text: &str, replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(text.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from}");
        text.replace(from, to)
    })
}

/// A good message with replacements.
pub fn letter_with(replacements: &[(&str, &str)]) -> String {
    edited(&letter(), replacements)
}

/// A good message without the first element of this name.
pub fn letter_without(element: &str) -> String {
    without(&letter(), element)
}

/// A text without the first element of this name.
pub fn without(text: &str, element: &str) -> String {
    let start = text.find(&format!("<{element}")).unwrap_or_else(|| panic!("there is no {element}"));
    let tag_end = start + text[start..].find('>').expect("its end");
    let end = if text[..tag_end].ends_with('/') {
        tag_end + 1
    } else {
        let closing = format!("</{element}>");
        start + text[start..].find(&closing).expect("its end") + closing.len()
    };
    format!("{}{}", &text[..start], &text[end..])
}

/// A good message with something put into its content, or after its start tag.
pub fn letter_around(inside: &str) -> String {
    letter_with(&[("<p1:MeldingInnlagtPasient>", &format!("<p1:MeldingInnlagtPasient>{inside}"))])
}

/// The AppRec of the allocation office for a message of the hospital.
pub fn apprec_for(msg_id: &str) -> String {
    edited(APPREC, &[(LETTER_ID, msg_id), ("f8e6b279-5a04-4730-a9d1-dc81f874f96a", &new_id()), ("9000102", "9000101")])
}

/// The MsgId of a message.
pub fn id_of(message: &str) -> &str {
    let (_, rest) = message.split_once("<MsgId>").expect("a MsgId");
    rest.split('<').next().unwrap_or_default()
}
