//! The newest line that says which lines were removed.

use super::chain::{COLUMNS, line};
use super::db::{Db, values};
use crate::domain::Fault;
use crate::pipeline::What;
use crate::proof::{PublicKey, Removal, Seal};

/// What it says, if it is signed by the log (where its key is known) and fits its seals. Whether it is what was written is judged with
/// all the other lines.
pub(super) fn newest(db: &Db<'_>, seals: &[Seal], key: Option<&PublicKey>) -> Result<Option<Removal>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM history h WHERE h.message_id IS NULL AND h.what = ?1 ORDER BY h.id DESC");
    db.find(&sql, values![What::Removed.as_str()], |row| {
        let (line, _) = line(row)?;
        let said = Removal::of_line(line.text()?.as_bytes());
        Ok(said.filter(|said| key.is_none_or(|key| said.is_signed_by(key)) && said.is_of(seals)))
    })
}
