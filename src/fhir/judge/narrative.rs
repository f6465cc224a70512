//! The narrative: XHTML from a white list (FHIR R4, narrative.html; txt-1 and txt-2).
//!
//! What passes here holds no script, no form, no frame and nothing that loads or runs when it is shown.

use crate::xml::{Limits, Name, Node, Tree};

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// HTML 4.0, chapters 7 to 11 without section 9.4, and chapter 15, and images.
const ELEMENTS: &str = " a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 \
                        h2 h3 h4 h5 h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th \
                        thead tr tt ul var ";

/// Attributes of any of them. The list has none that runs something.
const ATTRIBUTES: &str = " abbr accesskey align alt axis border cellhalign cellpadding cellspacing cellvalign char charoff \
                          charset cite class colspan coords dir frame headers height href hreflang id lang longdesc name \
                          nohref nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type \
                          usemap valign value width ";

/// What is wrong with a narrative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NarrativeFault {
    /// It is not one well-formed `div` of XHTML.
    NotXhtml,
    /// An element that may not stand there.
    Element,
    /// An attribute that may not stand there.
    Attribute,
    /// A link or a picture whose address could run something.
    Address,
    /// It says nothing.
    Silent,
}

/// The first thing that is wrong, if there is one.
pub(super) fn fault(written: &str) -> Option<NarrativeFault> {
    // Pictures stand in attributes, as `data:`.
    let limits = Limits { attribute_value_bytes: 10_000_000, ..Limits::default() };
    let (tree, trouble) = Tree::read(written, &limits);
    let root = tree.root().filter(|root| trouble.is_none() && root.is(XHTML, "div"));
    let Some(root) = root else { return Some(NarrativeFault::NotXhtml) };
    let mut says_something = false;
    for node in root.descendants() {
        says_something |= node.has_text() || node.is(XHTML, "img");
        let wrong = element_fault(node);
        if wrong.is_some() {
            return wrong;
        }
    }
    (!says_something).then_some(NarrativeFault::Silent)
}

fn element_fault(node: Node<'_>) -> Option<NarrativeFault> {
    let name = node.name();
    if name.namespace != XHTML || !is_in(ELEMENTS, name.local) {
        return Some(NarrativeFault::Element);
    }
    node.attributes().find_map(|(name, value)| attribute_fault(name, value))
}

fn attribute_fault(name: Name<'_>, value: &str) -> Option<NarrativeFault> {
    let of_xml =
        name.is("http://www.w3.org/XML/1998/namespace", "lang") || name.is("http://www.w3.org/XML/1998/namespace", "space");
    let plain = name.namespace.is_empty() && is_in(ATTRIBUTES, name.local);
    if !(of_xml || plain) {
        return Some(NarrativeFault::Attribute);
    }
    let leads_somewhere = matches!(name.local, "href" | "src" | "cite" | "longdesc" | "usemap");
    (leads_somewhere && !is_harmless(value)).then_some(NarrativeFault::Address)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Without a scheme, or with one that shows or fetches and does not run.
fn is_harmless(address: &str) -> bool {
    // Browsers overlook blanks and control characters in a scheme.
    let seen: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(24).collect();
    let before_path = seen.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = before_path.split_once(':') else { return true };
    let scheme = scheme.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel" | "fax" | "urn" | "oid" | "ftp" | "cid")
        || seen.to_ascii_lowercase().starts_with("data:image/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inner: &str) -> Option<NarrativeFault> {
        fault(&format!("<div xmlns=\"{XHTML}\">{inner}</div>"))
    }

    #[test]
    fn plain_formatting_passes() {
        for good in [
            "Text",
            "<p class=\"a\" style=\"color:red\" xml:lang=\"nb\">å</p>",
            "<table><tr><td colspan=\"2\">1</td></tr></table>",
            "<img src=\"data:image/png;base64,aaaa\" alt=\"\"/>",
            "<a href=\"Patient/1#name:a\">x</a> <a name=\"b\"/>",
            "<a href=\"https://example.no/a:b\">x</a>",
        ] {
            assert_eq!(of(good), None, "{good}");
        }
    }

    #[test]
    fn what_could_run_or_says_nothing_is_found() {
        use NarrativeFault as F;
        for (bad, why) in [
            ("", F::Silent),
            ("<p> \n</p><br/>", F::Silent),
            ("<script>a</script>", F::Element),
            ("<form>a</form>", F::Element),
            ("<object>a</object>", F::Element),
            ("<p xmlns=\"urn:x\">a</p>", F::Element),
            ("<P>a</P>", F::Element),
            ("<p onclick=\"a\">a</p>", F::Attribute),
            ("<p x:href=\"a\" xmlns:x=\"urn:x\">a</p>", F::Attribute),
            ("<a href=\"javascript:a\">a</a>", F::Address),
            ("<a href=\" Java\tScript:a\">a</a>", F::Address),
            ("<img src=\"data:text/html,a\"/>", F::Address),
            ("a&nbsp;b", F::NotXhtml),
            ("<p>a", F::NotXhtml),
        ] {
            assert_eq!(of(bad), Some(why), "{bad}");
        }
        assert_eq!(fault("<div>a</div>"), Some(F::NotXhtml));
        assert_eq!(fault("text"), Some(F::NotXhtml));
    }
}
