//! How much one JSON document may hold. It knows the numbers, not who counts.

/// The bounds of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole document, in bytes.
    pub document_bytes: usize,
    /// Objects and arrays inside each other; the outermost is the first.
    pub depth: usize,
    /// Objects, arrays, texts, numbers and the rest, in the whole document. One takes about 60 bytes of memory.
    pub values_total: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes: 25 * 1024 * 1024, depth: 128, values_total: 1_000_000 }
    }
}

/// Which bound was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`Limits::document_bytes`]
    DocumentBytes,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::values_total`]
    ValuesTotal,
}
