//! What two documents must have in common to be the same message: names, attributes, texts and their order. Not prefixes, comments,
//! white space between elements, the layout of base64, where a schema may be found, or a signature.

use crate::xml::Node;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// A line for each element, attribute and text, in order: two messages are the same when their lines are. The lines hold what
/// the message does.
pub fn lines(root: Node<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    add(root, "", &mut lines);
    lines
}

fn add(node: Node<'_>, way: &str, lines: &mut Vec<String>) {
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
    let is_blank = text.chars().all(char::is_whitespace) && node.children().next().is_some();
    if name.local == "Base64Container" {
        lines.push(format!("{way} = {:?}", text.split_whitespace().collect::<String>()));
    } else if !is_blank && !text.is_empty() {
        lines.push(format!("{way} = {text:?}"));
    }
    node.children().for_each(|child| add(child, &way, lines));
}
