//! Seals: each closes an interval of lines, and says its end and the root of the tree over it.

use super::digest::{leaf, link};
use super::tree::Growing;
use crate::domain::Digest;
use crate::domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most lines under one seal: a proof is then at most 16 digests, and whoever makes one holds 4 MiB.
pub const LINES_MAX: u64 = 65_536;

/// The seal over lines `first..=last`. Its text, exactly as [`Seal::text`] writes it, is a leaf in the tree of all seals.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// Seals are numbered from 1 without a gap.
    #[serde(rename = "seal")]
    pub number: u64,
    /// Its first line: the one after the last of the seal before it.
    pub first: u64,
    /// Its last line.
    pub last: u64,
    /// The link of its last line.
    pub link: Digest,
    /// The root of the tree over its lines.
    pub root: Digest,
    /// When it was made, in milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
}

/// A text is no seal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotASeal;

impl fmt::Display for NotASeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a seal as the log writes it")
    }
}

impl Seal {
    /// The text that is hashed.
    pub fn text(&self) -> String {
        let Self { number, first, last, link, root, at } = self;
        format!(r#"{{"seal":{number},"first":{first},"last":{last},"link":"{link}","root":"{root}","at":{at}}}"#)
    }

    /// Reads a text, which must be exactly what [`Seal::text`] writes.
    pub fn parse(text: &str) -> Result<Self, NotASeal> {
        let seal: Self = serde_json::from_str(text).map_err(|_| NotASeal)?;
        let counts = seal.number > 0 && seal.first > 0 && seal.last >= seal.first && seal.last - seal.first < LINES_MAX;
        // The first line has the first seal, and each seal before this one has at least one line.
        let fits = seal.first >= seal.number && (seal.number == 1) == (seal.first == 1);
        (counts && fits && seal.text() == text).then_some(seal).ok_or(NotASeal)
    }

    /// Its leaf hash in the tree of seals.
    pub fn leaf(&self) -> Digest {
        leaf(self.text().as_bytes())
    }

    /// How many lines it closes.
    pub fn lines(&self) -> u64 {
        self.last - self.first + 1
    }

    /// True when it closes what comes directly after another seal; the first one comes after none.
    pub fn follows(&self, before: Option<&Self>) -> bool {
        match before {
            None => self.number == 1 && self.first == 1,
            Some(before) => self.number == before.number + 1 && self.first == before.last + 1,
        }
    }
}

/// The lines since the last seal.
#[derive(Clone, Debug)]
pub struct Interval {
    number: u64,
    first: u64,
    link: Digest,
    tree: Growing,
}

impl Interval {
    /// What comes after a seal, or after nothing.
    pub fn after(seal: Option<&Seal>) -> Self {
        let (number, first, link) = seal.map_or((1, 1, Digest::ZERO), |seal| (seal.number + 1, seal.last + 1, seal.link));
        Self { number, first, link, tree: Growing::default() }
    }

    /// Adds the leaf hash of the next line, and gives the line's link.
    pub fn add(&mut self, leaf: Digest) -> Digest {
        self.tree.add(leaf);
        self.link = link(self.link, leaf);
        self.link
    }

    /// How many lines it has.
    pub fn lines(&self) -> u64 {
        self.tree.size()
    }

    /// True when it must be sealed before another line is added.
    pub fn is_full(&self) -> bool {
        self.lines() >= LINES_MAX
    }

    /// The seal over it; none without lines.
    pub fn seal(&self, at: Timestamp) -> Option<Seal> {
        let last = (self.first + self.lines()).checked_sub(1).filter(|last| *last >= self.first)?;
        let (link, root, at) = (self.link, self.tree.root(), at.as_millis());
        Some(Seal { number: self.number, first: self.first, last, link, root, at })
    }
}

/// The number of a line, out of its text: every line begins with it.
pub fn number_of(line: &[u8]) -> Option<u64> {
    let rest = line.strip_prefix(br#"{"number":"#)?;
    let digits = &rest[..rest.iter().position(|byte| !byte.is_ascii_digit())?];
    let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let is_plain = number > 0 && !digits.starts_with(b"0");
    (is_plain && rest[digits.len()..].starts_with(br#","message":"#)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u64) -> String {
        format!(r#"{{"number":{number},"message":{number},"delivery":null,"at":5,"what":"routed","why":"to øst"}}"#)
    }

    /// Seals over as many lines as told, one after another.
    fn seals(lengths: &[u64]) -> Vec<Seal> {
        let mut seals: Vec<Seal> = Vec::new();
        for length in lengths {
            let mut interval = Interval::after(seals.last());
            let first = seals.last().map_or(1, |seal| seal.last + 1);
            for number in first..first + length {
                interval.add(leaf(line(number).as_bytes()));
            }
            seals.extend(interval.seal(Timestamp::from_millis(1_700_000_000_000)));
        }
        seals
    }

    #[test]
    fn a_seal_is_read_as_it_was_written_and_in_no_other_way() {
        let seal = seals(&[3]).remove(0);
        let text = seal.text();
        let begin = r#"{"seal":1,"first":1,"last":3,"link":""#;
        assert!(text.starts_with(begin) && text.ends_with(r#"","at":1700000000000}"#), "{text}");
        assert_eq!(Seal::parse(&text), Ok(seal));
        for (part, other) in [
            (r#""seal":1"#, r#""seal":0"#),
            (r#""seal":1"#, r#""seal":2"#),
            (r#""seal":1"#, r#""seal":01"#),
            (r#""seal":1,"#, ""),
            (r#""first":1"#, r#""first":0"#),
            (r#""first":1"#, r#""first":2"#),
            (r#""last":3"#, r#""last":0"#),
            (r#""last":3"#, r#""last":65537"#),
            (r#""last":3"#, r#""last":3.0"#),
            (r#""last":3"#, r#""last": 3"#),
            (r#""at":"#, r#""more":1,"at":"#),
            (r#""at":"#, r#""at":1,"at":"#),
            (r#"{"seal""#, r#" {"seal""#),
        ] {
            assert!(text.contains(part), "{part}");
            assert_eq!(Seal::parse(&text.replacen(part, other, 1)), Err(NotASeal), "{other}");
        }
        let capitals = text.replacen(&text[36..102], &text[36..102].to_uppercase(), 1);
        assert!(capitals != text && Seal::parse(&capitals).is_err(), "small letters only: {capitals}");
    }

    #[test]
    fn seals_follow_on_each_other_and_carry_the_chain() {
        let some = seals(&[3, 1, 40]);
        assert_eq!(some.iter().map(|seal| (seal.first, seal.last)).collect::<Vec<_>>(), [(1, 3), (4, 4), (5, 44)]);
        assert!(some[0].follows(None) && some[1].follows(Some(&some[0])) && some[2].follows(Some(&some[1])));
        assert!(!some[1].follows(None) && !some[2].follows(Some(&some[0])) && !some[0].follows(Some(&some[1])));
        assert_eq!(some[2].link, seals(&[44])[0].link, "where it is sealed changes nothing in the chain");
        let first = link(Digest::ZERO, leaf(line(1).as_bytes()));
        assert_eq!(seals(&[1])[0].link, first);
        assert_eq!(Interval::after(some.last()).seal(Timestamp::from_millis(0)), None, "nothing is not sealed");
        assert!(Interval::after(None).seal(Timestamp::from_millis(0)).is_none());
    }

    #[test]
    fn an_interval_is_full_at_the_most_lines_that_a_seal_may_have() {
        let mut interval = Interval::after(None);
        for _ in 1..LINES_MAX {
            interval.add(Digest::ZERO);
        }
        assert!(!interval.is_full());
        interval.add(Digest::ZERO);
        let seal = interval.seal(Timestamp::from_millis(0)).expect("a seal");
        assert!(interval.is_full() && Seal::parse(&seal.text()).is_ok() && seal.lines() == LINES_MAX);
    }

    #[test]
    fn a_line_is_known_by_the_number_that_it_begins_with() {
        assert_eq!(number_of(line(4711).as_bytes()), Some(4711));
        assert_eq!(number_of(br#"{"number":1,"message":null,"delivery":null}"#), Some(1));
        for text in [
            "",
            "{}",
            r#"{"number":0,"message":1}"#,
            r#"{"number":01,"message":1}"#,
            r#"{"number":-1,"message":1}"#,
            r#"{"number":1.0,"message":1}"#,
            r#"{"number":1"#,
            r#"{"number":99999999999999999999,"message":1}"#,
            r#" {"number":1,"message":1}"#,
            r#"{"number":1,"delivery":1}"#,
        ] {
            assert_eq!(number_of(text.as_bytes()), None, "{text}");
        }
    }
}
