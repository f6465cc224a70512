//! `translate --to fhir` and `--to xml`: a message as a Bundle of FHIR R4, and such a Bundle as the message again.

use super::files;
use super::native::{self, Beside};
use super::report::{Answer, Printed};
use crate::domain::{Language, Text, new_uuid};
use crate::fhir;
use crate::gateway::MachineChance;
use crate::translation::mapping::{Unknown, lines, to_fhir, to_xml};
use crate::translation::native::is_native;
use crate::xml::{self, Limits, Tree};
use std::path::Path;

const UNKNOWN: Text = Text {
    en: "there is no place in FHIR for this; `bindeledd validate` tells whether the message is as it should be",
    nb: "det er ingen plass i FHIR for dette; `bindeledd validate` sier om meldingen er som den skal",
    nn: "det er ingen plass i FHIR for dette; `bindeledd validate` seier om meldinga er som ho skal",
};
const NO_MESSAGE: Text = Text {
    en: "this is no message Bundle that was made from a message: it has no MessageHeader first",
    nb: "dette er ingen meldings-Bundle som er laget av en melding: den har ingen MessageHeader først",
    nn: "dette er ingen meldings-Bundle som er laga av ei melding: ho har ingen MessageHeader fyrst",
};
const THE_SAME: Text =
    Text { en: "the same message after FHIR", nb: "den samme meldingen etter FHIR", nn: "den same meldinga etter FHIR" };

const NOT_THE_SAME: Text = Text {
    en: "not the same message after FHIR: this differs; `bindeledd validate` tells whether the message is as it should be",
    nb: "ikke den samme meldingen etter FHIR: dette er ulikt; `bindeledd validate` sier om meldingen er som den skal",
    nn: "ikkje den same meldinga etter FHIR: dette er ulikt; `bindeledd validate` seier om meldinga er som ho skal",
};

/// A message as a Bundle; with `reverse`, what is different when it is made a message again.
pub fn as_bundle(file: &Path, reverse: bool, language: Language) -> Printed {
    let name = files::shown(file);
    let bytes = match files::read(file) {
        Ok(bytes) => bytes,
        Err(trouble) => return answer(Answer::Fault, &name, &trouble),
    };
    let text = match xml::decode(&bytes) {
        Ok(text) => text,
        Err(trouble) => return answer(Answer::No, &name, &trouble.to_string()),
    };
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let (None, Some(root)) = (trouble, tree.root()) else {
        return answer(Answer::No, &name, "this is no XML that can be read; `bindeledd validate` says why");
    };
    let id = new_uuid(&MachineChance::default());
    match to_fhir(root, &id) {
        Ok(bundle) => {
            let after = after_fhir(&name, &bundle, &lines(root), language);
            // What could not be made the same message again is not given to anybody.
            if reverse || after.answer != Answer::Good { after } else { printed(bundle.pretty()) }
        }
        Err(unknown) => {
            let paths: Vec<&str> = unknown.iter().map(|Unknown(path)| path.as_str()).collect();
            answer(Answer::No, &name, &format!("{}\n  {}", UNKNOWN.in_language(language), paths.join("\n  ")))
        }
    }
}

/// What is different in a message that was a Bundle in between.
fn after_fhir(name: &str, bundle: &fhir::Json<'_>, before: &[String], language: Language) -> Printed {
    let Ok(back) = to_xml(bundle) else { return answer(Answer::Fault, name, NO_MESSAGE.in_language(language)) };
    let (tree, _) = Tree::read(&back, &Limits::default());
    let after = tree.root().map(lines).unwrap_or_default();
    if after == before {
        return Printed { troubles: format!("{name}: {}", THE_SAME.in_language(language)), ..printed(String::new()) };
    }
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let new = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    let out = gone.chain(new).collect::<Vec<_>>().join("\n");
    Printed { answer: Answer::No, out, troubles: format!("{name}: {}", NOT_THE_SAME.in_language(language)) }
}

/// A Bundle as the message that it was made from, or as the one that it asks to be made.
pub fn as_message(file: &Path, beside: &Beside<'_>, language: Language) -> Printed {
    let name = files::shown(file);
    let bytes = match files::read(file) {
        Ok(bytes) => bytes,
        Err(trouble) => return answer(Answer::Fault, &name, &trouble),
    };
    match fhir::read(&bytes, &fhir::Limits::default()) {
        Err(trouble) => answer(Answer::No, &name, &trouble.to_string()),
        Ok(bundle) if is_native(&bundle) => native::as_message(&name, &bundle, beside, language),
        Ok(bundle) => match to_xml(&bundle) {
            Ok(message) => printed(message.trim_end().to_owned()),
            Err(_) => answer(Answer::No, &name, NO_MESSAGE.in_language(language)),
        },
    }
}

fn printed(out: String) -> Printed {
    Printed { answer: Answer::Good, out, troubles: String::new() }
}

fn answer(answer: Answer, name: &str, words: &str) -> Printed {
    Printed { answer, out: String::new(), troubles: format!("{name}: {words}") }
}
