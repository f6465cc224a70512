//! Text and attributes: types, fixed and preset values, identifiers.

use super::support::{check, clauses, model, schema, set};

#[test]
fn text_and_attributes_are_values_of_their_types() {
    let inside = "<xs:element name='r'><xs:complexType><xs:simpleContent><xs:extension base='xs:date'>\
        <xs:attribute name='n' type='xs:int'/><xs:attribute name='must' use='required'/></xs:extension></xs:simpleContent></xs:complexType></xs:element>";
    let set = set(&schema(inside));
    check(&set, "<r must=''>2012-05-04</r>", &[]);
    check(&set, "<r must='' n=' 12 '> 2012-05-04\n</r>", &[]);
    check(&set, "<r must=''>2012-<!-- c -->05-<![CDATA[0]]>4</r>", &[]);
    let wrong = [
        "`r` must have the attribute `must`.",
        "The value of `n` of `r` is no value of the type xs:int: it is not written as this type is written; right is for example '12'.",
        "The text of `r` is no value of the type xs:date: the month has no such day; right is for example '2012-05-04'.",
    ];
    check(&set, "§<r §n='x'>§2012-02-30</r>", &wrong);
    check(
        &set,
        "<r must=''>§</r>",
        &["The text of `r` is no value of the type xs:date: it is empty; right is for example '2012-05-04'."],
    );
    check(&set, "<r must=''>2012-05-04§<a/>x</r>", &["In `r`, which holds only text, this may not stand."]);
}

#[test]
fn attributes_that_are_not_declared_are_told_and_the_nearest_one_is_named() {
    let set = set(&model("<xs:attribute name='V'/><xs:attribute name='Versjon'/>"));
    check(&set, "<r V='1'/>", &[]);
    check(&set, "<r §W='1' V='2'/>", &["`r` has no attribute this."]);
    check(&set, "<r §v='1'/>", &["`r` has no attribute this; `V` may be meant."]);
    check(
        &set,
        "<r §Version='1' xml:lang='nb'/>".replace(" xml", " §xml").as_str(),
        &["`r` has no attribute this; `Versjon` may be meant.", "`r` has no attribute this."],
    );
    check(&set, "<r §t:V='1' xmlns:t='urn:t'/>", &["`r` has no attribute `V`; `V` may be meant."]);
}

#[test]
fn a_fixed_value_is_compared_as_a_value() {
    let inside = "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='n' type='xs:decimal' fixed='1.0' minOccurs='0'/>\
        <xs:element name='m' fixed='ab' minOccurs='0'><xs:complexType mixed='true'><xs:sequence><xs:element name='x' minOccurs='0'/></xs:sequence>\
        </xs:complexType></xs:element></xs:sequence><xs:attribute name='f' type='xs:token' fixed='a b'/></xs:complexType></xs:element>";
    let set = set(&schema(inside));
    clauses(
        &set,
        &[
            ("<r f=' a  b '><n>1.00</n></r>", ""),
            ("<r><n/><m/></r>", ""),
            ("<r><m>ab</m></r>", ""),
            ("<r f='a'/>", "cvc-attribute.4"),
            ("<r><n>2</n></r>", "cvc-elt.5.2.2"),
            ("<r><m> ab</m></r>", "cvc-elt.5.2.2"),
            ("<r><m><x/></m></r>", "cvc-type.3.1.2"),
        ],
    );
}

#[test]
fn an_empty_element_has_its_preset_value() {
    let inside = "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='d' type='xs:int' default='7'/></xs:sequence></xs:complexType></xs:element>";
    clauses(
        &set(&schema(inside)),
        &[("<r><d/></r>", ""), ("<r><d></d></r>", ""), ("<r><d> </d></r>", "cvc-datatype-valid.1.2.1")],
    );
}

#[test]
fn nil_elements_are_empty_and_only_where_they_may_be() {
    let inside = "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='n' type='xs:int' nillable='true' minOccurs='0'/>\
        <xs:element name='o' type='xs:int' minOccurs='0'/><xs:element name='f' type='xs:int' fixed='1' nillable='true' minOccurs='0'/>\
        <xs:element name='c' nillable='true' minOccurs='0'><xs:complexType><xs:sequence><xs:element name='x'/></xs:sequence><xs:attribute name='a' use='required'/>\
        </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r><n xsi:nil='true'/></r>", ""),
            ("<r><n xsi:nil=' 1 '></n></r>", ""),
            ("<r><n xsi:nil='false'>1</n></r>", ""),
            ("<r><c xsi:nil='true' a=''/></r>", ""),
            ("<r><c xsi:nil='true'/></r>", "cvc-complex-type.4"),
            ("<r><n xsi:nil='true'>1</n></r>", "cvc-elt.3.2.1"),
            ("<r><n xsi:nil='true'> </n></r>", "cvc-elt.3.2.1"),
            ("<r><c xsi:nil='true' a=''><x/></c></r>", "cvc-elt.3.2.1"),
            ("<r><n xsi:nil='yes'>1</n></r>", "cvc-datatype-valid.1.2.1"),
            ("<r><o xsi:nil='false'>1</o></r>", "cvc-elt.3.1"),
            ("<r><f xsi:nil='true'/></r>", "cvc-elt.3.2.2"),
        ],
    );
}

#[test]
fn an_identifier_is_unique_and_a_reference_finds_one_before_or_behind_it() {
    let set = set(&model(
        "<xs:sequence><xs:element name='a' maxOccurs='9'><xs:complexType><xs:attribute name='id' type='xs:ID'/><xs:attribute name='to' type='xs:IDREF'/>\
         <xs:attribute name='all' type='xs:IDREFS'/></xs:complexType></xs:element></xs:sequence>",
    ));
    check(&set, "<r><a to='y' all='x y'/><a id='x'/><a id=' y '/></r>", &[]);
    check(
        &set,
        "<r><a id='x'/><a §id=' x '/><a §to='z' §all='x z'/></r>",
        &[
            "The identifier of `a` is taken already in this document.",
            "No element has the identifier that `a` refers to.",
            "No element has the identifier that `a` refers to.",
        ],
    );
}

#[test]
fn a_validator_forgets_one_document_before_the_next() {
    let set = set(&model("<xs:attribute name='id' type='xs:ID'/>"));
    let mut validator = super::super::Validator::new(&set);
    for _ in 0..2 {
        let text = "<r xmlns='urn:t' id='x'/>";
        let mut reader = crate::xml::Reader::new(text, crate::xml::Limits::default());
        assert_eq!(reader.watched(&mut validator), None);
        assert_eq!(validator.finish(), []);
    }
}

#[test]
fn what_every_element_may_have_is_never_a_problem() {
    clauses(
        &set(&model("")),
        &[
            ("<r xsi:schemaLocation='urn:t t.xsd' xsi:noNamespaceSchemaLocation='x'/>", ""),
            ("<r xsi:other='1'/>", "cvc-complex-type.3.2.2"),
            ("<r xmlns:x='urn:x'/>", ""),
        ],
    );
}
