//! How sender and receivers are named (HIS 1153, HIS 80601), as far as a message by itself can show. Whether they are there is
//! for the rules that ask the directory.

mod parties;
pub mod rules;
