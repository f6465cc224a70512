//! Texts: of a payload, of a narrative, and what is added to them.

use super::at::At;
use super::element::{Element, copy};
use super::work::Work;
use crate::translation::mapping::from_base64;
use crate::translation::versions::plain;
use crate::xml::{Draft, Limits, Tree};

const XHTML: &str = "application/xhtml+xml";

/// The bytes of an attachment that is a text itself.
fn text_of(attachment: &At<'_>) -> Option<String> {
    let kind = kind_of(attachment)?;
    if kind != "text/plain" && kind != XHTML {
        return None;
    }
    let text = String::from_utf8(from_base64(attachment.peek_of("data")?)?).ok()?;
    let text = if kind == XHTML { plain_text(&text)? } else { text };
    attachment.done();
    Some(text)
}

/// The type of an attachment without its parameters.
pub(super) fn kind_of(attachment: &At<'_>) -> Option<String> {
    let kind = attachment.peek_of("contentType")?;
    Some(kind.split(';').next().unwrap_or(kind).trim().to_ascii_lowercase())
}

/// Markup as text.
pub(super) fn plain_text(markup: &str) -> Option<String> {
    let (tree, trouble) = Tree::read(markup, &Limits::default());
    let root = tree.root().filter(|_| trouble.is_none())?;
    Some(plain(&Draft::of(root))).filter(|text| !text.trim().is_empty())
}

/// The text of a message: all that its payload says, and what has no other place in it.
pub(super) fn text(work: &Work<'_>, root: &At<'_>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for payload in root.each("payload") {
        let said = payload.choice("contentString", "content", "string").and_then(|text| text.text().map(str::to_owned));
        let attached = || text_of(&payload.choice("contentAttachment", "content", "Attachment")?);
        parts.extend(said.or_else(attached));
    }
    if parts.is_empty() {
        return None;
    }
    parts.extend(work.appendix().map(str::to_owned));
    Some(parts.join("\n\n"))
}

/// The text of a payload alone.
pub(super) fn text_only(root: &At<'_>) -> Option<String> {
    let said =
        root.each("payload").into_iter().filter_map(|payload| payload.choice("contentString", "content", "string")?.text());
    let said: Vec<&str> = said.collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// The markup of a message whose payload is XHTML and nothing else.
pub(super) fn markup(root: &At<'_>, has_appendix: bool) -> Option<Element> {
    let payloads = root.each("payload");
    let [payload] = payloads.as_slice() else { return None };
    let attachment = payload.choice("contentAttachment", "content", "Attachment").filter(|_| !has_appendix)?;
    kind_of(&attachment).filter(|kind| kind == XHTML)?;
    let text = String::from_utf8(from_base64(attachment.peek_of("data")?)?).ok()?;
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let root = tree.root().filter(|root| trouble.is_none() && root.name().namespace == "http://www.w3.org/1999/xhtml")?;
    attachment.done();
    Some(copy(root))
}

/// What a narrative says.
pub(super) fn narrative(holder: &At<'_>) -> Option<String> {
    let text = holder.get("text")?;
    let said = plain_text(text.peek_of("div")?)?;
    text.done();
    Some(said)
}
