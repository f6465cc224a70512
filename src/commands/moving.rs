//! `store move`: the store of the data folder into a PostgreSQL database.

use super::report::{Answer, Report};
use super::{files, logging, reason};
use crate::config::{Installation, Log};
use crate::domain::{Clock, FaultKind};
use crate::store::{Came, Home, Move, MoveEnded, Server, Step, Verified};
use serde_json::json;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::info;

/// How often it is told how far the copy has come.
const TOLD_EVERY: Duration = Duration::from_secs(2);

/// Where to, as the line says it.
pub struct To {
    /// The address; what the configuration names where this is left out.
    pub url: Option<String>,
    /// The file with the password.
    pub password_file: Option<PathBuf>,
    /// The authorities that vouch for the server.
    pub ca_file: Option<PathBuf>,
}

/// Moves it. It waits for the database, so it runs where no runtime does.
pub fn move_store(folder: &Path, to: To, clock: &dyn Clock) -> Report {
    let installation = match files::installation(folder) {
        Ok(installation) => installation,
        Err(report) => return *report,
    };
    let (server, lines) = match target(to, &installation) {
        Ok(target) => target,
        Err(why) => return Report::trouble(why),
    };
    let log = Log { format: installation.log.format, filter: "info".into() };
    if let Err(why) = logging::start(&log) {
        return Report::trouble(why);
    }
    logging::log_panics();
    let (options, who) = (installation.store(), reason::actor());
    let mut told = Progress::default();
    match Move::new(&options, &server, &who).run(clock, &mut |step| {
        told.tell(&step);
        Ok(())
    }) {
        Ok(MoveEnded::Moved { tables, history }) => moved(&server, &tables, &history, folder, lines.as_deref()),
        Ok(MoveEnded::Before { at }) => {
            let text = format!(
                "The store was moved to {server} on {at}; there is nothing left to do.{}",
                next(folder, lines.as_deref())
            );
            Report { answer: Answer::Good, text, json: json!({ "good": true, "before": at.to_string(), "store": lines }) }
        }
        Err(fault) => {
            let mut report = Report::fault(&fault);
            if fault.kind() != FaultKind::Lasting {
                report.text += "\nNothing is lost. Run the same command again: it goes on where it was.";
            }
            report
        }
    }
}

/// The server, and the lines that name it in the configuration unless it does already.
fn target(to: To, installation: &Installation) -> Result<(Arc<Server>, Option<String>), String> {
    let Some(url) = to.url else {
        return match &installation.home {
            Home::Postgres(server) => Ok((Arc::clone(server), None)),
            Home::Embedded => Err("say where to: --to postgres://user@host:5432/database".into()),
        };
    };
    let server = Server::parse(&url).map_err(|trouble| format!("--to: {}; {}", trouble.message, trouble.suggestion))?;
    if to.ca_file.is_some() && !server.is_encrypted() {
        return Err(
            "--ca-file is for TLS, and this server is asked without; write `?sslmode=require` behind the database".into()
        );
    }
    let whole = |file: Option<PathBuf>| file.map(|file| absolute(&file).unwrap_or(file));
    let (password, authorities) = (whole(to.password_file), whole(to.ca_file));
    let mut lines = format!("[store]\nurl = {}\n", quoted(&url));
    for (key, file) in [("password_file", &password), ("ca_file", &authorities)] {
        if let Some(file) = file {
            lines += &format!("{key} = {}\n", quoted(&file.display().to_string()));
        }
    }
    Ok((Arc::new(server.with_files(password, authorities)), Some(lines)))
}

/// As TOML, whose strings are written as those of JSON.
fn quoted(text: &str) -> String {
    json!(text).to_string()
}

#[derive(Default)]
struct Progress {
    told: Option<Instant>,
}

impl Progress {
    fn tell(&mut self, step: &Step) {
        match step {
            Step::Begun { goes_on: true } => info!("goes on where the move was"),
            Step::Begun { goes_on: false } => info!("nobody writes to the store any more; its history is whole"),
            Step::Copied { table, rows, of } => {
                if rows == of || self.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
                    self.told = Some(Instant::now());
                    info!(table, rows, of, "rows are there");
                }
            }
            Step::Indexed { index, left } => info!(index, left, "an index is made"),
            Step::Comparing { table, rows, of } => {
                if self.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
                    self.told = Some(Instant::now());
                    info!(table, rows, of, "rows are compared");
                }
            }
            Step::Compared { table } => info!(table, "every row is as it was"),
            Step::Marked => info!("history and seals are as they were; the store in the folder is marked as moved"),
            Step::Done => info!("the store is moved"),
        }
    }
}

fn moved(server: &Server, tables: &[Came], history: &Verified, folder: &Path, lines: Option<&str>) -> Report {
    let rows: i64 = tables.iter().map(|table| table.rows).sum();
    let head = history.head.map(|head| head.to_string());
    let text = format!(
        "The store is moved to {server}: {} tables, {rows} rows, each as it was.\nlines of the history: {}; seals: {}; head: {}\n\n\
         The store in the data folder is marked: no gateway starts on it any more. Keep it until the database has its first backup.{}",
        tables.len(),
        history.lines,
        history.sealed,
        head.as_deref().unwrap_or_default(),
        next(folder, lines)
    );
    let table = |came: &Came| json!({ "table": came.table, "rows": came.rows, "digest": came.digest.to_string() });
    let json = json!({
        "good": true,
        "tables": tables.iter().map(table).collect::<Vec<_>>(),
        "rows": rows,
        "lines": history.lines,
        "seals": history.sealed,
        "head": head,
        "store": lines,
    });
    Report { answer: Answer::Good, text, json }
}

/// What is to be done next.
fn next(folder: &Path, lines: Option<&str>) -> String {
    let file = folder.join("bindeledd.toml");
    match lines {
        Some(lines) => format!("\n\nPut this into {}, then start the gateway:\n\n{}", file.display(), lines.trim_end()),
        None => format!("\n\n{} names it already: start the gateway.", file.display()),
    }
}
