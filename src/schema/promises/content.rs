//! Content models: which children are accepted, and which clause of the standard the others break.

use super::super::set::SchemaSet;
use super::support::{clauses, model, schema, set};

const A: &str = "cvc-complex-type.2.4.a";
const B: &str = "cvc-complex-type.2.4.b";

fn elements(names: &[(&str, &str)]) -> String {
    let one = |(name, more): &(&str, &str)| format!("<xs:element name='{name}' type='xs:string' {more}/>");
    names.iter().map(one).collect()
}

fn of(kind: &str, more: &str, names: &[(&str, &str)]) -> SchemaSet {
    set(&model(&format!("<xs:{kind} {more}>{}</xs:{kind}>", elements(names))))
}

#[test]
fn a_sequence_has_its_elements_in_order() {
    let set = of("sequence", "", &[("a", ""), ("b", "minOccurs='0'"), ("c", "maxOccurs='unbounded'")]);
    clauses(
        &set,
        &[
            ("<r><a/><c/></r>", ""),
            ("<r><a/><b/><c/><c/><c/></r>", ""),
            ("<r> <a/>\n<c/>\t</r>", ""),
            ("<r><a/></r>", B),
            ("<r/>", B),
            ("<r><c/></r>", A),
            ("<r><a/><c/><b/></r>", A),
            ("<r><a/><b/><b/><c/></r>", A),
            ("<r><a xmlns=''/><c/></r>", A),
        ],
    );
}

#[test]
fn a_choice_has_one_of_its_elements() {
    let set = of("choice", "", &[("a", ""), ("b", "")]);
    clauses(&set, &[("<r><a/></r>", ""), ("<r><b/></r>", ""), ("<r/>", B), ("<r><a/><b/></r>", A)]);
    let set = of("choice", "minOccurs='0' maxOccurs='unbounded'", &[("a", ""), ("b", "")]);
    clauses(&set, &[("<r/>", ""), ("<r><b/><a/><b/></r>", ""), ("<r><c/></r>", A)]);
}

#[test]
fn occurrences_are_counted() {
    let set = of("sequence", "minOccurs='2' maxOccurs='3'", &[("a", ""), ("b", "minOccurs='2' maxOccurs='4'")]);
    clauses(
        &set,
        &[
            ("<r><a/><b/><b/><a/><b/><b/></r>", ""),
            ("<r><a/><b/><b/><b/><b/><a/><b/><b/><a/><b/><b/></r>", ""),
            ("<r><a/><b/><b/></r>", B),
            ("<r><a/><b/><a/><b/><b/></r>", A),
            ("<r><a/><b/><b/><b/><b/><b/><a/><b/><b/></r>", A),
            ("<r><a/><b/><b/><a/><b/><b/><a/><b/><b/><a/></r>", A),
        ],
    );
    let set = of("sequence", "", &[("a", "minOccurs='3' maxOccurs='unbounded'"), ("b", "minOccurs='0' maxOccurs='0'")]);
    clauses(&set, &[("<r><a/><a/><a/><a/></r>", ""), ("<r><a/><a/></r>", B), ("<r><a/><a/><a/><b/></r>", A)]);
}

#[test]
fn a_repeated_group_whose_parts_are_all_optional_takes_them_in_any_order() {
    let set = of("sequence", "maxOccurs='3'", &[("a", "minOccurs='0'"), ("b", "minOccurs='0'")]);
    clauses(
        &set,
        &[
            ("<r/>", ""),
            ("<r><b/><a/><b/></r>", ""),
            ("<r><b/><b/><b/></r>", ""),
            ("<r><b/><a/><b/><a/></r>", ""),
            ("<r><b/><a/><b/><a/><b/><a/></r>", A),
            ("<r><b/><b/><b/><b/></r>", A),
        ],
    );
}

#[test]
fn an_all_group_takes_its_elements_in_any_order_once_each() {
    let set = of("all", "", &[("a", ""), ("b", "minOccurs='0'"), ("c", "")]);
    clauses(
        &set,
        &[
            ("<r><c/><a/></r>", ""),
            ("<r><b/><a/><c/></r>", ""),
            ("<r><a/><b/></r>", B),
            ("<r/>", B),
            ("<r><a/><c/><a/></r>", A),
            ("<r><a/><c/><d/></r>", A),
        ],
    );
    let set = of("all", "minOccurs='0'", &[("a", ""), ("b", "")]);
    clauses(&set, &[("<r/>", ""), ("<r><a/></r>", B)]);
}

#[test]
fn groups_are_used_by_name_and_may_be_repeated() {
    let group = format!("<xs:group name='g'><xs:sequence>{}</xs:sequence></xs:group>", elements(&[("a", ""), ("b", "")]));
    let r = "<xs:element name='r'><xs:complexType><xs:sequence><xs:group ref='g' maxOccurs='2'/></xs:sequence></xs:complexType></xs:element>";
    let set = set(&schema(&(group + r)));
    clauses(
        &set,
        &[("<r><a/><b/></r>", ""), ("<r><a/><b/><a/><b/></r>", ""), ("<r><a/><b/><a/></r>", B), ("<r><b/></r>", A)],
    );
}

#[test]
fn empty_content_has_neither_elements_nor_text_nor_white_space() {
    for set in [set(&model("")), set(&model("<xs:sequence/>")), set(&model("<xs:choice minOccurs='0'/>"))] {
        const EMPTY: &str = "cvc-complex-type.2.1";
        clauses(
            &set,
            &[("<r/>", ""), ("<r><!-- c --></r>", ""), ("<r> </r>", EMPTY), ("<r>x</r>", EMPTY), ("<r><a/></r>", EMPTY)],
        );
    }
    clauses(&set(&model("<xs:choice/>")), &[("<r/>", B)]);
}

#[test]
fn text_stands_only_where_the_type_is_mixed() {
    let pure = of("sequence", "", &[("a", "")]);
    clauses(&pure, &[("<r>x<a/></r>", "cvc-complex-type.2.3"), ("<r><a/>&#160;</r>", "cvc-complex-type.2.3")]);
    let mixed = format!(
        "<xs:element name='r'><xs:complexType mixed='true'><xs:sequence>{}</xs:sequence></xs:complexType></xs:element>",
        elements(&[("a", "")])
    );
    clauses(&set(&schema(&mixed)), &[("<r>x<a/>y</r>", ""), ("<r>x</r>", B)]);
}

#[test]
fn local_elements_are_unqualified_unless_the_schema_says_otherwise() {
    let text = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' attributeFormDefault='qualified'>\
        <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a'/><xs:element name='b' form='qualified'/></xs:sequence>\
        <xs:attribute name='c'/><xs:attribute name='d' form='unqualified'/></xs:complexType></xs:element></xs:schema>";
    clauses(
        &set(text),
        &[
            ("<r xmlns:t='urn:t' t:c='1' d='2'><a xmlns=''/><b/></r>", ""),
            ("<r><a/><b/></r>", A),
            ("<r c='1'><a xmlns=''/><b/></r>", "cvc-complex-type.3.2.2"),
            ("<r><a xmlns=''/><b xmlns=''/></r>", A),
        ],
    );
}

#[test]
fn members_of_a_substitution_group_stand_for_its_head() {
    let inside = "<xs:element name='head' type='xs:string' abstract='true'/><xs:element name='one' substitutionGroup='head'/>\
        <xs:element name='two' type='xs:token' substitutionGroup='one'/>\
        <xs:element name='six' type='xs:string' block='restriction'/><xs:element name='three' type='xs:token' substitutionGroup='six'/>\
        <xs:element name='four' block='substitution' type='xs:string'/><xs:element name='five' substitutionGroup='four'/>\
        <xs:element name='r'><xs:complexType><xs:choice maxOccurs='9'><xs:element ref='head'/><xs:element ref='four'/><xs:element ref='six'/></xs:choice></xs:complexType></xs:element>";
    clauses(
        &set(&schema(inside)),
        &[
            ("<r><six/><one/><two>x</two></r>", ""),
            ("<r><head/></r>", "cvc-elt.2"),
            ("<r><three>1</three></r>", A),
            ("<r><four/></r>", ""),
            ("<r><five/></r>", A),
        ],
    );
}
