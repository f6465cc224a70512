//! The way in, one round at a time with times made up: what becomes of a file whatever happens to it, to us or to the folder.

use super::{InOptions, Inbound};
use crate::domain::{Fault, MessageState, PartnerName, Seeded, TrackingId};
use crate::transports::{Answer, Arrival, BoxFuture, Counters, Inbox, Receipt, Reception, Stop, Stopper};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::Instant;

/// Takes everything but what says that it is trouble.
#[derive(Default)]
struct Desk(Mutex<Vec<String>>);

impl Desk {
    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn tracking() -> TrackingId {
    TrackingId::new(&Seeded::new(1))
}

impl Inbox for Desk {
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        let text = String::from_utf8(arrival.bytes.to_vec()).unwrap();
        let repeated = self.asked().contains(&text);
        let answer = match text.as_str() {
            "passing" => Err(Fault::passing("p")),
            "lasting" => Err(Fault::lasting("l")),
            _ => Ok(Reception::Receipt(Receipt {
                tracking: tracking(),
                state: MessageState::Accepted,
                repeated,
                notes: Vec::new(),
            })),
        };
        self.0.lock().unwrap().push(text);
        Box::pin(async { answer })
    }
}

struct Case {
    temp: TempDir,
    desk: Desk,
    inbound: Inbound,
    counters: Arc<Counters>,
    stopper: Stopper,
    stop: Stop,
    start: Instant,
}

impl Case {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let counters = Arc::new(Counters::default());
        let inbound = Self::inbound(temp.path(), &counters);
        let (stopper, stop) = Stopper::new();
        Self { temp, desk: Desk::default(), inbound, counters, stopper, stop, start: Instant::now() }
    }

    fn inbound(path: &Path, counters: &Arc<Counters>) -> Inbound {
        let options = InOptions { settle: Duration::from_secs(2), max_message_bytes: 100, ..InOptions::new(path) };
        Inbound::new(PartnerName::parse("gp").unwrap(), options, counters.clone())
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.temp.path().join(name), content).unwrap();
    }

    /// One round so many seconds after the start.
    async fn round(&mut self, seconds: u64) -> Result<(), Fault> {
        self.inbound.round(&self.desk, &self.stop, self.start + Duration::from_secs(seconds)).await
    }

    /// All files below the folder, sorted.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.temp.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(self.temp.path()).unwrap().to_str().unwrap().to_string());
                }
            }
        }
        files.sort();
        files
    }
}

#[tokio::test]
async fn a_file_that_is_still_being_written_is_left_alone_until_it_lies_still() {
    let mut case = Case::new();
    for (second, content) in [(0, "<a"), (1, "<a>"), (2, "<a></"), (3, "<a></a>")] {
        case.write("m.xml", content);
        case.round(second).await.unwrap();
    }
    assert!(case.desk.asked().is_empty());
    case.round(5).await.unwrap();
    assert_eq!(case.desk.asked(), ["<a></a>"]);
    assert_eq!(case.files(), [format!("taken/m.{}.xml", tracking())]);
}

#[tokio::test]
async fn after_a_crash_between_storing_and_moving_the_file_gets_the_same_receipt_and_is_moved() {
    let mut case = Case::new();
    case.write("m.xml", "<a/>");
    case.desk.0.lock().unwrap().push("<a/>".into());
    case.round(0).await.unwrap();
    case.round(2).await.unwrap();
    assert_eq!(case.files(), [format!("taken/m.{}.xml", tracking())]);
    assert_eq!(case.counters.directory.count(Answer::Repeated), 1);
}

#[tokio::test]
async fn empty_and_too_large_files_are_set_aside_with_their_explanation_and_never_reach_the_inbox() {
    let mut case = Case::new();
    case.write("empty.xml", "");
    case.write("large.xml", &"x".repeat(101));
    case.round(0).await.unwrap();
    case.round(2).await.unwrap();
    let expected = ["empty.xml", "empty.xml.explanation.txt", "large.xml", "large.xml.explanation.txt"];
    assert_eq!(case.files(), expected.map(|name| format!("refused/{name}")));
    assert!(case.desk.asked().is_empty());
    assert_eq!(case.counters.directory.count(Answer::RefusedAtTheDoor), 2);
}

#[tokio::test]
async fn a_file_that_is_answered_for_but_cannot_be_moved_is_not_brought_to_the_inbox_again() {
    let mut case = Case::new();
    case.write("m.xml", "<a/>");
    case.write("taken", "a file where the folder should be");
    for second in [0, 2, 10, 100] {
        case.round(second).await.unwrap();
    }
    assert_eq!(case.desk.asked(), ["<a/>"]);
    assert_eq!(case.files(), ["m.xml", "taken"]);
    fs::remove_file(case.temp.path().join("taken")).unwrap();
    case.round(1000).await.unwrap();
    assert_eq!(case.files(), [format!("taken/m.{}.xml", tracking())]);
    assert_eq!(case.desk.asked(), ["<a/>"]);
}

#[tokio::test]
async fn a_lasting_fault_over_one_file_does_not_hold_up_the_others() {
    let mut case = Case::new();
    case.write("a.xml", "lasting");
    case.write("b.xml", "<b/>");
    case.round(0).await.unwrap();
    case.round(2).await.unwrap();
    assert_eq!(case.files(), ["a.xml".to_string(), format!("taken/b.{}.xml", tracking())]);
    case.round(2).await.unwrap();
    assert_eq!(case.desk.asked().len(), 2, "it is left alone for a while");
    case.round(3).await.unwrap();
    assert_eq!(case.desk.asked().len(), 3, "and tried again");
}

#[tokio::test]
async fn a_passing_fault_ends_the_round_so_that_files_stay_in_order() {
    let mut case = Case::new();
    case.write("a.xml", "passing");
    case.write("b.xml", "<b/>");
    let older = std::time::SystemTime::UNIX_EPOCH;
    fs::File::options().append(true).open(case.temp.path().join("a.xml")).unwrap().set_modified(older).unwrap();
    case.round(0).await.unwrap();
    assert!(case.round(2).await.is_err());
    assert_eq!(case.desk.asked(), ["passing"]);
    assert_eq!(case.files(), ["a.xml", "b.xml"]);
}

#[tokio::test]
async fn when_stopping_is_wished_no_further_file_is_begun() {
    let mut case = Case::new();
    case.write("a.xml", "<a/>");
    case.round(0).await.unwrap();
    case.stopper.stop();
    case.round(2).await.unwrap();
    assert_eq!(case.files(), ["a.xml"]);
    assert!(case.desk.asked().is_empty());
}

#[tokio::test]
async fn a_folder_that_is_gone_is_trouble_that_passes_when_it_is_back() {
    let mut case = Case::new();
    case.write("a.xml", "<a/>");
    let (folder, aside) = (case.temp.path().to_path_buf(), case.temp.path().with_extension("aside"));
    fs::rename(&folder, &aside).unwrap();
    assert!(case.round(0).await.is_err());
    fs::rename(&aside, &folder).unwrap();
    case.round(1).await.unwrap();
    case.round(3).await.unwrap();
    assert_eq!(case.desk.asked(), ["<a/>"]);
}
