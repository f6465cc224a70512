//! What stands where in a note and in a request, and what both say in codes.

use super::super::walk::set_code;
use crate::codelists::{Code, OID_STEM, by_number};
use crate::xml::Draft;

/// What stands in `Notat`, in order.
pub const NOTE: [&str; 8] =
    ["TemaKodet", "Tema", "TekstNotatInnhold", "Merknad", "DokIdNotat", "DatoNotat", "Foresporsel", "RollerRelatertNotat"];

/// What stands in `Foresporsel`, in order.
pub const REQUEST: [&str; 12] = [
    "TypeForesp",
    "EmneSporsmal",
    "Sporsmal",
    "Formål",
    "Begrunnelse",
    "Hastegrad",
    "FraDato",
    "TilDato",
    "TypeJournalinfo",
    "KodetOpplysning",
    "DokIdForesp",
    "RollerRelatertNotat",
];

/// Puts a child behind those of its name, before what follows them in this order.
pub fn put<'t>(parent: &mut Draft<'t>, child: Draft<'t>, order: &[&str]) {
    let at = order.iter().position(|name| *name == child.local());
    let behind = at.map_or(&[][..], |at| &order[at + 1..]);
    parent.insert_before(child, behind);
}

/// Puts a coded value where it belongs, in the words of its list.
pub fn put_code(parent: &mut Draft<'_>, local: &str, list: u32, code: &str, order: &[&str]) {
    let mut coded = parent.part(local);
    set_code(&mut coded, list, code, words_of(list, code).unwrap_or_default());
    put(parent, coded, order);
}

/// The words of a code in its list.
pub fn words_of(list: u32, code: &str) -> Option<&'static str> {
    by_number(list)?.code(code).map(|code: &Code| code.dn)
}

/// The words of a coded value: its own, or those of its list; nothing when it has none.
pub fn words(coded: &Draft<'_>) -> Option<String> {
    let own = coded.attribute("DN").map(str::trim).filter(|own| !own.is_empty());
    let code = coded.attribute("V").unwrap_or_default().trim();
    let list = || coded.attribute("S")?.trim().strip_prefix(OID_STEM)?.parse().ok();
    own.map(str::to_string).or_else(|| words_of(list()?, code).map(str::to_string))
}

/// What an element says to the letter; nothing when that is nothing but white space.
pub fn said(parent: &Draft<'_>, local: &str) -> Option<String> {
    Some(parent.child(local)?.text()).filter(|text| !text.trim().is_empty())
}
