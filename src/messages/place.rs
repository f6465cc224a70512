//! How a finding points into a message: an element by its local names from the root, with line, column and XPath.

use crate::rulebook::{Finding, Rule};
use crate::xml::Node;
use std::collections::HashMap;

/// The prefixes that the field uses in its own documents.
pub const PREFIXES: &[(&str, &str)] = &[
    ("mh", "http://www.kith.no/xmlstds/msghead/2006-05-24"),
    ("ar", "http://www.kith.no/xmlstds/apprec/2012-02-15"),
    ("ar10", "http://www.kith.no/xmlstds/apprec/2004-11-21"),
    ("dia", "http://www.kith.no/xmlstds/dialog/2006-10-11"),
    ("dia11", "http://www.kith.no/xmlstds/dialog/2013-01-23"),
    ("fk1", "http://www.kith.no/xmlstds/felleskomponent1"),
    ("kith", "http://www.kith.no/xmlstds"),
    ("ds", "http://www.w3.org/2000/09/xmldsig#"),
    ("b64", "http://www.kith.no/xmlstds/base64container"),
    ("m1", "http://www.kith.no/xmlstds/epj/meta/2008-02-20"),
    ("epj1", "http://www.kith.no/xmlstds/epj/epj1/2008-02-20"),
    ("epj2", "http://www.kith.no/xmlstds/epj/epj2/2008-02-20"),
    ("epj3", "http://www.kith.no/xmlstds/epj/epj3/2008-02-20"),
    ("epjs", "http://www.kith.no/xmlstds/epj/EPJEkstrakt/2008-02-20"),
    ("html", "http://www.w3.org/1999/xhtml"),
    ("po", "http://www.kith.no/xmlstds/po/poKomponent/2012-04-01"),
    ("po15", "http://www.kith.no/xmlstds/po/poKomponent/2009-06-30"),
    ("po20", "http://ehelse.no/xmlstds/po/poKomponent/2017-11-30"),
    ("p1", "http://www.kith.no/xmlstds/po/Pasientlogistikk/2012-04-01"),
    ("p3", "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2012-04-01"),
    ("p4", "http://www.kith.no/xmlstds/po/MedisinskeOpplysninger/2012-04-01"),
    ("p5", "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2012-04-01"),
    ("p6", "http://www.kith.no/xmlstds/po/HelseopplysningerTilLege/2012-04-01"),
    ("p7", "http://www.kith.no/xmlstds/po/Innleggelsesrapport/2012-04-01"),
    ("p8", "http://www.kith.no/xmlstds/po/TverrfagligEpikrise/2012-04-01"),
];

/// A finding that points at an element. It costs next to nothing until [`locate`] works out where that is.
pub fn finding_at(rule: &'static Rule, node: Node<'_>) -> Finding {
    Finding::new(rule).at_element(node.offset())
}

/// Works out place and path of findings that only noted their element: one walk for all.
pub fn locate(findings: &mut [Finding], root: Node<'_>) {
    let mut elements: HashMap<usize, Option<Node<'_>>> =
        findings.iter().filter_map(|finding| finding.element).map(|offset| (offset, None)).collect();
    if elements.is_empty() {
        return;
    }
    for node in root.descendants() {
        elements.entry(node.offset()).and_modify(|element| *element = Some(node));
    }
    for finding in findings {
        let Some(node) = finding.element.take().and_then(|offset| elements.get(&offset).copied().flatten()) else {
            continue;
        };
        finding.place.get_or_insert_with(|| node.place());
        finding.path.get_or_insert_with(|| node.path(PREFIXES));
    }
}

/// A finding that points at the deepest element of `steps` (local names in the root's namespace) that is there, and names
/// the whole path.
pub fn finding(rule: &'static Rule, root: Node<'_>, steps: &[&str]) -> Finding {
    let mut node = root;
    let mut missing = String::new();
    let (namespace, prefix) = (root.name().namespace, prefix_of(root.name().namespace));
    for step in steps {
        match node.child(namespace, step).filter(|_| missing.is_empty()) {
            Some(child) => node = child,
            None => missing.push_str(&format!("/{prefix}{step}")),
        }
    }
    Finding::new(rule).at(node.place(), node.path(PREFIXES) + &missing)
}

fn prefix_of(namespace: &str) -> String {
    PREFIXES.iter().find(|(_, known)| *known == namespace).map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}
