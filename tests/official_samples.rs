//! The promise: the samples and schemas that the authorities publish agree with us. They are not part of the project; where the
//! folder with them is not there, these tests say so and are skipped.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/standards.rs"]
mod standards;
#[path = "support/shipped.rs"]
#[expect(dead_code, reason = "this promise needs less of it than others")]
mod shipped;

use bindeledd::messages::{Body, Parsed, apprec, msghead, read};
use bindeledd::rulebook::Findings;
use bindeledd::xml::{Limits, Node, Tree, decode};
use fixtures::Fixture;
use shipped::Shipped;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders of samples, and the type that each message in it is of.
const FOLDERS: [(&str, &str); 4] = [
    ("plo-1.6", "plo 1.6"),
    ("dialog-1.0", "dialogmelding 1.0"),
    ("dialog-1.1", "dialogmelding 1.1"),
    ("apprec", "apprec 1.0"),
];

/// What our rules refuse in the official samples, and why that is right.
const REFUSED: [(&str, &str, &str); 0] = [];

fn samples(standards: &Path) -> Vec<(PathBuf, &'static str)> {
    let of_one = |(folder, kind): &(&str, &'static str)| {
        let files = standards::files_below(&standards.join("samples").join(folder), "xml");
        files.into_iter().map(|file| (file, *kind)).collect::<Vec<_>>()
    };
    let all: Vec<_> = FOLDERS.iter().flat_map(of_one).collect();
    assert!(all.len() >= 29, "only {} samples", all.len());
    all
}

fn parse(path: &Path) -> (Vec<u8>, Parsed) {
    let bytes = std::fs::read(path).expect("reads");
    let parsed = read(&bytes, &bindeledd::messages::Judging::incoming(Limits::default()))
        .unwrap_or_else(|unreadable| panic!("{}: {:?}", path.display(), unreadable.findings));
    (bytes, parsed)
}

#[test]
fn every_official_sample_is_read_and_recognised_and_nothing_in_it_is_refused() {
    let Some(standards) = standards::folder() else { return };
    for (path, kind) in samples(&standards) {
        let (_, parsed) = parse(&path);
        assert_eq!(parsed.kind.label(), kind, "{}", path.display());
        assert!(!parsed.envelope.receivers.is_empty(), "{}", path.display());
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let refused: Vec<&str> = parsed.findings.refusals().map(|finding| finding.rule.id).collect();
        let documented: Vec<&str> = REFUSED.iter().filter(|(file, ..)| *file == name).map(|(_, rule, _)| *rule).collect();
        assert_eq!(refused, documented, "{}", path.display());
    }
}

#[test]
fn every_official_sample_is_the_same_when_it_has_been_written_and_read_again() {
    let Some(standards) = standards::folder() else { return };
    for (path, _) in samples(&standards) {
        let (bytes, parsed) = parse(&path);
        match parsed.body {
            Body::Business(head) => assert!(head_is_the_same(&bytes, &head), "{}", path.display()),
            Body::Receipt(receipt) => {
                let again =
                    read(apprec::write(&receipt).as_bytes(), &bindeledd::messages::Judging::incoming(Limits::default()))
                        .expect("what we write can be read");
                assert!(matches!(again.body, Body::Receipt(again) if again == receipt), "{}", path.display());
            }
        }
    }
}

fn head_is_the_same(bytes: &[u8], head: &msghead::model::MsgHead) -> bool {
    let text = decode(bytes).expect("was read before");
    let (tree, _) = Tree::read(&text, &Limits::default());
    let contents = msghead::contents(tree.root().expect("a root"));
    let written = msghead::write(head, &contents);
    let (again, trouble) = Tree::read(&written, &Limits::default());
    assert!(trouble.is_none());
    let root = again.root().expect("a root");
    let head_again = msghead::read(root).expect("what we write can be read");
    // A signature is not written: it was made for other bytes.
    let expected = msghead::model::MsgHead { signed: false, ..head.clone() };
    let contents_again = msghead::contents(root);
    let same_content = contents.iter().zip(&contents_again).all(|pair| match pair {
        (Some(one), Some(other)) => same_children(*one, *other),
        (None, None) => true,
        _ => false,
    });
    head_again == expected && same_content && contents.len() == contents_again.len()
}

/// White space around the content is ours.
fn same_children(one: Node<'_>, other: Node<'_>) -> bool {
    let same_number = one.children().count() == other.children().count();
    same_number && one.children().zip(other.children()).all(|(one, other)| one.says_the_same_as(other))
}

/// The schemas of the authorities as one, with `xmllint` to ask it.
struct Schema(tempfile::TempDir);

impl Schema {
    /// `None`, said aloud, where the schemas or `xmllint` are not there.
    fn new() -> Option<Self> {
        let standards = standards::folder()?;
        if Command::new("xmllint").arg("--version").output().is_err() {
            eprintln!("SKIPPED: there is no xmllint");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        standards::lay_flat(&standards, folder.path());
        Some(Self(folder))
    }

    /// What is wrong with a document; empty when it is valid.
    fn complaints(&self, document: &[u8]) -> String {
        let (schema, path) = (self.0.path().join("all.xsd"), self.0.path().join("document.xml"));
        std::fs::write(&path, document).expect("written");
        let mut command = Command::new("xmllint");
        command.args(["--noout", "--nonet", "--huge", "--schema"]).arg(schema).arg(path);
        let output = command.output().expect("runs");
        if output.status.success() { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}

#[test]
fn every_apprec_that_we_write_is_valid() {
    let Some(schema) = Schema::new() else { return };
    let mut seen = [0, 0];
    for fixture in fixtures::all() {
        let shipped = Shipped::new();
        shipped.bring(&fixture).1.expect("no fault");
        for (_, text) in shipped.deliver().into_iter().filter(|(_, text)| text.contains("<SoftwareName>bindeledd<")) {
            let version = usize::from(text.contains("apprec/2012-02-15"));
            seen[version] += 1;
            assert_eq!(schema.complaints(text.as_bytes()), "", "for {}\n{text}", fixture.path);
        }
    }
    assert!(seen[0] >= 5 && seen[1] >= 15, "of version 1.0 and 1.1: {seen:?}");
    assert_ne!(
        schema.complaints(b"<AppRec xmlns=\"http://www.kith.no/xmlstds/apprec/2012-02-15\"/>"),
        "",
        "the schema is asked"
    );
}

#[test]
fn every_fixture_is_valid_with_its_content_unless_it_breaks_the_schema_itself() {
    let breaks_the_schema = ["r006", "r009", "r010", "r012", "r013", "r014", "r015", "r016", "r045", "r077", "r156", "r188"];
    let Some(schema) = Schema::new() else { return };
    for fixture in fixtures::all() {
        let breaks = breaks_the_schema.iter().any(|rule| fixture.path.contains(&format!("/{rule}_")));
        let complaints = schema.complaints(&fixture.bytes);
        assert_eq!(!complaints.is_empty(), breaks, "{}: {complaints}", fixture.path);
    }
}

#[test]
fn a_message_that_we_write_is_valid() {
    let Some(schema) = Schema::new() else { return };
    for fixture in fixtures::all().into_iter().filter(Fixture::is_accepted) {
        let parsed = read(&fixture.bytes, &bindeledd::messages::Judging::incoming(Limits::default()))
            .unwrap_or_else(|_| panic!("{}", fixture.path));
        let Body::Business(head) = parsed.body else { continue };
        let text = decode(&fixture.bytes).expect("was read before");
        let (tree, _) = Tree::read(&text, &Limits::default());
        let written = msghead::write(&head, &msghead::contents(tree.root().expect("a root")));
        assert_eq!(schema.complaints(written.as_bytes()), "", "{}\n{written}", fixture.path);
    }
}
