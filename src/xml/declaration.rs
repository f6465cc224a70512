//! The XML declaration `<?xml version="1.0" … ?>`: production 23 and its parts. It knows syntax, not character sets.

use super::chars::{blank_len, is_white};
use super::trouble::{Fail, Malformed};

/// What a well-formed declaration says that matters to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declaration<'a> {
    pub encoding: Option<&'a str>,
    /// Length in bytes, `<?xml` to `?>`.
    pub len: usize,
}

/// Whether a declaration begins here, be it well-formed or not.
pub(super) fn begins(text: &str) -> bool {
    text.strip_prefix("<?xml").is_some_and(|rest| rest.is_empty() || rest.starts_with('?') || is_white(rest.as_bytes()[0]))
}

/// Reads the declaration at the head of the text; `None` when there is none.
pub(super) fn read(text: &str) -> Result<Option<Declaration<'_>>, Fail> {
    if !begins(text) {
        return Ok(None);
    }
    let mut scan = Scan { text, at: "<?xml".len() };
    let version = scan.pseudo_attribute("version")?.ok_or_else(|| scan.bad())?;
    check_version(version).map_err(|why| Fail::malformed(why, scan.at))?;
    let encoding = scan.pseudo_attribute("encoding")?;
    if encoding.is_some_and(|name| !is_encoding_name(name)) {
        return Err(scan.bad());
    }
    let standalone = scan.pseudo_attribute("standalone")?;
    if standalone.is_some_and(|value| value != "yes" && value != "no") {
        return Err(scan.bad());
    }
    scan.skip_blank();
    if !scan.rest().starts_with("?>") {
        return Err(scan.bad());
    }
    Ok(Some(Declaration { encoding, len: scan.at + 2 }))
}

/// Any 1.x is well-formed in the fifth edition, but other parsers refuse or warn: only 1.0 passes.
fn check_version(version: &str) -> Result<(), Malformed> {
    match version {
        "1.0" => Ok(()),
        _ => Err(Malformed::VersionNotAccepted),
    }
}

/// Production 81, `EncName`.
fn is_encoding_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn bad(&self) -> Fail {
        Fail::malformed(Malformed::BadDeclaration, self.at)
    }

    fn skip_blank(&mut self) -> usize {
        let len = blank_len(self.rest().as_bytes());
        self.at += len;
        len
    }

    /// `S name Eq quoted`; `None` (and nothing consumed) when another name or the end stands here.
    fn pseudo_attribute(&mut self, name: &str) -> Result<Option<&'a str>, Fail> {
        let before = self.at;
        let blank = self.skip_blank();
        if blank == 0 || !self.rest().starts_with(name) {
            self.at = before;
            return Ok(None);
        }
        self.at += name.len();
        self.skip_blank();
        if !self.rest().starts_with('=') {
            return Err(self.bad());
        }
        self.at += 1;
        self.skip_blank();
        let quote = match self.rest().as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => quote,
            _ => return Err(self.bad()),
        };
        let value = &self.rest()[1..];
        let len = memchr::memchr(quote, value.as_bytes()).ok_or_else(|| self.bad())?;
        self.at += len + 2;
        Ok(Some(&value[..len]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(text: &str) -> Option<&str> {
        read(text).expect("a well-formed declaration").expect("a declaration").encoding
    }

    fn refused(text: &str) -> Malformed {
        match read(text).expect_err(text).kind {
            super::super::trouble::TroubleKind::NotXml(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn version_encoding_and_standalone_are_read_in_their_order() {
        assert_eq!(encoding("<?xml version='1.0'?>"), None);
        assert_eq!(encoding("<?xml version = \"1.0\"\n encoding = 'UTF-8' standalone=\"yes\" ?><a/>"), Some("UTF-8"));
        assert_eq!(encoding("<?xml version='1.0' standalone='no'?>"), None);
    }

    #[test]
    fn a_document_without_declaration_has_none() {
        assert_eq!(read("<a/>"), Ok(None));
        assert_eq!(read("<?xml-stylesheet href='a'?><a/>"), Ok(None));
        assert_eq!(read("<?xmlx?><a/>"), Ok(None));
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn another_version_is_refused() {
        assert_eq!(refused("<?xml version='1.1'?>"), Malformed::VersionNotAccepted);
        assert_eq!(refused("<?xml version='2.0'?>"), Malformed::VersionNotAccepted);
        assert_eq!(refused("<?xml version='1.5'?>"), Malformed::VersionNotAccepted);
        assert_eq!(refused("<?xml version=' 1.0'?>"), Malformed::VersionNotAccepted);
    }

    #[test]
    fn a_badly_written_declaration_is_refused() {
        for bad in [
            "<?xml?>",
            "<?xml ?>",
            "<?xml",
            "<?xml encoding='UTF-8'?>",
            "<?xml encoding='UTF-8' version='1.0'?>",
            "<?xml version=1.0?>",
            "<?xml version='1.0\"?>",
            "<?xml version='1.0'encoding='UTF-8'?>",
            "<?xml version='1.0' encoding=''?>",
            "<?xml version='1.0' encoding='8bit'?>",
            "<?xml version='1.0' encoding='UTF 8'?>",
            "<?xml version='1.0' standalone='maybe'?>",
            "<?xml version='1.0' standalone='Yes'?>",
            "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
            "<?xml version='1.0' version='1.0'?>",
            "<?xml version='1.0' other='1'?>",
            "<?xml version='1.0'",
            "<?xml version='1.0'>",
            "<?xml version='1.0' ? >",
        ] {
            assert_eq!(refused(bad), Malformed::BadDeclaration, "{bad}");
        }
    }
}
