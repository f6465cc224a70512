//! Signed heads: what the tree of seals came to at a size, as a checkpoint of C2SP (c2sp.org/tlog-checkpoint) in a signed note
//! (c2sp.org/signed-note), so that witnesses who know nothing of us can add their signatures.
//!
//! Stricter than the standard in two things: the origin is also the name of the key and has its form, and there are no extension
//! lines.

use super::digest;
use crate::domain::Digest;
use crate::domain::Fault;
use crate::domain::hex;
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The longest note; a witness adds about 150 bytes, or 5 kB with a signature that outlasts quantum computers.
const NOTE_BYTES_MAX: usize = 1 << 20;
/// The most signatures in a note; the standard asks for at least 16.
const SIGNATURES_MAX: usize = 100;

/// The name of a log and of its key, such as `bindeledd.example/log/fjellvik`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Origin(String);

/// An Ed25519 public key (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(pub [u8; 32]);

/// What is signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TreeHead {
    /// Which log.
    pub origin: Origin,
    /// How many seals it has.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Digest,
}

/// A head with signatures, of which none has been verified: ask [`SignedHead::is_signed_by`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedHead {
    head: TreeHead,
    signatures: Vec<Signature>,
    note: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Signature {
    name: String,
    key_id: [u8; 4],
    bytes: Vec<u8>,
}

/// Why a text is not a signed head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotANote;

impl fmt::Display for NotANote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not a signed head: origin, size and root, an empty line, and signatures")
    }
}

/// Names are not empty and have neither spaces nor plus signs (signed-note, Format).
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl FromStr for Origin {
    type Err = NotANote;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        is_name(text).then(|| Self(text.to_owned())).ok_or(NotANote)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PublicKey {
    /// Whether its owner signed this text (RFC 8032, 5.1.7).
    pub(super) fn has_signed(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.0).verify(text, signature).is_ok()
    }

    /// The first four bytes of the digest of name, newline, the byte of Ed25519, and key (signed-note, Signatures).
    fn id(&self, name: &Origin) -> [u8; 4] {
        let [a, b, c, d, ..] = digest::of(&[name.0.as_bytes(), b"\n\x01", &self.0]).0;
        [a, b, c, d]
    }
}

impl FromStr for PublicKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::read(text).map(Self).ok_or("a public key is 64 hexadecimal digits in small letters")
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        hex::text(&key.0)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

impl TreeHead {
    /// The text of the note: what is signed, with its last newline (tlog-checkpoint, Note text).
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.0))
    }

    /// Its three lines.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let (origin, size, root) = (lines.next()?.parse().ok()?, lines.next()?.parse().ok()?, lines.next()?);
        let root = STANDARD.decode(root).ok()?.try_into().ok()?;
        let head = Self { origin, size, root: Digest(root) };
        // Nothing but what we would write: no zero before the size, no other base64, no further line.
        (head.text() == text).then_some(head)
    }
}

impl Signature {
    fn parse(line: &str) -> Option<Self> {
        let (name, text) = line.strip_prefix("— ")?.split_once(' ')?;
        let all = STANDARD.decode(text).ok()?;
        let (key_id, bytes) = all.split_first_chunk::<4>()?;
        let is_one = is_name(name) && !bytes.is_empty() && STANDARD.encode(&all) == text;
        is_one.then(|| Self { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_vec() })
    }
}

impl SignedHead {
    /// Signs a head. `sign` has the private half of the key; what it gives is verified before it is believed.
    pub fn sign(head: TreeHead, key: PublicKey, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Result<Self, Fault> {
        let text = head.text();
        let (name, key_id, bytes) = (head.origin.to_string(), key.id(&head.origin), sign(text.as_bytes()).to_vec());
        let line = STANDARD.encode([key_id.as_slice(), &bytes].concat());
        let note = format!("{text}\n— {name} {line}\n");
        let signed = Self { head, signatures: vec![Signature { name, key_id, bytes }], note };
        let fits = signed.is_signed_by(&key);
        fits.then_some(signed).ok_or_else(|| Fault::lasting("the key that signs the log does not fit its public key"))
    }

    /// What it says.
    pub fn head(&self) -> &TreeHead {
        &self.head
    }

    /// The whole note, with the signatures of others as they came.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// True when the log's own key signed it. Other signatures are not looked at; one of this key that does not hold spoils the
    /// note (signed-note, Signatures).
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let (id, text) = (key.id(&self.head.origin), self.head.text());
        let is_ours = |signature: &&Signature| signature.name == self.head.origin.0 && signature.key_id == id;
        let holds = |signature: &Signature| key.has_signed(text.as_bytes(), &signature.bytes);
        let mut ours = self.signatures.iter().filter(is_ours).peekable();
        ours.peek().is_some() && ours.all(holds)
    }
}

impl FromStr for SignedHead {
    type Err = NotANote;

    fn from_str(note: &str) -> Result<Self, Self::Err> {
        let is_plain = note.len() <= NOTE_BYTES_MAX && !note.bytes().any(|byte| byte < 0x20 && byte != b'\n');
        let parse = || {
            // The last empty line is what separates them (signed-note, Format).
            let (before, lines) = note.rsplit_once("\n\n")?;
            let head = TreeHead::parse(note.get(..before.len() + 1)?)?;
            let lines: Vec<&str> = lines.strip_suffix('\n')?.split('\n').collect();
            let few = lines.len() <= SIGNATURES_MAX;
            let signatures = few.then(|| lines.into_iter().map(Signature::parse).collect::<Option<Vec<_>>>())??;
            Some(Self { head, signatures, note: note.to_owned() })
        };
        is_plain.then(parse).flatten().ok_or(NotANote)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

    /// The example of c2sp.org/tlog-checkpoint; its key is not published.
    const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    fn key(seed: u8) -> (Ed25519KeyPair, PublicKey) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key");
        let public = PublicKey(pair.public_key().as_ref().try_into().expect("32 bytes"));
        (pair, public)
    }

    fn sign(pair: &Ed25519KeyPair, text: &[u8]) -> [u8; 64] {
        pair.sign(text).as_ref().try_into().expect("64 bytes")
    }

    fn head(size: u64) -> TreeHead {
        let origin = "bindeledd.example/log/fjellvik".parse().expect("a name");
        TreeHead { origin, size, root: Digest([7; 32]) }
    }

    fn signed(size: u64, seed: u8) -> SignedHead {
        let (pair, public) = key(seed);
        SignedHead::sign(head(size), public, |text| sign(&pair, text)).expect("signs")
    }

    #[test]
    fn a_head_is_a_checkpoint_in_a_signed_note() {
        let signed = signed(12, 1);
        let begin = "bindeledd.example/log/fjellvik\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n— bindeledd.example/log/fjellvik ";
        assert!(signed.note().starts_with(begin), "{}", signed.note());
        assert_eq!(signed.note().parse(), Ok(signed.clone()));
        assert!(signed.is_signed_by(&key(1).1) && !signed.is_signed_by(&key(2).1));
        let example: SignedHead = EXAMPLE.parse().expect("the example of the standard");
        assert_eq!((example.head().size, example.note()), (20_852_163, EXAMPLE));
    }

    /// Key and note of the Go reference implementation (golang.org/x/mod/sumdb/note, the tests): PeterNeumann+c74f20a3.
    #[test]
    fn the_key_id_is_that_of_the_reference_implementation() {
        let public = STANDARD.decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").expect("base64");
        let public = PublicKey(public[1..].try_into().expect("32 bytes after the byte of Ed25519"));
        assert_eq!(public.id(&Origin("PeterNeumann".into())), [0xc7, 0x4f, 0x20, 0xa3]);
        let text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        let signature = &STANDARD.decode(line).expect("base64")[4..];
        assert!(public.has_signed(text, signature));
    }

    #[test]
    fn signatures_of_witnesses_are_kept_and_not_looked_at() {
        let ours = signed(12, 1);
        let witness = "— witness.example/w1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        // A witness may even share our name; the key id tells the two apart.
        let namesake = format!("— {} {}\n", head(1).origin, STANDARD.encode([0; 76]));
        let note = format!("{}{witness}{namesake}", ours.note());
        let seen: SignedHead = note.parse().expect("a note");
        assert_eq!((seen.note(), seen.head()), (note.as_str(), ours.head()));
        assert!(seen.is_signed_by(&key(1).1));
        let of_witness: SignedHead =
            note.replace(&ours.note()[ours.note().find('—').expect("a line")..], "").parse().expect("a note");
        assert!(!of_witness.is_signed_by(&key(1).1), "what only others have signed is not signed");
        let size = note.replacen("\n12\n", "\n13\n", 1);
        assert!(!size.parse::<SignedHead>().expect("still a note").is_signed_by(&key(1).1), "another size");
        let wrong = [key(1).1.id(&head(1).origin).as_slice(), &[1; 64]].concat();
        let spoilt = format!("{}— {} {}\n", ours.note(), head(1).origin, STANDARD.encode(wrong));
        assert!(
            !spoilt.parse::<SignedHead>().expect("a note").is_signed_by(&key(1).1),
            "a signature of our key that is none"
        );
    }

    #[test]
    fn what_is_not_exactly_a_signed_head_is_refused() {
        let note = signed(12, 1).note().to_owned();
        let more = "— w AAAAAAA=\n";
        let cases = [
            note.replacen("fjellvik\n12", "fjell vik\n12", 1),
            note.replacen("fjellvik\n12", "fjell+vik\n12", 1),
            note.replacen("fjellvik\n12", "fjell\u{a0}vik\n12", 1),
            note.replacen("bindeledd.example/log/fjellvik\n12", "\n12", 1),
            note.replacen("\n12\n", "\n012\n", 1),
            note.replacen("\n12\n", "\n+12\n", 1),
            note.replacen("\n12\n", "\n\n", 1),
            note.replacen("BwcHBwc=\n", "BwcHBwc\n", 1),
            note.replacen("BwcHBwc=\n", "BwcHBwd=\n", 1),
            note.replacen("BwcHBwc=\n", "BwcHBwc=\nmore\n", 1),
            note.replacen("\n\n", "\n", 1),
            note.replacen("— ", "- ", 1),
            note.replacen("— ", "—  ", 1),
            note.replace('\n', "\r\n"),
            note.trim_end().to_owned(),
            format!("{note}\n"),
            format!("{note}more\n"),
            format!("{note}— w AAAA\n"),
            format!("{note}{}", more.repeat(100)),
            note[..note.find('—').expect("a line")].to_owned(),
            String::new(),
        ];
        for case in cases {
            assert!(case != note && case.parse::<SignedHead>().is_err(), "{case}");
        }
        assert!(format!("{note}{}", more.repeat(99)).parse::<SignedHead>().is_ok());
        for name in ["", "a b", "a+b", "a\tb", "a\u{2003}b"] {
            assert_eq!(name.parse::<Origin>(), Err(NotANote), "{name}");
        }
    }

    #[test]
    fn a_key_that_does_not_fit_its_public_half_signs_nothing() {
        let fault = SignedHead::sign(head(1), key(2).1, |text| sign(&key(1).0, text)).expect_err("a fault");
        assert!(fault.inner().contains("does not fit"), "{}", fault.inner());
    }

    #[test]
    fn a_public_key_is_read_as_it_is_shown() {
        let public = key(1).1;
        assert_eq!(public.to_string().parse(), Ok(public));
        for text in ["", "00", &"0".repeat(63), &"0".repeat(65), &"0".repeat(66), &"A".repeat(64), &"ø".repeat(32)] {
            assert!(text.parse::<PublicKey>().is_err(), "{text}");
        }
    }
}
