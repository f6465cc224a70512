//! The store of a gateway that may be running, opened to look at it.

use super::files::installation;
use super::report::Report;
use crate::store::{Home, Store};
use std::path::Path;

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
