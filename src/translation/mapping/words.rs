//! Names that the mapping gives: the base of everything of ours, and what stands below it.

/// The base of all that this project defines in FHIR.
pub const BASE: &str = "https://bindeledd.example/fhir";

/// The extension of ours that has this name; a whole URL stays as it is.
pub(super) fn extension(name: &str) -> String {
    if name.contains("://") { name.to_owned() } else { format!("{BASE}/StructureDefinition/{name}") }
}

/// A national code list as FHIR calls it; `atc` is the classification of medicines.
pub(super) fn list(name: &str) -> String {
    match name {
        "atc" => "http://www.whocc.no/atc".to_owned(),
        number => format!("urn:oid:2.16.578.1.12.4.1.1.{number}"),
    }
}

/// The text of an attribute or element, exactly.
pub(super) const LITERAL: &str = "https://bindeledd.example/fhir/StructureDefinition/src-literal";
/// The same in base64, for what no FHIR string may hold.
pub(super) const LITERAL_BASE64: &str = "https://bindeledd.example/fhir/StructureDefinition/src-literal-b64";
/// The code beside a FHIR code that was made from it.
pub(super) const CODING: &str = "https://bindeledd.example/fhir/StructureDefinition/src-coding";
/// The text that a sender wrote beside a code (CV/@OT).
pub(super) const ORIGINAL_TEXT: &str = "https://bindeledd.example/fhir/StructureDefinition/kith-ot";
/// Which element an item of a shared list came from.
pub(super) const NAME: &str = "https://bindeledd.example/fhir/StructureDefinition/src-name";
/// An element that FHIR has no place for.
pub(super) const ELEMENT: &str = "https://bindeledd.example/fhir/StructureDefinition/src-element";
/// An element or attribute that is there and empty.
pub(super) const EMPTY: &str = "https://bindeledd.example/fhir/StructureDefinition/src-empty";
/// Where in the XML a resource came from.
pub(super) const PATH: &str = "https://bindeledd.example/fhir/StructureDefinition/src-path";
/// The inside of an element with markup, exactly.
pub(super) const FRAGMENT: &str = "https://bindeledd.example/fhir/StructureDefinition/xhtml-fragment";
/// The system of section codes: names of XML elements.
pub(super) const SECTIONS: &str = "https://bindeledd.example/fhir/CodeSystem/plo-element";
/// The system of our tags.
pub(in crate::translation) const TAGS: &str = "https://bindeledd.example/fhir/CodeSystem/gw-tags";
/// Why a value is not there (of FHIR itself).
pub(super) const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
