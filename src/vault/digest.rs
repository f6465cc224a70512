//! The SHA-256 of bytes.

use crate::domain::Digest;
use aws_lc_rs::digest::{SHA256, digest};

/// The SHA-256 of bytes.
pub fn digest_of(bytes: &[u8]) -> Digest {
    let mut sha256 = [0; 32];
    sha256.copy_from_slice(digest(&SHA256, bytes).as_ref());
    Digest(sha256)
}
