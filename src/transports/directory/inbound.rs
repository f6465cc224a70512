//! The way in: look, read what lies still, ask the inbox, file away. Killed at any moment, the next start does the rest.

use super::InOptions;
use super::explanation::{self, Why};
use super::files::{Content, Look, read_still};
use super::filing::{Fate, file_away};
use super::settling::{Settling, Still, doubled};
use crate::domain::{Fault, FaultKind, PartnerName};
use crate::transports::{Answer, Arrival, Counters, DIRECTORY, Inbox, Reception, Stop};
use bytes::Bytes;
use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// At most so many files are kept in mind at a time; the others are seen when these are gone.
const FILES_IN_MIND: usize = 10_000;

/// A folder that a partner drops files into.
pub struct Inbound {
    partner: PartnerName,
    options: InOptions,
    counters: Arc<Counters>,
    settling: Settling,
    /// Answered for, but still where they were because they could not be moved. Without this, a folder that has become
    /// read-only would have the same file turned away, and recorded, again and again.
    unfiled: HashMap<OsString, (Look, Fate)>,
}

impl Inbound {
    /// Reads nothing yet.
    pub fn new(partner: PartnerName, options: InOptions, counters: Arc<Counters>) -> Self {
        Self { partner, options, counters, settling: Settling::default(), unfiled: HashMap::new() }
    }

    /// Receives until stopping is wished; the file at hand is finished first.
    ///
    /// Trouble with the folder or the inbox never ends it: a share that is not mounted now may be in an hour.
    pub async fn run(mut self, inbox: Arc<dyn Inbox>, mut stop: Stop) -> Result<(), Fault> {
        let mut wait = Duration::ZERO;
        let mut troubles = 0;
        loop {
            tokio::select! {
                biased;
                () = stop.wished() => return Ok(()),
                () = tokio::time::sleep(wait) => {}
            }
            (wait, troubles) = match self.round(inbox.as_ref(), &stop).await {
                Ok(()) => (self.options.interval, 0),
                Err(fault) => {
                    tracing::error!(partner = %self.partner, fault = fault.inner(), "files of a partner cannot be received now");
                    (doubled(self.options.interval, troubles, self.options.longest_wait), troubles + 1)
                }
            };
        }
    }

    /// One look at the folder. An error is trouble that every other file would meet too.
    async fn round(&mut self, inbox: &dyn Inbox, stop: &Stop) -> Result<(), Fault> {
        let path = self.options.path.clone();
        let files = beside(move || scan(&path)).await?;
        let files = files.map_err(|e| Fault::passing(format!("the folder cannot be read: {:?}", e.kind())))?;
        self.unfiled.retain(|name, (look, _)| files.get(name) == Some(look));
        for file in self.settling.look(files, Instant::now(), self.options.settle) {
            if stop.is_wished() {
                break;
            }
            self.take(file, inbox).await?;
        }
        Ok(())
    }

    async fn take(&mut self, file: Still, inbox: &dyn Inbox) -> Result<(), Fault> {
        let fate = match self.unfiled.get(&file.name) {
            Some((_, fate)) => Some(fate.clone()),
            None => self.learn_fate(&file, inbox).await?,
        };
        let Some(fate) = fate else { return Ok(()) };
        let (folder, name, moved_as) = (self.options.path.clone(), file.name.clone(), fate.clone());
        match beside(move || file_away(&folder, &name, &moved_as)).await? {
            Ok(()) => {
                self.unfiled.remove(&file.name);
            }
            Err(error) => {
                tracing::error!(partner = %self.partner, error = ?error.kind(), "a file that is answered for cannot be moved");
                self.put_off(&file);
                self.unfiled.insert(file.name, (file.look, fate));
            }
        }
        Ok(())
    }

    /// `None` when it must stay where it is for now.
    async fn learn_fate(&mut self, file: &Still, inbox: &dyn Inbox) -> Result<Option<Fate>, Fault> {
        let (path, look, limit) = (self.options.path.join(&file.name), file.look, self.options.max_message_bytes);
        let why = match beside(move || read_still(&path, look, limit)).await? {
            Ok(Content::Whole(bytes)) if !bytes.is_empty() => return self.ask(bytes, file, inbox).await,
            Ok(Content::Whole(_)) => Why::Empty,
            Ok(Content::TooLarge) => Why::TooLarge { bytes: look.bytes, limit },
            Ok(Content::Moving) => {
                self.settling.moved(&file.name);
                return Ok(None);
            }
            // Whoever put it there has taken it back.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                tracing::error!(partner = %self.partner, error = ?error.kind(), "a file cannot be read");
                self.put_off(file);
                return Ok(None);
            }
        };
        self.counters.directory.add(Answer::RefusedAtTheDoor);
        Ok(Some(Fate::Refused(explanation::write(&why))))
    }

    async fn ask(&mut self, bytes: Vec<u8>, file: &Still, inbox: &dyn Inbox) -> Result<Option<Fate>, Fault> {
        let arrival = Arrival { bytes: Bytes::from(bytes), partner: self.partner.clone(), via: DIRECTORY };
        match inbox.receive(arrival).await {
            Ok(Reception::Receipt(receipt)) => {
                self.counters.directory.add(if receipt.repeated { Answer::Repeated } else { Answer::Receipt });
                Ok(Some(Fate::Taken(receipt.tracking)))
            }
            Ok(Reception::TurnedAway(turned_away)) => {
                self.counters.directory.add(Answer::TurnedAway);
                Ok(Some(Fate::Refused(explanation::write(&Why::TurnedAway(&turned_away)))))
            }
            Err(fault) => {
                self.counters.directory.add(Answer::Fault);
                match fault.kind() {
                    // The next file would fare no better, and out of turn.
                    FaultKind::Passing | FaultKind::StorageFull => Err(fault),
                    // It may be this file alone; the others must not wait for it.
                    FaultKind::Lasting => {
                        tracing::error!(partner = %self.partner, fault = fault.inner(), "a file could not be received");
                        self.put_off(file);
                        Ok(None)
                    }
                }
            }
        }
    }

    fn put_off(&mut self, file: &Still) {
        self.settling.put_off(&file.name, Instant::now(), self.options.interval, self.options.longest_wait);
    }
}

/// The regular files of a folder that are called like messages. Links, folders and pipes are not looked into.
fn scan(folder: &Path) -> io::Result<HashMap<OsString, Look>> {
    let mut files = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if files.len() >= FILES_IN_MIND || !is_called_like_a_message(&name) {
            continue;
        }
        match entry.metadata() {
            Ok(metadata) => files.extend(Look::of(&metadata).map(|look| (name, look))),
            // Gone between the listing and the look.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

/// `*.xml` in any case, but no dot file: those are somebody's unfinished work, as are `.tmp` and `.part`.
fn is_called_like_a_message(name: &OsString) -> bool {
    let hidden = name.as_encoded_bytes().starts_with(b".");
    !hidden && Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xml"))
}

/// Runs blocking work beside the event loop.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::lasting("work on a folder broke off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_that_are_called_like_messages_are_seen() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.xml", "B.XML", ".hidden.xml", "c.xml.tmp", "d.tmp", "e.part", "xml", "f.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("folder.xml")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.xml"), folder.path().join("link.xml")).unwrap();
        let mut seen: Vec<OsString> = scan(folder.path()).unwrap().into_keys().collect();
        seen.sort();
        assert_eq!(seen, ["B.XML", "a.xml"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_trouble_and_no_empty_folder() {
        assert!(scan(Path::new("/nonexistent/folder")).is_err());
    }
}
