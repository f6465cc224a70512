//! The path of one message, pure: facts in, outcome out. No clock, no socket, no database, no async; it cannot fail, only refuse.
//!
//! Start reading at [`process`].

mod facts;
mod earlier;
mod outcome;
mod admit;
mod version;
mod acknowledge;
mod route;
mod receipt;
mod process;
mod alone;

pub use acknowledge::positive_apprec;
pub use admit::{NotAdmitted, admit};
pub use alone::{ExpectedAnswer, Judgement, judge_alone};
pub use earlier::EarlierWanted;
pub use facts::{Facts, Original, OriginalDelivery};
pub use outcome::{Answered, Content, Entry, Outcome, Parcel, Purpose, What};
pub use process::process;
pub use route::{Fate, fates};
pub use version::Rendered;
