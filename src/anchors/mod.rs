//! Places where others keep the signed heads of the log. Whoever has one can tell afterwards whether what came before it was changed,
//! also if that was done by somebody with the database, the program and the key (docs/decisions/019).

mod file;
mod http;

use crate::domain::Fault;
use crate::https::OutOptions;
use crate::transports::BoxFuture;
use std::path::PathBuf;
use std::sync::Arc;

/// A place for heads.
pub trait Anchor: Send + Sync {
    /// What it is called in the gateway's own log.
    fn name(&self) -> String;

    /// Puts a head down: a signed note, whole. The same one may come again.
    fn put_down<'a>(&'a self, note: &'a str) -> BoxFuture<'a, Result<(), Fault>>;
}

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
            anchors.push(Arc::new(file::HeadsFile(path.clone())));
        }
        if let Some(options) = &self.post {
            anchors.push(Arc::new(http::Posted::new(options)?));
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
