//! One file, judged, with its text to show.

use crate::pipeline::Judgement;

/// One file, judged.
pub(super) struct Judged {
    /// What it is called in what we say.
    pub name: String,
    /// Its text; empty when it could not be decoded.
    pub text: String,
    /// What there is to say about it.
    pub judgement: Judgement,
}
