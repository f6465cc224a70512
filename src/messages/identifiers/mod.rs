//! Identifiers of persons and organisations (HIS 1001; HIS 80601): every `Ident` of a message, wherever it stands.

mod lists;
mod number;
pub use number::{class_of_type, wrong_in};
mod ident;
pub mod rules;
