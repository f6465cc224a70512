//! Signatures: Ed25519 (RFC 8032) from a secret of 32 bytes, which is the seed.
//!
//! The key cannot be formatted:
//!
//! ```
//! let key = bindeledd::vault::SigningKey::from_secret(&bindeledd::vault::Secret::generate());
//! assert!(bindeledd::vault::verify(&key.public(), b"a line", &key.sign(b"a line")));
//! ```
//!
//! ```compile_fail
//! let key = bindeledd::vault::SigningKey::from_secret(&bindeledd::vault::Secret::generate());
//! println!("{key:?}");
//! ```

use super::secret::Secret;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// A key that signs.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The secret must be for this alone.
    pub fn from_secret(secret: &Secret) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(secret.bytes()).expect("any 32 bytes are a seed (RFC 8032, 5.1.5)"))
    }

    /// The signature of a message: always the same for the same message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).as_ref().try_into().expect("a signature has 64 bytes (RFC 8032, 5.1.6)")
    }

    /// What others verify with.
    pub fn public(&self) -> [u8; 32] {
        self.0.public_key().as_ref().try_into().expect("a public key has 32 bytes (RFC 8032, 5.1.5)")
    }
}

/// Whether the owner of the public key signed this message.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    UnparsedPublicKey::new(&ED25519, public).verify(message, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hex;

    /// RFC 8032, 7.1.
    const SEED_1: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    const PUBLIC_1: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const SIGNATURE_1: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    const SEED_2: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const PUBLIC_2: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const SIGNATURE_2: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    fn key(seed: &str) -> SigningKey {
        let seed: [u8; 32] = hex::read(seed).expect("a seed");
        SigningKey::from_secret(&Secret::copy_of(&seed).expect("32 bytes"))
    }

    #[test]
    fn it_signs_as_rfc_8032_says() {
        for (seed, public, message, signature) in
            [(SEED_1, PUBLIC_1, &b""[..], SIGNATURE_1), (SEED_2, PUBLIC_2, &[0x72], SIGNATURE_2)]
        {
            assert_eq!(Some(key(seed).public()), hex::read(public));
            assert_eq!(Some(key(seed).sign(message)), hex::read(signature));
        }
    }

    #[test]
    fn only_the_message_that_was_signed_by_this_key_verifies() {
        let (key, other) = (SigningKey::from_secret(&Secret::generate()), SigningKey::from_secret(&Secret::generate()));
        let (message, signature) = (b"line 4711", key.sign(b"line 4711"));
        assert!(verify(&key.public(), message, &signature));
        assert!(!verify(&key.public(), b"line 4712", &signature));
        assert!(!verify(&other.public(), message, &signature));
        assert!(!verify(&[0xff; 32], message, &signature), "no public key at all");
        for at in 0..signature.len() {
            let mut changed = signature;
            changed[at] ^= 1;
            assert!(!verify(&key.public(), message, &changed), "byte {at}");
        }
    }
}
