//! 32 secret bytes: they cannot be formatted, compared or copied, and are overwritten with zeros when they are dropped.
//!
//! ```
//! let secret = bindeledd::vault::Secret::generate();
//! drop(secret);
//! ```
//!
//! ```compile_fail
//! let secret = bindeledd::vault::Secret::generate();
//! println!("{secret:?}");
//! ```
//!
//! ```compile_fail
//! let secret = bindeledd::vault::Secret::generate();
//! println!("{secret}");
//! ```
//!
//! Zeros on drop are a precaution and no proof: the operating system may have paged the bytes out, and a process that may read our
//! memory sees the keys in use.

use aws_lc_rs::rand;
use zeroize::Zeroizing;

/// A key, or what a key is made of. In a box, so that moving it leaves no copy behind.
pub struct Secret(Box<Zeroizing<[u8; Self::BYTES]>>);

impl Secret {
    pub(super) const BYTES: usize = 32;

    /// A new one, from the generator of aws-lc, which the operating system seeds; where that gives nothing, aws-lc ends the process.
    pub fn generate() -> Self {
        let mut secret = Self::zeros();
        rand::fill(secret.0.as_mut_slice()).expect("aws-lc ends the process rather than give no randomness");
        secret
    }

    /// `None` when there are not 32 bytes. The caller wipes its own copy.
    pub(super) fn copy_of(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::zeros();
        (bytes.len() == Self::BYTES).then(|| secret.0.copy_from_slice(bytes))?;
        Some(secret)
    }

    pub(super) fn bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    fn zeros() -> Self {
        Self(Box::new(Zeroizing::new([0; Self::BYTES])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same_and_none_is_zeros() {
        let some: Vec<Secret> = (0..100).map(|_| Secret::generate()).collect();
        let different: std::collections::BTreeSet<_> = some.iter().map(|secret| *secret.bytes()).collect();
        assert_eq!(different.len(), some.len());
        assert!(!different.contains(&[0; 32]));
    }

    #[test]
    fn only_thirty_two_bytes_make_one() {
        assert!(Secret::copy_of(&[1; 31]).is_none());
        assert!(Secret::copy_of(&[1; 33]).is_none());
        assert!(Secret::copy_of(&[1; 32]).is_some_and(|secret| *secret.bytes() == [1; 32]));
    }
}
