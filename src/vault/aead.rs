//! AES-256-GCM with a random nonce (NIST SP 800-38D, 8.2.2): a head in the clear, the nonce, the ciphertext, the tag. The head and a
//! text that is not stored, which says what the bytes are and where they belong, are authenticated with it.
//!
//! **Limit.** With random nonces of 96 bits, a key seals at most 2³² times (SP 800-38D, 8.3); the chance that a nonce came twice is
//! then 2⁻³³. Nothing counts here: a data key lives for a month, which would be 1,600 messages a second without a pause.

use super::secret::Secret;
use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};

const TAG_BYTES: usize = 16;
/// What sealing adds to the head and the plaintext.
#[cfg(test)]
pub(super) const ADDED_BYTES: usize = NONCE_LEN + TAG_BYTES;

/// A key that is ready for use. aws-lc overwrites it when it is dropped.
pub(super) struct SealingKey(RandomizedNonceKey);

impl SealingKey {
    pub(super) fn new(secret: &Secret) -> Self {
        Self(RandomizedNonceKey::new(&AES_256_GCM, secret.bytes()).expect("AES-256 takes any 32 bytes"))
    }

    /// `head`, nonce, ciphertext, tag.
    pub(super) fn seal(&self, head: &[u8], context: &str, plain: &[u8]) -> Vec<u8> {
        let body = head.len() + NONCE_LEN;
        let mut blob = Vec::with_capacity(body + plain.len() + TAG_BYTES);
        blob.extend_from_slice(head);
        blob.resize(body, 0);
        blob.extend_from_slice(plain);
        let sealed = self.0.seal_in_place_separate_tag(Aad::from(associated(head, context)), &mut blob[body..]);
        let (nonce, tag) = sealed.expect("GCM seals anything below 64 GiB, and aws-lc never lacks a nonce");
        blob[head.len()..body].copy_from_slice(nonce.as_ref());
        blob.extend_from_slice(tag.as_ref());
        blob
    }

    /// The plaintext of what was sealed by this key, under this context, with the head that the blob begins with.
    pub(super) fn open(&self, head_bytes: usize, context: &str, blob: &[u8]) -> Option<Vec<u8>> {
        let (head, sealed) = blob.split_at_checked(head_bytes)?;
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let plain = self.0.open_in_place(nonce, Aad::from(associated(head, context)), &mut body).ok()?.len();
        body.truncate(plain);
        Some(body)
    }
}

/// Each form has a head of one length, so that no two pairs of head and context give the same bytes.
fn associated(head: &[u8], context: &str) -> Vec<u8> {
    [head, context.as_bytes()].concat()
}
