//! A formatted text (the XHTML of HISD 1155) as plain text.

use crate::xml::Draft;

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const BLOCKS: [&str; 17] =
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "table", "tr", "blockquote", "pre"];
/// What says nothing in words.
const SHOWN: [&str; 9] = ["img", "object", "svg", "math", "iframe", "input", "audio", "video", "canvas"];

/// Whether everything in it can be shown as text: XHTML without pictures and the like.
pub fn is_shown_in_full(element: &Draft<'_>) -> bool {
    element.children().all(|child| child.namespace() == XHTML && !SHOWN.contains(&child.local()) && is_shown_in_full(child))
}

/// Lists with dashes, tables with tabs, links as their text.
pub fn plain(element: &Draft<'_>) -> String {
    let mut out = String::new();
    inside(element, &mut out, false);
    let lines: Vec<&str> = out.lines().map(|line| line.trim_end_matches(' ')).collect();
    lines.join("\n").trim_matches('\n').to_string()
}

fn inside(element: &Draft<'_>, out: &mut String, is_verbatim: bool) {
    let mut cells = 0;
    for piece in element.pieces() {
        match piece {
            Err(text) if is_verbatim => out.push_str(text),
            Err(text) => text.chars().for_each(|c| push_flowing(c, out)),
            Ok(child) => {
                if matches!(child.local(), "td" | "th") {
                    if cells > 0 {
                        out.push('\t');
                    }
                    cells += 1;
                }
                part(child, out, is_verbatim);
            }
        }
    }
}

/// White space is one blank, and none at the beginning of a line.
fn push_flowing(c: char, out: &mut String) {
    if !c.is_ascii_whitespace() {
        out.push(c);
    } else if !out.is_empty() && !out.ends_with([' ', '\n', '\t']) {
        out.push(' ');
    }
}

fn part(element: &Draft<'_>, out: &mut String, is_verbatim: bool) {
    match element.local() {
        "br" => out.push('\n'),
        "li" => {
            begin_line(out);
            out.push_str("- ");
            inside(element, out, is_verbatim);
            begin_line(out);
        }
        block if BLOCKS.contains(&block) => {
            begin_line(out);
            inside(element, out, is_verbatim || block == "pre");
            begin_line(out);
        }
        _ => inside(element, out, is_verbatim),
    }
}

fn begin_line(out: &mut String) {
    while out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    fn shown(text: &str) -> (String, bool) {
        let text = format!("<q xmlns:h='http://www.w3.org/1999/xhtml'>{text}</q>");
        let tree = Tree::read(&text, &Limits::default()).0;
        let draft = Draft::of(tree.root().expect("root"));
        (plain(&draft), is_shown_in_full(&draft))
    }

    #[test]
    fn lists_tables_and_links_are_told_as_text() {
        let text = "<h:div><h:h1>Spørsmål</h:h1>\n <h:p>Kan dere\n  hjelpe <h:a href='x'>her</h:a>?</h:p><h:ul><h:li>en</h:li><h:li>to</h:li></h:ul>\
            <h:table><h:tr><h:th>a</h:th><h:th>b</h:th></h:tr><h:tr><h:td>1</h:td><h:td>2</h:td></h:tr></h:table>slutt<h:br/>her</h:div>";
        assert_eq!(shown(text), ("Spørsmål\nKan dere hjelpe her?\n- en\n- to\na\tb\n1\t2\nslutt\nher".into(), true));
    }

    #[test]
    fn a_picture_or_a_strange_element_is_not_shown_in_full() {
        assert!(!shown("<h:p>x<h:img/></h:p>").1);
        assert!(!shown("<p>x</p>").1);
    }
}
