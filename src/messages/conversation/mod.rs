//! What a message says about the one it answers, changes or cancels (HIS 80601, HISD 1154, HITS 1218), and whether that is so.

mod turn;
pub mod rules;

pub use turn::{Conversation, Turn, may_be_changed, status};
