//! Files in a partner's folder that are no messages, not yet, or not the partner's.

use super::case::{edited, letter, letter_without};
use super::live::Live;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Nothing here takes that long; what does, hangs.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a file must have lain still.
pub const SETTLE: Duration = Duration::from_secs(1);

/// What becomes of a file.
pub enum Fate {
    /// Moved to `taken/`.
    Taken,
    /// Moved to `refused/`, beside an explanation with these words.
    Refused(&'static str),
    /// Nobody touches it.
    Left,
    /// Whoever put it there has taken it back.
    Gone,
}

/// One kind of file.
pub struct File {
    pub what: &'static str,
    pub name: OsString,
    pub put: Box<dyn Fn(&Path)>,
    pub fate: Fate,
    /// Messages that are stored because of it.
    pub stored: usize,
}

fn file(what: &'static str, name: &str, content: impl Into<Vec<u8>>, fate: Fate, stored: usize) -> File {
    let content = content.into();
    File {
        what,
        name: name.into(),
        put: Box::new(move |path| std::fs::write(path, &content).expect("written")),
        fate,
        stored,
    }
}

/// A message that home care may send.
fn from_home_care() -> String {
    edited(&letter(), &[("9000300", "9000100"), ("9000302", "9000102"), ("9000101", "9000103")])
}

pub fn kinds() -> Vec<File> {
    let good = from_home_care();
    let other = edited(&good, &[("2026-03-02T09:40", "2026-03-02T09:50")]);
    let mut kinds = vec![
        file("a good file", "1 good.xml", good.clone(), Fate::Taken, 1),
        file("the same file under another name", "2 again.XML", good, Fate::Taken, 0),
        file("other content under its MsgId", "3 other.xml", other, Fate::Refused("samme MsgId"), 1),
        file("an empty file", "empty.xml", "", Fate::Refused("Filen er tom"), 0),
        file("a file of white space", "blank.xml", "\n\n", Fate::Refused("R-009"), 1),
        file("a file that is no XML", "text.xml", "Pasienten er innlagt.", Fate::Refused("R-009"), 1),
        file("a file in UTF-16", "utf16.xml", [0xff, 0xfe, b'<', 0, b'a', 0], Fate::Refused("R-010"), 1),
        file("a file with a document type", "dtd.xml", "<!DOCTYPE a><a/>", Fate::Refused("R-011"), 1),
        file("half a message", "half.xml", &from_home_care()[..700], Fate::Refused("R-009"), 1),
        file("a message that breaks off in its content", "cut.xml", cut(&from_home_care()), Fate::Taken, 1),
        file("a file that is too large", "huge.xml", vec![b'x'; super::http::MESSAGE_BYTES + 1], Fate::Refused("større"), 0),
        file("a message of another sender", "foreign.xml", letter(), Fate::Refused("ikke er registrert"), 1),
        file("a message that is refused", "refused.xml", home_care_without_patient(), Fate::Taken, 1),
        file("a name with a person in it", "14854131010 Stille Fjord.xml", "no XML", Fate::Refused("R-009"), 1),
        file("an unfinished file", "later.xml.tmp", &from_home_care()[..700], Fate::Left, 0),
        file("a hidden file", ".later.xml", &from_home_care()[..700], Fate::Left, 0),
        file("another kind of file", "readme.txt", "read me", Fate::Left, 0),
    ];
    kinds.extend(odd_ones());
    kinds
}

fn odd_ones() -> Vec<File> {
    let odd = |what, name: &[u8], put: Box<dyn Fn(&Path)>, fate, stored| File {
        what,
        name: OsStr::from_bytes(name).into(),
        put,
        fate,
        stored,
    };
    let (named, growing) = (from_home_care(), from_home_care());
    vec![
        odd(
            "a name that is no text",
            b"\xff\xfe.xml",
            Box::new(move |path| std::fs::write(path, &named).expect("written")),
            Fate::Taken,
            1,
        ),
        odd(
            "a folder that is called like a message",
            b"folder.xml",
            Box::new(|path| std::fs::create_dir(path).expect("made")),
            Fate::Left,
            0,
        ),
        odd(
            "a link",
            b"link.xml",
            Box::new(|path| std::os::unix::fs::symlink("/etc/passwd", path).expect("linked")),
            Fate::Left,
            0,
        ),
        odd(
            "a link to nothing",
            b"dangling.xml",
            Box::new(|path| std::os::unix::fs::symlink("nowhere.xml", path).expect("linked")),
            Fate::Left,
            0,
        ),
        odd("a file that vanishes", b"vanishing.xml", Box::new(put_and_take_back), Fate::Gone, 0),
        odd(
            "a file that is still being written",
            b"growing.xml",
            Box::new(move |path| write_slowly(path, &growing)),
            Fate::Taken,
            1,
        ),
    ]
}

fn cut(message: &str) -> String {
    message[..message.find("</po:TidsfestetHendelse>").expect("its content")].to_string()
}

fn home_care_without_patient() -> String {
    edited(&letter_without("Patient"), &[("9000300", "9000100"), ("9000302", "9000102"), ("9000101", "9000103")])
}

fn put_and_take_back(path: &Path) {
    std::fs::write(path, from_home_care()).expect("written");
    std::fs::remove_file(path).expect("removed");
}

/// On a thread of its own, as another system would: the gateway sees many sizes of it.
fn write_slowly(path: &Path, content: &str) {
    let (path, content) = (path.to_path_buf(), content.to_string());
    std::thread::spawn(move || {
        let mut file = std::fs::File::create(path).expect("made");
        for piece in content.as_bytes().chunks(content.len() / 10) {
            file.write_all(piece).expect("written");
            file.sync_all().expect("synced");
            std::thread::sleep(SETTLE / 10);
        }
    });
}

/// Waits until it has become what it should of every file, and fails with the first of which something else has.
pub async fn check(live: &Live, kinds: &[File]) {
    let folder = live.drop_folder();
    let started = Instant::now();
    for kind in kinds.iter().filter(|kind| !matches!(kind.fate, Fate::Left | Fate::Gone)) {
        while folder.join(&kind.name).symlink_metadata().is_ok()
            || (kind.what.contains("still being written") && filed(&folder, kind).is_none())
        {
            assert!(started.elapsed() < PATIENCE, "{}: it still lies there", kind.what);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    for kind in kinds {
        let lies = folder.join(&kind.name).symlink_metadata().is_ok();
        let filed = filed(&folder, kind);
        match &kind.fate {
            Fate::Left => assert!(lies && filed.is_none(), "{}: somebody touched it", kind.what),
            Fate::Gone => assert!(!lies && filed.is_none(), "{}: it is somewhere", kind.what),
            Fate::Taken => assert!(is_in(filed.as_deref(), "taken"), "{}: it is in {filed:?}", kind.what),
            Fate::Refused(words) => {
                assert!(is_in(filed.as_deref(), "refused"), "{}: it is in {filed:?}", kind.what);
                let note = explanation(&filed.expect("a file"));
                assert!(note.contains(words), "{}: no '{words}' in\n{note}", kind.what);
            }
        }
    }
}

fn is_in(file: Option<&Path>, folder: &str) -> bool {
    file.and_then(Path::parent).is_some_and(|parent| parent.ends_with(folder))
}

/// Where it was filed away, under its own name or one that begins so.
fn filed(folder: &Path, kind: &File) -> Option<PathBuf> {
    let stem = Path::new(&kind.name).file_stem().unwrap_or(&kind.name).to_os_string();
    let is_it = |path: &PathBuf| {
        let name = path.file_name().map(OsStr::as_bytes).unwrap_or_default();
        name.starts_with(&[stem.as_bytes(), b"."].concat()) && name.to_ascii_lowercase().ends_with(b".xml")
    };
    let entries = ["taken", "refused"].iter().filter_map(|below| std::fs::read_dir(folder.join(below)).ok()).flatten();
    entries.map(|entry| entry.expect("an entry").path()).find(is_it)
}

fn explanation(file: &Path) -> String {
    let stem = file.file_stem().expect("a name").as_bytes().to_vec();
    let entries =
        std::fs::read_dir(file.parent().expect("a folder")).expect("reads").map(|entry| entry.expect("an entry").path());
    let is_note = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.as_bytes().starts_with(&stem))
            && path.extension().is_some_and(|ending| ending == "txt")
    };
    entries.filter(is_note).map(|path| std::fs::read_to_string(path).expect("reads")).collect()
}
