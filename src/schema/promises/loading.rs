//! Schema files: what loads, how they are joined, and that everything else is refused with a reason and a place.

use super::super::source::SchemaFile;
use super::super::{SchemaNote, SchemaSet};
use super::support::{XS, check, compile, model, schema, set};

#[track_caller]
fn refused(schema: &str, wanted: &[&str]) {
    let troubles = compile(&[("a.xsd", schema)]).err().unwrap_or_default();
    assert_eq!(troubles.len(), wanted.len(), "{troubles:#?}");
    for (trouble, wanted) in troubles.iter().zip(wanted) {
        assert!(trouble.contains(wanted), "{trouble}\n  does not say\n{wanted}");
    }
}

#[test]
fn every_trouble_is_told_at_once_with_file_line_and_column() {
    let text = schema("\n <xs:element name='a' type='nix'/>\n <xs:elemnt/>\n <xs:element name='b' ref='a'/>");
    let wanted = [
        "a.xsd: line 2, column 2: There is no type `{urn:t}nix`",
        "a.xsd: line 3, column 2: `schema/elemnt` is not something that XML Schema 1.0 has here.",
        "a.xsd: line 4, column 2: `element/@ref` is not something",
    ];
    refused(&text, &wanted);
}

#[test]
fn what_is_not_implemented_is_refused_by_name() {
    let key = "<xs:element name='r'><xs:key name='k'><xs:selector xpath='a'/><xs:field xpath='b'/></xs:key></xs:element>";
    refused(&schema(key), &["`key` is not implemented"]);
    refused(&schema("<xs:redefine schemaLocation='b.xsd'/>"), &["`redefine` is not implemented"]);
    refused(&schema("<xs:notation name='n' public='p'/>"), &["`notation` is not implemented"]);
    refused(&schema("<xs:element name='r' type='xs:QName'/>"), &["QName"]);
}

#[test]
fn unknown_constructs_of_xml_schema_are_refused_and_foreign_ones_ignored() {
    refused(&model("<xs:sequence><xs:assert test='1'/></xs:sequence>"), &["sequence/assert"]);
    refused(&model("<xs:sequence vc:minVersion='1' xmlns:vc='urn:v' minoccurs='1'/>"), &["sequence/@minoccurs"]);
    refused(&model("<xs:openContent/>"), &["complexType/openContent"]);
    refused(&schema("text"), &["schema/text()"]);
    set(&schema(
        "<xs:annotation><xs:appinfo><x xmlns='urn:x'>t</x></xs:appinfo></xs:annotation><xs:element name='a' m:x='1' xmlns:m='urn:m'/>",
    ));
}

#[test]
fn references_to_nothing_are_refused_wherever_they_stand() {
    for (inside, what) in [
        ("<xs:element name='a' substitutionGroup='x'/>", "element `{urn:t}x`"),
        ("<xs:complexType name='a'><xs:group ref='x'/></xs:complexType>", "group `{urn:t}x`"),
        ("<xs:complexType name='a'><xs:attributeGroup ref='x'/></xs:complexType>", "attributeGroup `{urn:t}x`"),
        ("<xs:complexType name='a'><xs:attribute ref='x'/></xs:complexType>", "attribute `{urn:t}x`"),
        ("<xs:complexType name='a'><xs:sequence><xs:element ref='x'/></xs:sequence></xs:complexType>", "element `{urn:t}x`"),
        (
            "<xs:complexType name='a'><xs:complexContent><xs:extension base='x'/></xs:complexContent></xs:complexType>",
            "type `{urn:t}x`",
        ),
        ("<xs:simpleType name='a'><xs:restriction base='x'/></xs:simpleType>", "type `{urn:t}x`"),
        ("<xs:simpleType name='a'><xs:list itemType='x'/></xs:simpleType>", "type `{urn:t}x`"),
        ("<xs:simpleType name='a'><xs:union memberTypes='xs:int x'/></xs:simpleType>", "type `{urn:t}x`"),
        ("<xs:element name='a' type='q:x'/>", "prefix of `q:x`"),
        ("<xs:element name='a' type='xs:strng'/>", "type `{http://www.w3.org/2001/XMLSchema}strng`"),
    ] {
        refused(&schema(inside), &[what]);
    }
}

#[test]
fn nothing_can_be_defined_by_itself() {
    for (inside, what) in [
        ("<xs:simpleType name='a'><xs:restriction base='a'/></xs:simpleType>", "type `{urn:t}a` is defined by itself"),
        (
            "<xs:complexType name='a'><xs:complexContent><xs:extension base='a'/></xs:complexContent></xs:complexType>",
            "type `{urn:t}a`",
        ),
        (
            "<xs:group name='a'><xs:sequence><xs:group ref='a'/></xs:sequence></xs:group><xs:complexType name='b'><xs:group ref='a'/></xs:complexType>",
            "group `{urn:t}a`",
        ),
        (
            "<xs:attributeGroup name='a'><xs:attributeGroup ref='a'/></xs:attributeGroup><xs:complexType name='b'><xs:attributeGroup ref='a'/></xs:complexType>",
            "attributeGroup `{urn:t}a`",
        ),
        ("<xs:element name='a' type='xs:int' substitutionGroup='a'/>", "element `{urn:t}a`"),
    ] {
        refused(&schema(inside), &[what]);
    }
}

#[test]
fn a_model_in_which_an_element_could_belong_to_two_particles_is_refused() {
    let element = |name: &str, more: &str| format!("<xs:element name='{name}' type='xs:string' {more}/>");
    let (a, b, optional) = (element("a", ""), element("b", ""), element("a", "minOccurs='0'"));
    for content in [
        format!("<xs:sequence>{optional}{a}</xs:sequence>"),
        format!("<xs:choice><xs:sequence>{a}{b}</xs:sequence><xs:sequence>{a}</xs:sequence></xs:choice>"),
        format!("<xs:sequence>{}{a}</xs:sequence>", element("a", "minOccurs='0' maxOccurs='unbounded'")),
        format!("<xs:sequence>{}{a}</xs:sequence>", element("a", "minOccurs='2' maxOccurs='3'")),
        format!("<xs:sequence>{optional}<xs:any/></xs:sequence>"),
        "<xs:sequence><xs:any minOccurs='0'/><xs:any namespace='##other'/></xs:sequence>".to_owned(),
    ] {
        refused(&model(&content), &["ambiguous"]);
    }
    set(&model(&format!("<xs:choice maxOccurs='unbounded'>{a}{b}</xs:choice>")));
    set(&model(&format!("<xs:sequence maxOccurs='3'>{optional}{}</xs:sequence>", element("b", "minOccurs='0'"))));
    set(&model(&format!("<xs:sequence>{optional}<xs:any namespace='##other'/></xs:sequence>")));
}

#[test]
fn a_value_that_its_own_type_does_not_allow_is_refused() {
    refused(&schema("<xs:element name='a' type='xs:int' fixed='x'/>"), &["`x` is not allowed"]);
    refused(&schema("<xs:attribute name='a' type='xs:date' default='today'/>"), &["`today` is not allowed"]);
    refused(
        &schema(
            "<xs:simpleType name='a'><xs:restriction base='xs:int'><xs:maxLength value='1'/></xs:restriction></xs:simpleType>",
        ),
        &["maxLength"],
    );
    refused(
        &schema(
            "<xs:simpleType name='a'><xs:restriction base='xs:string'><xs:pattern value='['/></xs:restriction></xs:simpleType>",
        ),
        &["pattern"],
    );
}

#[test]
fn imports_are_resolved_by_namespace_and_may_be_circular() {
    let one = format!(
        "<xs:schema {XS} targetNamespace='urn:1' xmlns:o='urn:2'><xs:import namespace='urn:2' schemaLocation='http://nowhere/'/>\
         <xs:element name='a'><xs:complexType><xs:sequence><xs:element ref='o:b' minOccurs='0'/></xs:sequence></xs:complexType></xs:element></xs:schema>"
    );
    let other = format!(
        "<xs:schema {XS} targetNamespace='urn:2' xmlns:o='urn:1'><xs:import namespace='urn:1'/>\
         <xs:element name='b'><xs:complexType><xs:sequence><xs:element ref='o:a'/></xs:sequence></xs:complexType></xs:element></xs:schema>"
    );
    assert!(compile(&[("1.xsd", &one), ("2.xsd", &other)]).is_ok());
    assert!(compile(&[("1.xsd", &one)]).is_err());
}

#[test]
fn a_file_without_namespace_takes_that_of_the_file_that_includes_it() {
    let includes = "<xs:include schemaLocation='http://there/parts.xsd'/><xs:element name='r' type='Part'/>";
    let parts = format!(
        "<xs:schema {XS} elementFormDefault='qualified'><xs:complexType name='Part'><xs:sequence><xs:element name='a' type='Word'/>\
         </xs:sequence></xs:complexType><xs:simpleType name='Word'><xs:restriction base='xs:token'/></xs:simpleType></xs:schema>"
    );
    let set = compile(&[("x/parts.xsd", &parts), ("a.xsd", &schema(includes))]).expect("compiles");
    check(&set, "<r><a>x</a></r>", &[]);
    check(&set, "<r><a>x</a>§<a/></r>", &["In `r`, there is one `a` too many. Expected here: the end of the element."]);
}

#[test]
fn of_two_files_that_disagree_the_last_by_name_counts_and_a_note_says_so() {
    let old = schema("<xs:element name='r' type='xs:int'/><xs:element name='old' type='xs:int'/>");
    let new = schema("<xs:element name='r' type='xs:date'/>");
    let set = compile(&[("t-2017.xsd", &new), ("t-2013.xsd", &old)]).expect("compiles");
    check(&set, "<r>2012-05-04</r>", &[]);
    let note = set.notes().first().map(ToString::to_string).unwrap_or_default();
    assert!(note.contains("t-2013.xsd: not used, because t-2017.xsd declares `r`"), "{note}");
    assert!(set.roots().all(|name| &*name.local != "old"), "nothing of the older file is used");
}

#[test]
fn files_that_say_the_same_are_joined() {
    let one = schema("<xs:element name='r' type='xs:int'/>");
    let same = schema("\n\n  <xs:element type='xs:int' name='r'><xs:annotation/></xs:element><xs:element name='s'/>");
    let set = compile(&[("1.xsd", &one), ("2.xsd", &same)]).expect("compiles");
    assert_eq!((set.roots().count(), set.notes().len()), (2, 0));
    refused(&schema("<xs:element name='r' type='xs:int'/><xs:element name='r' type='xs:date'/>"), &["declared twice"]);
}

#[test]
fn xml_schema_itself_is_built_in_and_its_file_set_aside() {
    let own = "<!DOCTYPE xs:schema [<!ENTITY % p 'x'>]><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' \
               targetNamespace='http://www.w3.org/2001/XMLSchema'>&p;</xs:schema>";
    let set = compile(&[("a.xsd", own)]).expect("compiles");
    assert_eq!(set.notes(), [SchemaNote::BuiltIn { file: "a.xsd".into() }]);
}

#[test]
fn what_is_no_schema_is_refused() {
    refused("<a/>", &["line 1, column 1: The root element is not `schema`"]);
    refused("<xs:schema", &["line 1"]);
    refused("", &["no element"]);
    refused("<schema xmlns='http://www.w3.org/2000/10/XMLSchema'/>", &["not `schema`"]);
    let utf16 = SchemaSet::compile(&[SchemaFile { name: "u.xsd", bytes: b"\xFF\xFE<\0" }]);
    assert!(utf16.expect_err("refused")[0].to_string().contains("u.xsd: line 1, column 1: The document is UTF-16"));
}

#[test]
fn a_latin_1_schema_has_the_names_that_it_means() {
    let text = format!(
        "<?xml version='1.0' encoding='ISO-8859-1'?><xs:schema {XS} targetNamespace='urn:t'><xs:element name='r'>\
         <xs:complexType><xs:attribute name='Form\u{E5}l'/></xs:complexType></xs:element></xs:schema>"
    );
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let set = SchemaSet::compile(&[SchemaFile { name: "a.xsd", bytes: &bytes }]).expect("compiles");
    check(&set, "<r Formål='x'/>", &[]);
}

#[test]
fn a_schema_that_would_grow_without_bound_is_refused() {
    let much = "<xs:sequence maxOccurs='1000'><xs:sequence maxOccurs='1000'><xs:element name='a' type='xs:int'/></xs:sequence></xs:sequence>";
    refused(&model(much), &["too many"]);
    let doubled = |n: usize| {
        format!(
            "<xs:group name='g{n}'><xs:sequence><xs:group ref='g{0}'/><xs:group ref='g{0}'/></xs:sequence></xs:group>",
            n - 1
        )
    };
    let first = "<xs:group name='g0'><xs:sequence><xs:element name='a' type='xs:int'/></xs:sequence></xs:group>";
    let groups: String = (1..80).map(doubled).collect();
    let text = schema(&format!("{first}{groups}<xs:complexType name='t'><xs:group ref='g79'/></xs:complexType>"));
    refused(&text, &["too many"]);
    let of = |n: usize| format!("<xs:simpleType name='t{n}'><xs:restriction base='t{}'/></xs:simpleType>", n + 1);
    let chain: String = (0..3000).map(of).collect();
    let text = schema(&format!("{chain}<xs:simpleType name='t3000'><xs:restriction base='xs:int'/></xs:simpleType>"));
    assert!(compile(&[("a.xsd", &text)]).expect_err("refused")[0].contains("too many types derived"));
}

#[test]
fn what_clashes_with_a_type_of_xml_schema_itself_is_told_though_that_stands_in_no_file() {
    let text = schema(
        "<xs:complexType name='t'><xs:complexContent><xs:extension base='xs:anyType'><xs:sequence><xs:any/></xs:sequence>\
         </xs:extension></xs:complexContent></xs:complexType>",
    );
    assert!(!compile(&[("a.xsd", &text)]).expect_err("anything can follow anything").is_empty());
}
