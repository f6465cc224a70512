//! One slip gives one problem, at the place where a person would look.

use super::support::{XSI, check, model, schema, set};

/// `a`, `b?`, `c`, `d*`.
fn abcd() -> super::super::SchemaSet {
    set(&model(
        "<xs:sequence><xs:element name='alfa'/><xs:element name='bravo' minOccurs='0'/><xs:element name='charlie'/>\
         <xs:element name='delta' minOccurs='0' maxOccurs='unbounded'/></xs:sequence>",
    ))
}

const END: &str = "the end of the element";

#[test]
fn a_missing_element_is_told_where_the_next_one_stands_or_at_the_end_tag() {
    let set = abcd();
    check(&set, "<r>\n§<charlie/>\n</r>", &["In `r`, `alfa` must stand before `charlie`."]);
    check(&set, "<r>\n§<delta/>\n</r>", &["In `r`, `alfa`, `charlie` must stand before `delta`."]);
    check(&set, "<r>\n<alfa/>\n§</r>", &["In `r`, `charlie` is missing."]);
    check(&set, "§<r/>", &["In `r`, `alfa`, `charlie` is missing."]);
}

#[test]
fn one_too_many_is_told_at_the_second() {
    let set = abcd();
    let expected = "Expected here: `bravo`, `charlie` (required).";
    check(&set, "<r><alfa/>§<alfa/><charlie/></r>", &[&format!("In `r`, there is one `alfa` too many. {expected}")]);
    let expected = format!("Expected here: `delta`, {END}.");
    check(
        &set,
        "<r><alfa/><charlie/><delta/>§<alfa/><delta/></r>",
        &[&format!("In `r`, there is one `alfa` too many. {expected}")],
    );
}

#[test]
fn elements_that_stand_in_the_wrong_order_are_one_problem() {
    let set = abcd();
    check(&set, "<r>§<charlie/><alfa/></r>", &["In `r`, `charlie` stands too early. Expected here: `alfa` (required)."]);
    check(
        &set,
        "<r>§<charlie/><alfa/><bravo/><delta/></r>",
        &["In `r`, `charlie` stands too early. Expected here: `alfa` (required)."],
    );
    check(
        &set,
        "<r>§<delta/><alfa/><bravo/><charlie/></r>",
        &["In `r`, `delta` stands too early. Expected here: `alfa` (required)."],
    );
    check(
        &set,
        "<r><alfa/><charlie/>§<bravo/><delta/></r>",
        &[&format!("In `r`, `bravo` stands too late. Expected here: `delta`, {END}.")],
    );
}

#[test]
fn an_unknown_element_is_skipped_and_what_it_may_have_stood_for_is_not_missed() {
    let set = abcd();
    let not = |expected: &str| format!("In `r`, this may not stand. Expected: {expected}.");
    check(&set, "<r><alfa/>§<xyz><q/>text</xyz><charlie/></r>", &[&not("`bravo`, `charlie` (required)")]);
    check(&set, "<r>§<xyz/><charlie/></r>", &[&not("`alfa` (required)")]);
    check(&set, "<r><alfa/>§<xyz/></r>", &[&not("`bravo`, `charlie` (required)")]);
    check(&set, "<r>§<xyz/><alfa/>§</r>", &[&not("`alfa` (required)"), "In `r`, `charlie` is missing."]);
}

#[test]
fn a_misspelled_element_is_taken_for_what_it_means() {
    let set = abcd();
    let meant = |name: &str| format!("In `r`, there is no element of this name; `{name}` may be meant.");
    check(&set, "<r><alfa/>§<charly/></r>", &[&meant("charlie")]);
    check(&set, "<r>§<Alfa/><charlie/></r>", &[&meant("alfa")]);
    check(&set, "<r><alfa/><charlie/>§<dleta/><delta/></r>", &[&meant("delta")]);
}

#[test]
fn a_wrong_namespace_is_told_once_for_an_element_and_all_inside() {
    let inside = "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='a' minOccurs='0' maxOccurs='9'><xs:complexType><xs:sequence>\
        <xs:element name='b' type='xs:int' maxOccurs='9'/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>";
    let set = set(&schema(inside));
    let wrong = "`a` must be in the namespace urn:t.";
    check(&set, "<r>§<a xmlns='urn:wrong'><b>1</b><b>2</b></a></r>", &[wrong]);
    check(&set, "<r>§<w:a xmlns:w='urn:wrong'><b>1</b><b>2</b></w:a></r>", &[wrong]);
    check(
        &set,
        "<r>§<a xmlns='urn:wrong'><b>§x</b></a>§<a xmlns='urn:wrong'><b>1</b></a></r>",
        &[
            wrong,
            "The text of `b` is no value of the type xs:int: it is not written as this type is written; right is for example '12'.",
            wrong,
        ],
    );
    let whole = format!("§<q:r xmlns:q='urn:wrong' {XSI}><q:a><q:b>1</q:b></q:a></q:r>");
    check(&set, &whole, &["`r` must be in the namespace urn:t."]);
}

#[test]
fn stray_text_is_told_once_at_its_first_character() {
    let set = abcd();
    check(&set, "<r>\n  §text<alfa/>more<charlie/></r>", &["In `r`, only elements may stand, no text."]);
}

#[test]
fn an_unknown_root_is_one_problem() {
    check(&abcd(), "§<q:rot xmlns:q='urn:x'><a>1</a></q:rot>", &["No schema declares this as the root of a document."]);
}

#[test]
fn an_element_of_another_place_is_judged_by_its_own_declaration() {
    let inside = "<xs:element name='n' type='xs:int'/><xs:element name='r'><xs:complexType/></xs:element>\
        <xs:element name='s'><xs:complexType><xs:sequence><xs:element name='zulu' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>";
    let set = set(&schema(inside));
    let text = "§<n>§x</n>";
    check(
        &set,
        &format!("<t:s xmlns:t='urn:t'>{}</t:s>", text.replace("<n", "<t:n").replace("</n", "</t:n")),
        &[
            "In `s`, `n` may not stand. Expected: `zulu`, the end of the element.",
            "The text of `n` is no value of the type xs:int: it is not written as this type is written; right is for example '12'.",
        ],
    );
}
