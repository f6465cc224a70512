//! Which places there are in an installation.

use super::Anchor;
use super::file::HeadsFile;
use super::http::Posted;
use crate::domain::Fault;
use crate::https::OutOptions;
use std::path::PathBuf;
use std::sync::Arc;

/// The places that an installation has chosen.
#[derive(Clone, Default)]
pub struct Options {
    /// A file to which each head is added.
    pub file: Option<PathBuf>,
    /// An address to which each head is posted.
    pub post: Option<OutOptions>,
}

impl Options {
    /// Makes ready; opens and connects to nothing yet.
    pub fn anchors(&self) -> Result<Vec<Arc<dyn Anchor>>, Fault> {
        let mut anchors: Vec<Arc<dyn Anchor>> = Vec::new();
        if let Some(path) = &self.file {
            anchors.push(Arc::new(HeadsFile(path.clone())));
        }
        if let Some(options) = &self.post {
            anchors.push(Arc::new(Posted::new(options)?));
        }
        Ok(anchors)
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let post = self.post.as_ref().map(|options| options.target.shown());
        f.debug_struct("Options").field("file", &self.file).field("post", &post).finish()
    }
}
