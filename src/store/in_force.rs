//! Under what the gateway works: said in the history whenever it is another than before, so that each judgement can name it.

use super::Store;
use super::db::{Db, values};
use super::history::Happened;
use super::particulars;
use crate::domain::{Digest, Fault, Particular, Particulars, Timestamp};
use crate::pipeline::What;
use std::sync::atomic::Ordering;

/// What decisions rest on besides the message itself.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The release of the program.
    pub release: &'static str,
    /// Of the rule book: which rules there are, and what follows from each.
    pub rules: Digest,
    /// The files of the configuration.
    pub files: Vec<(String, Digest)>,
}

impl InForce {
    fn particulars(&self) -> Particulars {
        let file = |(name, digest): &(String, Digest)| {
            let file = Particulars::default().with("file", Particular::Word(name.clone())).with("digest", *digest);
            Particular::from(file)
        };
        Particulars::default()
            .with("release", self.release)
            .with("rules", self.rules)
            .with("files", self.files.iter().map(file).collect::<Vec<_>>())
    }
}

impl Store {
    /// From here on this process works under this. Answers the number of the line that says so.
    pub async fn work_under(&self, in_force: &InForce, now: Timestamp) -> Result<i64, Fault> {
        let in_force = in_force.clone();
        let line = self.writer.write(move |db| line_of(db, &in_force, now)).await?;
        self.under.store(line, Ordering::Relaxed);
        Ok(line)
    }
}

fn line_of(db: &Db<'_>, in_force: &InForce, now: Timestamp) -> Result<i64, Fault> {
    let said = in_force.particulars();
    let last = "SELECT id, facts FROM history WHERE message_id IS NULL AND what = ?1 ORDER BY id DESC LIMIT 1";
    let last = db.one(last, values![What::Configured.as_str()], |row| Ok((row.get(0)?, row.get::<Option<String>>(1)?)))?;
    match last {
        Some((number, facts)) if facts == Some(particulars::json(&said)?) => Ok(number),
        _ => {
            let why = format!("release {}, {} files of configuration", in_force.release, in_force.files.len());
            Happened::in_the_log(now, What::Configured, &why).saying(said).add(db)
        }
    }
}
