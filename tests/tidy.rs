//! The promise: the house is tidy. What `docs/architecture.md` says about order, size, words and purity holds for every file.

#[path = "tidy/licences.rs"]
mod licences;
#[path = "tidy/order.rs"]
mod order;
#[path = "tidy/sources.rs"]
mod sources;

use sources::{Source, files, root, rust, shown};
use std::path::Path;
use std::process::Command;

/// The longest file, in lines.
const LINES_MAX: usize = 500;

/// Everything above the double line in `src/lib.rs`.
const PURE: [&str; 11] = [
    "domain",
    "xml",
    "schema",
    "codelists",
    "fhir",
    "rulebook",
    "routing",
    "messages",
    "translation",
    "delivery",
    "pipeline",
];

/// Words that the pure half must not use: without them it reaches no clock, socket, file, database or log …
const IMPURE: &str = "tokio postgres rusqlite hyper hyper_util axum rustls tracing serde_json toml aws_lc_rs SystemTime Instant async await \
                      println eprintln";
/// … and neither with these parts of `std`.
const IMPURE_STD: [&str; 6] = ["fs", "net", "env", "process", "thread", "io"];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["utils", "util", "common", "helpers", "types", "models", "services", "manager", "misc"];

/// The files that may take a private value in the clear, and why. The list may only shrink.
const EXPOSING: [(&str, &str); 20] = [
    ("src/domain/party.rs", "reads the HER-id out of an Ident"),
    ("src/messages/apprec/compose.rs", "leaves an empty name out of the AppRec"),
    ("src/messages/apprec/model.rs", "reads the name of an institution, which is no person's"),
    ("src/messages/apprec/write.rs", "writes an AppRec for the wire"),
    ("src/messages/msghead/model.rs", "joins the name of a professional, and keeps it private"),
    ("src/messages/msghead/write.rs", "writes a MsgHead for the wire"),
    ("src/rulebook/fix.rs", "makes the edits that its caller asked for"),
    ("src/commands/sarif.rs", "shows the mends of the user's own file"),
    ("src/web/judgement.rs", "shows the mends of a message to the one who sent it to be judged"),
    ("src/store/content.rs", "seals what is stored, and opens it"),
    ("src/domain/person_id.rs", "tells a national identity number from others"),
    ("src/commands/content.rs", "shows content to a person who has said what for"),
    ("src/https/connection.rs", "shows our token to the partner that gave it to us"),
    ("src/transports/amqp/wire.rs", "shows our password to the broker that knows it"),
    ("src/pipeline/version.rs", "says a translated message in the form of its receiver"),
    ("src/pipeline/acknowledge.rs", "says an AppRec that we wrote in the form of its receiver"),
    ("src/pipeline/receipt.rs", "says a translated AppRec in the form of its receiver"),
    ("src/transports/fhir/outbound.rs", "hands on the message that a server answered at once"),
    ("src/gateway/deliver.rs", "takes in the message that a server answered at once"),
    ("src/vault/pseudonym.rs", "makes a pseudonym of an identifier"),
];

/// A rule judges values, and can say nothing of them but what a `Detail` lets through.
fn is_a_rule(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or_default();
    folder.ends_with("rules") && name.starts_with('r') && name[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Fails with every complaint at once.
fn none(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "\n  {}\n", complaints.join("\n  "));
}

#[test]
fn a_module_imports_only_what_is_declared_above_it() {
    none(order::violations(&rust(&["src"])));
}

#[test]
fn every_file_in_src_is_reached_by_a_mod_line() {
    none(order::unreached(&rust(&["src"])).into_iter().map(|path| format!("{path} is compiled by nobody")));
}

#[test]
fn every_rust_file_begins_by_saying_what_it_is_and_is_short() {
    let of_one = |source: &Source| {
        let (first, lines) = (source.text.lines().next().unwrap_or_default(), source.text.lines().count());
        let silent = !first.starts_with("//! ");
        let silent = silent.then(|| format!("{}: the first line is not `//! …`", source.path));
        let long = (lines > LINES_MAX).then(|| format!("{}: {lines} lines, at most {LINES_MAX}", source.path));
        [silent, long].into_iter().flatten().collect::<Vec<_>>()
    };
    none(rust(&["src", "typed-fhir", "tests", "benches", "fuzz"]).iter().flat_map(of_one));
}

#[test]
fn a_file_that_declares_modules_holds_nothing_that_does_something() {
    let declares = |source: &&Source| source.path.ends_with("/mod.rs") || source.path == "src/lib.rs";
    let of_one = |source: Source| {
        // `fn(` is the type of a function, in a list of checks.
        let does = |pair: &&[&str]| {
            matches!(pair[0], "struct" | "enum" | "trait" | "impl" | "macro_rules" | "fn") && pair[1] != "("
        };
        Source::tokens(source.code_without_tests())
            .windows(2)
            .find(does)
            .map(|pair| format!("{}: `{} {}` belongs into a file of its own", source.path, pair[0], pair[1]))
    };
    none(rust(&["src"]).into_iter().filter(|source| declares(&source)).filter_map(of_one));
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let empty = |path: &str| path.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")));
    none(rust(&["src", "tests"]).iter().filter(|source| empty(&source.path)).map(|source| source.path.clone()));
}

#[test]
fn the_pure_half_names_nothing_that_reaches_out() {
    let pure: Vec<String> = PURE.iter().map(|module| format!("src/{module}")).collect();
    let sources = rust(&pure.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(sources.len() > 80, "the pure half is somewhere else");
    let words: Vec<&str> = IMPURE.split_whitespace().collect();
    let named = |source: &&Source| {
        let tokens = Source::tokens(source.code_without_tests());
        let word = tokens.iter().find(|token| words.contains(token)).map(ToString::to_string);
        let of_std = |three: &&[&str]| three[0] == "std" && three[1] == "::" && IMPURE_STD.contains(&three[2]);
        let std = || tokens.windows(3).find(of_std).map(|three| three.concat());
        word.or_else(std).map(|impure| format!("{} names `{impure}`", source.path))
    };
    none(sources.iter().filter(|source| !is_test_only(source, &sources)).filter_map(|source| named(&source)));
}

/// True for a file whose `mod` line stands under `#[cfg(test)]`.
fn is_test_only(source: &Source, sources: &[Source]) -> bool {
    let Some((folder, name)) = source.path.trim_end_matches(".rs").rsplit_once('/') else { return false };
    let parents = [format!("{folder}/mod.rs"), format!("{folder}/lib.rs")];
    let declares = |parent: &&Source| parent.text.contains(&format!("#[cfg(test)]\nmod {name};"));
    sources.iter().filter(|parent| parents.contains(&parent.path)).any(|parent| declares(&parent))
}

#[test]
fn only_the_listed_files_take_private_values_in_the_clear() {
    let exposes = |source: &&Source| Source::tokens(source.code_without_tests()).contains(&"expose");
    let sources = rust(&["src"]);
    let found: Vec<&str> = sources
        .iter()
        .filter(exposes)
        .map(|s| s.path.as_str())
        .filter(|p| *p != "src/domain/private.rs" && !is_a_rule(p))
        .collect();
    let listed = EXPOSING.map(|(path, _)| path);
    let new = found
        .iter()
        .filter(|path| !listed.contains(path))
        .map(|path| format!("{path} calls expose() and is not on the list"));
    let old = listed
        .iter()
        .filter(|path| !found.contains(path))
        .map(|path| format!("{path} no longer exposes anything: take it off"));
    none(new.chain(old));
}

#[test]
fn only_the_store_knows_sql() {
    let verbs =
        ["SELECT ", "INSERT INTO ", "INSERT OR ", "UPDATE ", "DELETE FROM ", "CREATE TABLE", "PRAGMA ", "BEGIN IMMEDIATE"];
    let outside = |source: &Source| !source.path.starts_with("src/store/");
    let speaks = |source: &Source| {
        let sql = source.strings.iter().find(|text| verbs.iter().any(|verb| text.trim_start().starts_with(verb)));
        sql.map(|what| format!("{}: {what}", source.path))
    };
    none(rust(&["src"]).iter().filter(|source| outside(source)).filter_map(speaks));
}

#[test]
fn only_one_folder_of_the_store_knows_which_database_it_is() {
    let names = |source: &&Source| {
        let tokens = Source::tokens(&source.code);
        tokens.contains(&"rusqlite") || tokens.windows(2).any(|pair| pair == ["postgres", "::"])
    };
    let sources = rust(&["src"]);
    let (inside, outside): (Vec<&Source>, Vec<&Source>) =
        sources.iter().filter(names).partition(|source| source.path.starts_with("src/store/db/"));
    assert!(!inside.is_empty(), "the folder is somewhere else");
    none(outside.iter().map(|source| format!("{} names a database; ask by `store::db`", source.path)));
}

#[test]
fn nothing_is_left_unfinished_and_no_warning_is_hidden() {
    let unfinished = ["todo", "unimplemented", "dbg"];
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let of_one = |source: &Source| {
        let tokens = Source::tokens(&source.code);
        let left = tokens
            .windows(2)
            .find(|pair| unfinished.contains(&pair[0]) && pair[1] == "!")
            .map(|pair| format!("{}!", pair[0]));
        let hides =
            |four: &&[&str]| four[0] == "[" && four[1] == "allow" || four[0] == "!" && four[1] == "[" && four[2] == "allow";
        let hidden = tokens.windows(4).find(hides).map(|_| "#[allow]: write #[expect(…, reason = \"…\")]".to_string());
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| notes.contains(&word));
        let note = words(&source.text).then(|| "a note to oneself".to_string());
        [left, hidden, note].into_iter().flatten().map(|what| format!("{}: {what}", source.path)).collect::<Vec<_>>()
    };
    none(rust(&["src", "typed-fhir", "tests", "benches", "fuzz"]).iter().flat_map(of_one));
}

#[test]
fn no_file_knows_the_machine_that_it_was_written_on() {
    let places = [
        concat!("/wo", "rk/"),
        concat!("/tm", "p/wt"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    let named = |path: std::path::PathBuf| {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("reads")).into_owned();
        let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'));
        let place = places.iter().find(|place| text.match_indices(*place).any(|(at, _)| begins(at)))?;
        Some(format!("{} names {place}…", shown(&path)))
    };
    none(files(root()).into_iter().filter_map(named));
}

#[test]
fn crates_come_from_the_public_registry_and_nobody_is_told_another() {
    let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = std::fs::read_to_string(root().join(lock)).expect("the lock file");
        none(lock.lines().filter(|line| line.starts_with("source = ") && *line != registry).map(str::to_string));
    }
    let cargo = std::fs::read_to_string(root().join(".cargo/config.toml")).unwrap_or_default();
    let tells = |line: &&str| ["[source", "[registr", "replace-with", "://"].iter().any(|word| line.contains(word));
    none(cargo.lines().filter(tells).map(|line| format!(".cargo/config.toml: {line}")));
}

#[test]
fn every_dependency_has_a_licence_that_we_take() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let arguments =
        ["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"];
    let output = match Command::new(cargo).args(arguments).current_dir(root()).output() {
        Ok(output) => output,
        Err(error) => return eprintln!("SKIPPED: cargo cannot be run, so no licence was looked at: {error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "only {} packages", packages.len());
    let licence = |package: &serde_json::Value| package["license"].as_str().unwrap_or_default().to_string();
    let refused = packages.iter().filter(|package| !licences::is_taken(&licence(package)));
    none(refused.map(|package| format!("{}: '{}'", package["name"], licence(package))));
}

#[test]
fn every_fixture_belongs_to_a_type_or_to_a_rule() {
    let rules: Vec<String> = bindeledd::messages::all_rules().iter().map(|rule| rule.id.replace("R-", "r") + "_").collect();
    let mut types: Vec<String> = bindeledd::messages::all_types()
        .map(|kind| format!("{}-{}", kind.code.to_lowercase().replace('_', "-"), kind.version))
        .collect();
    let translations: Vec<String> = bindeledd::translation::versions::all_rules()
        .iter()
        .map(|rule| rule.id.to_lowercase().replace('-', "") + "_")
        .collect();
    types.extend(["dialog-".to_string(), "epj-ekstrakt-".to_string()]);
    let stray = |path: &std::path::PathBuf| {
        let (name, folder) =
            (path.file_name()?.to_string_lossy().into_owned(), path.parent()?.file_name()?.to_string_lossy().into_owned());
        let belongs = match folder.as_str() {
            "accepted" => types.iter().any(|kind| name.starts_with(kind)) && name.ends_with(".xml"),
            "fhir" => matches!(name.as_str(), "README.md" | "examples.ndjson"),
            "refused" | "warned" => rules.iter().any(|rule| name.starts_with(rule)) && name.ends_with(".xml"),
            "translation" => translations.iter().any(|rule| name.starts_with(rule)) && name.ends_with(".xml"),
            "broken" => name.ends_with(".json"),
            folder if path.parent()?.parent()?.ends_with("fixtures/native") => {
                let code = folder.to_uppercase().replace('-', "_");
                bindeledd::translation::native::is_event(&code) && name.ends_with(".json")
            }
            _ => name == "README.md",
        };
        (!belongs).then(|| shown(path))
    };
    none(files(&root().join("fixtures")).iter().filter_map(stray));
}

#[test]
fn the_lists_of_this_file_are_about_what_is_there() {
    let exists = |path: &str| Path::new(root()).join(path).exists();
    none(PURE.iter().filter(|module| !exists(&format!("src/{module}"))).map(|module| format!("src/{module} is not there")));
    none(EXPOSING.iter().filter(|(_, reason)| reason.len() < 15).map(|(path, _)| format!("{path} has no reason")));
}
