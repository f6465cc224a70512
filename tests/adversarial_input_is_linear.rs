//! The promise: no document that the reader lets through, and no schema file, makes validation hang or eat memory. Inputs are as large
//! as the limits allow, or larger with the limits lifted, and made to be bad: what is quadratic would take hours.
//!
//! Each runs under a guard against hanging, which is far above what any machine needs and says nothing about speed.

use bindeledd::messages::schemas::shipped;
use bindeledd::schema::{Problem, SchemaFile, SchemaSet, validate};
use bindeledd::translation::versions::{Edition, translate};
use bindeledd::xml::{Limits, Tree, Trouble, TroubleKind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// When a case is given up as hanging.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// Siblings of the cases with many.
const SIBLINGS: usize = 100_000;

/// Does something on a thread of its own; fails when it does not come back.
fn guarded<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = sync_channel(1);
    let runs = std::thread::spawn(move || drop(done.send(work())));
    match result.recv_timeout(HANGS_AFTER) {
        Ok(value) => value,
        Err(RecvTimeoutError::Timeout) => panic!("{what}: still not done after {HANGS_AFTER:?}"),
        Err(RecvTimeoutError::Disconnected) => {
            std::panic::resume_unwind(runs.join().expect_err("it ended without a result"))
        }
    }
}

/// A valid message in which one thing is replaced.
fn message(replace: &str, with: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plo/accepted/log-innlagt-1.6.xml");
    let text = std::fs::read_to_string(path).expect("reads");
    assert!(text.contains(replace), "the fixture has no {replace}");
    text.replacen(replace, with, 1)
}

/// More than the gateway allows, so that the engine itself is tried.
fn roomy() -> Limits {
    Limits {
        document_bytes: 200 << 20,
        attribute_value_bytes: 20 << 20,
        text_bytes: 50 << 20,
        elements_total: 5_000_000,
        namespace_declarations_total: 1_000_000,
        ..Limits::default()
    }
}

/// Judges a document by our own schemas.
fn judged(what: &str, text: String, limits: Limits) -> (Vec<Problem>, Option<Trouble>) {
    guarded(what, move || validate(&shipped(), &text, &limits))
}

/// How many problems a document has that can be read.
fn problems(what: &str, text: String) -> usize {
    let (problems, trouble) = judged(what, text, roomy());
    assert_eq!(trouble, None, "{what}");
    problems.len()
}

const IDENT: &str = "<Ident><Id>1</Id><TypeId V=\"HER\"/></Ident>";
const BEFORE_PATIENT: &str = "<Patient>";

#[test]
fn a_megabyte_of_digits_against_the_pattern_of_identifiers() {
    let digits = "7".repeat(1 << 20);
    let with = |s: String| message("V=\"HER\" S=\"2.16.578.1.12.4.1.1.9051\"", &format!("V=\"HER\" S=\"{s}\""));
    assert_eq!(problems("digits", with(digits.clone())), 0);
    assert_eq!(problems("digits and a dot", with(digits.clone() + ".")), 1);
    assert_eq!(problems("digits and a letter", with(digits + "x")), 1);
    assert_eq!(problems("digits and dots", with("7.".repeat(1 << 19))), 1);
    assert_eq!(problems("arcs", with("7.".repeat(1 << 19) + "7")), 0);
}

#[test]
fn a_hundred_thousand_siblings() {
    let many = |one: &str| message(BEFORE_PATIENT, &(one.repeat(SIBLINGS) + BEFORE_PATIENT));
    for (what, one) in [
        ("unknown", "<Ukjent/>"),
        ("of a foreign namespace", "<f:x xmlns:f=\"urn:example:f\"/>"),
        ("too many", "<GenDate>2026-03-02T10:15:00</GenDate>"),
        ("right and wrong in turn", "<ConversationRef/><Ukjent/>"),
        ("text", "tekst<Ukjent/>"),
    ] {
        assert!(problems(what, many(one)) >= 1, "{what}");
    }
    let right = message("<Patient>", &format!("<Patient>{}", "")).replacen(
        "<GivenName>Stille</GivenName>",
        &format!("<GivenName>Stille</GivenName>{}", IDENT.repeat(SIBLINGS)),
        1,
    );
    assert_eq!(problems("right", right.clone()), 0);
    let wrong = right.replace("<TypeId V=\"HER\"/>", "<TypeId V=\"HER\" S=\"x\" W=\"1\"/>");
    assert!(problems("right with wrong attributes", wrong) >= 1);
}

#[test]
fn what_a_wildcard_lets_in() {
    let many = message("<Content>", &format!("<Content>{}", "<f:x xmlns:f=\"urn:example:f\"/>".repeat(SIBLINGS)));
    assert!(problems("strictly", many) >= 1);
    let organisations = "<m:Organisation xmlns:m=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"/>".repeat(SIBLINGS);
    assert_eq!(problems("known", message("<Content>", &format!("<Content>{organisations}"))), 0);
}

#[test]
fn as_deep_and_as_wide_as_the_limits_allow() {
    let depth = Limits::default().depth_elements - 2;
    let deep = |name: &str| format!("<{name}>").repeat(depth) + &format!("</{name}>").repeat(depth);
    for name in ["Ukjent", "Organisation", "Sender"] {
        assert!(problems(name, message(BEFORE_PATIENT, &(deep(name) + BEFORE_PATIENT))) >= 1);
        let many = deep(name).repeat(2000);
        assert!(problems(name, message(BEFORE_PATIENT, &(many + BEFORE_PATIENT))) >= 1);
    }
    let attributes: String = (0..62).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let wide = format!("<CS{attributes}/>").repeat(5000);
    assert!(problems("attributes", message(BEFORE_PATIENT, &(wide + BEFORE_PATIENT))) >= 1);
    let value = "å".repeat(Limits::default().attribute_value_bytes / 2);
    let long = format!("<Type V=\"{value}\" DN=\"{value}\" S=\"{value}\"/>").repeat(200);
    assert!(problems("long values", message(BEFORE_PATIENT, &(long + BEFORE_PATIENT))) >= 1);
}

#[test]
fn half_a_million_elements() {
    let limits = Limits::default();
    let many = message(BEFORE_PATIENT, &("<a/>".repeat(limits.elements_total - 200) + BEFORE_PATIENT));
    let (problems, trouble) = judged("half a million", many, limits);
    assert_eq!(trouble, None);
    assert!(!problems.is_empty());
}

#[test]
fn many_namespaces_and_types() {
    let xsi = "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";
    let one =
        |n: usize| format!("<p{n}:x xmlns:p{n}=\"urn:example:{n}\" {xsi} i:type=\"p{n}:T{n}\" i:nil=\"true\" i:x=\"\"/>");
    let many: String = (0..SIBLINGS / 4).map(one).collect();
    assert!(problems("namespaces", message(BEFORE_PATIENT, &(many + BEFORE_PATIENT))) >= 1);
}

#[test]
fn many_identifiers() {
    let signature = |objects: &str| {
        let start = "<d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo><d:CanonicalizationMethod \
                     Algorithm=\"urn:a\"/><d:SignatureMethod Algorithm=\"urn:a\"/><d:Reference><d:DigestMethod Algorithm=\"urn:a\"/>\
                     <d:DigestValue>AAAA</d:DigestValue></d:Reference></d:SignedInfo><d:SignatureValue>AAAA</d:SignatureValue>";
        message("</MsgHead>", &format!("{start}{objects}</d:Signature></MsgHead>"))
    };
    let different: String = (0..SIBLINGS).map(|n| format!("<d:Object Id=\"i{n}\"/>")).collect();
    assert_eq!(problems("different", signature(&different)), 0);
    assert!(problems("the same", signature(&"<d:Object Id=\"i\"/>".repeat(SIBLINGS))) >= 1);
}

/// Into the older version and back; says how long the text became.
fn there_and_back(what: &str, text: String, older: Edition) -> usize {
    let put = |text: &str, edition: Edition| {
        let (tree, trouble) = Tree::read(text, &roomy());
        assert_eq!(trouble, None);
        translate(tree.root().expect("a root"), &edition.alone(), true).text
    };
    guarded(what, move || put(&put(&text, older), older.other()).len())
}

#[test]
fn a_hundred_thousand_things_that_the_other_version_has_no_place_for() {
    const PO: &str = "http://www.kith.no/xmlstds/po";
    let plo = |root: &str, inside: &str| {
        let component = format!("xmlns=\"{PO}/poKomponent/2012-04-01\"");
        format!("<p:{root} xmlns:p=\"{PO}/{root}/2012-04-01\" {component}><InformasjonOmForsendelsen/>{inside}</p:{root}>")
    };
    let dialog = |inside: &str| {
        format!(
            "<Dialogmelding xmlns=\"http://www.kith.no/xmlstds/dialog/2013-01-23\"><Foresporsel>{inside}</Foresporsel></Dialogmelding>"
        )
    };
    let stay =
        "<OpplysningOpphold><TidsfestetHendelse><TidspunktForHendelse V=\"2026\"/></TidsfestetHendelse></OpplysningOpphold>";
    let relative =
        "<ParorendeForesatt><FodselsarMindrearigParorende>2015</FodselsarMindrearigParorende></ParorendeForesatt>";
    let unit = format!("<TilknyttetEnhet>{}</TilknyttetEnhet>", "<Ident/>".repeat(SIBLINGS));
    let cases = [
        ("stays", plo("HelseopplysningerVedSoknad", &stay.repeat(SIBLINGS)), Edition::Plo15),
        ("relatives", plo("Innleggelsesrapport", &relative.repeat(SIBLINGS)), Edition::Plo15),
        (
            "appointments",
            plo(
                "TverrfagligEpikrise",
                &"<InfoKontrolltime><InformasjonOmTentativTime/></InfoKontrolltime>".repeat(SIBLINGS),
            ),
            Edition::Plo15,
        ),
        ("kinds", dialog(&"<TypeJournalinfo V=\"1\"/>".repeat(SIBLINGS)), Edition::Dialog10),
        ("roles", dialog(&"<RollerRelatertNotat/>".repeat(SIBLINGS)), Edition::Dialog10),
        ("identifiers of a unit", dialog(&format!("<RollerRelatertNotat>{unit}</RollerRelatertNotat>")), Edition::Dialog10),
    ];
    for (what, text, older) in cases {
        assert!(there_and_back(what, text, older) > SIBLINGS, "{what}");
    }
}

#[test]
fn entities_never_grow() {
    let laughs = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">]><a>&c;</a>";
    let (_, trouble) = judged("a document type", laughs.to_string(), Limits::default());
    assert!(trouble.is_some_and(|trouble| trouble.kind == TroubleKind::Doctype));
    let (_, trouble) = judged("an entity", message("Ørn", "&c;"), Limits::default());
    assert!(trouble.is_some());
}

/// A schema with what our own have not: lists, unions, numbers, patterns that invite going back.
const BIG_VALUES: &str = r##"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="twice"><xs:restriction base="xs:string"><xs:pattern value="(a|a)*b"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="nested"><xs:restriction base="xs:string"><xs:pattern value="((a*)*)*c"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="counted"><xs:restriction base="xs:string"><xs:pattern value="(a{1,20}){1,20}[a-z-[aeiou]]"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="short"><xs:restriction base="xs:token"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="either"><xs:union memberTypes="xs:date xs:dateTime xs:decimal xs:boolean"/></xs:simpleType>
  <xs:simpleType name="dates"><xs:list itemType="either"/></xs:simpleType>
  <xs:element name="all"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element name="twice" type="twice"/><xs:element name="nested" type="nested"/><xs:element name="counted" type="counted"/>
    <xs:element name="short" type="short"/><xs:element name="either" type="either"/><xs:element name="dates" type="dates"/>
    <xs:element name="integer" type="xs:integer"/><xs:element name="decimal" type="xs:decimal"/><xs:element name="long" type="xs:long"/>
    <xs:element name="double" type="xs:double"/><xs:element name="date" type="xs:date"/><xs:element name="dateTime" type="xs:dateTime"/>
    <xs:element name="duration" type="xs:duration"/><xs:element name="base64" type="xs:base64Binary"/>
    <xs:element name="hex" type="xs:hexBinary"/><xs:element name="tokens" type="xs:NMTOKENS"/><xs:element name="uri" type="xs:anyURI"/>
    <xs:element name="language" type="xs:language"/><xs:element name="name" type="xs:NCName"/>
  </xs:choice></xs:complexType></xs:element>
</xs:schema>"##;

#[test]
fn ten_megabytes_as_a_value_of_every_kind() {
    let set = || SchemaSet::compile(&[SchemaFile { name: "big.xsd", bytes: BIG_VALUES.as_bytes() }]).expect("compiles");
    let names = "twice nested counted short either dates integer decimal long double date dateTime duration base64 hex tokens uri \
                 language name";
    let fillings = ["7", "a", "a ", "-", ".7", " ", "A=", "2026-03-02 ", "%41"];
    let size = 10_000_000;
    for name in names.split_whitespace() {
        for filling in fillings {
            let text = format!("<all><{name}>{}</{name}></all>", filling.repeat(size / filling.len()));
            let trouble = guarded(name, move || validate(&set(), &text, &roomy()).1);
            assert_eq!(trouble, None, "{name}");
        }
    }
}

#[test]
fn schemas_that_would_grow_are_refused_or_compiled_but_never_hang() {
    let of_type = |content: &str| {
        format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"r\"><xs:complexType>{content}\
             </xs:complexType></xs:element></xs:schema>"
        )
    };
    let element = "<xs:element name=\"a\" type=\"xs:string\" maxOccurs=\"1000000000\"/>";
    let counted = |inner: &str| format!("<xs:sequence minOccurs=\"1000\" maxOccurs=\"1000\">{inner}</xs:sequence>");
    let pattern = |pattern: &str| {
        format!(
            "<xs:simpleContent><xs:restriction base=\"xs:string\"><xs:pattern value=\"{pattern}\"/></xs:restriction></xs:simpleContent>"
        )
    };
    let elements: String = (0..20_000).map(|n| format!("<xs:element name=\"e{n}\" minOccurs=\"0\"/>")).collect();
    let cases = [
        ("counted once", of_type(&format!("<xs:sequence>{element}</xs:sequence>"))),
        ("counted within counted", of_type(&counted(&counted(&counted(element))))),
        ("a wide sequence of what may be missing", of_type(&format!("<xs:sequence>{elements}</xs:sequence>"))),
        ("a wide choice", of_type(&format!("<xs:choice maxOccurs=\"unbounded\">{elements}</xs:choice>"))),
        ("deep groups", of_type(&("<xs:sequence>".repeat(50) + "<xs:element name=\"a\"/>" + &"</xs:sequence>".repeat(50)))),
        ("a pattern within a pattern", of_type(&pattern("((a{1000}){1000}){1000}"))),
        ("a long pattern", of_type(&pattern(&"(a|b)*".repeat(10_000)))),
    ];
    for (what, text) in cases {
        guarded(what, move || {
            let limits = roomy();
            if let Ok(set) = SchemaSet::compile(&[SchemaFile { name: "grows.xsd", bytes: text.as_bytes() }]) {
                validate(&set, &format!("<r>{}</r>", "<a/>".repeat(SIBLINGS)), &limits);
            }
        });
    }
}
