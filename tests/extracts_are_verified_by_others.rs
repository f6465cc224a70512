//! The promise: what we give out of the log can be verified without us. Each extract that we write is called whole by our own
//! verifier and by the one in Python, and each deed done to one is found by both, at the same place and in the same words.

#[path = "support/auditor.rs"]
mod auditor;
#[path = "extracts/log.rs"]
mod log;
#[path = "extracts/signed.rs"]
mod signed;

use auditor::Auditor;
use aws_lc_rs::digest::{SHA256, digest};
use bindeledd::domain::{Chance, Seeded};
use bindeledd::proof::extract::{Asked, Made, Writer, verify};
use bindeledd::proof::{Gap, PublicKey, SignedHead, Tree, leaf};
use log::{KINDS, Kind, LINES, Log, REMOVAL, line};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FILES: [&str; 7] =
    ["lines.ndjson", "proofs.ndjson", "seals.ndjson", "head.txt", "consistency.json", "manifest.json", "manifest.sig"];

/// What somebody does about the manifest who has changed another file.
#[derive(Clone, Copy, PartialEq)]
enum Knowing {
    /// Nothing.
    Nothing,
    /// Its digests are made to fit.
    Digests,
    /// And it is signed with the key of the log itself.
    Key,
}

/// A thing done to an extract, and what it is to be judged with.
struct Deed {
    name: String,
    folder: PathBuf,
    key: Option<PublicKey>,
    noted: Vec<SignedHead>,
}

impl Deed {
    /// What our verifier says, as the one in Python says it.
    fn ours(&self) -> (i64, String) {
        match verify(&self.folder, self.key, &self.noted) {
            Err(fault) => (2, fault.inner().to_owned()),
            Ok(verified) => match (verified.broken, verified.unproven.is_empty()) {
                (Some(broken), _) => (1, broken.to_string()),
                (None, false) => (2, "unproven".into()),
                (None, true) => (0, String::new()),
            },
        }
    }

    /// The same question to the other.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["verify".to_owned(), self.folder.display().to_string()];
        arguments.extend(self.key.iter().flat_map(|key| ["--key".to_owned(), key.to_string()]));
        for (at, noted) in self.noted.iter().enumerate() {
            let file = self.folder.with_extension(format!("{at}.head"));
            fs::write(&file, noted.note()).expect("written");
            arguments.extend(["--head".to_owned(), file.display().to_string()]);
        }
        arguments
    }
}

/// Both verifiers judge all; gives what ours says. They agree in the verdict, and word for word in what is broken.
fn judged(deeds: &[Deed]) -> Vec<(i64, String)> {
    let ours: Vec<(i64, String)> = deeds.iter().map(Deed::ours).collect();
    let Some(auditor) = Auditor::new() else { return ours };
    let arguments: Vec<Vec<String>> = deeds.iter().map(Deed::arguments).collect();
    let theirs = auditor.judge(arguments.iter().map(Vec::as_slice));
    assert_eq!(theirs.len(), ours.len());
    for ((deed, ours), theirs) in deeds.iter().zip(&ours).zip(&theirs) {
        assert_eq!(ours.0, theirs.0, "{}: we say {ours:?}, they say {theirs:?}", deed.name);
        if ours.0 == 1 {
            assert_eq!(format!("broken: {}", ours.1), theirs.1.trim_end(), "{}", deed.name);
        }
    }
    ours
}

/// A place for extracts.
struct Bench {
    folder: TempDir,
    log: Log,
    made: usize,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), log: Log::new("as it was", 1), made: 0 }
    }

    /// An extract that nobody has touched yet.
    fn deed(&mut self, kind: &Kind, name: &str) -> Deed {
        self.made += 1;
        let (original, folder) = (self.folder.path().join(kind.name), self.folder.path().join(format!("e{}", self.made)));
        if !original.exists() {
            self.log.extract(&original, kind);
        }
        fs::create_dir(&folder).expect("a folder");
        for file in FILES.iter().filter(|file| original.join(file).exists()) {
            fs::copy(original.join(file), folder.join(file)).expect("copied");
        }
        Deed { name: format!("{}: {name}", kind.name), folder, key: Some(self.log.key), noted: Vec::new() }
    }

    /// An extract in which a file was changed, and perhaps the manifest set right. None where that changes nothing.
    fn change(
        &mut self,
        kind: &Kind,
        (file, name): (&str, &str),
        knowing: Knowing,
        change: impl Fn(&[u8]) -> Vec<u8>,
    ) -> Option<Deed> {
        let more = match knowing {
            Knowing::Nothing => "",
            Knowing::Digests => ", and its digest",
            Knowing::Key => ", and its digest, and signed",
        };
        let deed = self.deed(kind, &format!("{name} {file}{more}"));
        let before = fs::read(deed.folder.join(file)).ok()?;
        let after = change(&before);
        fs::write(deed.folder.join(file), &after).expect("written");
        if file != "manifest.json" && knowing != Knowing::Nothing {
            set_right(&deed.folder);
        }
        if knowing == Knowing::Key {
            self.log.sign_again(&deed.folder);
        }
        (after != before).then_some(deed)
    }
}

/// What somebody does who changes a file and knows of the manifest.
fn set_right(folder: &Path) {
    let path = folder.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).expect("reads")).expect("JSON");
    for file in &FILES[..5] {
        if let Ok(bytes) = fs::read(folder.join(file)) {
            let hex: String = digest(&SHA256, &bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            manifest["files"][*file] = json!(hex);
        }
    }
    let lines = fs::read(folder.join("lines.ndjson")).expect("reads");
    manifest["lines"] = json!(lines.iter().filter(|byte| **byte == b'\n').count());
    fs::write(path, manifest.to_string()).expect("written");
}

fn rows(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

#[test]
fn what_we_write_is_called_whole_by_both() {
    let mut bench = Bench::new();
    let mut deeds = Vec::new();
    for kind in &KINDS {
        let deed = bench.deed(kind, "nothing was done");
        let manifest: Value =
            serde_json::from_slice(&fs::read(deed.folder.join("manifest.json")).expect("reads")).expect("JSON");
        let wanted = (1..=LINES).filter(|number| (kind.wanted)(*number)).count();
        assert_eq!((&manifest["whole"], &manifest["lines"]), (&json!(kind.is_whole), &json!(wanted)), "{}", kind.name);
        let noted: Vec<SignedHead> = match (kind.is_whole, kind.earlier) {
            (true, _) => (0..=6).map(|size| bench.log.head(size)).collect(),
            (false, earlier) => earlier.into_iter().chain([6]).map(|size| bench.log.head(size)).collect(),
        };
        deeds.push(Deed { key: None, ..bench.deed(kind, "without a key") });
        deeds.push(Deed { noted, ..deed });
    }
    for (deed, says) in deeds.iter().zip(judged(&deeds)) {
        assert_eq!(says, (0, String::new()), "{}", deed.name);
    }
}

#[test]
fn whatever_is_changed_in_a_file_is_found_by_both_at_the_same_place() {
    let seed = 20_260_417;
    println!("seed {seed}");
    let (chance, mut bench, mut deeds) = (Seeded::new(seed), Bench::new(), Vec::new());
    let other = Log::new("another story", 1);
    let mut found = BTreeSet::new();
    // Not the last one: in it there is nothing to change.
    for kind in &KINDS[..4] {
        let theirs = other.folder_of(kind);
        for file in &FILES[..5] {
            let at = chance.next_u64() as usize;
            let pick = |text: &[u8], least: usize| (rows(text).len() >= least).then(|| at % (rows(text).len() - least + 1));
            let with = |text: &[u8], least: usize, change: &dyn Fn(&mut Vec<&[u8]>, usize)| {
                let mut rows = rows(text);
                pick(text, least).into_iter().for_each(|at| change(&mut rows, at));
                rows.concat()
            };
            for knowing in [Knowing::Nothing, Knowing::Digests, Knowing::Key] {
                let mut add = |name, change: &dyn Fn(&[u8]) -> Vec<u8>| {
                    deeds.extend(bench.change(kind, (file, name), knowing, change));
                };
                for bit in 0..8 {
                    add("a bit flipped in", &|text| {
                        let mut text = text.to_vec();
                        let place = (at + bit * 7919) % text.len().max(1);
                        text.get_mut(place).into_iter().for_each(|byte| *byte ^= 1 << (bit % 7));
                        text
                    });
                }
                add("a row taken out of", &|text| with(text, 1, &|rows, at| _ = rows.remove(at)));
                add("the last row taken out of", &|text| with(text, 1, &|rows, _| _ = rows.pop()));
                add("a row twice in", &|text| with(text, 1, &|rows, at| rows.insert(at, rows[at])));
                add("two rows changed about in", &|text| with(text, 2, &|rows, at| rows.swap(at, at + 1)));
                add("something put into", &|text| {
                    with(text, 1, &|rows, at| rows.insert(at, b"{\"number\":7,\"message\":7}\n"))
                });
                add("the end cut off from", &|text| text[..text.len() - text.len().min(2 + at % 90)].to_vec());
                add("nothing left of", &|_| Vec::new());
                let from_theirs = fs::read(theirs.path().join("e").join(file)).unwrap_or_default();
                add("that of another log in place of", &|text| {
                    if text.is_empty() { Vec::new() } else { from_theirs.clone() }
                });
            }
        }
    }
    for (deed, (code, says)) in deeds.iter().zip(judged(&deeds)) {
        // Who has the key can do two things that do no harm: to a proof of consistency where no head was noted, and saying a signature
        // twice. Who has not is always found.
        let harmless =
            ["consistency.json, and its digest, and signed", "a row twice in head.txt, and its digest, and signed"];
        let harmless = harmless.iter().any(|what| deed.name.ends_with(what));
        assert!(code != 0 || harmless, "{} was not found", deed.name);
        let place = says.split(':').next().unwrap_or_default();
        found.insert(place.replace(|c: char| c.is_ascii_digit(), ""));
    }
    println!("{} deeds, found at {found:?}", deeds.len());
    let rows = ["row  of lines.ndjson", "row  of proofs.ndjson", "row  of seals.ndjson"];
    for place in ["line ", "seal ", "head.txt", "consistency.json"].into_iter().chain(rows) {
        assert!(found.contains(place), "nothing was found at {place:?}: {found:?}");
    }
}

#[test]
fn every_line_of_a_whole_extract_is_named_when_it_is_changed_or_missing() {
    let mut bench = Bench::new();
    let mut deeds = Vec::new();
    for number in 1..=LINES {
        let at = number as usize - 1;
        let changed = |text: &[u8]| {
            let rows: Vec<Vec<u8>> = rows(text).iter().map(|row| row.to_vec()).collect();
            let mut rows = rows;
            let text = String::from_utf8(rows[at].clone()).expect("UTF-8").replace("as it was", "as it might have been");
            rows[at] = text.into_bytes();
            rows.concat()
        };
        deeds.extend(bench.change(&KINDS[0], ("lines.ndjson", "a line changed in"), Knowing::Key, changed));
        let without = |text: &[u8]| [&rows(text)[..at], &rows(text)[at + 1..]].concat().concat();
        let deed =
            bench.change(&KINDS[0], ("lines.ndjson", "a line taken out of"), Knowing::Nothing, without).expect("a change");
        let proofs = fs::read(deed.folder.join("proofs.ndjson")).expect("reads");
        fs::write(deed.folder.join("proofs.ndjson"), without(&proofs)).expect("written");
        set_right(&deed.folder);
        bench.log.sign_again(&deed.folder);
        deeds.push(deed);
    }
    let says = judged(&deeds);
    assert_eq!(says.len() as u64, 2 * LINES);
    for (number, both) in (1..=LINES).zip(says.chunks(2)) {
        assert_eq!(both[0], (1, format!("line {number}: it is not what was sealed")));
        assert_eq!(both[1], (1, format!("line {number}: it is missing")));
    }
}

#[test]
fn lines_are_missing_only_where_a_line_that_the_log_signed_says_that_they_were_removed() {
    let kept = &KINDS[1];
    let saying = |text: &str| {
        let text = text.to_owned();
        Log::with(1, &move |log, number| {
            if number == REMOVAL { text.clone() } else { log.line(number, "as it was") }
        })
    };
    let stranger = Log::new("as it was", 2);
    let own = Log::new("as it was", 1);
    let over = |seals: std::ops::Range<usize>| Gap::over(&own.seals[seals]);
    let cases = [
        (own.removal(&[over(0..2)]), None),
        (stranger.removal(&[over(0..2)]), Some(1)),
        (own.removal(&[over(0..1)]), Some(6)),
        (own.removal(&[over(0..1), over(1..2)]), None),
        (own.removal(&[over(0..3)]), Some(1)),
        (own.removal(&[over(1..2)]), Some(1)),
        (own.removal(&[]), Some(1)),
        (own.removal(&[over(0..2)]).replace("\"history\"", "\"content\""), Some(1)),
        (own.removal(&[over(0..2)]).replace("[1,6]", "[1,5]"), Some(1)),
        (line(REMOVAL, "nothing was removed"), Some(1)),
    ];
    let benches: Vec<(Bench, Option<u64>)> =
        cases.into_iter().map(|(text, missing)| (Bench { log: saying(&text), ..Bench::new() }, missing)).collect();
    let mut deeds = Vec::new();
    let mut expected = Vec::new();
    let mut benches = benches;
    for (bench, missing) in &mut benches {
        deeds.push(bench.deed(kept, "another line says what was removed"));
        expected.push(missing.map_or((0, String::new()), |line| (1, format!("line {line}: it is missing"))));
    }
    assert_eq!(judged(&deeds), expected);
}

#[test]
fn seals_that_were_made_falsely_or_left_out_are_found() {
    let (mut linked, mut begun, mut ended) = (Bench::new(), Bench::new(), Bench::new());
    linked.log.seals[2].link = linked.log.seals[1].link;
    begun.log.seals[3].first += 1;
    for log in [&mut linked.log, &mut begun.log] {
        log.tree = Tree::default();
        log.seals.iter().for_each(|seal| log.tree.add(seal.leaf()));
    }
    let alone = Kind { name: "seals", wanted: |_| false, all_seals: true, ..KINDS[2] };
    let deeds = [
        linked.deed(&KINDS[0], "a seal with another link"),
        begun.deed(&alone, "a seal that begins too late"),
        ended.deed(&KINDS[0], "the last seal left out with its lines"),
        ended.deed(&KINDS[2], "no proof of consistency"),
    ];
    for (file, kept) in [("lines.ndjson", 33), ("proofs.ndjson", 33), ("seals.ndjson", 5)] {
        let text = fs::read(deeds[2].folder.join(file)).expect("reads");
        fs::write(deeds[2].folder.join(file), rows(&text)[..kept].concat()).expect("written");
    }
    fs::write(deeds[3].folder.join("consistency.json"), r#"{"form":3,"path":[]}"#).expect("written");
    for deed in &deeds[2..] {
        set_right(&deed.folder);
        ended.log.sign_again(&deed.folder);
    }
    let says = [
        "seal 3: its link is not that of its lines",
        "seal 4: it does not begin where the seal before it ends",
        "seal 6: it is missing",
        "consistency.json: it is not a proof of consistency",
    ];
    assert_eq!(judged(&deeds), says.map(|says| (1, says.to_owned())));
}

#[test]
fn what_the_manifest_says_is_held_against_the_files_by_both_whoever_signed_it() {
    let (mut bench, mut deeds) = (Bench::new(), Vec::new());
    for knowing in [Knowing::Nothing, Knowing::Key] {
        for (path, value) in [
            ("/format", json!("bindeledd-extract-3")),
            ("/lines", json!(39)),
            ("/whole", json!(null)),
            ("/key", json!("00")),
            ("/key", json!(Log::new("", 2).key.to_string())),
            ("/files", json!({})),
            ("/files/lines.ndjson", json!("0".repeat(64))),
            ("/files/head.txt", json!("0".repeat(64))),
        ] {
            let change = |text: &[u8]| {
                let mut manifest: Value = serde_json::from_slice(text).expect("JSON");
                *manifest.pointer_mut(path).expect("a member") = value.clone();
                manifest.to_string().into_bytes()
            };
            // Without the key all is found; with it, only a log that does not know its own format could do this.
            if path != "/whole" || knowing == Knowing::Nothing {
                deeds.extend(bench.change(&KINDS[0], ("manifest.json", path), knowing, change));
            }
        }
        let mut with = |kind: &Kind, name: &str, old: &str, new: &str| {
            let change = |text: &[u8]| String::from_utf8_lossy(text).replacen(old, new, 1).into_bytes();
            deeds.extend(bench.change(kind, ("manifest.json", name), knowing, change));
        };
        KINDS.iter().for_each(|kind| with(kind, "whole claimed in", "\"whole\": false", "\"whole\": true"));
        with(&KINDS[3], "more asked in", "\"to\": 17", "\"to\": 18");
        with(&KINDS[3], "earlier asked in", "\"from\": 4", "\"from\": 3");
    }
    for file in FILES {
        let deed = bench.deed(&KINDS[2], &format!("without {file}"));
        fs::remove_file(deed.folder.join(file)).expect("it was there");
        deeds.push(deed);
    }
    assert_eq!(deeds.len(), 8 + 3 + 2 + 7 + 3 + 2 + 7);
    for (deed, (code, says)) in deeds.iter().zip(judged(&deeds)) {
        println!("{}: {code} {says}", deed.name);
        assert_ne!(code, 0, "{}", deed.name);
    }
}

#[test]
fn a_head_that_was_noted_shows_both_what_was_cut_off_or_written_anew() {
    let mut bench = Bench::new();
    let (other, stranger) = (Log::new("another story", 1), Log::new("as it was", 2));
    let longer = Log { seals: Vec::new(), ..Log::new("as it was", 1) };
    let mut longer_tree = longer.tree.clone();
    longer_tree.add(leaf(b"one more"));
    let longer = Log { tree: longer_tree, ..longer };
    let anew = |size| format!("the noted head of {size} seals: the log no longer begins with it: it was written anew");
    let strange =
        |size| format!("the noted head of {size} seals: it is of another log, or not signed with the key of this one");
    let short = "the noted head of 7 seals: the log is shorter: its end was cut off, or an older copy was put back";
    let mut cases = Vec::new();
    for kind in [&KINDS[0], &KINDS[1], &KINDS[2]] {
        for (noted, says) in [
            (other.head(3), (1, anew(3))),
            (other.head(6), (1, anew(6))),
            (stranger.head(3), (1, strange(3))),
            (longer.head(7), (1, short.to_owned())),
        ] {
            cases.push((Deed { noted: vec![noted], ..bench.deed(kind, "a head was noted") }, says));
        }
    }
    let deed = Deed { noted: vec![bench.log.head(2)], ..bench.deed(&KINDS[2], "a head without a way to it") };
    cases.push((deed, (2, "unproven".into())));
    let (path, noted) = ("consistency.json", vec![bench.log.head(3)]);
    let shorter = |text: &[u8]| {
        let mut proof: Value = serde_json::from_slice(text).expect("JSON");
        proof["path"].as_array_mut().expect("a path").pop();
        proof.to_string().into_bytes()
    };
    let deed = bench.change(&KINDS[2], (path, "less of"), Knowing::Key, shorter).expect("a change");
    cases.push((Deed { noted, ..deed }, (1, anew(3))));
    let (deeds, expected): (Vec<Deed>, Vec<_>) = cases.into_iter().unzip();
    for ((deed, says), expected) in deeds.iter().zip(judged(&deeds)).zip(expected) {
        assert_eq!(says, expected, "{}", deed.name);
    }
}

#[test]
fn no_extract_is_made_of_a_log_that_is_not_whole() {
    let (log, folder) = (Log::new("as it was", 1), tempfile::tempdir().expect("a folder"));
    let head = log.last_head();
    let place = |name: &str| folder.path().join(name);
    let other = Log::new("another story", 1);
    assert!(Writer::create(&place("a"), &head, log.key, &other.tree, None).is_err(), "the head of another log");
    assert!(Writer::create(&place("a"), &head, Log::new("", 2).key, &log.tree, None).is_err(), "another key");
    assert!(Writer::create(&place("b"), &head, log.key, &log.tree, Some(7)).is_err(), "an earlier head of more seals");
    let mut writer = Writer::create(&place("c"), &head, log.key, &log.tree, None).expect("a writer");
    assert!(Writer::create(&place("c"), &head, log.key, &log.tree, None).is_err(), "the folder is there already");
    assert!(writer.piece(&other.seals[0].text()[1..]).is_err(), "no seal");
    writer.seal_without_lines(&log.seals[1].text()).expect("the second");
    assert!(writer.seal_without_lines(&log.seals[0].text()).is_err(), "they must ascend");
    let mut piece = writer.piece(&log.seals[2].text()).expect("the third");
    assert!(piece.line(&log.lines[0], true).is_err(), "a line of another seal");
    for number in 7..=15 {
        let text = if number == 9 { line(9, "another story") } else { log.lines[number - 1].clone() };
        piece.line(&text, number > 8).expect("the next number");
    }
    let fault = piece.end().expect_err("line 9 was changed");
    assert!(fault.inner().contains("seal 3") && fault.inner().contains("log verify"), "{}", fault.inner());
    let asked = || Asked { kind: "patient".into(), from: None, to: None, patient: Some("15888800012".into()) };
    let made = || Made { asked: asked(), purpose: String::new(), who: String::new(), at: 1 };
    assert!(writer.end(made(), |text| log.sign(text)).is_err(), "the lines of its last seal are not proven");
    let writer = Writer::create(&place("d"), &head, log.key, &log.tree, None).expect("a writer");
    assert!(writer.end(made(), |text| log.sign(text)).is_err(), "an identity number is no pseudonym");
    let writer = Writer::create(&place("e"), &head, log.key, &log.tree, None).expect("a writer");
    let made = Made { asked: Asked { patient: None, ..asked() }, ..made() };
    assert!(writer.end(made, |text| other.sign(&text[1..])).is_err(), "that is not the signature of the log");
    let manifest = fs::read(place("e").join("manifest.json")).expect("begun");
    assert!(manifest.is_empty(), "a manifest comes last");
}
