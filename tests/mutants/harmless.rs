//! Changes that mean nothing to a schema: the document must stay as valid as it was.

use super::given::{Given, Made, made};
use super::outline::Element;

pub fn comment(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    made(given.edit().insert(given.gap(element), "<!-- <Ukjent/> -->"), &[])
}

pub fn comment_in_text(given: &Given<'_>) -> Option<Made> {
    in_text(given, "<!-- x -->")
}

pub fn instruction(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    made(given.edit().insert(given.gap(element), "<?ukjent <a> ?>"), &[])
}

pub fn instruction_in_text(given: &Given<'_>) -> Option<Made> {
    in_text(given, "<?ukjent x?>")
}

fn in_text(given: &Given<'_>, what: &str) -> Option<Made> {
    let (_, leaf) = given.element(|element| element.is_leaf() && is_plain(given, element))?;
    let content = leaf.content()?;
    let places: Vec<usize> = given.str(&content).char_indices().map(|(at, _)| content.start + at).collect();
    made(given.edit().insert(given.dice.one_of(&places)?, what), &[])
}

fn is_plain(given: &Given<'_>, element: &Element) -> bool {
    element.content().is_some_and(|content| !given.str(&content).contains(['&', '<', '>']) && content.len() < 100_000)
}

pub fn cdata(given: &Given<'_>) -> Option<Made> {
    let (_, leaf) = given.element(|element| element.is_leaf() && is_plain(given, element))?;
    let content = leaf.content()?;
    made(given.edit().replace(&content, format!("<![CDATA[{}]]>", given.str(&content))), &[])
}

pub fn reference_in_text(given: &Given<'_>) -> Option<Made> {
    let (_, leaf) = given.element(|element| element.is_leaf() && is_plain(given, element))?;
    let content = leaf.content()?;
    let (at, letter) = given.dice.one_of(&given.str(&content).char_indices().collect::<Vec<_>>())?;
    let place = content.start + at..content.start + at + letter.len_utf8();
    made(given.edit().replace(&place, format!("&#x{:X};", u32::from(letter))), &[])
}

pub fn reference_in_attribute(given: &Given<'_>) -> Option<Made> {
    let (_, attribute) = given.attribute(|it| !it.value.is_empty() && !given.str(&it.value).contains(['&', '\n', '\t']))?;
    let (at, letter) = given.dice.one_of(&given.str(&attribute.value).char_indices().collect::<Vec<_>>())?;
    let place = attribute.value.start + at..attribute.value.start + at + letter.len_utf8();
    made(given.edit().replace(&place, format!("&#{};", u32::from(letter))), &[])
}

pub fn white_space_in_structure(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    made(given.edit().insert(given.gap(element), given.dice.one_of(&[" ", "\n\n", "\t", "\r\n", "&#32;", "&#10;"])?), &[])
}

pub fn white_space_in_tags(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    let space = given.dice.one_of(&[" ", "\n", "\t\r\n  "])?;
    let mut edit = given.edit().insert(element.name.end, space);
    if let Some(end) = &element.end {
        edit = edit.insert(end.end - 1, space);
    }
    made(edit, &[])
}

/// The same name with another prefix.
pub fn other_prefix(given: &Given<'_>) -> Option<Made> {
    let mut above = given.element(|element| element.children.is_empty() && element.parent.is_some())?.1;
    let (leaf, prefix) = (above, given.prefix(above));
    let declaration =
        if prefix.is_empty() { "xmlns".to_string() } else { format!("xmlns:{}", prefix.trim_end_matches(':')) };
    let namespace = loop {
        match above.attributes.iter().find(|it| given.str(&it.name) == declaration) {
            Some(found) => break given.str(&found.value),
            None => above = given.outline.parent(above)?,
        }
    };
    let name = format!("ny:{}", given.str(&given.local(leaf)));
    let mut edit = given.edit().replace(&leaf.name, format!("{name} xmlns:ny=\"{namespace}\""));
    if let Some(end) = &leaf.end {
        edit = edit.replace(end, format!("</{name}>"));
    }
    made(edit, &[])
}

/// `<a></a>` for `<a/>`, and the other way about.
pub fn other_form_of_empty(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|element| element.is_empty() && element.content().is_none_or(|it| it.is_empty()))?;
    let edit = match &element.end {
        Some(end) => given.edit().remove(end).insert(element.start.end - 1, "/"),
        None => {
            let close = format!("></{}>", given.str(&element.name));
            given.edit().replace(&(element.start.end - 2..element.start.end), close)
        }
    };
    made(edit, &[])
}

pub fn other_quotes(given: &Given<'_>) -> Option<Made> {
    let (_, attribute) = given.attribute(|it| !given.str(&it.value).contains(['\'', '"']))?;
    let quoted = attribute.value.start - 1..attribute.value.end + 1;
    let other = if given.outline.text.as_bytes()[quoted.start] == b'"' { '\'' } else { '"' };
    made(given.edit().replace(&quoted, format!("{other}{}{other}", given.str(&attribute.value))), &[])
}

pub fn order_of_attributes(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|element| element.attributes.len() > 1)?;
    let last = element.attributes.len() - 1;
    let (one, other) = (&element.attributes[0].whole, &element.attributes[last].whole);
    made(given.edit().replace(one, given.str(other)).replace(other, given.str(one)), &[])
}

/// Declared and never used.
pub fn unused_namespace(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    made(given.edit().insert(element.name.end, " xmlns:ubrukt=\"urn:example:unused\""), &[])
}

pub fn line_ends(given: &Given<'_>) -> Option<Made> {
    let text = given.outline.text.replace("\r\n", "\n").replace('\n', if given.dice.below(2) == 0 { "\r\n" } else { "\r" });
    Some(Made { text, lines: Vec::new() })
}
