//! The promise: what a platform posts as a minimal Bundle becomes a message that its receiver understands, valid by the schemas and
//! within the rules for messages that are sent; and what cannot become one is told, all of it at once and where.
//!
//! `BINDELEDD_SEED=17` makes other mutations.

use bindeledd::domain::{HerId, Language, Level};
use bindeledd::fhir::{Json, Limits, judge, read};
use bindeledd::messages::{self, Judging};
use bindeledd::rulebook::Direction;
use bindeledd::translation::mapping::{lines as lines_of, to_fhir, to_xml};
use bindeledd::translation::native::{
    Known, KnownAddress, KnownMessage, Remark, Severity, Unmapped, all_rules, build, is_native, page, wanted,
};
use bindeledd::xml::Tree;
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

/// What is different after the message was a Bundle made of it: the mapping knows every element, and where it stands.
fn after_fhir(xml: &str) -> Option<String> {
    let (tree, _) = Tree::read(xml, &bindeledd::xml::Limits::default());
    let root = tree.root().expect("a root");
    let bundle = match to_fhir(root, "00000000-0000-4000-8000-000000000000") {
        Ok(bundle) => bundle,
        Err(unknown) => return Some(format!("{} unknown elements", unknown.len())),
    };
    assert!(!is_native(&bundle), "what was made of a message is not native");
    let back = to_xml(&bundle).expect("a message");
    let (after, _) = Tree::read(&back, &bindeledd::xml::Limits::default());
    let (before, after) = (lines_of(root), lines_of(after.root().expect("a root")));
    (before != after).then(|| format!("{} lines, {} after FHIR", before.len(), after.len()))
}

/// What the sender's platform is told: the OperationOutcome of the FHIR door.
fn outcome(remarks: &[Remark], language: Language) -> Json<'static> {
    bindeledd::transports::fhir::told(&remarks.iter().map(Remark::finding).collect::<Vec<_>>(), language)
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
                if let Some(difference) = after_fhir(&made.xml) {
                    troubles += &format!("{name}: {difference}\n");
                }
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

#[test]
fn the_page_says_what_the_catalogues_say() {
    const FROM: &str = "<!-- The tables are made from the catalogues. -->\n";
    const TO: &str = "<!-- Here they end. -->\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/native.md");
    let written = std::fs::read_to_string(&file).expect("the page is there");
    let (before, rest) = written.split_once(FROM).expect("where the tables begin");
    let (_, after) = rest.split_once(TO).expect("where they end");
    let page = format!("{before}{FROM}\n{}\n{TO}{after}", page());
    if std::env::var_os("BINDELEDD_UPDATE").is_some() {
        std::fs::write(&file, &page).expect("the page can be written");
    } else {
        assert!(
            written == page,
            "docs/native.md is out of date; BINDELEDD_UPDATE=1 cargo test --test native_senders writes it anew"
        );
    }
}

#[test]
fn every_rule_is_shown_by_an_input() {
    let mut shown = std::collections::BTreeSet::new();
    for path in good().into_iter().chain(broken()) {
        let bytes = std::fs::read(&path).expect("reads");
        let bundle = read(&bytes, &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
        let remarks = match build(&bundle, &looked_up(&name(&path), &bundle)) {
            Ok(built) => built.unused,
            Err(remarks) => remarks,
        };
        shown.extend(remarks.iter().map(|remark| remark.rule.id));
    }
    let rules = all_rules();
    let unshown: Vec<&str> = rules.iter().map(|rule| rule.id).filter(|id| !shown.contains(id)).collect();
    assert_eq!(unshown, Vec::<&str>::new());
    assert!(rules.is_sorted_by(|a, b| a.id < b.id), "in the order of numbers");
    for rule in rules {
        for text in [rule.what, rule.hint] {
            assert!([text.en, text.nb, text.nn].iter().all(|text| !text.is_empty() && !text.ends_with('.')), "{}", rule.id);
        }
    }
}

/// A sequence that looks like chance and is the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).expect("fits")).expect("fits")
    }
}

/// Every value in a tree, by the steps that lead to it.
fn places(json: &Json<'_>, here: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let inside: Vec<&Json<'_>> = match json {
        Json::Array(items) => items.iter().collect(),
        Json::Object(object) => object.members().iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    for (at, value) in inside.into_iter().enumerate() {
        here.push(at);
        found.push(here.clone());
        places(value, here, found);
        here.pop();
    }
}

fn at<'j, 'a>(json: &'j mut Json<'a>, steps: &[usize]) -> &'j mut Json<'a> {
    steps.iter().fold(json, |json, step| match json {
        Json::Array(items) => &mut items[*step],
        Json::Object(object) => &mut object.members_mut()[*step].1,
        _ => unreachable!("the steps lead through lists and objects"),
    })
}

/// A value that nobody expects where it stands.
fn odd(dice: &mut Dice) -> Json<'static> {
    let texts = [
        "",
        " ",
        "urn:uuid:",
        "#",
        "\u{0}\u{7}\u{fffe}",
        "<p>&amp;",
        "2026-02-30T25:00:00Z",
        "9000102",
        "1e999",
        "å".repeat(300).leak(),
    ];
    match dice.below(8) {
        0 => Json::Null,
        1 => Json::Bool(true),
        2 => Json::from(17),
        3 => Json::Array(Vec::new()),
        4 => Json::Array(vec![Json::Array(vec![Json::Null]), Json::from("x")]),
        5 => Json::Object(bindeledd::fhir::Object::new()),
        _ => Json::from(texts[dice.below(texts.len())]),
    }
}

fn mutated(original: &Json<'static>, dice: &mut Dice) -> Json<'static> {
    let mut made = original.clone();
    for _ in 0..=dice.below(3) {
        let mut all = Vec::new();
        places(&made, &mut Vec::new(), &mut all);
        if all.is_empty() {
            return made;
        }
        let place = all[dice.below(all.len())].clone();
        let other = all[dice.below(all.len())].clone();
        let (last, holder) = place.split_last().expect("a step");
        match dice.below(4) {
            0 => *at(&mut made, &place) = odd(dice),
            // Something from elsewhere: references lead in rings, texts stand where codes should.
            1 => {
                let copy = at(&mut made, &other).clone();
                *at(&mut made, &place) = copy;
            }
            2 => match at(&mut made, holder) {
                Json::Array(items) => drop(items.remove(*last)),
                Json::Object(object) => drop(object.members_mut().remove(*last)),
                _ => {}
            },
            _ => {
                let copy = at(&mut made, &other).clone();
                if let Json::Array(items) = at(&mut made, holder) {
                    items.push(copy);
                }
            }
        }
    }
    made
}

#[test]
fn odd_json_is_a_message_or_told_and_never_a_panic() {
    let seed = std::env::var("BINDELEDD_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    println!("seed {seed}");
    let mut dice = Dice(seed);
    let inputs: Vec<(String, Json<'static>)> = good()
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("reads");
            let json = read(&bytes, &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
            (name(path), json.into_owned())
        })
        .collect();
    let (mut made, mut refused) = (0, 0);
    for round in 0..1_500 {
        let (name, original) = &inputs[round % inputs.len()];
        let bundle = mutated(original, &mut dice);
        match build(&bundle, &looked_up(name, &bundle)) {
            Ok(built) => {
                made += 1;
                assert_eq!(stops(&built.xml), Vec::<String>::new(), "{name}, round {round}: {}", bundle.pretty());
            }
            Err(remarks) => {
                refused += 1;
                assert!(!remarks.is_empty(), "{name}, round {round}: refused without a reason");
                let issues = judge(&outcome(&remarks, Language::Nn)).len();
                assert_eq!(issues, 0, "{name}, round {round}: {}", outcome(&remarks, Language::Nn).pretty());
            }
        }
    }
    assert!(made > 100 && refused > 100, "{made} made, {refused} refused: the mutations show nothing");
}
