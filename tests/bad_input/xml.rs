//! Bytes that are no XML, or XML that must not be read.

use super::case::{Case, Expect, REFUSED, UNREADABLE, body, letter, letter_around, letter_with};

pub fn cases() -> Vec<Case> {
    [no_xml(), cut_off(), encodings(), document_types(), too_much(), ill_formed(), other_roots()]
        .into_iter()
        .flatten()
        .collect()
}

fn no_xml() -> Vec<Case> {
    vec![
        body("plain text", "Pasienten er innlagt.", UNREADABLE),
        body("JSON", "{\"MsgHead\": {}}", UNREADABLE),
        body("nothing at all", "", Expect::Problem(400, "message-empty")),
        body("white space only", " \r\n\t \n", UNREADABLE),
        body("a byte order mark and nothing else", "\u{feff}", UNREADABLE),
        body("NUL bytes", vec![0; 4096], UNREADABLE),
        body("a NUL byte inside a message", letter_around("\0"), REFUSED),
        body("noise", (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>(), UNREADABLE),
        body("a ZIP file", b"PK\x03\x04\x14\0\x08\0\x08\0".to_vec(), UNREADABLE),
        body("a PDF file", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj", UNREADABLE),
    ]
}

/// After the head there is somebody who can be told by an AppRec (T01); before its end there is not.
fn cut_off() -> Vec<Case> {
    let up_to = |part: &str| {
        let message = letter();
        let at = message.find(part).unwrap_or_else(|| panic!("no {part}"));
        message[..at].to_string()
    };
    let name = letter_with(&[("Stille", "Bjørk")]);
    let middle_of_a_letter = name.find("ørk").expect("a letter of two bytes") + 1;
    vec![
        body("cut off in the XML declaration", up_to("encoding="), UNREADABLE),
        body("cut off in the root tag", up_to("xmlns="), UNREADABLE),
        body("cut off before the MsgId", up_to("<MsgId>"), UNREADABLE),
        body("cut off in the sender", up_to("<OrganisationName>Ortopedisk"), UNREADABLE),
        body("cut off before the receiver", up_to("<Receiver>"), UNREADABLE),
        body("cut off in the patient", up_to("<GivenName>"), REFUSED),
        body("cut off after the head", up_to("<Document>"), REFUSED),
        body("cut off in the content", up_to("<po:Anslag>"), REFUSED),
        body("cut off before the last tag", up_to("</MsgHead>"), REFUSED),
        body("cut off in the middle of a letter", name.as_bytes()[..middle_of_a_letter].to_vec(), UNREADABLE),
    ]
}

fn encodings() -> Vec<Case> {
    let utf_16 = |big: bool| {
        let units = letter_with(&[("UTF-8", "UTF-16")]);
        let two = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        "\u{feff}".encode_utf16().chain(units.encode_utf16()).flat_map(two).collect::<Vec<u8>>()
    };
    let latin_1 = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect::<Vec<u8>>();
    vec![
        body("UTF-16, little end first", utf_16(false), UNREADABLE),
        body("UTF-16, big end first", utf_16(true), UNREADABLE),
        body("ISO-8859-1 that says it is UTF-8", latin_1(&letter()), UNREADABLE),
        body("UTF-8 that says it is UTF-16", letter_with(&[("UTF-8", "UTF-16")]), UNREADABLE),
        body("an encoding that we do not read", letter_with(&[("UTF-8", "windows-1252")]), UNREADABLE),
        body("an encoding that nobody knows", letter_with(&[("UTF-8", "SAMI-7")]), UNREADABLE),
        body("two byte order marks", format!("\u{feff}\u{feff}{}", letter()), UNREADABLE),
        body("a byte order mark of another encoding", [&[0xfe, 0xff][..], letter().as_bytes()].concat(), UNREADABLE),
        body("half a surrogate in UTF-8", [letter().as_bytes(), &[0xed, 0xa0, 0x80]].concat(), UNREADABLE),
        body("UTF-8 longer than it need be", [letter().as_bytes(), &[0xc0, 0xaf]].concat(), UNREADABLE),
    ]
}

fn document_types() -> Vec<Case> {
    let with = |doctype: &str, inside: &str| {
        letter_around(inside).replace("<MsgHead xmlns", &format!("<!DOCTYPE MsgHead {doctype}>\n<MsgHead xmlns"))
    };
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    vec![
        body("a document type", with("", ""), UNREADABLE),
        body("a document type from outside", with("SYSTEM \"http://127.0.0.1:1/x.dtd\"", ""), UNREADABLE),
        body("an entity bomb", with(&format!("[<!ENTITY l0 \"ha\">{laughs}]"), "&l9;"), UNREADABLE),
        body("an entity that is a file", with("[<!ENTITY f SYSTEM \"file:///etc/passwd\">]", "&f;"), UNREADABLE),
        body("an entity that is an address", with("[<!ENTITY f SYSTEM \"http://127.0.0.1:1/\">]", "&f;"), UNREADABLE),
        body("a parameter entity", with("[<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\"> %p;]", ""), UNREADABLE),
        body("an entity that nobody declares", letter_around("&patient;"), REFUSED),
    ]
}

fn too_much() -> Vec<Case> {
    let nested = |times: usize| format!("{}{}", "<a>".repeat(times), "</a>".repeat(times));
    let attributes = |times: usize| (0..times).map(|n| format!(" a{n}=\"\"")).collect::<String>();
    let namespaces: String = (0..1100).map(|n| format!("<a xmlns:n{n}=\"urn:{n}\"/>")).collect();
    let tag = |inside: &str| format!("<a{inside}/>");
    vec![
        body("elements nested too deeply in the content", letter_around(&nested(100)), REFUSED),
        body("elements nested without end", "<a>".repeat(50_000), UNREADABLE),
        body("too many attributes", letter_around(&tag(&attributes(100))), REFUSED),
        body("an attribute that is too long", letter_around(&tag(&format!(" a=\"{}\"", "x".repeat(70_000)))), REFUSED),
        body("too many namespaces", letter_around(&namespaces), REFUSED),
        body("a name that is too long", letter_around(&tag("x".repeat(300).as_str())), REFUSED),
        body("too many elements", letter_around(&"<a/>".repeat(30_000)), REFUSED),
    ]
}

fn ill_formed() -> Vec<Case> {
    vec![
        body("tags that do not match", letter_around("<a></b>"), REFUSED),
        body("two attributes of one name", letter_around("<a b=\"1\" b=\"2\"/>"), REFUSED),
        body(
            "two attributes of one name by namespace",
            letter_around("<a xmlns:p=\"u\" xmlns:q=\"u\" p:b=\"1\" q:b=\"2\"/>"),
            REFUSED,
        ),
        body("a prefix that is not bound", letter_around("<nobody:a/>"), REFUSED),
        body("a control character", letter_around("\u{1}"), REFUSED),
        body("a reference to a control character", letter_around("&#1;"), REFUSED),
        body("a CDATA section that does not end", letter_around("<![CDATA["), REFUSED),
        body("a comment in a comment", letter_around("<!-- a -- b -->"), REFUSED),
        body("an attribute without quotes", letter_around("<a b=1/>"), REFUSED),
        body("something after the end", letter() + "<a/>", REFUSED),
        body("two messages in one", letter() + &letter(), REFUSED),
        body("something before the declaration", format!("\n{}", letter()), UNREADABLE),
        body("XML 1.1", letter_with(&[("version=\"1.0\"", "version=\"1.1\"")]), UNREADABLE),
    ]
}

fn other_roots() -> Vec<Case> {
    let namespace = "http://www.kith.no/xmlstds/msghead/2006-05-24";
    vec![
        body("another root", "<Melding/>", UNREADABLE),
        body(
            "a head of a version that does not exist",
            letter_with(&[(namespace, "http://www.kith.no/xmlstds/msghead/2031-01-01")]),
            UNREADABLE,
        ),
        body("a head without its namespace", letter_with(&[(&format!(" xmlns=\"{namespace}\""), "")]), UNREADABLE),
        body(
            "a head in an envelope of SOAP",
            format!(
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{}</s:Body></s:Envelope>",
                "<x/>"
            ),
            UNREADABLE,
        ),
        body("a web page", "<!doctype html><html><body><p>502 Bad Gateway</body></html>", UNREADABLE),
        body(
            "an AppRec of a version that does not exist",
            "<AppRec xmlns=\"http://www.kith.no/xmlstds/apprec/2031-01-01\"/>",
            UNREADABLE,
        ),
    ]
}
