//! Mutations of elements: what is dropped, moved, repeated, renamed and put in, and on which line the first complaint is right.
//!
//! Something that is there and should not be is complained of where it stands. Something that is missing is complained of where
//! the next sibling stands, or where the parent ends or begins.

use super::edit::line_of;
use super::given::{Given, Made, made, other_case, typo};
use super::outline::Element;

/// Right: where the absence shows.
pub fn drop_element(given: &Given<'_>) -> Option<Made> {
    let (index, element) = given.inner(|_| true)?;
    made(given.edit().remove(&element.whole()), &given.absence(index))
}

/// Right: where the absence of the first shows.
pub fn drop_two_neighbours(given: &Given<'_>) -> Option<Made> {
    let (first, one) = given.inner(|_| true)?;
    let next = given.outline.next_sibling(first)?;
    let second = given.elements().find(|(_, element)| element.start == next.start)?.0;
    let places: Vec<usize> = given.absence(second);
    made(given.edit().remove(&one.whole()).remove(&next.whole()), &places)
}

/// Right: either of the two, or where one of them is missed.
pub fn swap_neighbours(given: &Given<'_>) -> Option<Made> {
    let (index, one) = given.inner(|_| true)?;
    let other = given.outline.next_sibling(index)?;
    let edit =
        given.edit().replace(&one.whole(), given.str(&other.whole())).replace(&other.whole(), given.str(&one.whole()));
    made(edit, &[one.start.start, other.start.start])
}

/// Right: where it is now (the place it was moved to), or where its absence shows.
pub fn move_element(given: &Given<'_>) -> Option<Made> {
    let (index, element) = given.inner(|_| true)?;
    let from = element.whole();
    let (_, to) = given.element(|to| to.is_structure() && !from.contains(&to.start.start))?;
    let gap = given.gap(to);
    if gap == from.start {
        return None;
    }
    let places: Vec<usize> = given.absence(index).into_iter().chain([gap]).collect();
    made(given.edit().remove(&from).insert(gap, given.str(&from)), &places)
}

/// Right: where the copy begins.
pub fn duplicate_element(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| element.whole().len() < 20_000)?;
    let end = element.whole().end;
    made(given.edit().insert(end, "\n".to_string() + given.str(&element.whole())), &[end + 1]).map(|it| next_line(it, end))
}

/// The line break that was put before a copy is not the copy.
fn next_line(made: Made, end: usize) -> Made {
    Made { lines: vec![line_of(&made.text, end + 1)], ..made }
}

/// Right: where the copy begins.
pub fn element_from_elsewhere(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| element.whole().len() < 20_000)?;
    let (_, to) = given.element(Element::is_structure)?;
    let gap = given.gap(to);
    made(given.edit().insert(gap, given.str(&element.whole())), &[gap])
}

/// Right: where the inner copy begins.
pub fn nest_in_itself(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| element.end.is_some() && element.whole().len() < 5000)?;
    let gap = given.gap(element);
    made(given.edit().insert(gap, given.str(&element.whole())), &[gap])
}

/// Right: where the copy begins; or, where that may stand there, the next sibling, which may not follow it.
pub fn replace_by_sibling(given: &Given<'_>) -> Option<Made> {
    let (index, element) = given.inner(|_| true)?;
    let siblings = &given.outline.parent(element)?.children;
    let other = given.dice.one_of(siblings).filter(|other| *other != index)?;
    let with = given.str(&given.outline.elements[other].whole());
    let places: Vec<usize> = given.absence(index).into_iter().take(1).chain([element.start.start]).collect();
    made(given.edit().replace(&element.whole(), with), &places)
}

/// Right: the stranger.
pub fn unknown_element(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    let gap = given.gap(element);
    let stranger = given.dice.one_of(&["<#Ukjent/>", "<#Ukjent V=\"1\"/>", "<#Ukjent>tekst</#Ukjent>"])?;
    made(given.edit().insert(gap, stranger.replace('#', given.prefix(element))), &[gap])
}

/// Right: the stranger.
pub fn foreign_element(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    let gap = given.gap(element);
    let strangers = [
        "<f:Ukjent xmlns:f=\"urn:example:foreign\"/>",
        "<Ukjent xmlns=\"\"/>",
        "<CS xmlns=\"http://www.kith.no/xmlstds\" V=\"1\"/>",
        "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"/>",
        "<d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"/>",
    ];
    made(given.edit().insert(gap, given.dice.one_of(&strangers)?), &[gap])
}

/// Right: the element in the text, or the element around it.
pub fn element_in_simple_content(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| element.is_leaf() || element.is_empty() && element.end.is_some())?;
    let child = format!("<{}b/>", given.prefix(element));
    made(given.edit().insert(element.close(), child), &[element.start.start, element.close()])
}

/// Right: the renamed.
fn rename(given: &Given<'_>, element: &Element, name: &str) -> Option<Made> {
    let local = given.local(element);
    if given.str(&local) == name {
        return None;
    }
    let mut edit = given.edit().replace(&local, name);
    if let Some(end) = &element.end {
        edit = edit.replace(&(end.start + 2..end.end - 1), given.prefix(element).to_string() + name);
    }
    made(edit, &[element.start.start])
}

/// Right: the renamed.
pub fn rename_typo(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    rename(given, element, &typo(given.str(&given.local(element)), given.dice))
}

/// Right: the renamed.
pub fn rename_case(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    rename(given, element, &other_case(given.str(&given.local(element)), given.dice))
}

/// Right: the renamed; or, where the other name is also allowed there, what is inside of it or missed in it.
pub fn rename_to_known(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    let (_, other) = given.inner(|_| true)?;
    let mut it = rename(given, element, given.str(&given.local(other)))?;
    let inside = element.children.first().map(|child| given.outline.elements[*child].start.start);
    // The new name is on the same line as the old, so lines do not move.
    it.lines.extend(inside.into_iter().chain([element.close()]).map(|place| line_of(given.outline.text, place)));
    Some(it)
}

/// Right: the element in the wrong namespace.
pub fn wrong_namespace(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(|_| true)?;
    let others = [
        "",
        "urn:example:wrong",
        "http://www.kith.no/xmlstds",
        "http://www.kith.no/xmlstds/msghead/2006-05-24",
        "http://www.kith.no/xmlstds/felleskomponent1",
        "http://www.kith.no/xmlstds/apprec/2004-11-21",
        "http://www.kith.no/xmlstds/apprec/2012-02-15",
        "http://www.kith.no/xmlstds/po/2012-02-15",
    ];
    let other = given.dice.one_of(&others)?;
    let mut edit = given.edit();
    if given.prefix(element).is_empty() {
        for declaration in element.attributes.iter().filter(|it| given.str(&it.name) == "xmlns") {
            edit = edit.remove(&declaration.whole);
        }
        edit = edit.insert(element.name.end, format!(" xmlns=\"{other}\""));
    } else {
        let local = given.str(&given.local(element));
        let (prefix, declaration) =
            if other.is_empty() { ("", String::new()) } else { ("w:", format!(" xmlns:w=\"{other}\"")) };
        edit = edit.replace(&element.name, format!("{prefix}{local}{declaration}"));
        if let Some(end) = &element.end {
            edit = edit.replace(end, format!("</{prefix}{local}>"));
        }
    }
    made(edit, &[element.start.start])
}

/// Right: the element whose namespace is older or newer; everything in it follows.
pub fn other_version(given: &Given<'_>) -> Option<Made> {
    let is_declaration = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
    let own = |element: &Element| element.attributes.iter().any(|it| is_declaration(given.str(&it.name)));
    let (_, element) = given.element(own)?;
    let declared: Vec<_> = element.attributes.iter().filter(|it| is_declaration(given.str(&it.name))).collect();
    let value = given.str(&given.dice.one_of(&declared)?.value);
    let digit = value.rfind(|c: char| c.is_ascii_digit())?;
    let changed = format!("{}{}{}", &value[..digit], given.dice.below(10), &value[digit + 1..]);
    let place = declared.iter().find(|it| given.str(&it.value) == value)?;
    // What is first in that namespace is anywhere below.
    made(given.edit().replace(&place.value, changed), &[])
}

/// Right: the new root.
pub fn wrong_root(given: &Given<'_>) -> Option<Made> {
    let (index, element) = given.inner(|element| element.is_structure())?;
    let mut declarations = String::new();
    let mut seen: Vec<&str> = element.attributes.iter().map(|it| given.str(&it.name)).collect();
    let mut above = given.outline.elements[index].parent;
    while let Some(ancestor) = above.map(|index| &given.outline.elements[index]) {
        for it in ancestor.attributes.iter().filter(|it| given.str(&it.name).starts_with("xmlns")) {
            if !seen.contains(&given.str(&it.name)) {
                seen.push(given.str(&it.name));
                declarations += &format!(" {}=\"{}\"", given.str(&it.name), given.str(&it.value));
            }
        }
        above = ancestor.parent;
    }
    let at = element.name.end - element.start.start;
    let mut text = given.str(&element.whole()).to_string();
    text.insert_str(at, &declarations);
    Some(Made { text, lines: vec![1] })
}

/// Right: the emptied element; both tags stay.
pub fn empty_element(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| !element.is_empty())?;
    let content = element.content()?;
    made(given.edit().remove(&content), &[element.start.start])
}

/// Right: the first child, which now stands where its parent was, or where it is missed.
pub fn unwrap(given: &Given<'_>) -> Option<Made> {
    let (index, element) = given.inner(Element::is_structure)?;
    let first = given.outline.elements[element.children[0]].start.start;
    let places: Vec<usize> = given.absence(index).into_iter().chain([first]).collect();
    made(given.edit().remove(&element.start).remove(element.end.as_ref()?), &places)
}

/// Right: the new element around it.
pub fn wrap(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|_| true)?;
    let name = format!("{}Omslag", given.prefix(element));
    let whole = element.whole();
    made(given.edit().insert(whole.start, format!("<{name}>")).insert(whole.end, format!("</{name}>")), &[whole.start])
}

/// Right: the stray text itself.
pub fn stray_text(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_structure)?;
    let gap = given.gap(element);
    made(given.edit().insert(gap, given.dice.one_of(&["x", "tekst", "&amp;", "&#65;", "<![CDATA[x]]>", "\u{a0}"])?), &[gap])
}

/// Right: that element.
pub fn text_in_empty_element(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.element(Element::is_empty)?;
    let text = given.dice.one_of(&["x", " ", "\n", "tekst", "<![CDATA[]]>", "&#32;", "<!-- -->"])?;
    let name = given.str(&element.name);
    let edit = match element.content() {
        Some(content) => given.edit().replace(&content, text),
        None => given.edit().replace(&(element.start.end - 2..element.start.end), format!(">{text}</{name}>")),
    };
    made(edit, &[element.start.start])
}

/// Right: the first copy that is one too many; nobody can say which that is.
pub fn many_copies(given: &Given<'_>) -> Option<Made> {
    let (_, element) = given.inner(|element| element.whole().len() < 200)?;
    made(
        given.edit().insert(element.whole().end, given.str(&element.whole()).repeat(40)),
        &[element.start.start, element.whole().end],
    )
}
