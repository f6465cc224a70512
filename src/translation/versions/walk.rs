//! Ways through a document that rules share: every element of a name, and coded values.

use crate::codelists::OID_STEM;
use crate::xml::Draft;

/// Whether an element may hold anything at all (`xs:anyType`, HISD 1155): what stands in it is nobody's to change.
pub fn is_closed(element: &Draft<'_>) -> bool {
    element.local() == "TekstNotatInnhold" || element.local() == "Sporsmal" && element.has_children()
}

/// Calls `change` for every element with this local name, outer ones first.
pub fn each<'t>(element: &mut Draft<'t>, local: &str, change: &mut impl FnMut(&mut Draft<'t>)) {
    if element.local() == local {
        change(element);
    }
    if !is_closed(element) {
        element.children_mut().for_each(|child| each(child, local, change));
    }
}

/// Whether an element is a coded value with this code of this list.
pub fn is_code(element: &Draft<'_>, list: u32, code: &str) -> bool {
    is_of(element, list) && element.attribute("V").unwrap_or_default().trim() == code
}

/// Whether an element is a coded value of this list.
pub fn is_of(element: &Draft<'_>, list: u32) -> bool {
    element.attribute("S").unwrap_or_default().trim().strip_prefix(OID_STEM) == Some(&list.to_string())
}

/// Gives a coded value this code of this list.
pub fn set_code(element: &mut Draft<'_>, list: u32, code: &str, words: &str) {
    element.set_attribute("V", code);
    element.set_attribute("S", &format!("{OID_STEM}{list}"));
    element.set_attribute("DN", words);
}
