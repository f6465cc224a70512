//! Identifiers of the field, one type each, so that one can never be passed where another is meant.
//!
//! None of these identify a person; those that do are in `private.rs`. No I/O, no XML.

use std::fmt;

/// HER-id: the address of an organisation, a service or a professional in the national address register (Adresseregisteret).
///
/// Written with digits only; older messages print it with dots or spaces, which are ignored on reading (rule R-060).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HerId(u32);

impl HerId {
    /// The largest HER-id accepted: nine digits. An eleven-digit "HER-id" is somebody's identity number in the wrong field.
    pub const MAX: u32 = 999_999_999;

    /// The HER-id with this number, if it is one.
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// Reads a HER-id as it stands in a message: digits, with dots and spaces ignored.
    pub fn parse(text: &str) -> Option<Self> {
        digits_only(text, 9)?.parse().ok().and_then(Self::new)
    }

    /// The number itself.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for HerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Organisation number of the national register of legal entities: nine digits, the last a check digit (modulus 11).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct OrganisationNumber(u32);

impl OrganisationNumber {
    const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

    /// Reads an organisation number; `None` when it is not nine digits or the check digit is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits_only(text, 9)?;
        if digits.len() != 9 {
            return None;
        }
        let digit = |i: usize| u32::from(digits.as_bytes()[i] - b'0');
        let sum: u32 = Self::WEIGHTS.iter().enumerate().map(|(i, weight)| weight * digit(i)).sum();
        let check = match 11 - sum % 11 {
            11 => 0,
            10 => return None,
            check => check,
        };
        (check == digit(8)).then(|| digits.parse().ok().map(Self))?
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

/// HPR number: a professional's number in the register of health personnel, four to nine digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct HprNumber(u32);

impl HprNumber {
    /// Reads an HPR number as it stands in a message.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits_only(text, 9)?;
        (digits.len() >= 4).then(|| digits.parse().ok().map(Self))?
    }
}

impl fmt::Display for HprNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// MsgId: the sender's own id of a message (`MsgInfo/MsgId`, `AppRec/Id`), echoed unchanged, compared without regard to case.
///
/// A proper one is a UUID (rule R-026). Anything else may be anything, also a person's number typed into the wrong field;
/// so `Display` and `Debug` show only UUIDs, and describe the rest by its length.
#[derive(Clone)]
pub struct MsgId(String);

impl MsgId {
    /// Takes the id as written. Any text is a MsgId; whether it is a good one is for rule R-026 to say.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// True when the id is a UUID in its canonical form 8-4-4-4-12, in either case.
    pub fn is_uuid(&self) -> bool {
        self.0.len() == 36 && uuid::Uuid::try_parse(&self.0).is_ok()
    }

    /// The id exactly as the sender wrote it: for the wire and the store, never for a log.
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// The form that is compared: lower case, without surrounding blanks.
    pub fn key(&self) -> String {
        self.0.trim().to_ascii_lowercase()
    }
}

impl PartialEq for MsgId {
    fn eq(&self, other: &Self) -> bool {
        self.0.trim().eq_ignore_ascii_case(other.0.trim())
    }
}

impl Eq for MsgId {}

impl fmt::Display for MsgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_uuid() { f.write_str(&self.0) } else { write!(f, "(not a UUID, {} characters)", self.0.chars().count()) }
    }
}

impl fmt::Debug for MsgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MsgId({self})")
    }
}

/// `ConversationRef`: which message this one follows, and which one began the conversation (HIS 80601).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversationRef {
    /// MsgId of the message answered, changed or cancelled.
    pub parent: MsgId,
    /// MsgId of the first message of the conversation.
    pub conversation: MsgId,
}

/// A message in our store; grows in the order of arrival.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MessageId(pub i64);

/// A delivery in our store: one message (or receipt) to one receiver.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeliveryId(pub i64);

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Name of a partner: the stem of its configuration file, in lower case letters, digits and hyphens.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartnerName(std::sync::Arc<str>);

impl PartnerName {
    /// The longest name, in bytes.
    pub const MAX_BYTES: usize = 64;

    /// Checks the form of a name.
    pub fn parse(text: &str) -> Option<Self> {
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=Self::MAX_BYTES).contains(&text.len()) && text.bytes().all(good);
        fits.then(|| Self(text.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartnerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The digits of a number that people write with dots and spaces; `None` if anything else is in it, or too much of it.
fn digits_only(text: &str, max_digits: usize) -> Option<String> {
    if text.len() > 4 * max_digits {
        return None;
    }
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).collect();
    let fits = (1..=max_digits).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_her_id_is_read_with_dots_and_spaces_and_shown_without() {
        assert_eq!(HerId::parse("369.767").map(|h| h.to_string()), Some("369767".into()));
        assert_eq!(HerId::parse(" 99 387 ").map(HerId::number), Some(99_387));
    }

    #[test]
    fn an_identity_number_is_never_taken_for_a_her_id() {
        assert_eq!(HerId::parse("01815000274"), None);
        assert_eq!(HerId::parse("0"), None);
        assert_eq!(HerId::parse(""), None);
        assert_eq!(HerId::parse("12a"), None);
    }

    #[test]
    fn an_organisation_number_needs_its_check_digit() {
        assert!(OrganisationNumber::parse("974 760 673").is_some());
        assert!(OrganisationNumber::parse("974760674").is_none());
        assert!(OrganisationNumber::parse("97476067").is_none());
    }

    #[test]
    fn a_msgid_is_compared_without_regard_to_case_and_shown_only_when_it_is_a_uuid() {
        let lower = MsgId::new("b088a160-0698-11e8-b566-0800200c9a66");
        assert_eq!(lower, MsgId::new("B088A160-0698-11E8-B566-0800200C9A66"));
        assert_eq!(lower.to_string(), "b088a160-0698-11e8-b566-0800200c9a66");
        assert_eq!(MsgId::new("01815000274").to_string(), "(not a UUID, 11 characters)");
        assert!(!MsgId::new("b088a160069811e8b5660800200c9a66").is_uuid(), "the hyphens are part of the form");
    }
}
