//! A partner that exchanges files: it looks for new ones in one folder, and puts its own into another.

use super::desk::{Desk, What};
use crate::domain::Fault;
use crate::domain::MsgId;
use bytes::Bytes;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::JoinHandle;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(40);

/// The partner's side of the folders.
pub struct DirectoryPartner {
    out: PathBuf,
    watching: JoinHandle<()>,
}

impl DirectoryPartner {
    /// Watches the folder `in` of `exchange`; its own files will go to `out`.
    pub fn new(desk: Desk, exchange: &Path) -> Self {
        let folder = exchange.join(desk.system.partner);
        Self { out: folder.join("out"), watching: tokio::spawn(watch(folder.join("in"), desk)) }
    }

    /// Puts a message into its folder: written under a name that nobody reads, and renamed when it is whole.
    pub async fn send(&self, msg_id: &MsgId, message: Bytes) -> Result<(), Fault> {
        let (folder, stem) = (self.out.clone(), msg_id.as_written().to_string());
        let cannot = |error| Fault::lasting(format!("a file of a partner cannot be written: {error}"));
        beside(move || put(&folder, &stem, &message)).await?.map_err(cannot)
    }

    /// The tracking id of a message that the gateway has taken: it stands in the name of the file that was moved aside.
    pub async fn tracking(&self, msg_id: &MsgId) -> Result<Option<String>, Fault> {
        let (taken, stem) = (self.out.join("taken"), msg_id.as_written().to_string());
        beside(move || taken_as(&taken, &stem)).await
    }

    /// Stops watching.
    pub async fn close(self) {
        self.watching.abort();
        // It was told to stop; that it did is all there is to know.
        let _ = self.watching.await;
    }
}

async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::lasting("work on files broke off"))
}

async fn watch(folder: PathBuf, desk: Desk) {
    let mut look = tokio::time::interval(LOOK);
    loop {
        look.tick().await;
        let looked_at = folder.clone();
        match beside(move || fetch(&looked_at)).await {
            Ok(Ok(parcels)) => {
                for parcel in parcels {
                    desk.open(&parcel).await;
                }
            }
            _ => desk.tell(What::Trouble("cannot read its folder")).await,
        }
    }
}

/// Reads the files that are there and puts them aside.
fn fetch(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension() == Some(OsStr::new("xml")));
    paths.sort();
    let fetched = folder.join("fetched");
    fs::create_dir_all(&fetched)?;
    let one = |path: PathBuf| {
        let parcel = fs::read(&path)?;
        fs::rename(&path, fetched.join(path.file_name().unwrap_or_default()))?;
        Ok(parcel)
    };
    paths.into_iter().map(one).collect()
}

fn put(folder: &Path, stem: &str, message: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!(".{stem}.tmp"));
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(message)?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(format!("{stem}.xml")))
}

fn taken_as(taken: &Path, stem: &str) -> Option<String> {
    let names = fs::read_dir(taken).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut ids =
        names.filter_map(|name| Some(name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(".xml")?.to_string()));
    ids.next()
}
