//! Where a file goes when its fate is known: `taken/`, or `refused/` beside its explanation. It blocks.

use super::explanation;
use super::files::{free_name, move_into, sync_folder, with_infix, write_whole};
use crate::domain::TrackingId;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The fate of a file.
#[derive(Clone)]
pub enum Fate {
    /// We have it, under this name.
    Taken(TrackingId),
    /// We have not, and this note says why.
    Refused(String),
}

const TAKEN: &str = "taken";
const REFUSED: &str = "refused";

/// Moves the file where it belongs.
///
/// The note is durable before the file moves: a file in `refused/` always has its note. After a crash between the two the
/// file is read again, gets the same name (only files take names, notes do not) and its note is written over.
pub fn file_away(folder: &Path, name: &OsStr, fate: &Fate) -> io::Result<()> {
    match fate {
        Fate::Taken(tracking) => {
            let taken = subfolder(folder, TAKEN)?;
            let new_name = free_name(&taken, &with_infix(name, &tracking.to_string()));
            move_into(&folder.join(name), &taken, &new_name)
        }
        Fate::Refused(note) => {
            let refused = subfolder(folder, REFUSED)?;
            let new_name = free_name(&refused, name);
            let mut note_name = new_name.clone();
            note_name.push(explanation::ENDING);
            write_whole(&refused, &note_name, note.as_bytes())?;
            sync_folder(&refused)?;
            move_into(&folder.join(name), &refused, &new_name)
        }
    }
}

/// Made when first needed, and durable then.
fn subfolder(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let path = folder.join(name);
    match std::fs::create_dir(&path) {
        Ok(()) => sync_folder(folder)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seeded;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[test]
    fn nothing_in_the_folders_is_ever_written_over_by_a_later_file_of_the_same_name() {
        let folder = tempfile::tempdir().unwrap();
        let tracking = TrackingId::new(&Seeded::new(1));
        for fate in [Fate::Taken(tracking), Fate::Refused("why".into())] {
            for content in ["first", "second"] {
                std::fs::write(folder.path().join("m.xml"), content).unwrap();
                file_away(folder.path(), OsStr::new("m.xml"), &fate).unwrap();
            }
        }
        assert_eq!(names(folder.path()), ["refused", "taken"]);
        assert_eq!(names(&folder.path().join("taken")), [format!("m.{tracking}.2.xml"), format!("m.{tracking}.xml")]);
        let refused = ["m.2.xml", "m.2.xml.explanation.txt", "m.xml", "m.xml.explanation.txt"];
        assert_eq!(names(&folder.path().join("refused")), refused);
        assert_eq!(std::fs::read_to_string(folder.path().join("refused/m.xml")).unwrap(), "first");
    }

    #[test]
    fn a_note_left_by_a_crash_before_the_file_moved_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("refused")).unwrap();
        std::fs::write(folder.path().join("refused/m.xml.explanation.txt"), "stale").unwrap();
        std::fs::write(folder.path().join("m.xml"), "x").unwrap();
        file_away(folder.path(), OsStr::new("m.xml"), &Fate::Refused("fresh".into())).unwrap();
        assert_eq!(names(&folder.path().join("refused")), ["m.xml", "m.xml.explanation.txt"]);
        assert_eq!(std::fs::read_to_string(folder.path().join("refused/m.xml.explanation.txt")).unwrap(), "fresh");
    }
}
