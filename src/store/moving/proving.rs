//! Says whether what came is what was there: every value of every row, the chain, the seals, and what was signed.

use super::super::Verified;
use super::super::db::{Db, Table};
use super::super::verification::{Noted, verify};
use super::rows::{self, Sum};
use crate::domain::Fault;
use crate::proof::PublicKey;

/// What a table comes to on both sides; `None` where they differ. `told` hears now and then how many rows were read on both together.
pub(super) fn same_rows(
    from: &Db<'_>,
    to: &Db<'_>,
    table: &Table,
    mut told: impl FnMut(i64) -> Result<(), Fault>,
) -> Result<Option<Sum>, Fault> {
    let ours = rows::sum(from, table, &mut told)?;
    let theirs = rows::sum(to, table, |rows| told(ours.rows + rows))?;
    Ok((ours == theirs).then_some(ours))
}

/// The history of a store that is about to be moved; one that is not what was written stays where it is.
pub(super) fn whole_history(from: &Db<'_>, key: PublicKey) -> Result<Verified, Fault> {
    let verified = verify(from, Some(key), None)?;
    match verified.broken {
        None => Ok(verified),
        Some(_) => Err(Fault::lasting(
            "the history of this store is not what was written, and a copy would be no better; `bindeledd log verify` says where",
        )),
    }
}

/// Whether the history that came is whole by itself, and comes to what the other one does.
pub(super) fn same_history(to: &Db<'_>, key: PublicKey, ours: &Verified) -> Result<bool, Fault> {
    let noted = ours.head.map(Noted::Line);
    let theirs = verify(to, Some(key), noted.as_ref())?;
    Ok(theirs.broken.is_none() && theirs == *ours)
}
