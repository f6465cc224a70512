//! What quick-xml lets pass and a conforming parser refuses: every such gap as a case with its cause and place.
//! Tests of the reader only; it knows no file and no other program.

use super::event::Event;
use super::limits::{Limit, Limits};
use super::place::Place;
use super::reader::Reader;
use super::trouble::{Malformed, Trouble, TroubleKind};

/// The events in a short notation, such as `<{urn:a}b x=1|text|>`.
fn events(text: &str, limits: Limits) -> Result<String, Trouble> {
    let mut reader = Reader::new(text, limits);
    let mut seen = String::new();
    loop {
        match reader.next()? {
            Event::Start(start) => {
                seen += &format!("<{{{}}}{}", start.name().namespace, start.name().local);
                for a in start.attributes() {
                    seen += &format!(" {{{}}}{}={}", a.name().namespace, a.name().local, a.value());
                }
                seen += "|";
            }
            Event::Text(text) => seen += &format!("{text}|"),
            Event::End => seen += ">",
            Event::Eof => return Ok(seen),
        }
    }
}

#[track_caller]
fn accepted(text: &str, expected: &str) {
    assert_eq!(events(text, Limits::default()).as_deref(), Ok(expected), "{text}");
}

/// Refused for this reason at this column of the first line.
#[track_caller]
fn refused(text: &str, why: Malformed, column: u32) {
    let trouble = events(text, Limits::default()).expect_err(text);
    assert_eq!(trouble, Trouble { kind: TroubleKind::NotXml(why), place: Place { line: 1, column } }, "{text}");
}

#[track_caller]
fn too_much(text: &str, limits: Limits, limit: Limit) {
    match events(text, limits).expect_err(text).kind {
        TroubleKind::TooMuch { limit: passed, .. } => assert_eq!(passed, limit, "{text}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plain_document_gives_its_events() {
    accepted("<?xml version='1.0'?>\n<!-- c --><?p i?><a b='1'>t<c/></a>\n<!-- d -->\n", "<{}a {}b=1|t|<{}c|>>");
}

#[test]
fn text_comes_in_one_piece_whatever_it_is_made_of() {
    accepted("<a>x<![CDATA[<y>&amp;]]>&lt;<!-- c -->z<?p?>&#x41;</a>", "<{}a|x<y>&amp;<zA|>");
    accepted("<a><![CDATA[]]></a>", "<{}a|>");
    accepted("<a><![CDATA[]]]]></a>", "<{}a|]]|>");
    accepted("<a><!-- c -->b<!-- d --></a>", "<{}a|b|>");
}

#[test]
fn line_ends_become_lf_but_referred_characters_stay() {
    accepted("<a>1\r\n2\r3\n4&#13;\n5\r\r\n<![CDATA[\r\n\r]]></a>", "<{}a|1\n2\n3\n4\r\n5\n\n\n\n|>");
    accepted("<a>1\r<![CDATA[\n]]>\r</a>", "<{}a|1\n\n\n|>");
}

#[test]
fn there_is_exactly_one_root_element() {
    refused("", Malformed::EmptyDocument, 1);
    refused(" <!-- c --> ", Malformed::EmptyDocument, 13);
    refused("<a/><b/>", Malformed::SeveralRoots, 5);
    refused("<a></a><a></a>", Malformed::SeveralRoots, 8);
    refused("<a><b></a>", Malformed::MismatchedEndTag, 7);
    refused("<a><b></b>", Malformed::EndsWithOpenElements, 11);
    refused("<a>text", Malformed::EndsWithOpenElements, 8);
    refused("<a/></a>", Malformed::EndTagWithoutStart, 5);
    refused("</a>", Malformed::EndTagWithoutStart, 1);
}

#[test]
fn outside_the_root_only_white_space_comments_and_instructions_stand() {
    refused("x<a/>", Malformed::TextOutsideRoot, 1);
    refused("<a/> x", Malformed::TextOutsideRoot, 6);
    refused("<a/>&#32;", Malformed::TextOutsideRoot, 5);
    refused("&lt;<a/>", Malformed::TextOutsideRoot, 1);
    refused("<![CDATA[ ]]><a/>", Malformed::TextOutsideRoot, 1);
    refused("<a/><![CDATA[]]>", Malformed::TextOutsideRoot, 5);
    refused("\u{A0}<a/>", Malformed::TextOutsideRoot, 1);
    refused("\u{FEFF}<a/>", Malformed::TextOutsideRoot, 1);
}

#[test]
fn end_tags_match_to_the_letter() {
    accepted("<a ></a \n>", "<{}a|>");
    refused("<a></ a>", Malformed::MismatchedEndTag, 4);
    refused("<a></a b=''>", Malformed::MismatchedEndTag, 4);
    refused("<a></A>", Malformed::MismatchedEndTag, 4);
    refused("<x xmlns='u' xmlns:p='u'></p:x>", Malformed::MismatchedEndTag, 26);
}

#[test]
fn illegal_characters_are_refused_wherever_they_stand() {
    refused("<a>x\u{1}</a>", Malformed::IllegalCharacter, 5);
    refused("<a b='\0'/>", Malformed::IllegalCharacter, 7);
    refused("<a>\u{FFFE}</a>", Malformed::IllegalCharacter, 4);
    refused("<a><!-- \u{FFFF} --></a>", Malformed::IllegalCharacter, 9);
    refused("<a><?p \u{B}?></a>", Malformed::IllegalCharacter, 8);
    refused("<a><![CDATA[\u{1F}]]></a>", Malformed::IllegalCharacter, 13);
    refused("<a/>\u{C}", Malformed::IllegalCharacter, 5);
    accepted("<a>\u{7F}\u{85}\u{FFFD}</a>", "<{}a|\u{7F}\u{85}\u{FFFD}|>");
}

#[test]
fn references_in_text_are_defined_and_legal() {
    refused("<a>x&#0;</a>", Malformed::IllegalCharacterReference, 5);
    refused("<a>&#xD800;</a>", Malformed::IllegalCharacterReference, 4);
    refused("<a>&#X41;</a>", Malformed::IllegalCharacterReference, 4);
    refused("<a>&nbsp;</a>", Malformed::UndefinedEntity, 4);
    refused("<a>&</a>", Malformed::BareAmpersand, 4);
    refused("<a>& b</a>", Malformed::BareAmpersand, 4);
    refused("<a>&;</a>", Malformed::BareAmpersand, 4);
    refused("<a>&a&lt;</a>", Malformed::BareAmpersand, 4);
    refused("<a b='&x;'/>", Malformed::UndefinedEntity, 7);
}

#[test]
fn the_end_mark_of_cdata_does_not_stand_in_text() {
    refused("<a>x]]>y</a>", Malformed::CdataEndInText, 5);
    refused("<a>]]]></a>", Malformed::CdataEndInText, 5);
    refused("<a><![CDATA[x]]>]]></a>", Malformed::CdataEndInText, 17);
    accepted("<a>]]&gt;]>]]</a>", "<{}a|]]>]>]]|>");
}

#[test]
fn comments_have_no_double_hyphen() {
    refused("<a><!-- x -- y --></a>", Malformed::DoubleHyphenInComment, 11);
    refused("<a><!----->", Malformed::DoubleHyphenInComment, 8);
    refused("<a><!-- x ---></a>", Malformed::DoubleHyphenInComment, 11);
    accepted("<a><!----><!-- - - -></a>  --></a>", "<{}a|>");
}

#[test]
fn markup_is_closed_and_known() {
    for end in
        ["<", "<a", "<a ", "<a:", "<a b", "<a b=", "<a b='", "<a b='1", "<a b='1'", "<a b='1' ", "<a /", "<a xmlns='u' "]
    {
        refused(end, Malformed::UnclosedMarkup, 1);
        refused(&format!("<a>{}", end.replace("<a", "</a")), Malformed::UnclosedMarkup, 4);
    }
    refused("<a><b x='></a>", Malformed::UnclosedMarkup, 4);
    refused("<a><!-- ", Malformed::UnclosedMarkup, 4);
    refused("<a><!-->", Malformed::UnclosedMarkup, 4);
    refused("<a><![CDATA[", Malformed::UnclosedMarkup, 4);
    refused("<a><![cdata[x]]></a>", Malformed::UnclosedMarkup, 4);
    refused("<a><?p", Malformed::UnclosedMarkup, 4);
    refused("<a><", Malformed::UnclosedMarkup, 4);
    refused("<a><!ELEMENT a></a>", Malformed::UnknownMarkup, 4);
    refused("<!>", Malformed::UnknownMarkup, 1);
}

#[test]
fn names_begin_as_names_and_tags_are_well_spaced() {
    refused("<1a/>", Malformed::BadName, 2);
    refused("< a/>", Malformed::BadName, 2);
    refused("<a b='1'c='2'/>", Malformed::MissingSpaceBetweenAttributes, 9);
    refused("<a b='<'/>", Malformed::LessThanInAttribute, 7);
    refused("<a b='' b=''/>", Malformed::DuplicateAttribute, 9);
    refused("<a:b:c xmlns:a='u'/>", Malformed::SeveralColonsInName, 2);
}

#[test]
fn every_prefix_is_bound() {
    refused("<p:a/>", Malformed::UnboundPrefix, 2);
    refused("<a p:b=''/>", Malformed::UnboundPrefix, 4);
    refused("<a><b xmlns:p='u'/><p:c/></a>", Malformed::UnboundPrefix, 21);
    accepted("<p:a p:b='' xmlns:p='u'/>", "<{u}a {u}b=|>");
    accepted("<a xmlns='u' b=''><c xmlns=''/></a>", "<{u}a {}b=|<{}c|>>");
    accepted("<a xml:lang='nb'/>", "<{}a {http://www.w3.org/XML/1998/namespace}lang=nb|>");
    accepted("<a xmlns='u&amp;v'><b xmlns='&#x75;&amp;v'/></a>", "<{u&v}a|<{u&v}b|>>");
}

#[test]
fn the_same_attribute_through_two_prefixes_is_a_duplicate() {
    refused("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", Malformed::DuplicateAttribute, 35);
    refused("<a xmlns:p='u' xmlns:p='v'/>", Malformed::DuplicateAttribute, 16);
    refused("<a xmlns='u' xmlns='v'/>", Malformed::DuplicateAttribute, 14);
    accepted("<a xmlns:p='u' xmlns='u' p:b='1' b='2'/>", "<{u}a {u}b=1 {}b=2|>");
}

#[test]
fn xml_and_xmlns_are_not_to_be_played_with() {
    refused("<xmlns:a/>", Malformed::ReservedPrefix, 2);
    refused("<a xmlns:xmlns='u'/>", Malformed::ReservedPrefix, 4);
    refused("<a xmlns:xml='u'/>", Malformed::ReservedPrefix, 4);
    refused("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", Malformed::ReservedPrefix, 4);
    refused("<a xmlns='http://www.w3.org/2000/xmlns/'/>", Malformed::ReservedPrefix, 4);
    refused("<a xmlns:p=''/>", Malformed::EmptyNamespace, 4);
    accepted("<a xmlnsx='1' xmlns1:b='2' xmlns:xmlns1='u'/>", "<{}a {}xmlnsx=1 {u}b=2|>");
}

#[test]
fn a_namespace_name_is_a_uri() {
    refused("<a xmlns='u v'/>", Malformed::BadNamespaceName, 4);
    refused("<a xmlns='u\nv'/>", Malformed::BadNamespaceName, 4);
    refused("<a xmlns:p='urn:æ'/>", Malformed::BadNamespaceName, 4);
}

#[test]
fn an_xml_id_is_a_name_and_stands_once() {
    accepted("<a xml:id='i'><b id='i'/></a>", "<{}a {http://www.w3.org/XML/1998/namespace}id=i|<{}b {}id=i|>>");
    refused("<a xml:id='1'/>", Malformed::BadXmlId, 4);
    refused("<a xml:id=''/>", Malformed::BadXmlId, 4);
    refused("<a xml:id='i'><b xml:id=' i '/></a>", Malformed::BadXmlId, 18);
}

#[test]
fn the_declaration_stands_first_and_is_well_formed() {
    refused(" <?xml version='1.0'?><a/>", Malformed::MisplacedDeclaration, 2);
    refused("<a><?xml version='1.0'?></a>", Malformed::MisplacedDeclaration, 4);
    refused("<?xml version='1.0'?><?xml version='1.0'?><a/>", Malformed::MisplacedDeclaration, 22);
    refused("<?xml version='1.1'?><a/>", Malformed::VersionNotAccepted, 20);
    refused("<?xml version='1.0' standalone='true'?><a/>", Malformed::BadDeclaration, 38);
    refused("<?xml?><a/>", Malformed::BadDeclaration, 6);
    refused("<?xml version='1.0?>'?><a/>", Malformed::VersionNotAccepted, 22);
}

#[test]
fn processing_instructions_have_a_name_that_is_not_xml() {
    refused("<?XML version='1.0'?><a/>", Malformed::ReservedTarget, 1);
    refused("<a><?xMl?></a>", Malformed::ReservedTarget, 4);
    refused("<??><a/>", Malformed::BadProcessingInstruction, 1);
    refused("<? p?><a/>", Malformed::BadProcessingInstruction, 1);
    refused("<?p:q x?><a/>", Malformed::BadProcessingInstruction, 1);
    refused("<?p+?><a/>", Malformed::BadProcessingInstruction, 1);
    accepted("<?p ?? > ?><?xml-stylesheet x?><a/>", "<{}a|>");
}

#[test]
fn a_document_type_is_refused_unread() {
    for text in ["<!DOCTYPE a><a/>", "<!doctype a [<!ENTITY x 'y'>]><a>&x;</a>", "<!DOCTYPE", "<a><!DOCTYPE a></a>"] {
        assert_eq!(events(text, Limits::default()).expect_err(text).kind, TroubleKind::Doctype);
    }
}

#[test]
fn every_limit_lets_pass_what_it_says_and_no_more() {
    let none = Limits::default();
    accepted(&("<a>".repeat(64) + &"</a>".repeat(64)), &("<{}a|".repeat(64) + &">".repeat(64)));
    too_much(&"<a>".repeat(65), none, Limit::DepthElements);
    let limits = Limits { elements_total: 3, ..none };
    assert!(events("<a><b/><b/></a>", limits).is_ok());
    too_much("<a><b/><b/><b/></a>", limits, Limit::ElementsTotal);
    let limits = Limits { document_bytes: 4, ..none };
    assert!(events("<a/>", limits).is_ok());
    too_much("<a/> ", limits, Limit::DocumentBytes);
    let limits = Limits { text_bytes: 3, ..none };
    assert!(events("<a>abc<b/>&lt;b<![CDATA[c]]></a>", limits).is_ok());
    for long in ["<a>abcd</a>", "<a>ab&lt;d</a>", "<a>ab<![CDATA[cd]]></a>", "<a>abc<!-- -->d</a>", "<a>ab\r\nc</a>"] {
        too_much(long, limits, Limit::TextBytes);
    }
    let limits = Limits { namespace_declarations_total: 2, ..none };
    assert!(events("<a xmlns='u'><b xmlns:p='v'/></a>", limits).is_ok());
    too_much("<a xmlns='u'><b xmlns:p='v'/><c xmlns=''/></a>", limits, Limit::NamespaceDeclarationsTotal);
    too_much(&format!("<a b='{}'/>", "x".repeat(64 * 1024 + 1)), none, Limit::AttributeValueBytes);
    too_much(&format!("<{}/>", "x".repeat(257)), none, Limit::NameBytes);
    let many: String = (0..65).map(|n| format!(" a{n}=''")).collect();
    too_much(&format!("<a{many}/>"), none, Limit::AttributesPerElement);
}

#[test]
fn after_a_trouble_the_reader_says_nothing_else() {
    let mut reader = Reader::new("<a>&x;</a>", Limits::default());
    assert!(matches!(reader.next(), Ok(Event::Start(_))));
    let first = reader.next().err();
    assert!(first.is_some() && reader.next().err() == first);
}

#[test]
fn the_end_can_be_read_again() {
    let mut reader = Reader::new("<a/>", Limits::default());
    while !matches!(reader.next(), Ok(Event::Eof)) {}
    assert!(matches!(reader.next(), Ok(Event::Eof)));
}

#[test]
fn a_start_resolves_prefixes_used_in_values() {
    let mut reader = Reader::new("<a xmlns:m='urn:m'/>", Limits::default());
    let Ok(Event::Start(start)) = reader.next() else { panic!("a start") };
    assert_eq!((start.namespace_of("m"), start.namespace_of("")), (Some("urn:m"), Some("")));
    assert_eq!(start.namespace_of("n"), None);
}

#[test]
fn the_offset_is_where_the_event_begins() {
    let mut reader = Reader::new("<a> <!-- c --><b>t</b></a>", Limits::default());
    let mut offsets = Vec::new();
    while !matches!(reader.next(), Ok(Event::Eof)) {
        offsets.push(reader.offset());
    }
    assert_eq!(offsets, [0, 3, 14, 17, 18, 22]);
}
