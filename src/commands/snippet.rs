//! The line of a message that a finding points at, with the place marked, as good compilers show it.

use crate::xml::Place;
use std::fmt::Write;

/// So many characters of a long line are shown around the place: some senders write a message of a megabyte on one line.
const WINDOW: usize = 100;

/// The line, and under it a mark with a label. Empty when the text has no such place.
pub(super) fn snippet(text: &str, place: Place, label: &str) -> String {
    let Some(line) = line_of(text, place.line) else { return String::new() };
    let column = place.column.saturating_sub(1) as usize;
    let characters: Vec<char> = line.chars().collect();
    let start = if characters.len() > WINDOW { column.saturating_sub(WINDOW / 3).min(characters.len()) } else { 0 };
    let end = characters.len().min(start + WINDOW);
    let shown: String = characters[start..end].iter().map(|c| if c.is_control() { ' ' } else { *c }).collect();
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < characters.len() { "…" } else { "" });
    let marked = token_length(characters.get(column..).unwrap_or_default()).min(end.saturating_sub(column)).max(1);
    let gutter = place.line.to_string().len();
    let indent = " ".repeat(before.chars().count() + column.saturating_sub(start));
    let mut snippet = String::new();
    let _ = writeln!(snippet, "{:gutter$} |", "");
    let _ = writeln!(snippet, "{} | {before}{shown}{after}", place.line);
    let mark = format!("{:gutter$} | {indent}{} {label}", "", "^".repeat(marked));
    snippet.push_str(mark.trim_end());
    snippet.push('\n');
    snippet
}

fn line_of(text: &str, number: u32) -> Option<&str> {
    let mut rest = text;
    for _ in 1..number {
        let end = rest.find(['\n', '\r'])?;
        let is_pair = rest[end..].starts_with("\r\n");
        rest = &rest[end + 1 + usize::from(is_pair)..];
    }
    Some(&rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())])
}

/// How much belongs to what stands there: a tag's name, an attribute with its value, a word.
fn token_length(characters: &[char]) -> usize {
    let name =
        characters.iter().skip(1).take_while(|c| !c.is_whitespace() && !matches!(c, '>' | '/' | '=' | '<')).count() + 1;
    match (characters.get(name), characters.get(name + 1)) {
        (Some('='), Some(quote @ ('"' | '\''))) => {
            let value = characters[name + 2..].iter().position(|c| c == quote);
            value.map_or(name, |length| name + length + 3)
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, line: u32, column: u32) -> String {
        snippet(text, Place { line, column }, "here")
    }

    #[test]
    fn the_place_is_marked_under_its_line() {
        assert_eq!(at("<a>\r\n  <b/>\n</a>", 2, 3), "  |\n2 |   <b/>\n  |   ^^ here\n");
    }

    #[test]
    fn an_attribute_is_marked_with_its_value() {
        assert_eq!(at("<a V=\"x y\" S='1'/>", 1, 4), "  |\n1 | <a V=\"x y\" S='1'/>\n  |    ^^^^^^^ here\n");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let text = format!("<a>{}<b/>{}</a>", "x".repeat(5000), "y".repeat(5000));
        let shown = at(&text, 1, 5004);
        assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
        assert!(shown.contains("<b/>") && shown.contains("^^ here"), "{shown}");
    }

    #[test]
    fn a_place_that_is_not_there_is_not_shown() {
        assert_eq!(at("<a/>", 7, 1), "");
        assert_eq!(at("<a/>", 1, 99).lines().count(), 3);
    }
}
