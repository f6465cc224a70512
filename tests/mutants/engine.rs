//! Our engine as a judge: with the schemas of the authorities exactly as they are published, or with our own.

use super::edit::line_of;
use super::originals::standards::files_below;
use bindeledd::domain::Private;
use bindeledd::messages::schemas::shipped;
use bindeledd::rulebook::{Edit, Fix, apply};
use bindeledd::schema::{Mend, SchemaFile, SchemaSet, mends, validate};
use bindeledd::xml::Limits;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A compiled set of schemas.
pub struct Engine(Arc<SchemaSet>);

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

    /// With the project's own schemas, as they are compiled into the program.
    pub fn own() -> Self {
        Self(shipped())
    }

    /// With schemas that are compiled already.
    pub fn of(set: SchemaSet) -> Self {
        Self(Arc::new(set))
    }

    pub fn judge(&self, text: &str) -> Judgement {
        let (problems, trouble) = validate(&self.0, text, &Limits::default());
        let line =
            problems.first().map(|problem| line_of(text, problem.offset)).or(trouble.map(|it| it.place.line as usize));
        let said = problems.first().map(|problem| format!("{:?}", problem.kind)).or(trouble.map(|it| format!("{it:?}")));
        Judgement { is_valid: line.is_none(), line: line.unwrap_or(0), said: said.unwrap_or_default() }
    }

    /// Makes every mend that is offered for what is wrong, and says whether the document is valid then. `None` when none is offered.
    pub fn mended(&self, text: &str) -> Option<Mended> {
        let (problems, _) = validate(&self.0, text, &Limits::default());
        let offered: Vec<Fix> = mends(&self.0, text, &Limits::default(), &problems).iter().flatten().map(fix).collect();
        let (all_are_mended, any) = (offered.len() == problems.len(), !offered.is_empty());
        let (mended, _) = apply(text, &offered.iter().collect::<Vec<_>>());
        any.then(|| Mended { is_valid: self.judge(&mended).is_valid, all_are_mended })
    }
}

/// What came of mending.
#[derive(Clone, Copy)]
pub struct Mended {
    pub is_valid: bool,
    /// Whether there was a mend for every problem.
    pub all_are_mended: bool,
}

fn fix(mend: &Mend) -> Fix {
    let edit =
        |patch: &bindeledd::schema::Patch| Edit { bytes: patch.bytes.clone(), with: Private::new(patch.with.clone()) };
    Fix { edits: mend.patches.iter().map(edit).collect() }
}

/// The files of the project's own schemas.
pub fn own_schemas() -> Vec<PathBuf> {
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"), "xsd")
}
