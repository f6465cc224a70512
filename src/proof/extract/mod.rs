//! Extracts: lines of the log in a folder, with the proofs that they stand in it, for somebody who has neither the log nor us.
//!
//! | File | What is in it |
//! |---|---|
//! | `lines.ndjson` | the exact texts of lines, numbers ascending |
//! | `proofs.ndjson` | for each line its seal, and its path to the seal's root |
//! | `seals.ndjson` | each seal's exact text, and its path to the head's root |
//! | `head.txt` | the signed head |
//! | `consistency.json` | when there was an earlier head: the path from it to this one |
//! | `manifest.json` | what was asked, by whom, what for; the digest of each of these files |
//! | `manifest.sig` | the signature of the log over the format and the manifest: 64 bytes |
//!
//! Extracts of before have no signature and another format; what their manifest says is nobody's word but its own.

mod manifest;
mod rows;
mod write;
mod verdict;
mod verify;

pub use manifest::{Asked, Made, Manifest};
pub use verdict::{Broken, Place, Verified};
pub use verify::verify;
pub use write::{Piece, Writer};
