//! What two documents must have in common to be the same message: names, attributes, texts and their order. Not prefixes, comments,
//! white space between elements, the layout of base64, where a schema may be found, or a signature.

use super::language::PROGRAM;
use super::program::{Kind, Leaf, Row};
use crate::xml::Node;
use std::borrow::Cow;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// A line for each element, attribute and text, in order: two messages are the same when their lines are. The lines hold what
/// the message does.
pub fn lines(root: Node<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    add(root, "", None, &mut lines);
    lines
}

/// What the mappings say may be in an element.
#[derive(Default)]
struct Inside {
    /// The type of what is in it.
    of: Option<usize>,
    /// Only elements: white space is layout, also where no element is.
    only_elements: bool,
    /// The text that the schema fixes, which an empty element has as well (XML Schema part 1, 3.3.4, cvc-elt 5.1).
    fixed: Option<&'static str>,
}

fn inside(node: Node<'_>, around: Option<usize>) -> Inside {
    let (program, name) = (&*PROGRAM, node.name());
    let prefix = program.prefix(name.namespace);
    let is_it = |row: &&Row| !row.is_attribute && row.names(name.local) && Some(row.prefix) == prefix;
    let row = around.and_then(|of| program.of_type(of).rows.iter().find(is_it));
    match row.map(|row| row.kind) {
        Some(Kind::Inside(of)) => Inside { of: Some(of), only_elements: true, ..Inside::default() },
        Some(Kind::Content | Kind::Leaf(Leaf::Identifier(_) | Leaf::Address | Leaf::Telecom)) => {
            Inside { only_elements: row.is_some_and(|row| row.more.is_empty()), ..Inside::default() }
        }
        Some(Kind::Fixed(text)) => Inside { fixed: Some(text), ..Inside::default() },
        Some(_) => Inside::default(),
        None => {
            let of = program.root(name.namespace, name.local).map(|root| root.of);
            Inside { of, only_elements: of.is_some(), fixed: None }
        }
    }
}

fn add(node: Node<'_>, way: &str, around: Option<usize>, lines: &mut Vec<String>) {
    let Inside { of, only_elements, fixed } = inside(node, around);
    let name = node.name();
    if name.is(SIGNATURE, "Signature") {
        return;
    }
    let way = format!("{way}/{}", name.local);
    lines.push(format!("{way} of {}", name.namespace));
    let mut attributes: Vec<String> = node
        .attributes()
        .filter(|(name, _)| name.namespace != XSI)
        .map(|(name, value)| {
            let is_token = name.namespace.is_empty() && matches!(name.local, "V" | "S" | "U");
            let value = if is_token { value.split_whitespace().collect::<Vec<_>>().join(" ") } else { value.to_owned() };
            format!("{way}/@{}{} = {value:?}", name.namespace, name.local)
        })
        .collect();
    attributes.sort();
    lines.append(&mut attributes);
    let text = node.text();
    let text = fixed.filter(|_| text.is_empty()).map_or(text, Cow::Borrowed);
    let is_blank = text.chars().all(char::is_whitespace) && (only_elements || node.children().next().is_some());
    if name.local == "Base64Container" {
        lines.push(format!("{way} = {:?}", text.split_whitespace().collect::<String>()));
    } else if !is_blank && !text.is_empty() {
        lines.push(format!("{way} = {text:?}"));
    }
    node.children().for_each(|child| add(child, &way, of, lines));
}
