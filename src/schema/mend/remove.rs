//! What can be taken away without taking anything from the message: empty elements, and text and attributes without a place.

use super::layout::Layout;
use super::patch::Patch;

/// Removes an element that has neither attributes nor content.
pub(super) fn bare_element(layout: &Layout<'_>, element: usize) -> Option<Vec<Patch>> {
    layout.is_bare(element).then_some(())?;
    Some(vec![Patch::remove(layout.whole_line(element)?)])
}

/// Removes an element without content, whatever its attributes.
pub(super) fn empty_element(layout: &Layout<'_>, element: usize) -> Option<Vec<Patch>> {
    let is_empty = layout.content(element).is_none_or(|content| layout.text[content].trim_ascii().is_empty());
    is_empty.then_some(())?;
    Some(vec![Patch::remove(layout.whole_line(element)?)])
}

/// Removes the attribute that begins at an offset.
pub(super) fn attribute(layout: &Layout<'_>, element: usize, offset: usize) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    Some(vec![Patch::remove(tag.attribute_at(offset)?.whole.clone())])
}

/// Removes an attribute whose value is empty.
pub(super) fn empty_attribute(layout: &Layout<'_>, element: usize, offset: usize) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    tag.attribute_at(offset)?.value.is_empty().then_some(())?;
    attribute(layout, element, offset)
}

/// Removes the text directly inside an element; elements and comments stay. White space between them stays unless everything
/// goes.
pub(super) fn text(layout: &Layout<'_>, element: usize, with_blanks: bool) -> Option<Vec<Patch>> {
    let content = layout.content(element)?;
    let mut patches = Vec::new();
    let mut at = content.start;
    for child in layout.children(element) {
        let whole = layout.whole(child)?;
        gap(layout.text, at..whole.start, with_blanks, &mut patches)?;
        at = whole.end;
    }
    gap(layout.text, at..content.end, with_blanks, &mut patches)?;
    (!patches.is_empty()).then_some(patches)
}

/// The text between two elements: comments and instructions stay, CDATA sections go.
fn gap(text: &str, bytes: std::ops::Range<usize>, with_blanks: bool, patches: &mut Vec<Patch>) -> Option<()> {
    let mut at = bytes.start;
    while at < bytes.end {
        let rest = &text[at..bytes.end];
        let markup = |opening: &str, closing: &str| {
            rest.starts_with(opening).then(|| rest.find(closing).map_or(rest.len(), |end| end + closing.len()))
        };
        if let Some(len) = markup("<!--", "-->").or_else(|| markup("<?", "?>")) {
            at += len;
            continue;
        }
        if let Some(len) = markup("<![CDATA[", "]]>") {
            patches.push(Patch::remove(at..at + len));
            at += len;
            continue;
        }
        let len = rest.find('<').unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let run = &rest[..len];
        let lead = if with_blanks { 0 } else { len - run.trim_ascii_start().len() };
        let tail = if with_blanks { len } else { run.trim_ascii_end().len() };
        if lead < tail {
            patches.push(Patch::remove(at + lead..at + tail));
        }
        at += len;
    }
    Some(())
}
