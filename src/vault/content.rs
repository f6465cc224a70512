//! Content as it lies in the database: compressed, then sealed under a data key.
//!
//! | Bytes | What |
//! |---|---|
//! | 1 | version of this form: 1 |
//! | 1 | codec: 0 as it is, 1 zstd, 2 zstd with `dictionary-1.zdict` |
//! | 12 | nonce, random |
//! | n | AES-256-GCM of what the codec made |
//! | 16 | tag |
//!
//! Version, codec and *place* are authenticated. The place is a text that says where the content belongs (a table, a column and a
//! row); it is not stored, so a blob that was moved to another row does not open.
//!
//! **Limits.** A key seals at most 2³² contents (NIST SP 800-38D, 8.3). Content above 64 MiB is not compressed. The length of a blob
//! tells the length of the compressed content, and no more is hidden about it.
//!
//! A data key cannot be formatted:
//!
//! ```
//! let key = bindeledd::vault::DataKey::from_secret(&bindeledd::vault::Secret::generate());
//! drop(key);
//! ```
//!
//! ```compile_fail
//! let key = bindeledd::vault::DataKey::from_secret(&bindeledd::vault::Secret::generate());
//! println!("{key:?}");
//! ```

use super::aead::SealingKey;
use super::compression::{Codec, compress, decompress};
use super::secret::Secret;
use crate::domain::Private;
use std::fmt;

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 2;

/// A key for content, ready for use by any thread.
pub struct DataKey(SealingKey);

impl DataKey {
    /// The secret must be for this alone.
    pub fn from_secret(secret: &Secret) -> Self {
        Self(SealingKey::new(secret))
    }
}

/// The content was changed, is cut off, stands in another place than it was sealed for, was sealed under another key, or in a form
/// of a later release. Which of these, cannot be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stored content is damaged, or is not what belongs here; put back a backup")
    }
}

impl std::error::Error for Damaged {}

/// The content, compressed and sealed for its place.
pub fn seal(key: &DataKey, place: &str, bytes: &[u8]) -> Vec<u8> {
    let (codec, held) = compress(bytes);
    // For `benches/whole_path` alone; the program does not run with it.
    if cfg!(bindeledd_bare) {
        return [&[VERSION, codec.number()], &held[..]].concat();
    }
    key.0.seal(&[VERSION, codec.number()], place, &held)
}

/// The content that was sealed for this place under this key.
pub fn open(key: &DataKey, place: &str, blob: &[u8]) -> Result<Private<Vec<u8>>, Damaged> {
    let codec = match *blob {
        [VERSION, codec, ..] => Codec::of(codec).ok_or(Damaged)?,
        _ => return Err(Damaged),
    };
    if cfg!(bindeledd_bare) {
        return decompress(codec, blob[HEAD_BYTES..].to_vec()).map(Private::new).ok_or(Damaged);
    }
    let held = key.0.open(HEAD_BYTES, place, blob).ok_or(Damaged)?;
    decompress(codec, held).map(Private::new).ok_or(Damaged)
}

#[cfg(test)]
mod tests {
    use super::super::aead::ADDED_BYTES;
    use super::*;
    use proptest::prelude::*;

    const PLACE: &str = "content.bytes 4711";
    const MESSAGE: &[u8] = include_bytes!("../../fixtures/apprec/accepted/apprec-1.0-positive.xml");

    fn key() -> DataKey {
        DataKey::from_secret(&Secret::generate())
    }

    fn opened(key: &DataKey, place: &str, blob: &[u8]) -> Result<Vec<u8>, Damaged> {
        open(key, place, blob).map(|content| content.expose().clone())
    }

    #[test]
    fn content_comes_back_in_its_place_and_nowhere_else() {
        let key = key();
        let blob = seal(&key, PLACE, MESSAGE);
        assert!(blob.len() < MESSAGE.len() / 2, "{} of {} bytes", blob.len(), MESSAGE.len());
        assert_eq!(opened(&key, PLACE, &blob), Ok(MESSAGE.to_vec()));
        for other in ["", "content.bytes 4712", "content.bytes 471", "content.came_as 4711"] {
            assert_eq!(opened(&key, other, &blob), Err(Damaged), "{other}");
        }
    }

    #[test]
    fn another_key_does_not_open_it() {
        assert_eq!(opened(&key(), PLACE, &seal(&key(), PLACE, MESSAGE)), Err(Damaged));
    }

    #[test]
    fn every_change_of_a_byte_and_every_other_length_is_refused() {
        let key = key();
        for (content, codec) in
            [(&b"short"[..], 0), (&[b'x'; 70_000], 1), (b"<MsgHead><MsgInfo><Type/></MsgInfo></MsgHead>", 2)]
        {
            let blob = seal(&key, PLACE, content);
            assert_eq!(blob[..2], [VERSION, codec]);
            assert_eq!(opened(&key, PLACE, &blob), Ok(content.to_vec()));
            for at in 0..blob.len() {
                for change in 1..=u8::MAX {
                    let mut changed = blob.clone();
                    changed[at] ^= change;
                    assert_eq!(opened(&key, PLACE, &changed), Err(Damaged), "byte {at} changed by {change}");
                }
                assert_eq!(opened(&key, PLACE, &blob[..at]), Err(Damaged), "cut off at {at}");
            }
            assert_eq!(opened(&key, PLACE, &[&blob[..], &[0]].concat()), Err(Damaged));
        }
    }

    #[test]
    fn the_same_content_is_never_sealed_to_the_same_bytes() {
        let key = key();
        assert_ne!(seal(&key, PLACE, MESSAGE), seal(&key, PLACE, MESSAGE));
    }

    #[test]
    fn a_codec_of_a_later_release_is_refused_though_it_was_sealed_rightly() {
        let key = key();
        let blob = key.0.seal(&[VERSION, 3], PLACE, MESSAGE);
        assert_eq!(opened(&key, PLACE, &blob), Err(Damaged));
        let no_frame = key.0.seal(&[VERSION, 1], PLACE, MESSAGE);
        assert_eq!(opened(&key, PLACE, &no_frame), Err(Damaged));
    }

    #[test]
    fn one_key_serves_many_threads() {
        let key = key();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let key = &key;
                scope.spawn(move || {
                    for row in 0..50 {
                        let place = format!("content.bytes {thread}-{row}");
                        assert_eq!(opened(key, &place, &seal(key, &place, MESSAGE)), Ok(MESSAGE.to_vec()));
                    }
                });
            }
        });
    }

    proptest! {
        #[test]
        fn any_content_comes_back_and_grows_by_no_more_than_its_frame(
            part in prop::collection::vec(any::<u8>(), 0..300),
            times in 0_usize..400,
            place in ".{0,40}",
        ) {
            let (key, content) = (key(), part.repeat(times));
            let blob = seal(&key, &place, &content);
            prop_assert!(blob.len() <= content.len() + HEAD_BYTES + ADDED_BYTES);
            prop_assert_eq!(opened(&key, &place, &blob), Ok(content));
        }

        #[test]
        fn bytes_that_nobody_sealed_do_not_open(blob in prop::collection::vec(any::<u8>(), 0..200), codec in 0_u8..4) {
            let blob = [&[VERSION, codec][..], &blob].concat();
            prop_assert_eq!(opened(&key(), PLACE, &blob), Err(Damaged));
        }
    }
}
