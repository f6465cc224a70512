//! The folder of one demo: made for it alone, and gone after it unless it shall be kept.

use crate::domain::{Chance, Fault};
use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

/// The folder. Dropping it removes it, also when the demo ends early.
pub struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    /// Makes the folder: `keep`, which must be new or empty, or one with a name of its own among the temporary files.
    pub fn make(keep: Option<&Path>, chance: &dyn Chance) -> Result<Self, Fault> {
        let temporary = || std::env::temp_dir().join(format!("bindeledd-demo-{:016x}", chance.next_u64()));
        let path = keep.map_or_else(temporary, Path::to_path_buf);
        let cannot = |error| Fault::lasting(format!("the folder {} cannot be made: {error}", path.display()));
        match keep {
            Some(path) if is_in_use(path) => {
                let why = "it has something in it; name a new folder, or an empty one";
                return Err(Fault::lasting(format!("the demo cannot use the folder {}: {why}", path.display())));
            }
            Some(path) => fs::create_dir_all(path).map_err(cannot)?,
            None => private().create(&path).map_err(cannot)?,
        }
        let path = fs::canonicalize(&path).map_err(Fault::lasting)?;
        Ok(Self { path, kept: keep.is_some() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it outlives the demo.
    pub fn is_kept(&self) -> bool {
        self.kept
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.kept {
            // What is left then, the operating system clears away some day; all of it is fictive.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn is_in_use(path: &Path) -> bool {
    fs::read_dir(path).map_or_else(|_| path.exists(), |mut entries| entries.next().is_some())
}

/// Other users of the machine have no business in it.
fn private() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seeded;

    #[test]
    fn a_folder_of_its_own_goes_with_the_demo_and_a_named_one_stays() {
        let seeded = Seeded::new(u64::from(std::process::id()));
        let temporary = Folder::make(None, &seeded).unwrap();
        let path = temporary.path().to_path_buf();
        fs::write(path.join("file"), "x").unwrap();
        drop(temporary);
        assert!(!path.exists());
        let parent = tempfile::tempdir().unwrap();
        let named = parent.path().join("a/b");
        drop(Folder::make(Some(&named), &seeded).unwrap());
        assert!(named.exists());
    }

    #[test]
    fn a_folder_with_something_in_it_is_not_used() {
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("file"), "x").unwrap();
        assert!(Folder::make(Some(parent.path()), &Seeded::new(1)).is_err());
        assert!(Folder::make(Some(&parent.path().join("file")), &Seeded::new(1)).is_err(), "a file");
    }
}
