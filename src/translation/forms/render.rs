//! Says a message in a form, and makes sure that it says the same.

use super::original::add_provenance;
use super::transaction::into_transaction;
use crate::domain::{Private, Timestamp};
use crate::fhir::{self, Json, Object};
use crate::routing::Form;
use crate::translation::mapping::{Space, Unknown, bundle_of, lines, to_xml};
use crate::xml::{self, Limits, Tree};

/// What saying a message in a form needs to know.
pub struct Saying<'s> {
    /// In which form.
    pub form: Form,
    /// The bytes as they came, which travel along where that was agreed.
    pub original: &'s [u8],
    /// A new id for this Bundle: it names the transmission, not the message.
    pub bundle: &'s str,
    /// The time.
    pub now: Timestamp,
    /// Limits on what is in a message.
    pub limits: &'s Limits,
}

/// Why a message cannot be said in a form; of the message itself nothing is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotSaid {
    /// It is no XML that can be read to its end.
    Unreadable,
    /// It has so many elements or attributes that there is no place for; the first of them.
    NoPlace(usize, String),
    /// Read back it would not be the same message: a defect of ours.
    NotTheSame,
}

/// A message in a form.
pub struct Said {
    /// The bytes.
    pub bytes: Private<Vec<u8>>,
    /// Whether it was signed, and goes without its signature: that is of the XML, and stays with it.
    pub without_signature: bool,
}

/// Says a message in a form. XML stays as it is.
pub fn said(bytes: &[u8], saying: &Saying<'_>) -> Result<Said, NotSaid> {
    let with_original = match saying.form {
        Form::Xml => return Ok(Said { bytes: Private::new(bytes.to_vec()), without_signature: false }),
        Form::FhirMessage { with_original } | Form::FhirTransaction { with_original } => with_original,
    };
    let text = xml::decode(bytes).map_err(|_| NotSaid::Unreadable)?;
    let (tree, trouble) = Tree::read(&text, saying.limits);
    let root = tree.root().filter(|_| trouble.is_none()).ok_or(NotSaid::Unreadable)?;
    let space = Space::default();
    let made = bundle_of(root, saying.bundle, &space).map_err(|unknown| {
        let first = unknown.first().map(|Unknown(path)| path.clone()).unwrap_or_default();
        NotSaid::NoPlace(unknown.len(), first)
    })?;
    let mut bundle = made.tree();
    if !is_the_same(&bundle, &lines(root), saying.limits) {
        return Err(NotSaid::NotTheSame);
    }
    let message = bundle.first("entry").and_then(|first| first.get("resource")?.get("id")?.text());
    let message = message.unwrap_or_default().to_owned();
    let original = with_original.then_some(saying.original);
    let text = if matches!(saying.form, Form::FhirTransaction { .. }) {
        add_provenance(&mut bundle, &message, original, saying.now);
        into_transaction(&mut bundle, &message, saying.now);
        bundle.into_compact()
    } else {
        let mut more = Json::from(Object::new());
        add_provenance(&mut more, &message, original, saying.now);
        made.text(more.get("entry").map_or(&[], Json::items))
    };
    let without_signature = !with_original && root.children().any(|child| child.name().local == "Signature");
    Ok(Said { bytes: Private::new(text.into_bytes()), without_signature })
}

/// Whether a Bundle gives the message that it was made from: what is lost on the way is not sent.
fn is_the_same(bundle: &Json<'_>, before: &[String], limits: &Limits) -> bool {
    let Ok(back) = to_xml(bundle) else { return false };
    let (tree, trouble) = Tree::read(&back, limits);
    trouble.is_none() && tree.root().map(lines).is_some_and(|after| after == before)
}

/// Whether bytes are a Bundle, as far as their first letter tells: a message in XML begins otherwise.
pub fn is_bundle(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// The XML of a message in any form of ours; `None` when there is none in it.
pub fn xml_in(bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_bundle(bytes) {
        return Some(bytes.to_vec());
    }
    let bundle = fhir::read(bytes, &fhir::Limits::default()).ok()?;
    to_xml(&bundle).ok().map(String::into_bytes)
}
