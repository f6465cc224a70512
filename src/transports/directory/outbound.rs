//! The way out: a file appears under its name when all of it is on disk, or not at all.

use super::OutOptions;
use super::files::{sync_folder, write_whole};
use crate::delivery::{Cause, DeliveryFailure, Evidence};
use crate::transports::{BoxFuture, Outbound as Out, Shipment};
use bytes::Bytes;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A folder that a partner fetches files from.
pub struct Outbound {
    path: PathBuf,
    /// One writer at a time. An attempt that was given up may still hang in a dead share; its successor must neither write
    /// to the same unfinished file nor use up one more thread.
    turn: Arc<Semaphore>,
}

impl Outbound {
    /// Touches nothing yet.
    pub fn new(options: OutOptions) -> Self {
        Self { path: options.path, turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move {
            let broke_off = || DeliveryFailure::Unknown(Cause::new("writing broke off"));
            let turn = self.turn.clone().acquire_owned().await.map_err(|_| broke_off())?;
            let (folder, stem, bytes) = (self.path.clone(), stem(shipment), shipment.bytes.clone());
            let writing = tokio::task::spawn_blocking(move || {
                let outcome = put(&folder, &stem, &bytes);
                drop(turn);
                outcome
            });
            writing.await.map_err(|_| broke_off())?
        })
    }
}

/// The MsgId, by which the receiver knows a repetition, if it is a UUID: anything else could be anything, also a person's
/// number or a path.
fn stem(shipment: &Shipment) -> String {
    if shipment.msg_id.is_uuid() {
        shipment.msg_id.as_written().to_string()
    } else {
        format!("delivery-{}", shipment.delivery)
    }
}

fn put(folder: &Path, stem: &str, bytes: &Bytes) -> Result<Evidence, DeliveryFailure> {
    const SAME_NAME_MAX: u32 = 100;
    let first = std::iter::once(format!("{stem}.xml"));
    let others = (2..=SAME_NAME_MAX).map(|n| format!("{stem}-{n}.xml"));
    for name in first.chain(others) {
        match std::fs::read(folder.join(&name)) {
            Ok(there) if there == *bytes => return finish(folder, &name, "was there already"),
            // Another parcel under the same MsgId: neither may hide the other.
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                write_whole(folder, OsStr::new(&name), bytes).map_err(|error| classify(&error))?;
                return finish(folder, &name, "written");
            }
            Err(error) => return Err(classify(&error)),
        }
    }
    Err(DeliveryFailure::Permanent(Cause::new(format!("{SAME_NAME_MAX} other files have the same MsgId"))))
}

fn finish(folder: &Path, name: &str, how: &str) -> Result<Evidence, DeliveryFailure> {
    match sync_folder(folder) {
        Ok(()) => Ok(Evidence::new(Cause::new(format!("file {name} {how}")))),
        // It can be seen and fetched, but a crash may still undo it.
        Err(error) => Err(DeliveryFailure::Unknown(Cause::new(format!(
            "written, but the folder cannot be synced: {:?}",
            error.kind()
        )))),
    }
}

/// What an error of the file system means. Pure.
///
/// A folder that is not there is most often a share that is not mounted, and a right that is missing is most often given
/// soon: both pass without anybody touching the message. A name that cannot be and a file in the place of the folder do not.
fn classify(error: &io::Error) -> DeliveryFailure {
    let cause = |words: &str| Cause::new(format!("{words} ({:?})", error.kind()));
    match error.kind() {
        ErrorKind::NotFound => DeliveryFailure::Temporary(cause("the folder is not there; is the share mounted?")),
        ErrorKind::PermissionDenied => DeliveryFailure::Temporary(cause("no right to write to the folder")),
        ErrorKind::ReadOnlyFilesystem => DeliveryFailure::Temporary(cause("the folder can only be read")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => DeliveryFailure::Temporary(cause("the disk is full")),
        ErrorKind::NotADirectory => DeliveryFailure::Permanent(cause("there is a file where the folder should be")),
        ErrorKind::InvalidFilename | ErrorKind::IsADirectory => {
            DeliveryFailure::Permanent(cause("no file can have that name there"))
        }
        ErrorKind::FileTooLarge => DeliveryFailure::Permanent(cause("the file system takes no file of this size")),
        _ => DeliveryFailure::Temporary(cause("the file could not be written")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryId, MsgId, Seeded, TrackingId};

    const MSG_ID: &str = "b088a160-0698-11e8-b566-0800200c9a66";

    fn shipment(msg_id: &str, bytes: &'static str) -> Shipment {
        Shipment {
            delivery: DeliveryId(7),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new(msg_id),
            message_type: "LOG_INNLAGT".into(),
            receiver: None,
            belongs_to: None,
            bytes: Bytes::from_static(bytes.as_bytes()),
            attempt: 1,
        }
    }

    async fn hand_over(folder: &Path, shipment: &Shipment) -> Result<Evidence, DeliveryFailure> {
        Outbound::new(OutOptions::new(folder)).hand_over(shipment).await
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn the_same_parcel_again_is_delivered_and_another_under_its_msgid_gets_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for content in ["<a/>", "<a/>", "<b/>", "<b/>"] {
            hand_over(folder.path(), &shipment(MSG_ID, content)).await.unwrap();
        }
        assert_eq!(names(folder.path()), [format!("{MSG_ID}-2.xml"), format!("{MSG_ID}.xml")]);
    }

    #[tokio::test]
    async fn a_msgid_that_is_no_uuid_never_becomes_a_file_name() {
        let folder = tempfile::tempdir().unwrap();
        for msg_id in ["01815000274", "../../etc/passwd"] {
            hand_over(folder.path(), &shipment(msg_id, "<a/>")).await.unwrap();
        }
        assert_eq!(names(folder.path()), ["delivery-7.xml"]);
    }

    #[tokio::test]
    async fn an_unfinished_file_of_an_attempt_that_was_killed_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(format!(".{MSG_ID}.xml.tmp")), "<half and much longer").unwrap();
        hand_over(folder.path(), &shipment(MSG_ID, "<a/>")).await.unwrap();
        assert_eq!(names(folder.path()), [format!("{MSG_ID}.xml")]);
        assert_eq!(std::fs::read_to_string(folder.path().join(format!("{MSG_ID}.xml"))).unwrap(), "<a/>");
    }

    #[test]
    fn what_may_pass_is_temporary_and_what_will_not_is_permanent() {
        let word = |kind: ErrorKind| classify(&io::Error::from(kind)).as_str();
        for kind in [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StorageFull,
            ErrorKind::Other,
        ] {
            assert_eq!(word(kind), "temporary", "{kind:?}");
        }
        for kind in [ErrorKind::NotADirectory, ErrorKind::InvalidFilename] {
            assert_eq!(word(kind), "permanent", "{kind:?}");
        }
    }
}
