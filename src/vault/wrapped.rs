//! Secrets wrapped by a key-encryption key, so that they can lie in the database: 69 bytes, which are the byte 1, the id of the KEK
//! (8 bytes), and AES-256-GCM of the secret (nonce 12, ciphertext 32, tag 16).
//!
//! Byte, id and a label are authenticated. The label says what the secret is for (such as `content 2026-11`) and is not stored in the
//! blob, so that a secret cannot be taken for another by moving a row.

use super::aead::SealingKey;
use super::kek::KekId;
use super::key_file::KeyFile;
use super::secret::Secret;
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 1 + KekId::BYTES;

/// Why a secret could not be unwrapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unwrap {
    /// The key file does not hold the key that wrapped it.
    NoKek(KekId),
    /// The blob was changed, is cut off, has another form, or belongs to another label.
    Damaged,
}

impl fmt::Display for Unwrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKek(id) => {
                write!(
                    f,
                    "the key file does not hold the key {id}, by which this is wrapped; put its line back from the copy in the safe"
                )
            }
            Self::Damaged => {
                f.write_str("a wrapped key is damaged, or is not the one that should stand here; put back a backup")
            }
        }
    }
}

impl std::error::Error for Unwrap {}

impl KeyFile {
    /// The secret, wrapped by the key in use.
    pub fn wrap(&self, secret: &Secret, label: &str) -> Vec<u8> {
        let kek = self.newest();
        let mut head = [VERSION; HEAD_BYTES];
        head[1..].copy_from_slice(&kek.id.0);
        SealingKey::new(&kek.secret).seal(&head, label, secret.bytes())
    }

    /// The secret that was wrapped by any key of the file under this label.
    pub fn unwrap(&self, blob: &[u8], label: &str) -> Result<Secret, Unwrap> {
        let id = kek_id_of(blob).ok_or(Unwrap::Damaged)?;
        let kek = self.keks().find(|kek| kek.id == id).ok_or(Unwrap::NoKek(id))?;
        let bytes = SealingKey::new(&kek.secret).open(HEAD_BYTES, label, blob).map(Zeroizing::new);
        bytes.and_then(|bytes| Secret::copy_of(&bytes)).ok_or(Unwrap::Damaged)
    }

    /// The same secret, wrapped by the key in use.
    pub fn rewrap(&self, blob: &[u8], label: &str) -> Result<Vec<u8>, Unwrap> {
        Ok(self.wrap(&self.unwrap(blob, label)?, label))
    }
}

/// Which key wrapped a secret; `None` when the blob is none of ours.
pub fn kek_id_of(blob: &[u8]) -> Option<KekId> {
    let (head, _) = blob.split_first_chunk::<HEAD_BYTES>()?;
    let (version, id) = head.split_first_chunk::<1>()?;
    if *version == [VERSION] { id.try_into().ok().map(KekId) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: &str = "content 2026-11";

    fn keys() -> KeyFile {
        let folder = tempfile::tempdir().expect("a folder");
        KeyFile::create(&folder.path().join("keys")).expect("created")
    }

    fn opened(keys: &KeyFile, blob: &[u8], label: &str) -> Result<[u8; 32], Unwrap> {
        keys.unwrap(blob, label).map(|secret| *secret.bytes())
    }

    #[test]
    fn a_secret_comes_back_under_its_label_and_under_no_other() {
        let (keys, secret) = (keys(), Secret::generate());
        let blob = keys.wrap(&secret, LABEL);
        assert_eq!(blob.len(), 69);
        assert_eq!(kek_id_of(&blob), Some(keys.in_use()));
        assert_eq!(opened(&keys, &blob, LABEL), Ok(*secret.bytes()));
        for other in ["", "content 2026-12", "content 2026-1", "content 2026-111", "pseudonym"] {
            assert_eq!(opened(&keys, &blob, other), Err(Unwrap::Damaged), "{other}");
        }
        assert!(
            blob.windows(8).all(|part| !secret.bytes().windows(8).any(|clear| clear == part)),
            "the secret is in the clear"
        );
    }

    #[test]
    fn the_same_secret_is_never_wrapped_to_the_same_bytes() {
        let (keys, secret) = (keys(), Secret::generate());
        assert_ne!(keys.wrap(&secret, LABEL), keys.wrap(&secret, LABEL));
    }

    #[test]
    fn every_change_of_a_byte_and_every_other_length_is_refused() {
        let keys = keys();
        let blob = keys.wrap(&Secret::generate(), LABEL);
        for at in 0..blob.len() {
            for change in 1..=u8::MAX {
                let mut changed = blob.clone();
                changed[at] ^= change;
                let expected = match at {
                    1..HEAD_BYTES => Unwrap::NoKek(kek_id_of(&changed).expect("an id")),
                    _ => Unwrap::Damaged,
                };
                assert_eq!(opened(&keys, &changed, LABEL), Err(expected), "byte {at} changed by {change}");
            }
            assert_eq!(opened(&keys, &blob[..at], LABEL), Err(Unwrap::Damaged), "cut off at {at}");
        }
        assert_eq!(opened(&keys, &[&blob[..], &[0]].concat(), LABEL), Err(Unwrap::Damaged));
    }

    #[test]
    fn the_id_of_another_key_of_the_file_does_not_open_it() {
        let keys = keys().with_new_key();
        let mut blob = keys.wrap(&Secret::generate(), LABEL);
        let older = keys.ids().last().expect("two keys");
        blob[1..HEAD_BYTES].copy_from_slice(&older.0);
        assert_eq!(opened(&keys, &blob, LABEL), Err(Unwrap::Damaged));
    }

    #[test]
    fn a_key_that_is_not_in_the_file_is_named() {
        let (ours, theirs) = (keys(), keys());
        let blob = theirs.wrap(&Secret::generate(), LABEL);
        assert_eq!(opened(&ours, &blob, LABEL), Err(Unwrap::NoKek(theirs.in_use())));
        assert!(Unwrap::NoKek(theirs.in_use()).to_string().contains(&theirs.in_use().to_string()));
    }

    #[test]
    fn when_the_key_is_changed_nothing_is_lost_on_the_way() {
        let (keys, secret) = (keys(), Secret::generate());
        let (before, old) = (keys.wrap(&secret, LABEL), keys.in_use());
        let both = keys.with_new_key();
        assert_ne!(both.in_use(), old);
        assert_eq!(opened(&both, &before, LABEL), Ok(*secret.bytes()));
        assert_eq!(kek_id_of(&both.wrap(&secret, LABEL)), Some(both.in_use()), "the new key wraps");
        let after = both.rewrap(&before, LABEL).expect("unwrapped");
        assert_eq!(kek_id_of(&after), Some(both.in_use()));
        assert!(both.rewrap(&before, "another").is_err());
        let new = both.without_old_keys();
        assert_eq!(opened(&new, &after, LABEL), Ok(*secret.bytes()));
        assert_eq!(opened(&new, &before, LABEL), Err(Unwrap::NoKek(old)));
    }

    #[test]
    fn what_is_no_blob_of_ours_has_no_key() {
        for blob in [&[][..], &[VERSION], &[VERSION; HEAD_BYTES - 1], &[2; 69]] {
            assert_eq!(kek_id_of(blob), None);
        }
    }
}
