//! The promises of the configuration: what is shipped is good, and what is wrong is told with its place and what to write.

mod broken;

use bindeledd::commands::{Answer, check::check, init::init, test::run_tests, test::test};
use bindeledd::config::{Checked, load};
use bindeledd::domain::Seeded;
use bindeledd::settings::Complaint;
use broken::{BROKEN, Broken};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config");

/// A copy of the shipped configuration that may be broken.
struct Copy(TempDir);

impl Copy {
    fn new() -> Self {
        let copy = Self(tempfile::tempdir().expect("a folder"));
        for folder in ["", "partners", "routes"] {
            fs::create_dir_all(copy.path(folder)).expect("a folder");
            for entry in fs::read_dir(Path::new(SHIPPED).join(folder)).expect("the shipped configuration") {
                let from = entry.expect("an entry").path();
                if from.is_file() {
                    fs::copy(&from, copy.path(folder).join(from.file_name().expect("a name"))).expect("copied");
                }
            }
        }
        copy
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    /// Replaces what stands once in a file.
    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).expect("the file");
        assert_eq!(text.matches(from).count(), 1, "{name} has `{from}` once");
        self.write(name, &text.replace(from, to));
    }

    fn load(&self) -> Checked {
        load(self.0.path())
    }

    /// Complaints as `file:line:column: message | suggestion`, with the folder cut away.
    fn complaints(&self) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display());
        let shown = |c: &Complaint| {
            let help = c.suggestion.as_deref().unwrap_or("(none)");
            format!("{}:{}:{}: {} | {help}", c.file, c.line, c.column, c.message).replace(&folder, "")
        };
        self.load().complaints.iter().map(shown).collect()
    }
}

#[test]
fn the_shipped_configuration_has_no_complaints() {
    let checked = load(Path::new(SHIPPED));
    assert_eq!(checked.complaints, []);
    assert!(checked.installation.is_some());
    assert!(checked.counts.tests >= 9 && checked.counts.partners >= 5 && checked.counts.routes >= 2, "{:?}", checked.counts);
}

#[test]
fn every_shipped_route_carries_tests_and_passes_them() {
    let installation = load(Path::new(SHIPPED)).installation.expect("it is good");
    for route in installation.routes.routes() {
        assert!(installation.tests.iter().any(|test| test.route == route.name), "{} has a test", route.name);
    }
    for result in run_tests(&installation) {
        assert!(result.passed(), "{} ({}): got {:?}", result.test.name, result.test.spot, result.got());
    }
    assert_eq!(test(Path::new(SHIPPED)).answer, Answer::Good);
}

/// A value in a comment is documentation, and documentation that is not tried is wrong one day.
#[test]
fn the_values_shown_in_comments_are_good_and_are_the_ones_that_hold() {
    let copy = Copy::new();
    let usual = copy.load().installation.expect("it is good");
    let text = fs::read_to_string(copy.path("bindeledd.toml")).expect("the file");
    let (above, below) = text.split_at(text.find("# [http.limits]").expect("the values in comments"));
    let speak_out = |line: &str| match line.strip_prefix("# ") {
        Some(value) if value.starts_with('[') || value.contains(" = ") => format!("{value}\n"),
        _ => format!("{line}\n"),
    };
    copy.write("bindeledd.toml", &below.lines().map(speak_out).fold(above.to_string(), |text, line| text + &line));
    assert_eq!(copy.complaints(), [""; 0]);
    let written = copy.load().installation.expect("it is good");
    assert_eq!((written.server, written.http), (usual.server, usual.http));
    assert_eq!((written.limits, written.message_bytes), (usual.limits, usual.message_bytes));
}

#[test]
fn all_complaints_of_several_files_are_reported_at_once() {
    let copy = Copy::new();
    copy.replace("bindeledd.toml", "format = \"text\"", "format = \"txt\"");
    copy.replace("partners/nordoy-legekontor.toml", "her_id = 9000201", "herid = 9000201");
    copy.replace("routes/utskrivningsklar.toml", "partner:fjellvik-kapasitet", "partner:fjellvik-kapsitet");
    copy.write("routes/broken.toml", "order = \n");
    let files: Vec<_> = copy.complaints().iter().map(|c| c.split(':').next().unwrap_or_default().to_string()).collect();
    assert_eq!(
        files,
        [
            "bindeledd.toml",
            "partners/nordoy-legekontor.toml",
            "partners/nordoy-legekontor.toml",
            "routes/broken.toml",
            "routes/utskrivningsklar.toml"
        ]
    );
    assert!(copy.load().installation.is_none(), "nothing is built from a configuration with a complaint");
}

#[test]
fn every_broken_configuration_gets_its_complaint_with_place_and_suggestion() {
    let mut all = String::new();
    for Broken { what, file, from, to } in BROKEN {
        let copy = Copy::new();
        copy.replace(file, from, to);
        let checked = copy.load();
        assert!(checked.installation.is_none() && !checked.complaints.is_empty(), "{what} is a complaint");
        all += &format!("── {what}\n\n");
        for complaint in &checked.complaints {
            let shown = complaint.to_string().replace(&format!("{}/", copy.0.path().display()), "");
            assert!(complaint.suggestion.is_some(), "{what}: {shown}");
            all += &format!("{shown}\n\n");
        }
    }
    assert!(BROKEN.len() >= 50);
    insta::assert_snapshot!(all);
}

#[test]
fn a_file_that_would_not_be_read_is_a_complaint() {
    let copy = Copy::new();
    copy.write("partners/Ås kommune.toml", "");
    copy.write("partners/nytt-legekontor.tml", "");
    copy.write("partners/README.md", "");
    copy.write("partners/.swp", "");
    copy.write("gateway.toml", "");
    fs::create_dir(copy.path("route")).expect("a folder");
    assert_eq!(
        copy.complaints(),
        [
            "gateway.toml:1:1: this is not read: nothing of this name is known here \
             | files about partners belong into `partners`, files about routes into `routes`",
            "partners/nytt-legekontor.tml:1:1: this is not read: only files that end in .toml are \
             | rename it to end in .toml, or move it away; a name that begins with a dot is passed over",
            "partners/Ås kommune.toml:1:1: the name of this file is not a good name \
             | a name has small letters a to z, digits and hyphens, at most 64; rename it to `aas-kommune.toml`",
            "route:1:1: this is not read: nothing of this name is known here | did you mean `routes`?",
        ]
    );
}

#[test]
fn a_folder_without_a_configuration_is_told_from_a_bad_one() {
    let copy = Copy::new();
    let nowhere = check(&copy.path("nowhere"));
    assert_eq!(nowhere.answer, Answer::Fault);
    assert!(nowhere.text.contains("bindeledd init"), "{}", nowhere.text);
    fs::remove_dir_all(copy.path("routes")).expect("removed");
    let without_routes = check(copy.0.path());
    assert_eq!(without_routes.answer, Answer::No);
    assert_eq!(without_routes.json["complaints"][0]["line"], 1);
}

#[test]
fn a_route_test_that_fails_says_what_was_expected_what_came_and_why() {
    let copy = Copy::new();
    copy.replace("routes/utskrivningsklar.toml", "type = [\"LOG_UTSKRIVNINGSKLAR\"]", "type = [\"LOG_DOD\"]");
    let report = test(copy.0.path());
    assert_eq!(report.answer, Answer::No);
    insta::assert_snapshot!(report.text.replace(&copy.0.path().display().to_string(), "config"));
    assert_eq!(report.json["good"], false);
}

#[test]
fn a_route_test_can_try_a_whole_message_with_its_copies() {
    let copy = Copy::new();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plo/accepted/log-innlagt-1.6-copy-to-gp.xml");
    fs::copy(fixture, copy.path("routes/../admission.xml")).expect("copied");
    let add = |expect: &str| {
        format!(
            "order = 5\n[match]\ntype = [\"EPIKRISE\"]\n[[leg]]\nto = \"owner\"\n[[test]]\nname = \"x\"\nfile = \"../admission.xml\"\nexpect = {expect}\n"
        )
    };
    copy.write("routes/first.toml", &add("[\"nordoy-legekontor\", \"fjellvik-hjemmetjeneste\"]"));
    assert_eq!(test(copy.0.path()).answer, Answer::Good, "{}", test(copy.0.path()).text);
    copy.write("routes/first.toml", &add("[\"fjellvik-hjemmetjeneste\"]"));
    assert_eq!(test(copy.0.path()).answer, Answer::No, "a copy receiver is a receiver (R-067)");
    copy.write("admission.xml", "<no message");
    let report = test(copy.0.path());
    assert!(report.text.contains("is not a message that can be read (R-009)"), "{}", report.text);
}

#[test]
fn a_type_that_is_newer_than_our_edition_of_the_list_can_be_routed() {
    let copy = Copy::new();
    let shipped = "type = [\"LOG_UTSKRIVNINGSKLAR\"]";
    copy.replace(
        "routes/utskrivningsklar.toml",
        shipped,
        "type = [\"LOG_UTSKRIVNINGSKLAR\", \"NOE_HELT_NYTT\", \"LOG_DODT*\"]",
    );
    assert_eq!(check(copy.0.path()).answer, Answer::Good, "{}", check(copy.0.path()).text);
}

#[test]
fn a_route_test_notices_that_a_partner_does_not_support_the_type() {
    let copy = Copy::new();
    copy.replace("partners/fjellvik-tildeling.toml", "\"LOG_*\", ", "");
    let report = test(copy.0.path());
    assert_eq!(report.answer, Answer::No);
    assert!(report.text.contains("fjellvik-tildeling does not accept LOG_INNLAGT: refused (R-023)"), "{}", report.text);
}

#[test]
fn what_is_built_has_a_way_to_every_partner_that_receives() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("gateway");
    init(&target, &Seeded::new(1));
    let installation = load(&target).installation.expect("it is good");
    let setup = installation.setup().expect("it can be built");
    assert_eq!(setup.connections.len(), installation.partners.len());
    assert!(installation.tokens().is_ok());
    let [(partner, options)] = installation.folders_in().try_into().expect("one partner sends by files");
    assert_eq!((partner.as_str(), options.max_message_bytes), ("fjellvik-hjemmetjeneste", installation.message_bytes));
    installation.make_folders().expect("made");
    assert!(options.path.is_dir() && target.join("data").is_dir());
}

#[test]
fn init_writes_a_configuration_that_is_good_and_whose_tokens_are_nowhere_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("gateway");
    let report = init(&target, &Seeded::new(1));
    assert_eq!(report.answer, Answer::Good, "{}", report.text);
    assert_eq!(check(&target).answer, Answer::Good, "{}", check(&target).text);
    assert_eq!(test(&target).answer, Answer::Good);

    let tokens: Vec<_> =
        report.json["tokens"].as_array().expect("a list").iter().map(|t| t["token"].as_str().expect("text")).collect();
    assert_eq!(tokens.len(), 4);
    let mut all = String::new();
    for name in report.json["files"].as_array().expect("a list") {
        all += &fs::read_to_string(target.join(name.as_str().expect("text"))).expect("the file");
    }
    for token in tokens {
        assert!(token.len() == 64 && !all.contains(token), "only the digest is written");
        assert_eq!(report.text.matches(token).count(), 1, "shown once");
    }
    assert!(!all.contains("demo-token"), "the documented tokens let nobody in");

    let installation = load(&target).installation.expect("it is good");
    assert!(installation.data.starts_with(&target), "what belongs to it stays inside: {}", installation.data.display());
}

#[test]
fn init_never_overwrites() {
    let copy = Copy::new();
    let before = fs::read(copy.path("bindeledd.toml")).expect("the file");
    let report = init(copy.0.path(), &Seeded::new(1));
    assert_eq!(report.answer, Answer::Fault);
    assert!(report.text.contains("nothing was written"), "{}", report.text);
    assert_eq!(fs::read(copy.path("bindeledd.toml")).expect("the file"), before);
}

#[test]
fn init_has_a_template_for_every_shipped_file() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &Seeded::new(1));
    let names = |root: &Path| {
        let of = |folder: &str| -> Vec<_> {
            fs::read_dir(root.join(folder)).expect("listed").map(|e| e.expect("an entry").file_name()).collect()
        };
        let mut all = [of("partners"), of("routes")].concat();
        all.sort();
        all
    };
    assert_eq!(names(folder.path()), names(Path::new(SHIPPED)));
}
