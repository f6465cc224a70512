//! The directory transport in the conformance suite: real files in a folder of its own.

use super::book::Book;
use super::{Failing, PATIENCE, Running, Saw, WayIn, WayOut};
use bindeledd::domain::PartnerName;
use bindeledd::transports::directory::{InOptions, Inbound, OutOptions, Outbound};
use bindeledd::transports::{BoxFuture, Counters, Stopper};
use bytes::Bytes;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::Instant;

struct In {
    folder: TempDir,
    book: Arc<Book>,
    running: Running,
    brought: AtomicUsize,
}

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    Box::pin(async move {
        let folder = tempfile::tempdir().unwrap();
        let short = Duration::from_millis(2);
        let options = InOptions {
            interval: short,
            settle: Duration::ZERO,
            longest_wait: short,
            max_message_bytes: limit,
            ..InOptions::new(folder.path())
        };
        let inbound = Inbound::new(PartnerName::parse("gp").unwrap(), options, Arc::new(Counters::default()));
        let (stopper, stop) = Stopper::new();
        let inbox = book.clone();
        let task = tokio::spawn(async move { inbound.run(inbox, stop).await.unwrap() });
        let running = Running::new(stopper, task);
        Arc::new(In { folder, book, running, brought: AtomicUsize::new(0) }) as Arc<dyn WayIn>
    })
}

impl In {
    /// The one file in a subfolder whose name begins so.
    fn filed(&self, subfolder: &str, stem: &str, ending: &str) -> Option<PathBuf> {
        let entries = std::fs::read_dir(self.folder.path().join(subfolder)).ok()?;
        let fits = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(&format!("{stem}.")) && name.ends_with(ending)
        };
        entries.map(|entry| entry.unwrap().path()).find(fits)
    }

    fn see(&self, stem: &str) -> Option<Saw> {
        if let Some(path) = self.filed("taken", stem, ".xml") {
            // m1.K7QP2-MFX9T.xml; a repeated file is not told so.
            let name = path.file_name().unwrap().to_str().unwrap();
            return Some(Saw::Receipt { tracking: name.split('.').nth(1).unwrap().into(), repeated: None });
        }
        self.filed("refused", stem, ".xml")?;
        let note = self.filed("refused", stem, ".explanation.txt").expect("a refused file has its note before it moves");
        let told = std::fs::read_to_string(note).unwrap();
        Some(if told.contains("larger than") { Saw::TooLarge { told } } else { Saw::TurnedAway { told } })
    }
}

impl WayIn for In {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw> {
        Box::pin(async move {
            let stem = format!("m{}", self.brought.fetch_add(1, Ordering::Relaxed));
            let (there, unfinished) =
                (self.folder.path().join(format!("{stem}.xml")), self.folder.path().join(format!(".{stem}.tmp")));
            std::fs::write(&unfinished, &bytes).unwrap();
            std::fs::rename(&unfinished, &there).unwrap();
            let (faulted, deadline) = (self.book.faulted(), Instant::now() + PATIENCE);
            loop {
                let ended = self.running.has_ended();
                if let Some(saw) = self.see(&stem) {
                    return saw;
                }
                // Tried twice and still in its place, or left behind: it is still theirs.
                if (ended || self.book.faulted() >= faulted + 2) && there.exists() {
                    return Saw::NotYet;
                }
                assert!(Instant::now() < deadline, "nothing becomes of a file");
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
    }

    fn running(&self) -> &Running {
        &self.running
    }
}

struct Out {
    temp: TempDir,
    outbound: Outbound,
}

impl Out {
    fn folder(&self) -> PathBuf {
        self.temp.path().join("out")
    }

    fn aside(&self) -> PathBuf {
        self.temp.path().join("aside")
    }
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("out");
        std::fs::create_dir(&folder).unwrap();
        Arc::new(Out { temp, outbound: Outbound::new(OutOptions::new(folder)) }) as Arc<dyn WayOut>
    })
}

impl WayOut for Out {
    fn outbound(&self) -> &dyn bindeledd::transports::Outbound {
        &self.outbound
    }

    fn got(&self) -> Vec<Bytes> {
        let is_message = |path: &Path| path.extension().is_some_and(|ending| ending == "xml");
        let paths = std::fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|path| is_message(path)).map(|path| std::fs::read(path).unwrap().into()).collect()
    }

    fn fail(&self, how: Failing) -> bool {
        match how {
            // As when a share is not mounted.
            Failing::Temporary => std::fs::rename(self.folder(), self.aside()).unwrap(),
            Failing::Permanent => {
                std::fs::rename(self.folder(), self.aside()).unwrap();
                std::fs::write(self.folder(), "a file where the folder should be").unwrap();
            }
            // Only a disk that fails between rename and sync does this.
            Failing::Unknown => return false,
        }
        true
    }

    fn mend(&self) {
        if self.aside().exists() {
            let _ = std::fs::remove_file(self.folder());
            std::fs::rename(self.aside(), self.folder()).unwrap();
        }
    }
}
