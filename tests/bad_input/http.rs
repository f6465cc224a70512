//! Requests that are wrong before anybody looks at the message.

use super::case::{Case, Expect, HOSPITAL, Request, letter, wire};
use super::live::{post, post_as};

const TOKEN: &str = "Authorization: Bearer demo-token-storfjell-sykehus";
const XML: &str = "Content-Type: application/xml";

/// The largest message of the gateway that is asked, in bytes.
pub const MESSAGE_BYTES: usize = 256 * 1024;

pub fn cases() -> Vec<Case> {
    [tokens(), content_types(), sizes(), half_said(), paths(), protocol()].into_iter().flatten().collect()
}

fn with(name: &'static str, lines: &[&str], expect: Expect) -> Case {
    wire(name, post(lines, letter().as_bytes()), expect)
}

fn tokens() -> Vec<Case> {
    let missing = || Expect::Problem(401, "token-missing");
    let unknown = || Expect::Problem(401, "token-unknown");
    vec![
        with("no token", &[XML], missing()),
        with("a token that nobody has", &[XML, "Authorization: Bearer 14854131010"], unknown()),
        with("an empty token", &[XML, "Authorization: Bearer "], missing()),
        with("a password instead of a token", &[XML, "Authorization: Basic c3RvcmZqZWxsOmhlbW1lbGln"], missing()),
        with("a token without its scheme", &[XML, "Authorization: demo-token-storfjell-sykehus"], missing()),
        with("two tokens", &[XML, TOKEN, TOKEN], missing()),
        with("half a token", &[XML, "Authorization: Bearer demo-token-storfjell"], unknown()),
    ]
}

fn content_types() -> Vec<Case> {
    let not_xml = || Expect::Problem(415, "content-type-not-xml");
    vec![
        with("no content type", &[TOKEN], not_xml()),
        with("plain text by its content type", &[TOKEN, "Content-Type: text/plain"], not_xml()),
        with("a form by its content type", &[TOKEN, "Content-Type: multipart/form-data; boundary=x"], not_xml()),
        with("another charset by its content type", &[TOKEN, "Content-Type: application/xml; charset=utf-16"], not_xml()),
        with("a compressed body", &[TOKEN, XML, "Content-Encoding: gzip"], Expect::Problem(415, "content-encoded")),
    ]
}

fn sizes() -> Vec<Case> {
    let too_large = || Expect::Problem(413, "message-too-large");
    let chunk = format!("{:x}\r\n{}\r\n", 64 * 1024, "x".repeat(64 * 1024));
    let chunked = format!("{}{}0\r\n\r\n", head("Transfer-Encoding: chunked"), chunk.repeat(5));
    vec![
        wire("a body that is too large", post_as(HOSPITAL, &vec![b'x'; MESSAGE_BYTES + 1]), too_large()),
        wire("a body that says it is too large", head("Content-Length: 99999999999"), too_large()),
        wire("a body that is too large, in pieces", chunked, too_large()),
        wire("a body longer than any number", head("Content-Length: 99999999999999999999999999"), Expect::Status(400)),
    ]
}

fn half_said() -> Vec<Case> {
    let half = |name, expect, then_close| {
        let bytes = format!("{}{}", head("Content-Length: 5000"), &letter()[..900]).into_bytes();
        Case { name, requests: vec![Request { bytes, then_close }], expect }
    };
    let chunk = format!("{}400\r\n{}", head("Transfer-Encoding: chunked"), &letter()[..900]).into_bytes();
    let broken = Request { bytes: chunk, then_close: true };
    vec![
        half("a body that comes too slowly", Expect::Problem(408, "message-too-slow"), false),
        half("a body that breaks off", Expect::Problem(400, "message-cut-short"), true),
        Case { name: "a piece that breaks off", requests: vec![broken], expect: Expect::Problem(400, "message-cut-short") },
    ]
}

fn paths() -> Vec<Case> {
    let ask = |name, line: &str, expect| {
        wire(name, format!("{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{TOKEN}\r\n\r\n"), expect)
    };
    let misread = || Expect::Problem(404, "tracking-id-misread");
    vec![
        ask("another path", "POST /message", Expect::Problem(404, "no-such-path")),
        ask("a path out of the folder", "GET /../../etc/passwd", Expect::Problem(404, "no-such-path")),
        ask("another method", "DELETE /messages", Expect::Problem(405, "no-such-method")),
        ask("a method that nobody knows", "SEND /messages", Expect::Problem(405, "no-such-method")),
        ask("a tracking id that was misheard", "GET /messages/K7QP2-MFX9X", misread()),
        ask("a person's number for tracking id", "GET /messages/14854131010", misread()),
        ask("a path that is no text", "GET /messages/%FF%FE", misread()),
        ask("a tracking id of nothing", "GET /messages/00000-00000", Expect::Problem(404, "message-unknown")),
        ask("a problem that does not exist", "GET /problems/hemmelig", Expect::Problem(404, "no-such-path")),
    ]
}

fn protocol() -> Vec<Case> {
    let many: String = (0..200).map(|n| format!("X-{n}: x\r\n")).collect();
    let long = format!("X-Long: {}\r\n", "x".repeat(300_000));
    let begun = |more: &str| format!("POST /messages HTTP/1.1\r\nHost: x\r\n{TOKEN}\r\n{more}\r\n");
    vec![
        wire("no HTTP at all", "\x16\x03\x01\x02\0\x01\0\x01\u{fc}\x03\x03\r\n\r\n", Expect::Status(400)),
        wire("a message without HTTP around it", letter(), Expect::Status(400)),
        wire("too many header lines", begun(&many), Expect::Status(431)),
        wire("a header line that is too long", begun(&long), Expect::Status(431)),
        wire("a header line with a control character", begun("X-Bad: a\u{1}b\r\n"), Expect::Status(400)),
        wire("two lengths that differ", begun("Content-Length: 5\r\nContent-Length: 6\r\n"), Expect::Status(400)),
        wire(
            "pieces of no size",
            format!("{}zz\r\n", head("Transfer-Encoding: chunked")),
            Expect::Problem(400, "message-cut-short"),
        ),
    ]
}

/// The head of a good request with one more line about its body.
fn head(line: &str) -> String {
    format!("POST /messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{TOKEN}\r\n{XML}\r\n{line}\r\n\r\n")
}
