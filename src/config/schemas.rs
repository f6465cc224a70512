//! Further schemas from a folder: `[schemas] extra` in the configuration, `--schemas` on the command line.

use crate::messages::schemas::{shipped, with};
use crate::schema::{SchemaFile, SchemaNote, SchemaSet};
use crate::settings::FileRead;
use crate::vault::digest_of;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Schema files of this size and more are none; in bytes.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// A folder with more files than this is not one of schemas.
const MOST_FILES: usize = 2000;

/// The schemas of the project together with every `*.xsd` in a folder and its subfolders; in words what is wrong, all at once.
pub(super) fn schemas_with(folder: &Path) -> Result<(Arc<SchemaSet>, Vec<FileRead>), Vec<String>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|why| vec![why])?;
    paths.sort();
    if paths.is_empty() {
        return Err(vec![format!("there is no file *.xsd in {}", folder.display())]);
    }
    let mut troubles = Vec::new();
    let mut files = Vec::new();
    for path in &paths {
        match std::fs::read(path) {
            Ok(bytes) => files.push((shown(path, folder), bytes)),
            Err(error) => troubles.push(format!("{} cannot be read: {error}", path.display())),
        }
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    let files: Vec<_> = files.iter().map(|(name, bytes)| SchemaFile { name, bytes }).collect();
    let digests = paths.into_iter().zip(&files).map(|(path, file)| (path, digest_of(file.bytes))).collect();
    let troubled = |troubles: Vec<_>| troubles.iter().map(ToString::to_string).collect();
    with(&files).map(|set| (Arc::new(set), digests)).map_err(troubled)
}

/// The schemas that are used when no folder is named.
pub fn schemas_of(folder: Option<&Path>) -> Result<Arc<SchemaSet>, Vec<String>> {
    folder.map_or_else(|| Ok(shipped()), |folder| schemas_with(folder).map(|(set, _)| set))
}

/// What an operator should know of a set that was compiled, such as a file that was set aside.
pub fn notes(set: &SchemaSet) -> impl Iterator<Item = &SchemaNote> {
    set.notes().iter()
}

fn shown(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("the folder {} cannot be read: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(cannot)?);
        let is_schema = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xsd"));
        if kind.is_dir() {
            collect(&path, paths)?;
        } else if is_schema && std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() < MOST_BYTES) {
            paths.push(path);
        }
        if paths.len() > MOST_FILES {
            return Err(format!("{} has more than {MOST_FILES} schema files", folder.display()));
        }
    }
    Ok(())
}
