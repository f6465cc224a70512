//! The promise: what a platform posts as a minimal Bundle becomes a message that its receiver understands, valid by the schemas and
//! within the rules for messages that are sent; and what cannot become one is told, all of it at once and where.
//!
//! `BINDELEDD_SEED=17` makes other mutations.

use bindeledd::domain::{HerId, Language, Level};
use bindeledd::fhir::{Json, Limits, judge, read};
use bindeledd::messages::{self, Judging};
use bindeledd::rulebook::Direction;
use bindeledd::translation::native::{
    Known, KnownAddress, KnownMessage, Remark, Severity, Unmapped, build, is_native, outcome, wanted,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Inputs that become messages.
fn good() -> Vec<PathBuf> {
    let native = files(&fixtures().join("native"), "json");
    native.into_iter().filter(|path| !path.parent().is_some_and(|folder| folder.ends_with("broken"))).collect()
}

fn broken() -> Vec<PathBuf> {
    files(&fixtures().join("native/broken"), "json")
}

/// Every message that there is, by MsgId.
static STORED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let accepted =
        |path: &PathBuf| path.parent().is_some_and(|folder| folder.ends_with("accepted") || folder.ends_with("earlier"));
    let texts = files(&fixtures(), "xml").into_iter().filter(accepted).filter_map(|path| std::fs::read_to_string(path).ok());
    let id = |xml: &str| {
        let parsed = messages::reread(xml.as_bytes(), &bindeledd::xml::Limits::default())?;
        Some(parsed.envelope.msg_id.key())
    };
    texts.filter_map(|xml| Some((id(&xml)?, xml))).collect()
});

/// The address register of the fictive world.
fn address(her_id: HerId) -> Option<KnownAddress> {
    let (name, level, organisation) = match her_id.number() {
        9000100 => ("Fjellvik kommune", Level::Organisation, 9000100),
        9000101 => ("Saksbehandling", Level::Service, 9000100),
        9000102 => ("Sykepleietjeneste", Level::Service, 9000100),
        9000103 => ("Koordinerende enhet", Level::Service, 9000100),
        9000104 => ("Oppfølgingsteam", Level::Service, 9000100),
        9000200 => ("Nordøy legekontor", Level::Organisation, 9000200),
        9000201 => ("Tapper Måke", Level::Person, 9000200),
        9000301 => ("PLO innleggelse somatikk", Level::Service, 9000300),
        9000302 => ("Ortopedisk avdeling", Level::Service, 9000300),
        _ => return None,
    };
    let around = match organisation {
        9000100 => "Fjellvik kommune",
        9000200 => "Nordøy legekontor",
        _ => "Storfjell sykehus HF",
    };
    let organisation = (HerId::new(organisation)?, around.to_string());
    Some(KnownAddress { her_id, name: name.to_string(), level, organisation })
}

/// What is looked up for a Bundle; the name of its file may say more: `.append`, `.refuse`, `.as-dialog`.
fn looked_up(name: &str, bundle: &Json<'_>) -> Known {
    let wanted = wanted(bundle);
    let message = |msg_id: &String| STORED.get(msg_id).map(|xml| KnownMessage { msg_id: msg_id.clone(), xml: xml.clone() });
    let unmapped = match name {
        _ if name.contains(".append") => Unmapped::AppendText,
        _ if name.contains(".refuse") => Unmapped::Refuse,
        _ => Unmapped::Report,
    };
    Known {
        messages: wanted.messages.iter().filter_map(message).collect(),
        addresses: wanted.addresses.iter().copied().filter_map(address).collect(),
        unmapped,
        questions_as_dialog: name.contains(".as-dialog"),
        ..Known::default()
    }
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().expect("a file").to_string_lossy();
    let folder = path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy();
    format!("{folder}__{stem}")
}

fn told(remarks: &[Remark]) -> String {
    let one = |remark: &Remark| format!("{} {} {}\n", remark.rule.id, remark.severity.as_str(), remark.path);
    remarks.iter().map(one).collect()
}

fn stops(xml: &str) -> Vec<String> {
    let judging = Judging::of(bindeledd::xml::Limits::default(), Direction::Outgoing);
    let findings = match messages::read(xml.as_bytes(), &judging) {
        Ok(parsed) => parsed.findings,
        Err(unreadable) => unreadable.findings,
    };
    let stops = findings.iter().filter(|finding| finding.consequence.stops());
    stops.map(|finding| format!("{} {}", finding.rule.id, finding.sentence(Language::En))).collect()
}

/// Every element on a line of its own, for reading.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<")
}

#[test]
fn a_minimal_bundle_becomes_a_message_without_a_fault() {
    let good = good();
    let mut troubles = String::new();
    for path in &good {
        let bytes = std::fs::read(path).expect("reads");
        let bundle = read(&bytes, &Limits::default()).unwrap_or_else(|trouble| panic!("{}: {trouble}", path.display()));
        let name = name(path);
        for issue in judge(&bundle).iter().filter(|issue| issue.severity() == bindeledd::fhir::Severity::Error) {
            troubles += &format!("{name}: {} {}\n", issue.path, issue.sentence(Language::En));
        }
        assert!(is_native(&bundle));
        match build(&bundle, &looked_up(&name, &bundle)) {
            Err(remarks) => {
                for remark in remarks {
                    troubles += &format!("{name}: {} {} {}\n", remark.rule.id, remark.path, remark.sentence(Language::En));
                }
            }
            Ok(made) => {
                stops(&made.xml).iter().for_each(|stop| troubles += &format!("{name}: {stop}\n"));
                assert!(made.unused.iter().all(|remark| remark.severity != Severity::Error), "{name}");
                insta::assert_snapshot!(name, format!("{}\n{}", told(&made.unused), lines(&made.xml)));
            }
        }
    }
    assert!(troubles.is_empty(), "\n{troubles}");
    assert!(good.len() >= 30, "{} inputs", good.len());
}

#[test]
fn what_cannot_become_a_message_is_told_all_at_once() {
    let broken = broken();
    for path in &broken {
        let bytes = std::fs::read(path).expect("reads");
        let bundle = read(&bytes, &Limits::default()).unwrap_or_else(|trouble| panic!("{}: {trouble}", path.display()));
        let name = name(path);
        let Err(remarks) = build(&bundle, &looked_up(&name, &bundle)) else { panic!("{} became a message", path.display()) };
        let told = outcome(&remarks, Language::Nb);
        assert!(judge(&told).is_empty(), "{}: the OperationOutcome is wrong itself", path.display());
        insta::assert_snapshot!(name, told.pretty());
    }
    assert!(broken.len() >= 60, "{} inputs", broken.len());
}
