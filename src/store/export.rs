//! Writes lines of the history out for somebody, with proofs that they are in what was signed.

use super::chain::{COLUMNS, line};
use super::db::{Db, values};
use super::look_ups::{Question, Wanted, numbers};
use super::seals::{self, Sealed};
use super::{Store, safe::Safe};
use crate::domain::{Fault, Timestamp};
use crate::pipeline::What;
use crate::proof::extract::{Asked, Made, Manifest, Writer};
use crate::proof::{Seal, SignedHead};
use crate::vault::Pseudonym;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

impl Store {
    /// Writes an extract into a new folder. That it was asked for is in the history before, and so in what is signed. `earlier`: a head
    /// that was noted, from which the way to this one is proven too.
    pub async fn export(
        &self,
        question: Question,
        folder: &Path,
        earlier: Option<&SignedHead>,
        now: Timestamp,
    ) -> Result<Manifest, Fault> {
        let (_, patient) = self.write_question(&question, What::Exported, now).await?;
        self.seal(now).await?;
        let (safe, folder) = (Arc::clone(&self.safe), folder.to_path_buf());
        let earlier = earlier.map(|earlier| earlier.head().size);
        self.read(move |db| db.at_one_moment(|| write(db, &safe, &question, patient, &folder, earlier, now))).await
    }
}

fn write(
    db: &Db<'_>,
    safe: &Safe,
    question: &Question,
    patient: Option<Pseudonym>,
    folder: &Path,
    earlier: Option<u64>,
    now: Timestamp,
) -> Result<Manifest, Fault> {
    let signing = safe.signing(db)?;
    let sealed = seals::all(db, &signing)?.ok_or_else(|| Fault::lasting("nothing is sealed yet"))?;
    let is_everything = matches!(question.wanted, Wanted::All) && question.since.is_none() && question.until.is_none();
    let wanted = if is_everything { None } else { Some(numbers(db, question, patient)?) };
    let Sealed { seals, tree, head, key } = &sealed;
    let mut extract = Writer::create(folder, head, *key, tree, earlier)?;
    let emptied: BTreeSet<i64> = db.all("SELECT seal FROM emptied", &[], |row| row.get(0))?.into_iter().collect();
    for seal in seals {
        if emptied.contains(&(seal.number as i64)) {
            if is_everything {
                extract.seal_without_lines(&seal.text())?;
            }
            continue;
        }
        if wanted.as_ref().is_some_and(|wanted| wanted.range(seal.first as i64..=seal.last as i64).next().is_none()) {
            continue;
        }
        write_seal(db, &mut extract, seal, wanted.as_ref())?;
    }
    let of_time = |at: Option<Timestamp>| at.map(Timestamp::as_millis);
    let asked = Asked {
        kind: question.wanted.word().to_owned(),
        from: of_time(question.since),
        to: of_time(question.until).map(|until| until - 1),
        patient: patient.map(|patient| patient.to_string()),
    };
    let (purpose, who) = (question.purpose.clone(), question.who.as_str().to_owned());
    extract.end(Made { asked, purpose, who, at: now.as_millis() }, |text| signing.sign(text))
}

fn write_seal(db: &Db<'_>, extract: &mut Writer<'_>, seal: &Seal, wanted: Option<&BTreeSet<i64>>) -> Result<(), Fault> {
    let mut piece = extract.piece(&seal.text())?;
    let sql = format!("SELECT {COLUMNS} FROM history h WHERE h.id BETWEEN ?1 AND ?2 ORDER BY h.id");
    db.each(&sql, values![seal.first as i64, seal.last as i64], |row| {
        let (line, _) = line(row)?;
        piece.line(&line.text()?, wanted.is_none_or(|wanted| wanted.contains(&line.number)))
    })?;
    piece.end()
}
