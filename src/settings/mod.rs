//! Reading one TOML file with every complaint at once: where, what, and what to write instead.
//!
//! It knows TOML and the kinds of values we use (durations, sizes, HER-ids), and nothing of what any key means. Whoever owns a
//! key reads it: `config` its files, each transport its own options.
//!
//! ```text
//! pub fn read(section: &mut Section<'_>) -> Option<Options> {
//!     let url = section.required("url", Section::text);
//!     let patience = section.duration("patience", Duration::from_secs(1)..=Duration::from_secs(60));
//!     Some(Options { url: url?, patience: patience.unwrap_or(Duration::from_secs(5)) })
//! }
//! ```
//!
//! A reader asks for **all** its keys before the first `?`, so that every complaint is made, and never says "unknown key"
//! itself: whoever opened the section for it ([`Section::within`], [`Section::each`], [`Document::open`]) does that after it
//! has returned, by the keys it has asked for. What may stand in one place only (a token, a folder) it
//! [`claim`](Section::claim)s.

mod nearest;
mod complaint;
mod spot;
mod quantity;
mod document;
mod section;
mod values;
mod reading;

pub use complaint::Complaint;
pub use document::{Claim, Document};
pub use nearest::{did_you_mean, nearest};
pub use reading::{FileRead, Reading};
pub use section::Section;
pub use spot::{Spot, Written};

#[cfg(test)]
mod tests;
