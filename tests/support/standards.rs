//! The standards of the authorities, which are not part of the project: their samples, and their schemas as one. Where the folder
//! with them is not there, whoever asks is told so aloud.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder with standards, if it is here.
pub fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/standards");
    let found = folder.canonicalize().ok();
    if found.is_none() {
        eprintln!("SKIPPED: there is no {}", folder.display());
    }
    found
}

/// All files below a folder with this ending, in the order of their paths.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let fits = |path: &PathBuf| path.extension().is_some_and(|has| has == ending);
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files_below(&path, ending) } else { vec![path] }).filter(fits).collect();
    found.sort();
    found
}

/// The schemas from which every other one that a message needs is reached.
const ROOTS: [&str; 7] = [
    "applikasjonskvittering",
    "dialogmelding",
    "plo/v1.5",
    "plo/v1.6",
    "plo/v2.0",
    "felleskomponenter/MsgHead-v1_2.xsd",
    "felleskomponenter/EPJEkstrakt.xsd",
];

/// The schemas that messages need, each under the name by which the others import it.
pub fn schemas(standards: &Path) -> BTreeMap<String, PathBuf> {
    let all: BTreeMap<String, PathBuf> =
        files_below(&standards.join("xsd"), "xsd").into_iter().map(|file| (name_of(&file), file)).collect();
    let mut wanted: Vec<String> = roots(standards).iter().map(|file| name_of(file)).collect();
    let mut needed = BTreeMap::new();
    while let Some(name) = wanted.pop() {
        let Some(file) = all.get(&name) else { panic!("{name} is imported and not there") };
        if needed.insert(name, file.clone()).is_none() {
            let text = near(file);
            let imports = text.split("schemaLocation=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
            wanted.extend(imports.map(|path| path.rsplit('/').next().unwrap_or_default().to_string()));
        }
    }
    needed
}

/// Lays the schemas into one folder where each finds the others, under one that imports them all, whose path this is.
pub fn lay_flat(standards: &Path, folder: &Path) -> PathBuf {
    for (name, file) in schemas(standards) {
        std::fs::write(folder.join(name), near(&file)).expect("written");
    }
    let import = |file: &PathBuf| {
        let text = near(file);
        let (_, rest) = text.split_once("targetNamespace=\"").expect("a namespace");
        let namespace = rest.split('"').next().unwrap_or_default();
        format!("<import namespace=\"{namespace}\" schemaLocation=\"{}\"/>", name_of(file))
    };
    let imports: String = roots(standards).iter().map(import).collect();
    let all = folder.join("all.xsd");
    std::fs::write(&all, format!("<schema xmlns=\"http://www.w3.org/2001/XMLSchema\">{imports}</schema>")).expect("written");
    all
}

fn roots(standards: &Path) -> Vec<PathBuf> {
    let of_one = |root: &&str| match standards.join("xsd").join(root) {
        folder if folder.is_dir() => files_below(&folder, "xsd"),
        file => vec![file],
    };
    ROOTS.iter().flat_map(of_one).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// A schema that names the others as its neighbours, and no document type that would have to be fetched: they name each other as
/// if they lay in one folder, or at addresses that nobody shall ask.
fn near(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("reads");
    let latin_1 = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    let text = String::from_utf8(bytes).unwrap_or_else(|other| latin_1(other.as_bytes())).replacen("ISO-8859-1", "UTF-8", 1);
    let text = match text.split_once("<!DOCTYPE") {
        Some((before, rest)) => before.to_string() + rest.split_once("]>").expect("its end").1,
        None => text,
    };
    let elsewhere = ["http://www.kith.no/xmlstds/", "http://www.w3.org/TR/xmldsig-core/", "../../felleskomponenter/"];
    elsewhere.iter().fold(text, |text, there| text.replace(&format!("schemaLocation=\"{there}"), "schemaLocation=\""))
}
