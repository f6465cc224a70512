//! The promises to a developer who has one message in a file: `validate`, `fix` and `rules`, run as their users run them.

#[expect(dead_code, reason = "they serve several tests")]
#[path = "support/fixtures.rs"]
mod fixtures;

use fixtures::all;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const NO_PATIENT: &str = "fixtures/msghead/refused/r030_no_patient.xml";

/// What a command came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// Runs the binary in the project's folder, without any configuration.
fn run(arguments: &[&str]) -> Ran {
    run_with(arguments, b"")
}

fn run_with(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    command.args(["--config", "no/such/folder"]).args(arguments).current_dir(ROOT);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It may end without reading; then there is nobody to write to.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("a code"), out: text(output.stdout), err: text(output.stderr) }
}

/// The paths of all fixtures, as the command line takes them.
fn fixture_paths() -> Vec<String> {
    all().into_iter().map(|fixture| format!("fixtures/{}", fixture.path)).collect()
}

/// The fixtures that nothing is wrong with, seen by themselves.
const NEED_MORE: &str = "r003 r063 r064 r107 r108 r109 r084_new r087 r088_reference_is_unknown r088_sender r089 r092 r093 r096 r097 \
                         r128 r133 r135_answer_to_ready_patient_refers r138 r054 r060";

#[test]
fn every_fixture_is_judged_as_its_folder_says() {
    let paths = fixture_paths();
    let files: Vec<&str> = paths.iter().map(String::as_str).collect();
    let ran = run(&[&["--format", "json", "validate"], files.as_slice()].concat());
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("one object on a line")).collect();
    assert_eq!(lines.len(), paths.len());
    for (path, one) in paths.iter().zip(lines) {
        let name = path.rsplit('/').next().unwrap_or_default();
        // These need to know who is ours, or what was sent before, or are about sending.
        let needs_more = NEED_MORE.split_whitespace().any(|rule| name.starts_with(rule));
        let refused = path.contains("/refused/") && !needs_more && !path.contains("apprec/") && !name.starts_with("r023");
        let verdict = if refused { "refused" } else { "accepted" };
        assert_eq!((one["file"].as_str(), one["verdict"].as_str()), (Some(path.as_str()), Some(verdict)), "{one:#}");
        let rules: Vec<&str> =
            one["findings"].as_array().expect("a list").iter().filter_map(|f| f["rule"].as_str()).collect();
        if path.contains("/accepted/") {
            assert!(rules.is_empty(), "{path}: {rules:?}");
        }
    }
    assert_eq!(ran.code, 1);
}

#[test]
fn what_is_accepted_breaks_no_rule_of_a_sender_either() {
    let paths: Vec<String> = fixture_paths().into_iter().filter(|path| path.contains("/accepted/")).collect();
    let files: Vec<&str> = paths.iter().map(String::as_str).collect();
    let ran = run(&[&["--format", "json", "validate", "--direction", "out"], files.as_slice()].concat());
    for line in ran.out.lines() {
        let one: Value = serde_json::from_str(line).expect("one object on a line");
        assert_eq!(one["findings"], Value::Array(Vec::new()), "{one:#}");
    }
    assert_eq!(ran.code, 0);
}

#[test]
fn the_json_has_exactly_the_fields_that_are_promised() {
    let one = run(&["--format", "json", "validate", NO_PATIENT]).json();
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    let of = |words: &str| words.split(' ').map(String::from).collect::<BTreeSet<_>>();
    assert_eq!(keys(&one), of("file verdict type version apprec findings"));
    assert_eq!(keys(&one["apprec"]), of("version status errors"));
    let finding = &one["findings"][0];
    assert_eq!(keys(finding), of("rule severity consequence line column path message hint source"));
    assert_eq!(one["apprec"], serde_json::json!({ "version": "1.1", "status": 2, "errors": ["E36"] }));
    let good = run(&["--format", "json", "validate", "fixtures/plo/accepted/log-innlagt-1.6.xml"]).json();
    assert_eq!(good["apprec"], serde_json::json!({ "version": "1.1", "status": 1, "errors": [] }));
    assert_eq!((good["type"].as_str(), good["version"].as_str()), (Some("LOG_INNLAGT"), Some("1.6")));
    let receipt = run(&["--format", "json", "validate", "fixtures/apprec/accepted/apprec-1.1-positive.xml"]).json();
    assert_eq!(receipt["apprec"], Value::Null, "an AppRec is never answered");
}

#[test]
fn validate_shows_the_line_the_rule_the_remedy_and_the_answer() {
    let ran = run(&["validate", NO_PATIENT]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out);
    let nynorsk = run(&["--lang", "nn", "validate", NO_PATIENT]);
    assert!(nynorsk.out.contains("Meldinga gjeld"), "{}", nynorsk.out);
}

#[test]
fn validate_reads_standard_input_and_nothing_is_no_message() {
    let good = fs::read(Path::new(ROOT).join("fixtures/plo/accepted/log-innlagt-1.6.xml")).expect("a fixture");
    assert_eq!(run_with(&["validate", "-"], &good).code, 0);
    assert_eq!(run_with(&["validate", "-"], b"").code, 1);
}

#[test]
fn sarif_names_the_rules_and_the_places() {
    let log = run(&["--format", "sarif", "validate", NO_PATIENT]).json();
    let run_of = &log["runs"][0];
    assert_eq!((log["version"].as_str(), run_of["columnKind"].as_str()), (Some("2.1.0"), Some("unicodeCodePoints")));
    assert_eq!(run_of["tool"]["driver"]["rules"][0]["id"], "R-030");
    let result = &run_of["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"R-030".into(), &"error".into()));
    assert!(result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64() > Some(1), "{result:#}");
    assert_eq!(run(&["--format", "sarif", "check"]).code, 2, "sarif is for validate only");
}

#[test]
fn rules_prints_the_book_and_one_rule_by_number_or_name() {
    let book = run(&["rules"]);
    assert!(book.code == 0 && book.out.lines().count() > 40, "{}", book.out);
    for name in ["R-026", "r026", "26", "msgid_is_a_uuid"] {
        let one = run(&["rules", name]);
        assert!(one.code == 0 && one.out.contains("R-026") && one.out.contains("E10"), "{name}: {}", one.out);
    }
    assert_eq!(run(&["rules", "R-999"]).code, 1);
    let json = run(&["--format", "json", "rules", "R-026"]).json();
    assert_eq!(json[0]["incoming"], serde_json::json!({ "consequence": "refuse", "apprec": "E10" }));
}

#[test]
fn fix_leaves_a_good_message_byte_for_byte_as_it_was_in_any_encoding() {
    for name in ["log-innlagt-1.6", "log-innlagt-1.6-latin1", "log-innlagt-1.6-bom-crlf"] {
        let path = format!("{ROOT}/fixtures/plo/accepted/{name}.xml");
        let output = Command::new(env!("CARGO_BIN_EXE_bindeledd")).args(["fix", &path]).output().expect("it runs");
        assert_eq!(output.stdout, fs::read(&path).expect("a fixture"), "{name}");
        assert_eq!(output.status.code(), Some(0));
    }
}

/// A small slip of each kind that a machine can mend, in a good message.
const SLIPS: [(&str, &str, &str); 5] = [
    ("a misspelled element", "GenDate>", "Gendate>"),
    ("a date with points", "<po:GodkjentDato>2026-03-02<", "<po:GodkjentDato>02.03.2026<"),
    ("a boolean in capitals", "<po:Anslag>false<", "<po:Anslag>False<"),
    ("text between elements", "<MsgInfo>", "<MsgInfo>x"),
    ("an attribute in capitals", "<MsgType V=\"XML\" DN=", "<MsgType V=\"XML\" Dn="),
];

#[test]
fn fix_mends_a_slip_and_what_it_writes_is_accepted() {
    let good = fs::read_to_string(Path::new(ROOT).join("fixtures/plo/accepted/log-innlagt-1.6.xml")).expect("a fixture");
    for (what, right, wrong) in SLIPS {
        assert!(good.contains(right), "{what}");
        let broken = good.replace(right, wrong);
        let judged = run_with(&["--format", "json", "validate", "-"], broken.as_bytes()).json();
        assert_eq!(
            (&judged["verdict"], judged["findings"][0]["fix"].is_array()),
            (&"refused".into(), true),
            "{what}: {judged:#}"
        );
        let mended = run_with(&["fix", "-"], broken.as_bytes());
        assert_eq!(mended.code, 0, "{what}: {}", mended.err);
        assert_eq!(run_with(&["validate", "-"], mended.out.as_bytes()).code, 0, "{what}: {}", mended.out);
    }
}

/// What stands between two marks, both included.
fn part<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).expect("the first mark");
    let end = start + text[start..].find(to).expect("the second mark") + to.len();
    &text[start..end]
}

fn swapped(text: &str, one: &str, other: &str) -> String {
    assert!(text.contains(one) && text.contains(other));
    text.replacen(one, "\u{1}", 1).replacen(other, one, 1).replacen('\u{1}', other, 1)
}

#[test]
fn fix_mends_slips_that_overlap_in_the_text_until_the_message_is_as_it_should_have_been() {
    let good = fs::read_to_string(Path::new(ROOT).join("fixtures/plo/accepted/log-innlagt-1.6.xml")).expect("a fixture");
    let (sender, receiver) = (part(&good, "<Sender>", "</Sender>"), part(&good, "<Receiver>", "</Receiver>"));
    let (kind, patient) = (part(&good, "<Type V", "/>"), part(&good, "<Patient>", "</Patient>"));
    let (id, id_kind) = (part(sender, "<Id>", "</Id>"), part(sender, "<TypeId", "/>"));
    let parties_swapped = swapped(&good, sender, receiver);
    let all_turned = swapped(&parties_swapped, kind, patient);
    let turned_inside = all_turned.replace(sender, &swapped(sender, id, id_kind));
    let misspelled_inside = all_turned.replace("<FamilyName>Fjord</FamilyName>", "<Familyname>Fjord</Familyname>");
    let id_twice = format!("{id_kind}\n          {id_kind}\n          {id}");
    let turned_with_copy = all_turned.replace(part(sender, "<Id>", "/>"), &id_twice);
    let twice = format!("{patient}\n    {patient}");
    for (what, broken) in [
        ("two neighbours", parties_swapped.clone()),
        ("two pairs beside each other", all_turned.clone()),
        ("another pair inside one of them", turned_inside),
        ("a misspelled name inside one of them", misspelled_inside),
        ("a copy inside one of them", turned_with_copy),
        ("a copy beside a pair", parties_swapped.replace(patient, &twice)),
    ] {
        let judged = run_with(&["--format", "json", "validate", "-"], broken.as_bytes()).json();
        assert_eq!(judged["verdict"], "refused", "{what}");
        let mended = run_with(&["fix", "-"], broken.as_bytes());
        assert_eq!((mended.code, &*mended.out), (0, &*good), "{what}: {}", mended.err);
    }
}

#[test]
fn fix_writes_the_file_only_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.xml");
    let good = fs::read_to_string(Path::new(ROOT).join("fixtures/plo/accepted/log-innlagt-1.6.xml")).expect("a fixture");
    let broken = good.replace("<po:Anslag>false<", "<po:Anslag>False<");
    fs::write(&file, &broken).expect("writes");
    let path = file.to_str().expect("UTF-8");
    assert_eq!(run(&["fix", path]).out, good);
    assert_eq!(fs::read_to_string(&file).expect("reads"), broken, "it was not told to");
    assert_eq!(run(&["fix", "--write", path]).code, 0);
    assert_eq!(fs::read_to_string(&file).expect("reads"), good);
    assert_eq!(fs::read_dir(folder.path()).expect("reads").count(), 1, "nothing is left beside it");
}

#[test]
fn the_mends_of_one_message_are_shown_as_the_line_would_read() {
    let good = fs::read_to_string(Path::new(ROOT).join("fixtures/plo/accepted/log-innlagt-1.6.xml")).expect("a fixture");
    let ran = run_with(&["validate", "-"], good.replace("GenDate>", "Gendate>").as_bytes());
    insta::assert_snapshot!(ran.out);
}
