//! What lets others verify the log without trusting us: a tree over its lines, seals over intervals of it, signed heads, and
//! extracts that carry their own proofs. Plain values and files; who keeps the log is not known here.
//!
//! A line is a leaf in the tree of its seal, a seal is a leaf in the tree of all seals, and the root of that tree is what is
//! signed (docs/decisions/019-seals-and-signed-heads.md). Somebody else's verifier is docs/verify/verify.py.

mod digest;
mod tree;
mod seal;
mod note;
mod removal;
pub mod extract;

pub use digest::{leaf, link};
pub use note::{NotANote, Origin, PublicKey, SignedHead, TreeHead};
pub use removal::{Gap, Removal};
pub use seal::{Interval, LINES_MAX, NotASeal, Seal, number_of};
pub use tree::{Growing, Tree, includes, is_consistent};
