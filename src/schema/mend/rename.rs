//! Other names and namespaces: for what is misspelled or stands in a wrong namespace.

use super::layout::Layout;
use super::patch::Patch;
use super::tag::split;
use crate::schema::vocabulary::SchemaName;

/// Writes another local name into the tags of an element.
pub(super) fn element(layout: &Layout<'_>, element: usize, meant: &SchemaName) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    let (prefix, _) = split(&layout.text[tag.name.clone()]);
    let is_right = layout.declaration(element, prefix).map_or("", |at| &layout.text[at]) == &*meant.namespace;
    let prefix = if is_right { prefix.to_owned() } else { layout.prefix(element, &meant.namespace)? };
    qualified(layout, element, &prefix, &meant.local)
}

fn qualified(layout: &Layout<'_>, element: usize, prefix: &str, local: &str) -> Option<Vec<Patch>> {
    let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
    let start = Patch::new(layout.tag(element)?.name, name.clone());
    Some(std::iter::once(start).chain(layout.end_name(element).map(|at| Patch::new(at, name))).collect())
}

/// Writes another name for the attribute that begins at an offset.
pub(super) fn attribute(layout: &Layout<'_>, element: usize, offset: usize, meant: &SchemaName) -> Option<Vec<Patch>> {
    let tag = layout.tag(element)?;
    let written = tag.attribute_at(offset)?;
    let prefix = match &*meant.namespace {
        "" => String::new(),
        // The default namespace does not hold for attributes.
        namespace => layout.prefix(element, namespace).filter(|prefix| !prefix.is_empty())? + ":",
    };
    Some(vec![Patch::new(written.name.clone(), format!("{prefix}{}", meant.local))])
}

/// Ways to bring an element into another namespace, the likeliest first.
pub(super) fn namespace(layout: &Layout<'_>, element: usize, meant: &SchemaName) -> Vec<Vec<Patch>> {
    let Some(tag) = layout.tag(element) else { return Vec::new() };
    let text = layout.text;
    let (prefix, local) = split(&text[tag.name.clone()]);
    let declared = layout.declaration(element, prefix);
    let wrong = declared.clone().map_or("", |at| &text[at]);
    let is_own = declared.as_ref().is_some_and(|at| tag.name.start < at.start && at.end < tag.end);
    let redeclared = declared.clone().map(|at| vec![Patch::new(at, &*meant.namespace)]);
    let known = layout.prefix(element, &meant.namespace);
    let renamed = known.as_deref().and_then(|known| qualified(layout, element, known, local));
    let all_renamed = known.as_deref().and_then(|known| all(layout, element, wrong, known));
    let declaration = format!(" xmlns=\"{}\"", meant.namespace);
    let added = (prefix.is_empty() && !is_own).then(|| {
        let at = tag.behind_name();
        vec![Patch::new(at..at, declaration)]
    });
    let (own, inherited) = if is_own { (redeclared, None) } else { (None, redeclared) };
    [own, renamed, all_renamed, added, inherited].into_iter().flatten().collect()
}

/// Another prefix for an element and everything inside that stands in the same wrong namespace.
fn all(layout: &Layout<'_>, element: usize, wrong: &str, prefix: &str) -> Option<Vec<Patch>> {
    /// An element with more inside is brought into another namespace by its declaration, or by hand.
    const RENAMED_ELEMENTS: usize = 200;
    if layout.inside(element).len() > RENAMED_ELEMENTS {
        return None;
    }
    let mut patches = Vec::new();
    for inner in layout.inside(element) {
        let name = layout.tag(inner)?.name;
        let (own, local) = split(&layout.text[name]);
        if layout.declaration(inner, own).map_or("", |at| &layout.text[at]) == wrong {
            patches.extend(qualified(layout, inner, prefix, local)?);
        }
    }
    Some(patches)
}
