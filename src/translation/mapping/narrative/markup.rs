//! Text with markup (XHTML): what HISD 1155 allows is shown as it is, everything else as the text that is in it.

use super::text::escape;
use crate::xml::Node;

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The modules Text, Lists, Presentation and Basic Tables of XHTML (HISD 1155).
const ELEMENTS: &str = " abbr acronym address blockquote br cite code dfn div em h1 h2 h3 h4 h5 h6 kbd p pre q samp span strong var \
                        dl dt dd ol ul li b big hr i small sub sup tt caption table td th tr ";
/// Levels of elements; what is deeper is shown as text.
const DEPTH_MAX: usize = 32;

/// The inside of an element, without attributes: none of them is needed to read it.
pub(super) fn markup(node: Node<'_>, out: &mut String) {
    inside(node, 0, out);
}

fn inside(node: Node<'_>, depth: usize, out: &mut String) {
    for part in node.inside() {
        if let Some(text) = part.as_text() {
            spaced(text, out);
            continue;
        }
        let name = part.name();
        let is_allowed = name.namespace == XHTML && ELEMENTS.contains(&format!(" {} ", name.local)) && depth < DEPTH_MAX;
        match (is_allowed, name.local) {
            (true, "br" | "hr") => out.extend(["<", name.local, "/>"]),
            (true, local) => {
                out.extend(["<", local, ">"]);
                inside(part, depth + 1, out);
                out.extend(["</", local, ">"]);
            }
            // What runs, and how it looks, is no text.
            (false, "script" | "style") => {}
            (false, _) => inside(part, depth + 1, out),
        }
    }
}

/// Escaped; a blank at either end divides words.
fn spaced(text: &str, out: &mut String) {
    if text.trim().is_empty() {
        return out.push(' ');
    }
    out.push_str(if text.starts_with(char::is_whitespace) { " " } else { "" });
    escape(&text.replace(['\n', '\r'], " "), out);
    out.push_str(if text.ends_with(char::is_whitespace) { " " } else { "" });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    fn shown(inner: &str) -> String {
        let text = format!("<a xmlns:h='{XHTML}'>{inner}</a>");
        let (tree, trouble) = Tree::read(&text, &Limits::default());
        assert!(trouble.is_none(), "{trouble:?}");
        let mut out = String::new();
        markup(tree.root().expect("a root"), &mut out);
        out
    }

    #[test]
    fn what_is_allowed_passes_without_attributes_and_the_rest_as_text() {
        for (inner, read) in [
            ("<h:p class='x' onclick='y()'>Hei <h:b>du</h:b></h:p>", "<p>Hei <b>du</b></p>"),
            ("<h:ul><h:li>1</h:li></h:ul><h:br/>", "<ul><li>1</li></ul><br/>"),
            ("<h:a href='javascript:x'>lenke</h:a>", "lenke"),
            ("<h:script>x()</h:script>etter", "etter"),
            ("<h:img src='x'/><other>annet</other>", "annet"),
            (
                "<h:table><h:tr><h:th>a</h:th><h:td>&lt;b&gt;</h:td></h:tr></h:table>",
                "<table><tr><th>a</th><td>&lt;b&gt;</td></tr></table>",
            ),
        ] {
            assert_eq!(shown(inner), read);
        }
    }
}
