//! `any`, `anyAttribute` and `anyType`: what they let in, and what is looked at.

use super::support::{clauses, model, schema, set};

fn any(attributes: &str) -> super::super::SchemaSet {
    let known = "<xs:element name='n' type='xs:int'/><xs:attribute name='m' type='xs:int'/>";
    let r = format!(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:any maxOccurs='9' minOccurs='0' {attributes}/></xs:sequence>\
         <xs:anyAttribute {attributes}/></xs:complexType></xs:element>"
    );
    set(&schema(&format!("{known}{r}")))
}

#[test]
fn strict_wants_declarations_lax_takes_them_where_they_are_and_skip_looks_at_nothing() {
    const BAD: &str = "cvc-datatype-valid.1.2.1";
    for (process, foreign, inside, wrong) in
        [("strict", "cvc-complex-type.2.4.c", "", BAD), ("lax", "", BAD, BAD), ("skip", "", "", "")]
    {
        let set = any(&format!("processContents='{process}'"));
        clauses(
            &set,
            &[
                ("<r><n>1</n></r>", ""),
                ("<r><n>x</n></r>", wrong),
                ("<r><o xmlns='urn:o'/></r>", foreign),
                ("<r><o xmlns='urn:o' a='1'>text<p/></o></r>", foreign),
            ],
        );
        if process != "strict" {
            clauses(&set, &[("<r><o xmlns='urn:o'><n xmlns='urn:t'>x</n></o></r>", inside)]);
        }
    }
}

#[test]
fn the_namespaces_of_a_wildcard_are_kept() {
    const NOT: &str = "cvc-complex-type.2.4.d";
    for (namespace, own, other, listed, none) in [
        ("##any", "", "", "", ""),
        ("##other", NOT, "", "", NOT),
        ("##targetNamespace", "", NOT, NOT, NOT),
        ("##local", NOT, NOT, NOT, ""),
        ("urn:l ##local", NOT, NOT, "", ""),
    ] {
        let set = any(&format!("processContents='lax' namespace='{namespace}'"));
        clauses(
            &set,
            &[
                ("<r><q xmlns='urn:t'/></r>", if own.is_empty() { "" } else { "cvc-complex-type.2.4.a" }),
                ("<r><o xmlns='urn:o'/></r>", if other.is_empty() { "" } else { "cvc-complex-type.2.4.a" }),
                ("<r><o xmlns='urn:l'/></r>", if listed.is_empty() { "" } else { "cvc-complex-type.2.4.a" }),
                ("<r><o xmlns=''/></r>", if none.is_empty() { "" } else { "cvc-complex-type.2.4.a" }),
            ],
        );
    }
}

#[test]
fn attributes_pass_a_wildcard_as_elements_do() {
    let set = any("processContents='lax'");
    clauses(
        &set,
        &[("<r xmlns:t='urn:t' t:m='1' free='x'/>", ""), ("<r xmlns:t='urn:t' t:m='x'/>", "cvc-datatype-valid.1.2.1")],
    );
    let set = any("processContents='strict'");
    clauses(&set, &[("<r free='x'/>", "cvc-assess-attr.1"), ("<r xmlns:t='urn:t' t:m='1'/>", "")]);
    let set = any("processContents='lax' namespace='##other'");
    clauses(&set, &[("<r free='x'/>", "cvc-complex-type.3.2.2"), ("<r xmlns:o='urn:o' o:free='x'/>", "")]);
}

#[test]
fn any_type_takes_anything_and_looks_at_what_is_declared() {
    let inside = "<xs:element name='r' type='xs:anyType'/><xs:element name='n' type='xs:int'/>";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r a='1'>text<x xmlns='urn:x'>more<y/></x></r>", ""),
            ("<r><x xmlns='urn:x'><n xmlns='urn:t'>1</n></x></r>", ""),
            ("<r><x xmlns='urn:x'><n xmlns='urn:t'>x</n></x></r>", "cvc-datatype-valid.1.2.1"),
            ("<r xsi:type='xs:int'>x</r>", "cvc-datatype-valid.1.2.1"),
            ("<r><x xmlns='urn:x' xsi:type='xs:int'>x</x></r>", "cvc-datatype-valid.1.2.1"),
            ("<r><x xmlns='urn:x' xsi:type='xs:int'>1</x></r>", ""),
        ],
    );
    clauses(&set(&schema("<xs:element name='r'/>")), &[("<r a='1'>text<x xmlns='urn:x'/></r>", "")]);
}

#[test]
fn wildcards_of_attribute_groups_are_intersected_and_extensions_joined() {
    let inside = "<xs:attributeGroup name='g'><xs:anyAttribute namespace='urn:1 urn:2' processContents='lax'/></xs:attributeGroup>\
        <xs:complexType name='B'><xs:attributeGroup ref='g'/><xs:anyAttribute namespace='urn:2 urn:3' processContents='lax'/></xs:complexType>\
        <xs:complexType name='E'><xs:complexContent><xs:extension base='B'><xs:anyAttribute namespace='urn:4' processContents='lax'/></xs:extension></xs:complexContent></xs:complexType>\
        <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='b' type='B' minOccurs='0'/><xs:element name='e' type='E' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>";
    const NO: &str = "cvc-complex-type.3.2.2";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r><b xmlns:o='urn:2' o:a=''/></r>", ""),
            ("<r><b xmlns:o='urn:1' o:a=''/></r>", NO),
            ("<r><b xmlns:o='urn:3' o:a=''/></r>", NO),
            ("<r><e xmlns:o='urn:2' o:a='' xmlns:p='urn:4' p:a=''/></r>", ""),
            ("<r><e xmlns:o='urn:3' o:a=''/></r>", NO),
        ],
    );
}

#[test]
fn an_element_that_no_schema_declares_is_no_root() {
    clauses(&set(&model("")), &[("<o xmlns='urn:x'/>", "cvc-elt.1"), ("<w:r xmlns:w='urn:x'/>", "cvc-elt.1")]);
}

#[test]
fn an_element_that_a_wildcard_wants_is_missed_before_a_named_one_and_at_the_end() {
    let any = "<xs:any namespace='##other' processContents='lax'/>";
    let set = set(&model(&format!("<xs:sequence>{any}<xs:element name='a'/>{any}</xs:sequence>")));
    clauses(
        &set,
        &[
            ("<r><o xmlns='urn:o'/><a/><o xmlns='urn:o'/></r>", ""),
            ("<r><a/><o xmlns='urn:o'/></r>", "cvc-complex-type.2.4.a"),
            ("<r><o xmlns='urn:o'/><a/></r>", "cvc-complex-type.2.4.b"),
        ],
    );
}
