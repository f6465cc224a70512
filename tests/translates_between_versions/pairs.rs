//! Fixtures of translation: what is put into what, and what is known beside it.

use super::mutants::originals::standards;
use super::tree;
use bindeledd::codelists::by_number;
use bindeledd::messages::{Judging, read};
use bindeledd::routing::Understands;
use bindeledd::translation::versions::{Edition, Known, Translation, Wanted, translate_as};
use bindeledd::xml::Limits;
use std::path::{Path, PathBuf};

/// Into what a fixture is put.
#[derive(Clone, Copy)]
pub enum Into {
    Version(Edition),
    /// Another type of dialog message.
    Type(&'static str),
    /// An AppRec, so that it names a message of the type that was sent.
    Sent(&'static str),
}

/// A document of `fixtures/translation/`, and into what it is put: `p02_plo-1.5.xml`, `d09_helsefaglig.xml`,
/// `a03_sent-foresporsel.xml`. An earlier message that is known stands beside it: `d11_answer_svar.known.xml`. What has `as_agreed` in
/// its name is for a receiver with settings of its own.
pub struct Pair {
    pub name: String,
    pub text: String,
    pub into: Into,
    pub known: Known,
}

fn into(word: &str) -> Into {
    let types = ["DIALOG_FORESPORSEL", "DIALOG_SVAR", "DIALOG_NOTAT", "DIALOG_HELSEFAGLIG"];
    let of_word = |word: &str| types.into_iter().find(|code| code.to_lowercase() == format!("dialog_{word}"));
    let sent = word.strip_prefix("sent-").and_then(of_word).map(Into::Sent);
    let found = Edition::parse(word).map(Into::Version).or_else(|| of_word(word).map(Into::Type)).or(sent);
    found.unwrap_or_else(|| panic!("{word} is no version and no type"))
}

pub fn pairs() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/translation");
    let pair = |file: PathBuf| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let (_, word) = name.rsplit_once('_').expect("a version");
        let parent = std::fs::read(file.with_extension("known.xml")).ok();
        let known = Known { admission: parent.clone(), parent, ..Known::default() };
        Pair { into: into(word), text: std::fs::read_to_string(&file).expect("reads"), known, name }
    };
    let files = standards::files_below(&folder, "xml").into_iter();
    files.filter(|file| !file.to_string_lossy().ends_with(".known.xml")).map(pair).collect()
}

impl Pair {
    pub fn translation(&self) -> Translation {
        put(&self.text, self.into, &self.known, self.name.contains("as_agreed"))
    }

    /// Into what it is put to come back.
    pub fn back(&self) -> Into {
        match self.into {
            Into::Version(edition) => Into::Version(edition.other()),
            Into::Type(_) => Into::Type(type_of(&self.text)),
            Into::Sent(_) => Into::Sent(sent_type(&self.text)),
        }
    }
}

pub fn type_of(text: &str) -> &'static str {
    let parsed = read(text.as_bytes(), &Judging::incoming(Limits::default())).expect("it can be read");
    let all = ["DIALOG_FORESPORSEL", "DIALOG_SVAR", "DIALOG_HELSEFAGLIG", "DIALOG_NOTAT", "DIALOG_STATUS_HENVISNING"];
    all.into_iter().find(|code| *code == parsed.envelope.type_code).expect("a type that changes")
}

fn sent_type(text: &str) -> &'static str {
    if text.contains("V=\"DIALOG_HELSEFAGLIG\"") { "DIALOG_HELSEFAGLIG" } else { "DIALOG_FORESPORSEL" }
}

pub fn put(text: &str, into: Into, known: &Known, as_agreed: bool) -> Translation {
    let understands = match into {
        Into::Version(edition) if as_agreed => {
            Understands { application_kind: Some("2"), stay_placeholder: true, ..edition.alone() }
        }
        Into::Version(edition) => edition.alone(),
        Into::Type(_) | Into::Sent(_) => Understands { contact_profession: Some("SP"), ..Understands::default() },
    };
    let (into_type, sent_type) = match into {
        Into::Version(_) => (None, None),
        Into::Type(code) => (Some(code), None),
        Into::Sent(code) => (None, Some(code)),
    };
    let wanted = Wanted { into_type, sent_type, known, ..Wanted::of(&understands) };
    translate_as(tree(text).root().expect("a root"), wanted)
}

/// A document of dialogmelding in the head of a message of this type, whose sender can be called.
pub fn in_a_head(document: &str, type_code: &str) -> String {
    let answers = matches!(type_code, "DIALOG_SVAR");
    let reference =
        "<ConversationRef><RefToParent>1</RefToParent><RefToConversation>1</RefToConversation></ConversationRef>";
    let party = |name: &str| {
        format!(
            "<Organisation><OrganisationName>{name}</OrganisationName><Ident><Id>9000100</Id><TypeId V=\"HER\"/></Ident>\
             <TeleCom><TeleAddress V=\"tel:+4700000100\"/></TeleCom></Organisation>"
        )
    };
    let (sender, receiver) = (party("Fjellvik kommune"), party("Nordøy legekontor"));
    let words = by_number(8279).and_then(|list| list.code(type_code)).expect("a code").dn;
    let (_, document) = document.split_once("?>").unwrap_or(("", document));
    format!(
        "<MsgHead xmlns=\"http://www.kith.no/xmlstds/msghead/2006-05-24\"><MsgInfo><Type V=\"{type_code}\" DN=\"{words}\"/><MIGversion>v1.2 2006-05-24</MIGversion>\
         <GenDate>2026-04-14T08:05:00</GenDate><MsgId>2</MsgId>{}<Sender>{sender}</Sender><Receiver>{receiver}</Receiver></MsgInfo>\
         <Document><RefDoc><MsgType V=\"XML\"/><Content>{document}</Content></RefDoc></Document></MsgHead>",
        if answers { reference } else { "" }
    )
}
