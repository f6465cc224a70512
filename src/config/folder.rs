//! Which files there are. A file that would silently not be read is a complaint.

use crate::domain::PartnerName;
use crate::settings::{Complaint, Spot, nearest};
use std::path::{Path, PathBuf};

/// The name of the file about the gateway itself.
pub(super) const GATEWAY_FILE: &str = "bindeledd.toml";
/// The name of the file with the keys, unless the file about the gateway names another.
pub const KEY_FILE: &str = "bindeledd.keys";
/// The folder with one file per partner.
pub(super) const PARTNERS: &str = "partners";
/// The folder with one file per route.
pub(super) const ROUTES: &str = "routes";

/// A file and the name that its stem gives to what is in it.
pub(super) struct NamedFile {
    pub name: PartnerName,
    pub path: PathBuf,
}

/// Complains about what lies beside `bindeledd.toml` and would not be read.
pub(super) fn look_at_top(folder: &Path, complaints: &mut Vec<Complaint>) {
    let known = [GATEWAY_FILE, KEY_FILE, PARTNERS, ROUTES];
    for path in entries(folder, complaints) {
        let name = file_name(&path);
        if known.contains(&name.as_str()) {
            continue;
        }
        let meant = nearest(&name, known);
        if name.ends_with(".toml") || meant.is_some() {
            let complaint =
                Spot::of_file(path.display().to_string()).complain("this is not read: nothing of this name is known here");
            complaints.push(complaint.suggest(match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("files about partners belong into `{PARTNERS}`, files about routes into `{ROUTES}`"),
            }));
        }
    }
}

/// The `*.toml` files of a folder, in the order of their names.
pub(super) fn named_files(folder: &Path, complaints: &mut Vec<Complaint>) -> Vec<NamedFile> {
    let mut files = Vec::new();
    for path in entries(folder, complaints) {
        let name = file_name(&path);
        let complain = |message: &str, suggestion: String| {
            Spot::of_file(path.display().to_string()).complain(message).suggest(suggestion)
        };
        match name.strip_suffix(".toml") {
            Some(stem) => match PartnerName::parse(stem) {
                Some(name) => files.push(NamedFile { name, path }),
                None => complaints.push(complain(
                    "the name of this file is not a good name",
                    format!(
                        "a name has small letters a to z, digits and hyphens, at most {}; rename it to `{}.toml`",
                        PartnerName::MAX_BYTES,
                        good_name(stem)
                    ),
                )),
            },
            None if name.ends_with(".md") => {}
            None => complaints.push(complain(
                "this is not read: only files that end in .toml are",
                "rename it to end in .toml, or move it away; a name that begins with a dot is passed over".into(),
            )),
        }
    }
    files
}

/// What is in a folder, without hidden files, in the order of the names.
fn entries(folder: &Path, complaints: &mut Vec<Complaint>) -> Vec<PathBuf> {
    let listed =
        std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>());
    match listed {
        Ok(mut paths) => {
            paths.retain(|path| !file_name(path).starts_with('.'));
            paths.sort();
            paths
        }
        Err(error) => {
            let complaint =
                Spot::of_file(folder.display().to_string()).complain(format!("this folder cannot be read: {error}"));
            complaints.push(complaint.suggest("`bindeledd init FOLDER` writes a whole configuration to start from"));
            Vec::new()
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The nearest good name: `Fjellvik kommune` becomes `fjellvik-kommune`.
fn good_name(stem: &str) -> String {
    let mut good = String::new();
    for c in stem.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => good.push(c),
            'æ' => good.push_str("ae"),
            'ø' => good.push('o'),
            'å' => good.push_str("aa"),
            _ if !good.is_empty() && !good.ends_with('-') => good.push('-'),
            _ => {}
        }
    }
    let good = good.trim_end_matches('-');
    good.get(..good.len().min(PartnerName::MAX_BYTES)).filter(|name| !name.is_empty()).unwrap_or("a-name").to_string()
}
