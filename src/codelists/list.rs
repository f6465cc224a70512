//! One code list: its codes, how a code is found in it, and which code was probably meant.

/// Every national code list has its number below this OID (HIS 80117).
pub const OID_STEM: &str = "2.16.578.1.12.4.1.1.";

/// A code that is longer than this is not compared with others: comparing costs the product of both lengths.
const COMPARED_BYTES_MAX: usize = 64;

/// One code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Code {
    /// `V`, as it is written in a message.
    pub v: &'static str,
    /// `DN`, as the list has it. Messages may say it otherwise: texts are never compared.
    pub dn: &'static str,
    /// Whether it is of our edition.
    pub standing: Standing,
}

/// How a code stands to the edition that we hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// In the edition.
    Published,
    /// Not in the edition, but used by a later one, by a standard or by official samples.
    Later,
    /// Taken out, and still met in older messages.
    Withdrawn,
}

/// Whether a list is still to be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validity {
    /// It is.
    Current,
    /// It is met in older messages only.
    Obsolete,
    /// Another list, with this number, is used instead.
    ReplacedBy(u32),
}

/// Whether a code is in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Membership {
    /// It is, and this is it.
    Member(&'static Code),
    /// We do not know it, and the list may well have it: it grows, or its codes are kept elsewhere.
    Possible,
    /// It is not.
    Stranger,
}

/// One list.
#[derive(Debug)]
pub struct CodeList {
    /// Its number: 8279.
    pub number: u32,
    /// Its name, in Norwegian.
    pub name: &'static str,
    /// Date of the edition that the codes are from; none where they were gathered from elsewhere.
    pub edition: Option<&'static str>,
    /// Whether it is still to be used.
    pub validity: Validity,
    /// What a reader must know, in English.
    pub note: Option<&'static str>,
    pub(super) grows: Vec<&'static str>,
    pub(super) shapes: Vec<&'static str>,
    /// In the order of the file.
    pub(super) codes: Vec<Code>,
    /// Positions in `codes`, by the bytes of `v`.
    pub(super) sorted: Vec<usize>,
}

impl CodeList {
    /// Its OID, as `S` has it.
    pub fn oid(&self) -> String {
        format!("{OID_STEM}{}", self.number)
    }

    /// All codes that we hold, in the order of the list. Empty for a list that is kept elsewhere.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The code that is written exactly so.
    pub fn code(&self, v: &str) -> Option<&Code> {
        let at = self.sorted.binary_search_by(|&at| self.codes[at].v.as_bytes().cmp(v.as_bytes())).ok()?;
        Some(&self.codes[self.sorted[at]])
    }

    /// True when a code that we do not hold can be right: no finding about it may be more than a note.
    pub fn is_open(&self) -> bool {
        !self.grows.is_empty() || !self.shapes.is_empty()
    }

    /// Whether this code is in the list.
    pub fn membership(&'static self, v: &str) -> Membership {
        if let Some(code) = self.code(v) {
            return Membership::Member(code);
        }
        let grown = self.grows.iter().any(|pattern| v.starts_with(pattern.trim_end_matches('*')));
        let possible = !v.trim().is_empty() && (grown || self.has_a_shape_of_the_list(v));
        if possible { Membership::Possible } else { Membership::Stranger }
    }

    /// The code that was probably meant: written with other capitals, with a slip of the finger, or by its text.
    /// None when nothing is near, or when two codes are equally near.
    pub fn nearest(&self, written: &str) -> Option<&Code> {
        let written = written.trim();
        if written.is_empty() || written.len() > COMPARED_BYTES_MAX {
            return None;
        }
        let lower = written.to_lowercase();
        let mut so_called = self.codes.iter().filter(|code| code.dn.to_lowercase() == lower);
        if let (Some(code), None) = (so_called.next(), so_called.next()) {
            return Some(code);
        }
        // Short codes are all near each other: `FNR` and `DNR`, `1` and `2`. One letter in three may be wrong.
        let allowed = (lower.chars().count() / 3).min(3);
        let mut near: Vec<(usize, &Code)> = self
            .codes
            .iter()
            .filter(|code| code.v.len().abs_diff(lower.len()) <= 2 * allowed)
            .map(|code| (strsim::damerau_levenshtein(&lower, &code.v.to_lowercase()), code))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        match near.as_slice() {
            [(first, _), (second, _), ..] if first == second => None,
            [(_, code), ..] => Some(code),
            [] => None,
        }
    }

    /// In a shape, `A` is a capital letter and `0` a digit.
    fn has_a_shape_of_the_list(&self, v: &str) -> bool {
        let fits = |(shape, byte): (u8, u8)| match shape {
            b'A' => byte.is_ascii_uppercase(),
            b'0' => byte.is_ascii_digit(),
            other => other == byte,
        };
        self.shapes.iter().any(|shape| shape.len() == v.len() && shape.bytes().zip(v.bytes()).all(fits))
    }
}
