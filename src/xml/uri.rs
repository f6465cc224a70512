//! Whether a namespace name is a URI reference by RFC 3986. It knows the grammar, not what a URI leads to.
//!
//! Namespaces 1.0 wants a URI reference and asks no parser to check. libxml2 does, and the many programs that treat its
//! errors as fatal (lxml is one) refuse the document: so it is checked here.

use super::scan::path_len;

/// RFC 3986, `URI-reference`, section 4.1.
pub(crate) fn is_reference(text: &str) -> bool {
    // What nearly all namespaces are: a host and a path of the plainest characters.
    if text.strip_prefix("http://").is_some_and(|rest| path_len(rest.as_bytes()) == rest.len()) {
        return true;
    }
    let (text, fragment) = split_before(text, b'#');
    let (hierarchy, query) = split_before(text, b'?');
    let has = |c| matches!(c, b'/' | b'?' | b':' | b'@');
    written_of(fragment, has) && written_of(query, has) && is_hierarchy(hierarchy)
}

/// What stands before the first `mark`, an ASCII character, and what behind it ("" when there is none).
fn split_before(text: &str, mark: u8) -> (&str, &str) {
    let at = text.bytes().position(|byte| byte == mark);
    at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

/// Scheme, authority and path. A colon before the first slash ends a scheme: a relative path must not have one there.
fn is_hierarchy(text: &str) -> bool {
    let rest = match text.bytes().position(|byte| matches!(byte, b':' | b'/')) {
        Some(at) if text.as_bytes()[at] == b':' => {
            if !is_scheme(&text[..at]) {
                return false;
            }
            &text[at + 1..]
        }
        _ => text,
    };
    let path = match rest.strip_prefix("//") {
        Some(behind) => {
            let end = behind.find('/').unwrap_or(behind.len());
            if !is_authority(&behind[..end]) {
                return false;
            }
            &behind[end..]
        }
        None => rest,
    };
    written_of(path, |c| matches!(c, b'/' | b':' | b'@'))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'+' | b'-' | b'.'))
}

/// `[userinfo "@"] host [":" port]`. The grammar lets a port be empty or without end; libxml2 does not, nor do we.
fn is_authority(text: &str) -> bool {
    let (user, host) = text.split_once('@').unwrap_or(("", text));
    let (is_host, behind) = match host.strip_prefix('[') {
        Some(literal) => {
            let Some((address, behind)) = literal.split_once(']') else { return false };
            (address.bytes().all(|c| is_plain(c) || c == b':'), behind)
        }
        None => {
            let end = host.find(':').unwrap_or(host.len());
            (written_of(&host[..end], |_| false), &host[end..])
        }
    };
    let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|c| c.is_ascii_digit());
    is_host && written_of(user, |c| c == b':') && (behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port))
}

/// Unreserved characters, sub-delimiters and percent-encoded bytes, and what else the part may have.
fn written_of(text: &str, also: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, &c)| match c {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)),
        c => is_plain(c) || also(c),
    })
}

fn is_plain(c: u8) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, b'!' | b'$' | b'&'..=b'.' | b';' | b'=' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_namespaces_are_called_is_accepted() {
        for good in [
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://www.w3.org/2000/09/xmldsig#",
            "urn:oid:2.16.578.1.12.4.1.1.8279",
            "urn:ietf:params:xml:ns:icalendar-2.0",
            "http://u:p@example.org:8080/a%20b;c=d/?q=/?#/f?",
            "http://[::1]:80/",
            "http://",
            "x:",
            "a/b:c",
            "//a",
            "#",
            "?",
            "",
        ] {
            assert!(is_reference(good), "{good}");
        }
    }

    #[test]
    fn what_is_no_uri_reference_is_refused() {
        for bad in [
            "a b",
            " urn:x",
            "urn:æ",
            "1:b",
            ":b",
            "urn:x#a#b",
            "urn:[x]",
            "http://x/%zz",
            "http://x/%4",
            "http://a:b/",
            "http://a:999999/",
            "http://a@b@c/",
            "http://[::1",
            "http://[::1]x/",
            "http://a:/",
            "http://[::1]:/",
            "urn:x<y",
            "urn:\"x\"",
            "urn:x\\y",
            "urn:{x}",
            "urn:x|y",
            "urn:x^`",
        ] {
            assert!(!is_reference(bad), "{bad}");
        }
    }
}
