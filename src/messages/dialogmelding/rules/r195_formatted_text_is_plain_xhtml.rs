//! formatted text uses the elements that everybody can show.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-195",
    name: "formatted_text_is_plain_xhtml",
    holds: Text {
        en: "Formatted text in TekstNotatInnhold and Sporsmal is XHTML of the agreed list, without style, script, image, link or form",
        nb: "Formatert tekst i TekstNotatInnhold og Sporsmal er XHTML fra den avtalte listen, uten stil, skript, bilde, lenke eller skjema",
        nn: "Formatert tekst i TekstNotatInnhold og Sporsmal er XHTML frå den avtalte lista, utan stil, skript, bilete, lenkje eller skjema",
    },
    hint: Text {
        en: "Use headings, paragraphs, lists and tables; send pictures as attachments",
        nb: "Bruk overskrifter, avsnitt, lister og tabeller; send bilder som vedlegg",
        nn: "Bruk overskrifter, avsnitt, lister og tabellar; send bilete som vedlegg",
    },
    source: "HISD 1155",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Text, list, presentation and table modules of XHTML, and `div`; `span` carries nothing without a style.
const ELEMENTS: &str = " abbr acronym address blockquote br cite code dfn div em h1 h2 h3 h4 h5 h6 kbd p pre q samp span strong var \
                        dl dt dd ol ul li b big hr i small sub sup tt caption table td th tr tbody thead ";

/// What is not on the list and may be named in a finding; any other name could be something that somebody wrote.
const KNOWN: [&str; 14] =
    ["a", "img", "script", "style", "font", "form", "input", "iframe", "object", "embed", "link", "meta", "html", "body"];

/// Finds every element and attribute that is not on the list. A receiver that shows them must take them out.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = head.content() else { return Vec::new() };
    let texts = content.descendants().filter(|node| matches!(node.name().local, "TekstNotatInnhold" | "Sporsmal"));
    let inside = texts.flat_map(|text| text.descendants().skip(1));
    inside.filter_map(|node| Some(place::finding_at(&RULE, node).found(strange(node)?))).collect()
}

fn strange(node: Node<'_>) -> Option<Detail> {
    let name = node.name();
    if name.namespace != XHTML || !ELEMENTS.contains(&format!(" {} ", name.local)) {
        let known = KNOWN.into_iter().find(|known| *known == name.local);
        return Some(known.map_or(Detail::words("another element", "et annet element"), Detail::code));
    }
    let acts = |attribute: &str| attribute.starts_with("on") || matches!(attribute, "style" | "href" | "src" | "background");
    let acts = node.attributes().any(|(attribute, _)| acts(&attribute.local.to_ascii_lowercase()));
    acts.then_some(Detail::words(
        "an attribute for style, address or action",
        "et attributt for stil, adresse eller handling",
    ))
}
