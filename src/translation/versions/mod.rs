//! Between versions: PLO 1.5 and 1.6, Dialogmelding 1.0 and 1.1, AppRec 1.0 and 1.1. From XML to XML on a copy of the tree, so that
//! what no rule is about cannot be lost; what a rule displaces is told in a report, and stands as labelled text where it can.
//!
//! Start reading at [`translate`] in `message.rs`, then at any rule, such as `plo/p02_…`.

mod edition;
mod wanted;
mod rule;
mod loss;
mod walk;
mod label;
mod subject;
pub mod g01_signature_is_of_the_original;
pub mod g02_there_is_a_way_between_the_versions;
pub mod plo;
pub mod dialogmelding;
pub mod apprec;
mod catalogue;
mod message;
mod judged;

pub use catalogue::all_rules;
pub(in crate::translation) use dialogmelding::plain;
pub use dialogmelding::types_instead_of;
pub use edition::{Edition, type_of_root};
pub use judged::{NotTranslated, translate_as_within, translate_within};
pub use loss::{Loss, rules_of, worst};
pub use message::{Translation, translate, translate_as};
pub use rule::{Rule, Run, Step};
pub use walk::is_closed;
pub use wanted::{Known, Wanted};
