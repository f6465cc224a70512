//! The promise: whoever reads only the narratives of a Bundle reads all that its sender wrote to a person, in Norwegian, under a
//! heading that says from whom and about whom; and no name of an element, no code where there is a text, no time as machines write it.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

#[expect(dead_code, reason = "nothing is to be chosen on the command line here")]
mod corpus;
#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use bindeledd::fhir::{self, Json};
use bindeledd::translation::mapping::to_fhir;
use bindeledd::xml::{self, Limits, Node, Tree};
use corpus::{FIXTURES, files, grown, official_samples};

fn bundle(text: &str) -> Json<'static> {
    let (tree, _) = Tree::read(text, &Limits::default());
    to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000").expect("known").into_owned()
}

fn narratives<'j>(json: &'j Json<'_>, found: &mut Vec<&'j str>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| narratives(item, found)),
        Json::Object(object) => {
            found.extend(object.get("text").and_then(|text| text.get("div")?.text()));
            object.members().iter().for_each(|(_, value)| narratives(value, found));
        }
        _ => {}
    }
}

/// What a person sees of a narrative: words with one blank between them.
fn seen(div: &str) -> String {
    let spaced = div.replace('<', " <");
    let (tree, trouble) = Tree::read(&spaced, &Limits::default());
    assert!(trouble.is_none(), "{trouble:?}: {div}");
    let mut out = String::new();
    add(tree.root().expect("a div"), &mut out);
    collapsed(&out)
}

fn add(node: Node<'_>, out: &mut String) {
    match node.as_text() {
        Some(text) => out.push_str(text),
        None => node.inside().for_each(|part| add(part, out)),
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(path: &std::path::Path) -> String {
    xml::decode(&std::fs::read(path).expect("it can be read")).expect("a document").into_owned()
}

fn all_seen(bundle: &Json<'_>) -> String {
    let mut divs = Vec::new();
    narratives(bundle, &mut divs);
    divs.into_iter().map(seen).collect::<Vec<_>>().join(" ")
}

/// Texts in the documents of a message that are meant to be read: with a blank between words. Not numbers, codes, ids.
fn written<'t>(root: Node<'t>) -> Vec<String> {
    let documents = root.descendants().filter(|node| node.name().local == "Content").flat_map(Node::descendants);
    let is_read = |node: &Node<'t>| !matches!(node.name().local, "Base64Container" | "Sakstype");
    let plain = documents.filter(|node| node.children().next().is_none()).filter(is_read);
    plain.map(|node| collapsed(&node.text())).filter(|text| text.contains(' ')).collect()
}

#[test]
fn every_text_of_a_message_is_in_a_narrative() {
    let files = FIXTURES.iter().flat_map(|folder| files(folder)).chain(official_samples().unwrap_or_default());
    let (mut texts, mut troubles) = (0, Vec::new());
    for path in files {
        let text = read(&path);
        let (tree, _) = Tree::read(&text, &Limits::default());
        let root = tree.root().expect("a root");
        // Content that has no mapping is carried as it is.
        let bundle = bundle(&text);
        let kinds: Vec<&str> = bundle
            .get("entry")
            .expect("entries")
            .items()
            .iter()
            .filter_map(|one| one.get("resource")?.resource_type())
            .collect();
        if !kinds.iter().any(|kind| matches!(*kind, "Composition" | "Communication" | "CommunicationRequest")) {
            continue;
        }
        let said = all_seen(&bundle);
        for one in written(root) {
            texts += 1;
            if !said.contains(&one) {
                troubles.push(format!("{}: {one}", path.display()));
            }
        }
    }
    assert!(texts > 150, "only {texts} texts");
    assert!(troubles.is_empty(), "{} of {texts}\n{}", troubles.len(), troubles.join("\n"));
}

#[test]
fn no_name_of_an_element_and_no_time_of_a_machine_is_in_a_narrative() {
    let files = FIXTURES.iter().flat_map(|folder| files(folder));
    for text in files.map(|path| read(&path)).chain(grown(3, 3)) {
        let (tree, _) = Tree::read(&text, &Limits::default());
        let names: std::collections::BTreeSet<&str> =
            tree.root().expect("a root").descendants().map(|node| node.name().local).collect();
        let said = all_seen(&bundle(&text));
        let words: std::collections::BTreeSet<&str> =
            said.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).collect();
        // A name with a capital inside is no Norwegian word.
        let is_camel = |name: &str| name.chars().skip(1).any(char::is_uppercase) && name.chars().any(char::is_lowercase);
        let leaked: Vec<&&str> = words.iter().filter(|word| names.contains(**word) && is_camel(word)).collect();
        assert!(leaked.is_empty(), "{leaked:?}");
        assert!(!words.contains("true") && !words.contains("false"), "{said}");
    }
}

#[test]
fn a_message_begins_with_what_it_is_from_whom_to_whom_about_whom_and_when() {
    for (fixture, heading) in [
        (
            "plo/accepted/helseoppl-soknad-1.6.xml",
            "Helseopplysninger Fra: Storfjell sykehus HF, Ortopedisk avdeling Til: Fjellvik kommune, Saksbehandling Pasient: Stille Fjord, \
             14854131010 Dato: 2. mars 2026 kl. 15.30 ",
        ),
        (
            "dialogmelding/accepted/dialog-helsefaglig-1.1.xml",
            "Helsefaglig dialog Fra: Nordøy legekontor, Tapper Måke Til: ",
        ),
    ] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture);
        let said = all_seen(&bundle(&read(&path)));
        assert!(said.starts_with(heading), "{said}");
    }
}

#[test]
fn markup_that_is_allowed_is_shown_and_what_could_run_is_not() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1.xml");
    let text = std::fs::read_to_string(path).expect("a fixture");
    let from = text.find("TekstNotatInnhold").and_then(|at| Some(at + text[at..].find('>')? + 1)).expect("a note");
    let to = from + text[from..].find("</").expect("its end");
    let note = "<div xmlns='http://www.w3.org/1999/xhtml'><p onclick='x()'>Hei <b>du</b></p><script>x()</script>\
                <table><tr><td>1</td></tr></table><a href='javascript:x()'>lenke</a></div>";
    let bundle = bundle(&format!("{}{note}{}", &text[..from], &text[to..]));
    let mut divs = Vec::new();
    narratives(&bundle, &mut divs);
    let said = divs.concat();
    assert!(said.contains("<p>Hei <b>du</b></p>") && said.contains("<td>1</td>") && said.contains("lenke"), "{said}");
    assert!(!said.contains("script") && !said.contains("onclick") && !said.contains("href"), "{said}");
    assert!(fhir::judge(&bundle).iter().all(|issue| issue.severity() != fhir::Severity::Error));
}
