//! One TOML file while it is read: its text, and what is said about it.

use super::complaint::Complaint;
use super::spot::{Source, Spot};
use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file, and all that is wrong with it so far.
pub struct Document {
    source: Arc<Source>,
    folder: PathBuf,
    complaints: RefCell<Vec<Complaint>>,
    claims: RefCell<Vec<Claim>>,
}

/// Something of which there may be only one in the whole installation: a folder that is read from, a token.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What kind of thing, for people: `folder`, `token`.
    pub kind: &'static str,
    /// What is compared. It may be secret and is never shown.
    pub value: String,
    /// Where it stands.
    pub spot: Spot,
}

impl Document {
    pub(super) fn new(path: &Path, text: String) -> Self {
        let source = Arc::new(Source { file: path.display().to_string(), text });
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        Self { source, folder, complaints: RefCell::default(), claims: RefCell::default() }
    }

    pub(super) fn text(&self) -> &str {
        &self.source.text
    }

    pub(super) fn spot_at(&self, span: Range<usize>) -> Spot {
        Spot::new(&self.source, span)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn complain(&self, complaint: Complaint) {
        self.complaints.borrow_mut().push(complaint);
    }

    pub(super) fn claim(&self, claim: Claim) {
        self.claims.borrow_mut().push(claim);
    }

    /// What was said about it, in the order of its lines, and what it claims.
    pub(super) fn into_parts(self) -> (Vec<Complaint>, Vec<Claim>) {
        let mut complaints = self.complaints.into_inner();
        complaints.sort();
        (complaints, self.claims.into_inner())
    }
}
