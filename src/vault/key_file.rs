//! The key file: the key-encryption keys (KEKs) of an installation, as text that can be printed and kept in a safe.
//!
//! ```text
//! # Keys of bindeledd. Keep a copy in a safe: without these keys the stored content is lost, with them anybody can read it.
//! bindeledd-kek-1 <id, 16 hexadecimal digits> <key, 32 bytes in base64>
//! ```
//!
//! One line for each key. The first is in use; those below are older ones that something may still be wrapped by. Blank lines and
//! lines that begin with `#` do not count; a file that is written anew keeps only the first of them. Only its owner may read it.
//!
//! **To change the key**: [`KeyFile::with_new_key`] and [`KeyFile::save`]; then [`KeyFile::rewrap`] everything, and commit; and only
//! then [`KeyFile::without_old_keys`] and [`KeyFile::save`]. Killed between any two of these, everything can still be unwrapped.
//!
//! Keys cannot be formatted:
//!
//! ```
//! fn take(keys: bindeledd::vault::KeyFile) {
//!     println!("{}", keys.in_use());
//! }
//! ```
//!
//! ```compile_fail
//! fn take(keys: bindeledd::vault::KeyFile) {
//!     println!("{keys:?}");
//! }
//! ```

use super::kek::{FORM, Kek, KekId};
use crate::domain::Fault;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const HEADING: &str = "# Keys of bindeledd. Keep a copy in a safe: without these keys the stored content is lost, with them anybody can read it.\n";
/// Room for some hundred keys. What is larger is not a key file, and is not read.
const FILE_BYTES_MAX: usize = 64 * 1024;

/// The keys of a key file. What it wraps and unwraps is in `wrapped.rs`.
pub struct KeyFile {
    in_use: Kek,
    older: Vec<Kek>,
}

impl KeyFile {
    /// Reads a key file, or says what is wrong and what to do.
    pub fn load(path: &Path) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => complaint(
                path,
                "is not there. Put back the copy that is kept in a safe; make a new one only where nothing has been stored yet",
            ),
            _ => unreadable(path, &error),
        })?;
        let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
        only_its_owner_may_read(path, &metadata)?;
        // With room for all of it, so that no copy is left behind when it grows.
        let mut bytes = Zeroizing::new(Vec::with_capacity(FILE_BYTES_MAX + 1));
        let most = FILE_BYTES_MAX as u64 + 1;
        file.take(most).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
        Self::read(path, &bytes)
    }

    /// One new key that is in no file: for a store that does not outlive the process.
    pub fn generate() -> Self {
        Self { in_use: Kek::generate(), older: Vec::new() }
    }

    /// Makes a file with one new key, which nobody but its owner can read. A file that is there already is never overwritten.
    pub fn create(path: &Path) -> Result<Self, Fault> {
        let keys = Self::generate();
        let mut file = private_file(path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                complaint(path, "is there already, and keys are never overwritten. Use it, or name another file")
            }
            _ => unwritable(path, &error),
        })?;
        let written =
            file.write_all(keys.text().as_bytes()).and_then(|()| file.sync_all()).and_then(|()| sync_folder_of(path));
        written.map_err(|error| {
            // Best effort: it is ours, and what is left of it would be in the way of the next attempt.
            let _ = fs::remove_file(path);
            unwritable(path, &error)
        })?;
        Ok(keys)
    }

    /// The same keys behind a new one, which is in use from now on. Nothing is written.
    #[must_use]
    pub fn with_new_key(self) -> Self {
        let older = std::iter::once(self.in_use).chain(self.older).collect();
        Self { in_use: Kek::generate(), older }
    }

    /// The key in use alone. Whatever an older key still wraps is lost with the last copy of that key.
    #[must_use]
    pub fn without_old_keys(self) -> Self {
        Self { in_use: self.in_use, older: Vec::new() }
    }

    /// Writes the file anew: at every moment there is either the old one or the new one, whole. It keeps its owner.
    pub fn save(&self, path: &Path) -> Result<(), Fault> {
        let beside = beside(path).map_err(|error| unwritable(path, &error))?;
        let written = self.write_beside(path, &beside).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            // Best effort: the next attempt removes it as well.
            let _ = fs::remove_file(&beside);
        }
        written.and_then(|()| sync_folder_of(path)).map_err(|error| unwritable(path, &error))
    }

    /// The id of the key in use.
    pub fn in_use(&self) -> KekId {
        self.in_use.id
    }

    /// The ids of all keys, that in use first.
    pub fn ids(&self) -> impl Iterator<Item = KekId> {
        self.keks().map(|kek| kek.id)
    }

    pub(super) fn newest(&self) -> &Kek {
        &self.in_use
    }

    pub(super) fn keks(&self) -> impl Iterator<Item = &Kek> {
        std::iter::once(&self.in_use).chain(&self.older)
    }

    fn read(path: &Path, bytes: &[u8]) -> Result<Self, Fault> {
        if bytes.trim_ascii().is_empty() {
            return Err(complaint(path, "is empty. Put back the copy that is kept in a safe"));
        }
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= FILE_BYTES_MAX).unwrap_or_default();
        // Some editors begin a file with this sign.
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let lines = (1..).zip(lines).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        if !lines.clone().any(|(_, line)| line.starts_with(FORM)) {
            return Err(complaint(
                path,
                "is not a key file: no line begins with `bindeledd-kek-1`. Name the file that holds the keys",
            ));
        }
        let mut keks: Vec<(usize, Kek)> = Vec::new();
        for (number, line) in lines {
            let kek = Kek::read(line).map_err(|wrong| {
                complaint(
                    path,
                    format_args!("is mangled in line {number}: {wrong}. Put back the copy that is kept in a safe"),
                )
            })?;
            if let Some((earlier, _)) = keks.iter().find(|(_, earlier)| earlier.id == kek.id) {
                let twice =
                    format_args!("has the key {} in line {earlier} and again in line {number}. Remove one of them", kek.id);
                return Err(complaint(path, twice));
            }
            keks.push((number, kek));
        }
        let mut keks = keks.into_iter().map(|(_, kek)| kek);
        let in_use = keks.next().ok_or_else(|| complaint(path, "holds no key. Put back the copy that is kept in a safe"))?;
        Ok(Self { in_use, older: keks.collect() })
    }

    fn text(&self) -> Zeroizing<String> {
        let room = HEADING.len() + self.keks().count() * Kek::LINE_BYTES;
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(HEADING);
        self.keks().for_each(|kek| kek.write(&mut text));
        text
    }

    fn write_beside(&self, path: &Path, beside: &Path) -> io::Result<()> {
        match fs::remove_file(beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private_file(beside)?;
        keep_owner(path, &file)?;
        file.write_all(self.text().as_bytes())?;
        file.sync_all()
    }
}

fn complaint(path: &Path, what: impl fmt::Display) -> Fault {
    Fault::lasting(format_args!("the key file {} {what}", path.display()))
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    let what = format_args!("cannot be read ({error}). Its owner must be the user that bindeledd runs as");
    complaint(path, what)
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    let what = format_args!("cannot be written ({error}). Make room for it, or let this user write to its folder");
    Fault::storage_full(format_args!("the key file {} {what}", path.display()))
}

/// A name beside the file that nobody takes for it.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it has no name"))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".new");
    Ok(path.with_file_name(beside))
}

/// A new file that only its owner may read, from its first moment on.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn only_its_owner_may_read(path: &Path, metadata: &fs::Metadata) -> Result<(), Fault> {
    let mode = std::os::unix::fs::MetadataExt::mode(metadata) & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let what = format_args!(
        "is open to others than its owner (mode {mode:03o}). Run `chmod 600 {}`, and change the key if somebody may have read it",
        path.display()
    );
    Err(complaint(path, what))
}

#[cfg(not(unix))]
fn only_its_owner_may_read(_: &Path, _: &fs::Metadata) -> Result<(), Fault> {
    Ok(())
}

/// When the superuser changes the key, the service must still be able to read the file.
#[cfg(unix)]
fn keep_owner(old: &Path, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let old = match fs::metadata(old) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    let new_one = new.metadata()?;
    if (old.uid(), old.gid()) == (new_one.uid(), new_one.gid()) {
        return Ok(());
    }
    fchown(new, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the name durable.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        // Some network file systems know no such thing.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    struct Place {
        folder: tempfile::TempDir,
        path: PathBuf,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys");
        Place { folder, path }
    }

    impl Place {
        fn write(&self, text: impl AsRef<[u8]>) {
            let _ = fs::remove_file(&self.path);
            private_file(&self.path).and_then(|mut file| file.write_all(text.as_ref())).expect("written");
        }

        /// The complaint about what is there, with `keys` for the path.
        fn complaint(&self) -> String {
            let fault = KeyFile::load(&self.path).err().expect("a complaint");
            fault.inner().replace(&self.path.display().to_string(), "keys")
        }

        fn names(&self) -> Vec<String> {
            let names = fs::read_dir(&self.folder).expect("a folder").flatten();
            names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        }
    }

    fn loaded(path: &Path) -> KeyFile {
        KeyFile::load(path).unwrap_or_else(|fault| panic!("{}", fault.inner()))
    }

    fn same(one: &KeyFile, other: &KeyFile) -> bool {
        one.keks().map(|kek| kek.secret.bytes()).eq(other.keks().map(|kek| kek.secret.bytes()))
    }

    #[test]
    fn what_was_created_and_saved_is_loaded_again_with_the_newest_key_in_front() {
        let place = place();
        let first = KeyFile::create(&place.path).expect("created");
        assert!(same(&first, &loaded(&place.path)));
        let oldest = first.in_use();
        let three = first.with_new_key().with_new_key();
        three.save(&place.path).expect("saved");
        let again = loaded(&place.path);
        assert!(same(&three, &again));
        assert_eq!(again.ids().count(), 3);
        assert_eq!(again.ids().next(), Some(again.in_use()));
        assert_eq!(again.ids().last(), Some(oldest));
        let newest = again.in_use();
        again.without_old_keys().save(&place.path).expect("saved");
        assert_eq!(loaded(&place.path).ids().collect::<Vec<_>>(), [newest]);
        assert_eq!(place.names(), ["keys"], "nothing is left beside it");
    }

    #[test]
    fn a_file_that_is_there_is_never_overwritten_by_a_new_one() {
        let place = place();
        let keys = KeyFile::create(&place.path).expect("created");
        let fault = KeyFile::create(&place.path).err().expect("refused");
        assert!(
            fault.inner().ends_with("keys is there already, and keys are never overwritten. Use it, or name another file")
        );
        assert!(same(&keys, &loaded(&place.path)));
    }

    #[test]
    fn what_cannot_be_written_is_told_and_leaves_the_old_file() {
        let place = place();
        let keys = KeyFile::create(&place.path).expect("created");
        fs::create_dir(place.folder.path().join(".keys.new")).expect("something in the way");
        assert!(loaded(&place.path).with_new_key().save(&place.path).is_err());
        assert!(same(&keys, &loaded(&place.path)));
        let nowhere = place.folder.path().join("nowhere").join("keys");
        for fault in [KeyFile::create(&nowhere).err(), keys.save(&nowhere).err()] {
            let told = fault.map(|fault| fault.inner().to_string()).unwrap_or_default();
            assert!(told.contains("nowhere/keys cannot be written (No such file or directory"), "{told}");
        }
    }

    #[test]
    fn blank_lines_notes_and_the_habits_of_editors_do_not_matter() {
        let place = place();
        let keys = KeyFile::create(&place.path).expect("created").with_new_key();
        let text = keys.text().replace('\n', "\r\n").replace("bindeledd-kek-1", "\n# from the safe\n  bindeledd-kek-1");
        place.write(format!("\u{feff}{text}"));
        assert!(same(&keys, &loaded(&place.path)));
    }

    #[test]
    fn each_thing_that_can_be_wrong_is_told_with_what_to_do() {
        let place = place();
        let safe = "Put back the copy that is kept in a safe";
        let missing =
            "is not there. Put back the copy that is kept in a safe; make a new one only where nothing has been stored yet";
        assert_eq!(place.complaint(), format!("the key file keys {missing}"));

        let keys = KeyFile::create(&place.path).expect("created").with_new_key();
        let text = keys.text().to_string();
        let lines: Vec<&str> = text.lines().collect();
        let (heading, first, second) = (lines[0], lines[1], lines[2]);
        let (id, key) = first.trim_start_matches(FORM).trim().split_once(' ').expect("an id and a key");
        let short = STANDARD.encode([7; 31]);
        let not_one =
            "is not a key file: no line begins with `bindeledd-kek-1`. Name the file that holds the keys".to_string();
        let mangled = |number: usize, wrong: &str| format!("is mangled in line {number}: {wrong}. {safe}");
        let (form, other_id) =
            ("it is not `bindeledd-kek-1`, an id and a key", "the id does not have 16 hexadecimal digits");
        let (not_a_key, not_its) =
            ("the key is not 32 bytes in base64", "the key is not the one that the id belongs to; a character was changed");
        let cases = [
            (String::new(), format!("is empty. {safe}")),
            (" \n\n".to_string(), format!("is empty. {safe}")),
            ("data = \"/var/lib\"\n".to_string(), not_one.clone()),
            (heading.to_string(), not_one.clone()),
            (format!("{heading}\n{first}\nhello"), mangled(3, form)),
            (format!("{heading}\n{FORM} {id}\n"), mangled(2, form)),
            (format!("{heading}\n{first} {key}\n"), mangled(2, form)),
            (format!("{FORM}0 {id} {key}"), mangled(1, form)),
            (format!("{FORM} {}g {key}", &id[1..]), mangled(1, other_id)),
            (format!("{FORM} {id} {}", &key[1..]), mangled(1, not_a_key)),
            (format!("{FORM} {id} {key}{key}"), mangled(1, not_a_key)),
            (format!("{FORM} {id} {short}"), mangled(1, not_a_key)),
            (format!("{heading}\n{second}\n{FORM} {} {key}", keys.ids().last().expect("two")), mangled(3, not_its)),
            (
                format!("{first}\n{second}\n{first}\n"),
                format!("has the key {id} in line 1 and again in line 3. Remove one of them"),
            ),
            (format!("{}{text}", " ".repeat(FILE_BYTES_MAX)), not_one.clone()),
        ];
        for (content, complaint) in cases {
            place.write(&content);
            assert_eq!(place.complaint(), format!("the key file keys {complaint}"));
            let complaint = place.complaint();
            let told = |secret: &str| (0..secret.len() - 5).any(|at| complaint.contains(&secret[at..at + 6]));
            assert!(!told(key), "a part of the key is told: {complaint}");
        }
        place.write([&[0xff], text.as_bytes()].concat());
        assert_eq!(place.complaint(), format!("the key file keys {not_one}"));
    }

    #[cfg(unix)]
    mod on_unix {
        use super::*;
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).expect("there").mode() & 0o777
        }

        fn set_mode(path: &Path, mode: u32) {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("changed");
        }

        #[test]
        fn only_the_owner_may_read_what_we_write() {
            let place = place();
            let keys = KeyFile::create(&place.path).expect("created");
            assert_eq!(mode(&place.path), 0o600);
            // What a killed process left.
            fs::write(place.folder.path().join(".keys.new"), "half").expect("written");
            set_mode(&place.folder.path().join(".keys.new"), 0o644);
            keys.with_new_key().save(&place.path).expect("saved");
            assert_eq!(mode(&place.path), 0o600);
            assert_eq!(place.names(), ["keys"]);
        }

        #[test]
        fn a_file_that_others_may_read_or_write_is_refused() {
            let place = place();
            drop(KeyFile::create(&place.path).expect("created"));
            for open in [0o644, 0o640, 0o604, 0o620, 0o601, 0o666] {
                set_mode(&place.path, open);
                let what =
                    format!("the key file keys is open to others than its owner (mode {open:o}). Run `chmod 600 keys`, ");
                let complaint = place.complaint();
                assert_eq!(complaint, format!("{what}and change the key if somebody may have read it"));
            }
            for private in [0o600, 0o400] {
                set_mode(&place.path, private);
                assert_eq!(loaded(&place.path).ids().count(), 1);
            }
        }

        #[test]
        fn what_cannot_be_read_is_told() {
            let place = place();
            fs::create_dir(&place.path).expect("a folder");
            set_mode(&place.path, 0o700);
            let complaint = place.complaint();
            assert!(complaint.starts_with("the key file keys cannot be read (Is a directory"), "{complaint}");
            assert!(complaint.ends_with("Its owner must be the user that bindeledd runs as"), "{complaint}");
        }

        #[test]
        fn the_file_keeps_its_owner_when_the_superuser_changes_the_key() {
            let place = place();
            let keys = KeyFile::create(&place.path).expect("created");
            if chown(&place.path, Some(4321), Some(4321)).is_err() {
                return eprintln!("SKIPPED: only the superuser can give a file to somebody");
            }
            keys.with_new_key().save(&place.path).expect("saved");
            let saved = fs::metadata(&place.path).expect("there");
            assert_eq!((saved.uid(), saved.gid(), saved.mode() & 0o777), (4321, 4321, 0o600));
        }
    }
}
