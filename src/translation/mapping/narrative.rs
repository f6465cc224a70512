//! What a person reads of a part of a message: the names of its elements as words, and what stands in them. The names are
//! Norwegian already, so the text is too.

use std::borrow::Cow;

use super::primitive::Simple;
use super::program::{Kind, Program, Row, Way};
use crate::fhir::{Json, Object};
use crate::xml::Node;

/// `Narrative` of an element; what has a narrative of its own is left out.
pub(super) fn narrative<'t>(node: Node<'t>, of: usize, program: &Program) -> Json<'t> {
    let mut out = String::with_capacity(500);
    out.push_str("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    let before = out.len();
    add(node, Some(of), program, &mut out);
    if out.len() == before {
        out.push_str("<p>Ingen opplysninger</p>");
    }
    out.push_str("</div>");
    Object::new().with("status", "generated").with("div", out).into()
}

fn add(node: Node<'_>, of: Option<usize>, program: &Program, out: &mut String) {
    let rows = of.map_or(&[][..], |of| program.of_type(of).rows.as_slice());
    let mut is_open = false;
    for child in node.children() {
        let row = rows.iter().find(|row| !row.is_attribute && row.names(child.local()));
        if row.is_some_and(has_its_own) {
            continue;
        }
        let before = out.len();
        out.push_str(if is_open { "" } else { "<ul>" });
        let start = out.len();
        add_item(child, row, program, out);
        if out.len() == start {
            out.truncate(before);
        } else {
            is_open = true;
        }
    }
    if is_open {
        out.push_str("</ul>");
    }
}

fn has_its_own(row: &Row) -> bool {
    matches!(row.way, Way::Section | Way::SharedSection(_) | Way::Entry(_))
}

fn add_item(node: Node<'_>, row: Option<&Row>, program: &Program, out: &mut String) {
    let before = out.len();
    out.push_str("<li>");
    words(node.local(), out);
    let start = out.len();
    if node.children().next().is_none() {
        let value = shown(node);
        if !value.trim().is_empty() {
            out.push_str(": ");
            text(value.trim(), out);
        }
    } else {
        let of = row.and_then(|row| match row.kind {
            Kind::Inside(of) => Some(of),
            _ => None,
        });
        add(node, of, program, out);
    }
    if out.len() == start {
        return out.truncate(before);
    }
    out.push_str("</li>");
}

/// The text of an element, or what its attributes say: the name of a code rather than the code.
fn shown<'t>(node: Node<'t>) -> Cow<'t, str> {
    let said = node.text();
    if !said.is_empty() {
        return said;
    }
    let name = node.attribute("DN").filter(|text| !text.trim().is_empty());
    let token = |name: &str| node.attribute(name).and_then(|text| Simple::Token.token(text));
    match (name, token("V").unwrap_or_default(), token("U")) {
        (Some(name), ..) => name.into(),
        (None, value, Some(unit)) => value + " " + unit,
        (None, value, None) => value,
    }
}

/// `BeskrivelseAvHendelse` is "Beskrivelse av hendelse".
fn words(name: &str, out: &mut String) {
    let mut was_small = false;
    for (at, letter) in name.char_indices() {
        let is_new = at > 0 && letter.is_uppercase() && was_small;
        was_small = letter.is_lowercase();
        if is_new {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
    }
}

/// Escaped, with its line ends.
fn text(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'\n' | b'\r')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'\n' => "<br/>",
            _ => "",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_elements_become_words() {
        for (name, read) in [
            ("BeskrivelseAvHendelse", "Beskrivelse av hendelse"),
            ("IPLOStjenestetype", "IPLOStjenestetype"),
            ("Notat", "Notat"),
        ] {
            let mut out = String::new();
            words(name, &mut out);
            assert_eq!(out, read);
        }
    }

    #[test]
    fn a_text_is_shown_as_text_whatever_stands_in_it() {
        let mut out = String::new();
        text("<script>&amp;\nto", &mut out);
        assert_eq!(out, "&lt;script&gt;&amp;amp;<br/>to");
    }
}
