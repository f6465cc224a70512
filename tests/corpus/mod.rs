//! The messages that translation is tried with: our fixtures, the official samples (where they are), and documents grown from our
//! schemas, whose values are as odd as the schemas allow.

use crate::mutants::blueprint::{Blueprint, sheets, texts};
use crate::mutants::given::Dice;
use crate::mutants::grown;
use crate::mutants::originals::{Original, standards};
use bindeledd::domain::Timestamp;
use bindeledd::fhir::{self, Json};
use bindeledd::routing::Form;
use bindeledd::schema::{SchemaFile, SchemaSet, validate};
use bindeledd::translation::forms::{Saying, said};
use bindeledd::translation::mapping::roots;
use bindeledd::xml::Limits;
use std::path::{Path, PathBuf};

/// The folders of messages that the gateway takes.
pub const FIXTURES: [&str; 3] = ["fixtures/apprec/accepted", "fixtures/dialogmelding/accepted", "fixtures/plo/accepted"];

/// The messages of a folder.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        .collect();
    files.sort();
    files
}

/// The samples of the authorities; none where they are not.
pub fn official_samples() -> Option<Vec<PathBuf>> {
    let standards = standards::folder()?;
    let folders = ["plo-1.6", "dialog-1.0", "dialog-1.1", "apprec"];
    Some(folders.iter().flat_map(|folder| standards::files_below(&standards.join("samples").join(folder), "xml")).collect())
}

/// A number that somebody gives on the command line.
pub fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A head for what is grown without one.
const HEAD: [&str; 2] = [
    "<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'><MsgInfo><Type V='GROWN'/><MIGversion>v1.2 2006-05-24</MIGversion>\
     <GenDate>2026-03-02T10:15:00</GenDate><MsgId>00000000-0000-4000-8000-000000000001</MsgId><Sender><Organisation>\
     <OrganisationName>Fictive</OrganisationName><Ident><Id>1</Id><TypeId V='HER'/></Ident></Organisation></Sender><Receiver><Organisation>\
     <OrganisationName>Fictive</OrganisationName><Ident><Id>2</Id><TypeId V='HER'/></Ident></Organisation></Receiver></MsgInfo>\
     <Document><RefDoc><MsgType V='XML'/><Content>",
    "</Content></RefDoc></Document></MsgHead>",
];

/// Values that a schema may allow in the place of a plain one.
const TEXTS: [&str; 9] =
    ["", " ", "\n\t", " æ ", "a&#13;b", "\u{1F600}e\u{301}", "&lt;b&gt; &amp;amp;", "to\n\nlinjer", "tekst"];
const TIMES: [&str; 7] = [
    "2018-01-29T10:11:54",
    "2018-07-29T10:11:54.120",
    "2018-01-29T10:11:54Z",
    "2018-01-29T24:00:00",
    "2018-03-25T02:30:00",
    "2018-01-29T10:11:54-05:30",
    "-0044-03-15T10:00:00",
];
const DATES: [&str; 4] = ["2018-01-29", "2018-01-29Z", "2018-01-29+02:00", "0001-01-01"];
const NUMBERS: [&str; 8] = ["42", "+5", "007", "2.50", ".5", "1.", "99999999999", "-0"];
const BOOLEANS: [&str; 5] = ["true", "false", "1", "0", " true "];

/// The same document with other values: for each place one of those that fit.
fn with_odd_values(text: &str, dice: &Dice) -> String {
    let kinds: [(&str, &[&str]); 5] =
        [("tekst", &TEXTS), ("2018-01-29T10:11:54", &TIMES), ("2018-01-29", &DATES), ("42", &NUMBERS), ("true", &BOOLEANS)];
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['>', '"']) {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let found =
            kinds.iter().find(|(plain, _)| rest.strip_prefix(plain).is_some_and(|behind| behind.starts_with(['<', '"'])));
        if let Some((plain, others)) = found.filter(|_| dice.below(3) == 0) {
            out.push_str(others[dice.below(others.len())]);
            rest = &rest[plain.len()..];
        }
    }
    out + rest
}

/// The same documents for the same seed: `each` full ones of each root and three times as many random ones, plain and with odd
/// values; those of them that the schemas allow.
pub fn grown(seed: u64, each: usize) -> Vec<String> {
    let mut schemas = standards::files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"), "xsd");
    schemas.retain(|file| !file.ends_with("all.xsd"));
    let texts = texts(schemas.iter().map(PathBuf::as_path));
    let sheets = sheets(&texts);
    let blueprint = Blueprint::of(&sheets);
    let names: Vec<String> = schemas.iter().map(|file| file.display().to_string()).collect();
    let sources: Vec<SchemaFile<'_>> =
        names.iter().zip(&texts).map(|(name, text)| SchemaFile { name, bytes: text.as_bytes() }).collect();
    let set = SchemaSet::compile(&sources).unwrap_or_else(|why| panic!("{why:?}"));
    let dice = Dice::new(seed);
    let is_head = |local: &str| matches!(local, "MsgHead" | "AppRec");
    let known = roots();
    let is_wanted = |(namespace, local): &(String, String)| known.contains(&(namespace.as_str(), local.as_str()));
    let thick = grown::documents_of(&blueprint, is_wanted, each, &dice, false);
    let both = |grown: Original| {
        let is_message = grown.name.split('/').any(is_head);
        let plain = if is_message { grown.text } else { format!("{}{}{}", HEAD[0], grown.text, HEAD[1]) };
        [with_odd_values(&plain, &dice), plain]
    };
    let is_valid = |text: &String| {
        let (problems, trouble) = validate(&set, text, &Limits::default());
        trouble.is_none() && problems.is_empty()
    };
    let thin = grown::documents_of(&blueprint, is_wanted, each * 3, &dice, true);
    thick.into_iter().chain(thin).flat_map(both).filter(is_valid).collect()
}

/// A message as it goes to a FHIR server: a message Bundle, and a transaction. None for what a server is not told.
pub fn to_servers(text: &str) -> Vec<Json<'static>> {
    let forms = [Form::FhirMessage { with_original: true }, Form::FhirTransaction { with_original: true }];
    let said = |form| {
        let (bundle, now, limits) =
            ("00000000-0000-4000-8000-000000000000", Timestamp::from_millis(1_780_000_000_000), Limits::default());
        let saying = Saying { form, original: text.as_bytes(), bundle, now, limits: &limits };
        let bytes = said(text.as_bytes(), &saying).ok()?.bytes;
        let json = fhir::read(bytes.expose(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"));
        Some(json.into_owned())
    };
    forms.into_iter().filter_map(said).collect()
}
