//! Content at rest: keys in a file that can be kept in a safe, secrets wrapped by them, content compressed and sealed, patients
//! under a pseudonym, and signatures. It knows no table and no file but the key file; what is sealed when is for the store to say.
//!
//! What each key is for:
//!
//! ```text
//!   key file ── KEK ──wraps──▶ secrets, one for each label
//!                                ├─ DataKey       one for each calendar month: seals content
//!                                ├─ PseudonymKey  names a patient in indexes
//!                                └─ SigningKey    signs what was logged
//! ```
//!
//! All cryptography is aws-lc's. See `docs/decisions/018-content-is-sealed-by-period.md`.

mod digest;
mod secret;
mod aead;
mod kek;
mod key_file;
mod wrapped;
mod compression;
mod content;
mod pseudonym;
mod signing;

pub use content::{Damaged, DataKey, open, seal};
pub use digest::digest_of;
pub use kek::KekId;
pub use key_file::KeyFile;
pub use pseudonym::{NotAPseudonym, Pseudonym, PseudonymKey};
pub use secret::Secret;
pub use signing::{SigningKey, verify};
pub use wrapped::{Unwrap, kek_id_of};
