//! Derivation: what a type inherits, and `xsi:type`.

use super::support::{clauses, compile, schema, set};

const TYPES: &str = "<xs:complexType name='Base'><xs:sequence><xs:element name='a' type='xs:string'/></xs:sequence>\
    <xs:attribute name='x'/><xs:attribute name='y'/></xs:complexType>\
    <xs:complexType name='More'><xs:complexContent><xs:extension base='Base'><xs:sequence><xs:element name='b' type='xs:string'/></xs:sequence>\
    <xs:attribute name='z' use='required'/></xs:extension></xs:complexContent></xs:complexType>\
    <xs:complexType name='Less'><xs:complexContent><xs:restriction base='Base'><xs:sequence><xs:element name='a' type='xs:token'/></xs:sequence>\
    <xs:attribute name='x' use='required'/><xs:attribute name='y' use='prohibited'/></xs:restriction></xs:complexContent></xs:complexType>\
    <xs:complexType name='Nothing' abstract='true'><xs:complexContent><xs:extension base='Base'/></xs:complexContent></xs:complexType>\
    <xs:complexType name='Other'/>";

fn with(element: &str) -> super::super::SchemaSet {
    set(&schema(&format!("{TYPES}{element}")))
}

#[test]
fn an_extension_adds_and_a_restriction_takes_away() {
    let more = with("<xs:element name='r' type='More'/>");
    clauses(
        &more,
        &[
            ("<r z='1' x='2'><a/><b/></r>", ""),
            ("<r z='1'><a/></r>", "cvc-complex-type.2.4.b"),
            ("<r><a/><b/></r>", "cvc-complex-type.4"),
        ],
    );
    let less = with("<xs:element name='r' type='Less'/>");
    clauses(
        &less,
        &[
            ("<r x='1'><a/></r>", ""),
            ("<r><a/></r>", "cvc-complex-type.4"),
            ("<r x='1' y='1'><a/></r>", "cvc-complex-type.3.2.2"),
        ],
    );
}

#[test]
fn xsi_type_names_a_type_derived_from_the_declared_one() {
    let set = with("<xs:element name='r' type='Base'/>");
    clauses(
        &set,
        &[
            ("<r xsi:type='Base'><a/></r>", ""),
            ("<r xsi:type=' More ' z='1'><a/><b/></r>", ""),
            ("<r xmlns:t='urn:t' xsi:type='t:Less' x='1'><a/></r>", ""),
            ("<r xsi:type='Less'><a/></r>", "cvc-complex-type.4"),
            ("<r xsi:type='Other'><a/></r>", "cvc-elt.4.3"),
            ("<r xsi:type='xs:string'><a/></r>", "cvc-elt.4.3"),
            ("<r xsi:type='Nobody'><a/></r>", "cvc-elt.4.2"),
            ("<r xsi:type='q:More'><a/></r>", "cvc-elt.4.2"),
            ("<r xsi:type=''><a/></r>", "cvc-elt.4.2"),
            ("<r xsi:type='a b'><a/></r>", "cvc-elt.4.2"),
            ("<r xsi:type='Nothing'><a/></r>", "cvc-type.2"),
        ],
    );
}

#[test]
fn a_barred_derivation_may_not_stand_for_the_declared_type() {
    let no_extension = with("<xs:element name='r' type='Base' block='extension'/>");
    clauses(
        &no_extension,
        &[("<r xsi:type='More' z='1'><a/><b/></r>", "cvc-elt.4.3"), ("<r xsi:type='Less' x='1'><a/></r>", "")],
    );
    let inside = "<xs:complexType name='T' block='#all'/><xs:complexType name='U'><xs:complexContent><xs:extension base='T'/></xs:complexContent>\
        </xs:complexType><xs:element name='r' type='T'/>";
    clauses(&set(&schema(inside)), &[("<r/>", ""), ("<r xsi:type='T'/>", ""), ("<r xsi:type='U'/>", "cvc-elt.4.3")]);
}

#[test]
fn what_stands_for_a_head_has_a_type_that_comes_from_that_of_the_head() {
    let head = "<xs:element name='h' type='Base'/>";
    for member in ["type='More'", "type='Less'", "type='Base'", "type='Nothing'", "", "abstract='true'"] {
        with(&format!("{head}<xs:element name='m' {member} substitutionGroup='h'/>"));
    }
    let refused = |inside: &str| compile(&[("a.xsd", &schema(&format!("{TYPES}\n{inside}")))]).err().unwrap_or_default();
    for member in ["type='Other'", "type='xs:string'", "type='xs:anyType'"] {
        let troubles = refused(&format!("{head}\n<xs:element name='m' {member} substitutionGroup='h'/>"));
        assert_eq!(
            troubles,
            [
                "a.xsd: line 3, column 1: The element `{urn:t}m` cannot stand for `{urn:t}h`: its type does not come from that of \
              the other (e-props-correct.4)."
            ],
            "{member}"
        );
    }
    let missing = refused(&format!("{head}<xs:element name='m' type='Nobody' substitutionGroup='h'/>"));
    assert_eq!(missing.len(), 1, "what follows from another trouble is not told: {missing:?}");
    with("<xs:element name='h'/><xs:element name='m' type='xs:int' substitutionGroup='h'/>");
    with(
        "<xs:simpleType name='U'><xs:union memberTypes='xs:int xs:date'/></xs:simpleType><xs:element name='h' type='U'/>\
         <xs:element name='m' type='xs:short' substitutionGroup='h'/>",
    );
}

#[test]
fn a_head_excludes_ways_of_derivation_by_final_or_by_the_default_of_its_file() {
    let troubles = |default: &str, own: &str, member: &str| {
        let inside = format!(
            "{TYPES}<xs:element name='h' type='Base' {own}/><xs:element name='m' type='{member}' substitutionGroup='h'/>"
        );
        let text = schema(&inside).replacen("<xs:schema", &format!("<xs:schema {default}"), 1);
        compile(&[("a.xsd", &text)]).err().unwrap_or_default()
    };
    for (default, own, member) in [
        ("", "final='extension'", "Less"),
        ("", "final='restriction'", "More"),
        ("", "final='#all'", "Base"),
        ("finalDefault='extension list union'", "final=''", "More"),
        ("finalDefault='list union'", "", "More"),
    ] {
        assert_eq!(troubles(default, own, member), [] as [String; 0], "{default} {own} {member}");
    }
    for (default, own, member) in [
        ("", "final='extension'", "More"),
        ("", "final='restriction extension'", "Less"),
        ("", "final='#all'", "Nothing"),
        ("finalDefault='#all'", "", "Less"),
    ] {
        let said = troubles(default, own, member);
        assert!(matches!(&said[..], [one] if one.contains("`final` there excludes (e-props-correct.4)")), "{said:?}");
    }
    assert!(troubles("", "final='list'", "Base")[0].contains("The attribute `final` must be #all, or a list of"));
}

#[test]
fn an_abstract_type_needs_one_that_is_not() {
    let set = with("<xs:element name='r' type='Nothing'/>");
    clauses(&set, &[("<r><a/></r>", "cvc-type.2")]);
}

#[test]
fn simple_types_stand_for_those_they_come_from_and_for_unions_of_them() {
    let inside = "<xs:simpleType name='U'><xs:union memberTypes='xs:integer xs:date'/></xs:simpleType>\
        <xs:simpleType name='Small'><xs:restriction base='xs:integer'><xs:maxInclusive value='9'/></xs:restriction></xs:simpleType>\
        <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='u' type='U' minOccurs='0'/><xs:element name='i' type='xs:integer' minOccurs='0'/>\
        <xs:element name='s' type='xs:anySimpleType' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r><u xsi:type='xs:date'>2012-05-04</u></r>", ""),
            ("<r><u xsi:type='xs:date'>12</u></r>", "cvc-datatype-valid.1.2.1"),
            ("<r><u xsi:type='Small'>9</u></r>", ""),
            ("<r><u xsi:type='xs:string'>9</u></r>", "cvc-elt.4.3"),
            ("<r><i xsi:type='Small'>10</i></r>", "cvc-maxInclusive-valid"),
            ("<r><i xsi:type='xs:int'>10</i></r>", ""),
            ("<r><i xsi:type='xs:decimal'>1.5</i></r>", "cvc-elt.4.3"),
            ("<r><s xsi:type='U'>10</s></r>", ""),
        ],
    );
}

#[test]
fn simple_content_is_narrowed_and_its_attributes_inherited() {
    let inside = "<xs:complexType name='Code'><xs:simpleContent><xs:extension base='xs:string'><xs:attribute name='S' use='required'/></xs:extension></xs:simpleContent></xs:complexType>\
        <xs:complexType name='Short'><xs:simpleContent><xs:restriction base='Code'><xs:maxLength value='2'/></xs:restriction></xs:simpleContent></xs:complexType>\
        <xs:complexType name='Loose' mixed='true'><xs:sequence><xs:any minOccurs='0'/></xs:sequence></xs:complexType>\
        <xs:complexType name='Strict'><xs:simpleContent><xs:restriction base='Loose'><xs:simpleType><xs:restriction base='xs:int'/></xs:simpleType></xs:restriction></xs:simpleContent></xs:complexType>\
        <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='c' type='Short' minOccurs='0'/><xs:element name='s' type='Strict' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r><c S=''>ab</c><s>1</s></r>", ""),
            ("<r><c S=''>abc</c></r>", "cvc-maxLength-valid"),
            ("<r><c>ab</c></r>", "cvc-complex-type.4"),
            ("<r><s>x</s></r>", "cvc-datatype-valid.1.2.1"),
        ],
    );
}
