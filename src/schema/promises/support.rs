//! Small schemas and documents. A `§` in a document marks where a problem must be reported.

use super::super::set::SchemaSet;
use super::super::source::SchemaFile;
use super::super::validate::validate;
use crate::xml::Limits;

pub const XS: &str = "xmlns:xs='http://www.w3.org/2001/XMLSchema'";
pub const XSI: &str = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";

/// A schema for the namespace `urn:t`, whose elements are qualified.
pub fn schema(inside: &str) -> String {
    format!("<xs:schema {XS} targetNamespace='urn:t' xmlns='urn:t' elementFormDefault='qualified'>{inside}</xs:schema>")
}

/// A schema in which `r` has this content.
pub fn model(content: &str) -> String {
    schema(&format!("<xs:element name='r'><xs:complexType>{content}</xs:complexType></xs:element>"))
}

pub fn compile(files: &[(&str, &str)]) -> Result<SchemaSet, Vec<String>> {
    let files: Vec<_> = files.iter().map(|(name, text)| SchemaFile { name, bytes: text.as_bytes() }).collect();
    SchemaSet::compile(&files).map_err(|troubles| troubles.iter().map(ToString::to_string).collect())
}

pub fn set(schema: &str) -> SchemaSet {
    compile(&[("a.xsd", schema)]).unwrap_or_else(|troubles| panic!("{troubles:#?}\n{schema}"))
}

/// The document has exactly these problems, at the marks in their order. `r` without a prefix is in `urn:t`.
#[track_caller]
pub fn check(set: &SchemaSet, marked: &str, wanted: &[&str]) {
    let marked = marked.replacen("<r", &format!("<r xmlns='urn:t' {XSI}"), 1);
    let marks: Vec<usize> = marked.match_indices('§').enumerate().map(|(n, (at, _))| at - n * '§'.len_utf8()).collect();
    let text = marked.replace('§', "");
    let (problems, trouble) = validate(set, &text, &Limits::default());
    assert_eq!(trouble, None, "{marked}");
    let found: Vec<String> = problems.iter().map(|problem| problem.kind.to_string()).collect();
    assert_eq!(found, wanted, "{marked}");
    let places: Vec<usize> = problems.iter().map(|problem| problem.offset).collect();
    assert_eq!(places, marks, "{marked}: the marks are wrong");
    for problem in &problems {
        assert_eq!(text.as_bytes().get(problem.element), Some(&b'<'), "{marked}: an element begins with its tag");
    }
}

/// Each document is right, or has a problem with this clause of the standard first.
#[track_caller]
pub fn clauses(set: &SchemaSet, cases: &[(&str, &str)]) {
    for (document, wanted) in cases {
        let text = document.replacen("<r", &format!("<r xmlns='urn:t' {XSI} {XS}"), 1);
        let (problems, trouble) = validate(set, &text, &Limits::default());
        assert_eq!(trouble, None, "{document}");
        let found = problems.first().map_or("", |problem| problem.kind.clause());
        assert_eq!(found, *wanted, "{document}: {:?}", problems.iter().map(|p| p.kind.to_string()).collect::<Vec<_>>());
    }
}
