//! A repair leaves a valid document, and takes nothing from it.

use super::super::{SchemaSet, mends, validate};
use super::support::{XSI, model, schema, set};
use crate::xml::Limits;

/// The only problem of the document has a repair, and with it the document is this.
#[track_caller]
fn becomes(set: &SchemaSet, wrong: &str, right: &str) {
    let open = |text: &str| text.replacen("<r", &format!("<r xmlns='urn:t' {XSI}"), 1);
    let (wrong, right) = (open(wrong), open(right));
    let (problems, _) = validate(set, &wrong, &Limits::default());
    let kinds: Vec<String> = problems.iter().map(|problem| problem.kind.to_string()).collect();
    assert_eq!(problems.len(), 1, "{wrong}: {kinds:?}");
    let mends = mends(set, &wrong, &Limits::default(), &problems);
    let mend = mends[0].as_ref().unwrap_or_else(|| panic!("no repair of {wrong}: {kinds:?}"));
    assert_eq!(mend.apply(&wrong), right);
    assert_eq!(validate(set, &right, &Limits::default()).0, []);
}

#[track_caller]
fn stays(set: &SchemaSet, wrong: &str) {
    let wrong = wrong.replacen("<r", &format!("<r xmlns='urn:t' {XSI}"), 1);
    let (problems, _) = validate(set, &wrong, &Limits::default());
    assert!(!problems.is_empty(), "{wrong}");
    assert!(mends(set, &wrong, &Limits::default(), &problems).iter().all(Option::is_none), "{wrong}");
}

fn persons() -> SchemaSet {
    set(&schema(
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='Given' type='xs:string'/>\
         <xs:element name='Born' type='xs:date' minOccurs='0'/><xs:element name='Alive' type='xs:boolean' minOccurs='0'/>\
         <xs:element name='Code' minOccurs='0'><xs:complexType><xs:attribute name='V' use='required'/>\
         <xs:attribute name='S' fixed='1.2.3' use='required'/></xs:complexType></xs:element>\
         <xs:element name='Sex' minOccurs='0'><xs:simpleType><xs:restriction base='xs:token'><xs:enumeration value='Kvinne'/>\
         <xs:enumeration value='Mann'/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType></xs:element>",
    ))
}

#[test]
fn names_are_written_right() {
    let set = persons();
    becomes(&set, "<r><given>x</given></r>", "<r><Given>x</Given></r>");
    becomes(&set, "<r><Given>x</Given><Bron>2012-05-04</Bron></r>", "<r><Given>x</Given><Born>2012-05-04</Born></r>");
    becomes(&set, "<r><Given/><Code v='1' S='1.2.3'/></r>", "<r><Given/><Code V='1' S='1.2.3'/></r>");
    becomes(&set, "<r><t:gievn xmlns:t='urn:t'/></r>", "<r><t:Given xmlns:t='urn:t'/></r>");
}

#[test]
fn namespaces_are_put_right_where_they_are_declared_or_by_a_prefix() {
    let inside = "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a'><xs:complexType><xs:sequence><xs:element name='b'/>\
        </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>";
    let set = set(&schema(inside));
    becomes(&set, "<r><a xmlns='urn:x'><b/></a></r>", "<r><a xmlns=\"urn:t\"><b/></a></r>".replace('"', "'").as_str());
    becomes(&set, "<r><x:a xmlns:x='urn:x'><x:b/></x:a></r>", "<r><x:a xmlns:x='urn:t'><x:b/></x:a></r>");
    becomes(&set, "<r xmlns:x='urn:x'><x:a><b/></x:a></r>", "<r xmlns:x='urn:x'><a><b/></a></r>");
    becomes(&set, "<r xmlns:x='urn:x'><x:a><x:b/></x:a></r>", "<r xmlns:x='urn:x'><a><b/></a></r>");
    becomes(&set, "<q:r xmlns:q='urn:w'><q:a><q:b/></q:a></q:r>", "<q:r xmlns:q='urn:t'><q:a><q:b/></q:a></q:r>");
}

#[test]
fn elements_are_moved_to_their_place_with_what_is_inside() {
    let set = persons();
    becomes(
        &set,
        "<r>\n <Born>2012-05-04</Born>\n <Given>x</Given>\n</r>",
        "<r>\n <Given>x</Given>\n <Born>2012-05-04</Born>\n</r>",
    );
    becomes(
        &set,
        "<r>\n <Given/>\n <Alive>1</Alive>\n <Born>2012-05-04</Born>\n</r>",
        "<r>\n <Given/>\n <Born>2012-05-04</Born>\n <Alive>1</Alive>\n</r>",
    );
    becomes(
        &set,
        "<r><Sex>Mann</Sex><Given/><Born>2012-05-04</Born><Alive>1</Alive></r>",
        "<r><Given/><Born>2012-05-04</Born><Alive>1</Alive><Sex>Mann</Sex></r>",
    );
}

#[test]
fn what_must_stand_before_is_brought_there() {
    becomes(
        &persons(),
        "<r>\n <Born>2012-05-04</Born>\n <Alive>1</Alive>\n <Sex>Mann</Sex>\n <Given/>\n</r>",
        "<r>\n <Given/>\n <Born>2012-05-04</Born>\n <Alive>1</Alive>\n <Sex>Mann</Sex>\n</r>",
    );
}

/// Every problem of the document has the same repair, and with it the document is this.
#[track_caller]
fn become_together(set: &SchemaSet, wrong: &str, right: &str) {
    let open = |text: &str| text.replacen("<r", "<r xmlns='urn:t'", 1);
    let (wrong, right) = (open(wrong), open(right));
    let (problems, _) = validate(set, &wrong, &Limits::default());
    assert!(problems.len() > 1, "{wrong}");
    for mend in mends(set, &wrong, &Limits::default(), &problems) {
        assert_eq!(mend.expect("a mend").apply(&wrong), right);
    }
    assert_eq!(validate(set, &right, &Limits::default()).0, []);
}

#[test]
fn elements_in_wrong_places_beside_each_other_are_put_in_order_by_one_repair() {
    become_together(
        &persons(),
        "<r>\n <Given/>\n <Sex>Mann</Sex> <!-- c -->\n  <Alive>1</Alive>\n <Born>2012-05-04</Born>\n</r>",
        "<r>\n <Given/>\n <Born>2012-05-04</Born> <!-- c -->\n  <Alive>1</Alive>\n <Sex>Mann</Sex>\n</r>",
    );
    let apart = set(&model(
        "<xs:sequence><xs:element name='a' maxOccurs='3' type='xs:int'/><xs:element name='b'/><xs:element name='c' minOccurs='0'/>\
         </xs:sequence>",
    ));
    become_together(&apart, "<r><a>1</a><b/><a>2</a><a>3</a></r>", "<r><a>1</a><a>2</a><a>3</a><b/></r>");
    stays(&apart, "<r><a>1</a><a>2</a><a>3</a><b/><a>4</a><a>5</a></r>");
}

#[test]
fn values_are_written_as_their_type_wants() {
    let set = persons();
    becomes(&set, "<r><Given/><Born>04.05.2012</Born></r>", "<r><Given/><Born>2012-05-04</Born></r>");
    becomes(&set, "<r><Given/><Alive>Ja</Alive></r>", "<r><Given/><Alive>true</Alive></r>");
    becomes(&set, "<r><Given/><Sex>KVINNE</Sex></r>", "<r><Given/><Sex>Kvinne</Sex></r>");
    becomes(&set, "<r><Given/><Code V='' S='1.2'/></r>", "<r><Given/><Code V='' S='1.2.3'/></r>");
    becomes(&set, "<r><Given/><Code V=''/></r>", "<r><Given/><Code S=\"1.2.3\" V=''/></r>");
}

#[test]
fn what_is_empty_or_has_no_place_is_removed() {
    let set = persons();
    becomes(&set, "<r>\n <Given/>\n <Born/>\n</r>", "<r>\n <Given/>\n</r>");
    becomes(&set, "<r> x <Given/>y<!-- c --><![CDATA[z]]></r>", "<r>  <Given/><!-- c --></r>");
    becomes(&set, "<r><Given xsi:nil='false'>x</Given></r>", "<r><Given>x</Given></r>");
    becomes(&set, "<r><Given/><Born xsi:nil='true'/></r>", "<r><Given/></r>");
    becomes(&set, "<r><Given xsi:type='No'>x</Given></r>", "<r><Given>x</Given></r>");
    becomes(&set, "<r><Given/><Sex>Mann</Sex><Sex>Mann</Sex></r>", "<r><Given/><Sex>Mann</Sex></r>");
    becomes(&set, "<r><Given/><Code V='1' S='1.2.3'> </Code></r>", "<r><Given/><Code V='1' S='1.2.3'></Code></r>");
}

#[test]
fn what_nobody_can_know_is_left_to_a_person() {
    let set = persons();
    for wrong in [
        "<r/>",
        "<r><Given/><Born>soon</Born></r>",
        "<r><Given/><Born>04/05/2012</Born></r>",
        "<r><Given/><Sex>Annet</Sex></r>",
        "<r><Given/><Sex>Mann</Sex><Sex>Kvinne</Sex></r>",
        "<r><Given/><Unknown>x</Unknown></r>",
        "<r Unknown='x'><Given/></r>",
        "<r><Given/><Code S='1.2.3'/></r>",
    ] {
        stays(&set, wrong);
    }
}

#[test]
fn beside_something_that_only_a_person_can_put_right_nothing_is_taken_away() {
    let set = set(&model(
        "<xs:sequence><xs:element name='Given' type='xs:string'/><xs:element name='Family' type='xs:string'/>\
         <xs:element name='Born' type='xs:date' minOccurs='0'/></xs:sequence>",
    ));
    stays(&set, "<r><Given>x</Given><Given>x</Given></r>");
    becomes(&set, "<r><Given>x</Given><Given>x</Given><Family>y</Family></r>", "<r><Given>x</Given><Family>y</Family></r>");
}

#[test]
fn each_of_several_problems_has_its_own_repair() {
    let set = set(&model("<xs:sequence><xs:element name='a' type='xs:date' maxOccurs='9'/></xs:sequence>"));
    let text = "<r xmlns='urn:t'><a>2012.05.04</a><a>soon</a><a>20120504</a></r>";
    let (problems, _) = validate(&set, text, &Limits::default());
    let mends = mends(&set, text, &Limits::default(), &problems);
    let made: Vec<Option<String>> = mends.iter().map(|mend| mend.as_ref().map(|mend| mend.apply(text))).collect();
    assert_eq!(
        made,
        [
            Some("<r xmlns='urn:t'><a>2012-05-04</a><a>soon</a><a>20120504</a></r>".to_owned()),
            None,
            Some("<r xmlns='urn:t'><a>2012.05.04</a><a>soon</a><a>2012-05-04</a></r>".to_owned()),
        ]
    );
    assert_eq!(format!("{:?}", mends[0]), "Some(Mend(1 patches))", "what is written is never printed");
}
