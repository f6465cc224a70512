//! The tables of a month: what was written in it is dropped together, and its space comes back.

use super::db::Db;
use crate::domain::{Fault, Month};

/// Makes the tables of a month, unless they are there.
pub(super) fn make(db: &Db<'_>, month: Month) -> Result<(), Fault> {
    db.make_blob_table(&content(month), "message_id", &["bytes", "came_as"])?;
    db.make_blob_table(&parcels(month), "delivery_id", &["bytes"])
}

/// The table with the bytes of messages.
pub(super) fn content(month: Month) -> String {
    format!("content_{}", month.digits())
}

/// The table with the own bytes of parcels.
pub(super) fn parcels(month: Month) -> String {
    format!("parcel_{}", month.digits())
}

/// The month that a table is of; `None` for all others.
pub(super) fn of(table: &str) -> Option<Month> {
    let digits = table.strip_prefix("content_").or_else(|| table.strip_prefix("parcel_"))?;
    let (year, month) = digits.split_at_checked(4)?;
    format!("{year}-{month}").parse().ok()
}

/// Drops the tables of a month.
pub(super) fn drop(db: &Db<'_>, month: Month) -> Result<(), Fault> {
    db.batch(&format!("DROP TABLE IF EXISTS {}; DROP TABLE IF EXISTS {}", content(month), parcels(month)))
}
