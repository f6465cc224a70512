//! Our engine as a judge: with the schemas of the authorities exactly as they are published, or with our own.

use super::edit::line_of;
use super::originals::standards::files_below;
use bindeledd::schema::{SchemaFile, SchemaSet, validate};
use bindeledd::xml::Limits;
use std::path::{Path, PathBuf};

/// A compiled set of schemas.
pub struct Engine(SchemaSet);

/// What we say of a document.
pub struct Judgement {
    pub is_valid: bool,
    /// The line of the first problem, or 0.
    pub line: usize,
    /// What the first problem is, without what the document says.
    pub said: String,
}

impl Engine {
    /// With these schema files, byte for byte.
    pub fn with(files: &[PathBuf]) -> Self {
        let bytes: Vec<(String, Vec<u8>)> =
            files.iter().map(|file| (file.display().to_string(), std::fs::read(file).expect("reads"))).collect();
        let files: Vec<SchemaFile<'_>> = bytes.iter().map(|(name, bytes)| SchemaFile { name, bytes }).collect();
        Self::of(SchemaSet::compile(&files).unwrap_or_else(|troubles| panic!("{troubles:#?}")))
    }

    /// With the project's own schemas.
    pub fn own() -> Self {
        Self::with(&own_schemas())
    }

    /// With schemas that are compiled already.
    pub fn of(set: SchemaSet) -> Self {
        Self(set)
    }

    pub fn judge(&self, text: &str) -> Judgement {
        let (problems, trouble) = validate(&self.0, text, &Limits::default());
        let line =
            problems.first().map(|problem| line_of(text, problem.offset)).or(trouble.map(|it| it.place.line as usize));
        let said = problems.first().map(|problem| format!("{:?}", problem.kind)).or(trouble.map(|it| format!("{it:?}")));
        Judgement { is_valid: line.is_none(), line: line.unwrap_or(0), said: said.unwrap_or_default() }
    }
}

/// The files of the project's own schemas.
pub fn own_schemas() -> Vec<PathBuf> {
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"), "xsd")
}
