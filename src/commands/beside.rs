//! The store of a gateway that may be running, opened to look at it.

use super::files::installation;
use super::reason;
use super::report::Report;
use crate::domain::{Clock, FaultKind};
use crate::gateway::MachineClock;
use crate::store::{Home, Store};
use std::path::Path;

/// Opens the store for somebody who looks at lists and states, which is written down in summary. A full disk keeps nobody from looking.
pub(super) async fn to_look(folder: &Path) -> Result<Store, Box<Report>> {
    let store = open(folder)?;
    match store.view(reason::actor(), MachineClock.now()).await {
        Ok(()) => Ok(store),
        Err(fault) if fault.kind() == FaultKind::StorageFull => Ok(store),
        Err(fault) => Err(Box::new(Report::fault(&fault))),
    }
}

/// Opens the store that a configuration names.
pub(super) fn open(folder: &Path) -> Result<Store, Box<Report>> {
    let options = installation(folder)?.store();
    let store = Store::open_beside(&options).map_err(|fault| Box::new(Report::fault(&fault)))?;
    store.ok_or_else(|| {
        let place = match &options.home {
            Home::Embedded => options.folder.display().to_string(),
            Home::Postgres(server) => server.to_string(),
        };
        Box::new(Report::trouble(format!("there is no store in {place} yet; `bindeledd serve` makes it")))
    })
}
