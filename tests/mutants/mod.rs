//! Mutants: seeded changes to valid messages, each with the lines on which a complaint about it is right.
//!
//! `outline` says where things stand, `edit` changes them, `given` is what a mutation is made from; `structure`, `attributes`,
//! `values` and `harmless` are the mutations, `kinds` their list, `originals` the messages, `breed` makes a mutant of a number,
//! `oracle` asks libxml2, `engine` asks us, `trial` does both for all, and `explained` lists where the two may differ.

pub mod attributes;
pub mod blueprint;
pub mod breed;
pub mod edit;
pub mod engine;
pub mod explained;
pub mod given;
pub mod grown;
pub mod harmless;
pub mod kinds;
pub mod oracle;
pub mod originals;
pub mod outline;
pub mod structure;
pub mod trial;
pub mod values;
