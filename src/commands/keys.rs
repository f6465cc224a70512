//! `keys list` and `keys rotate`: what content is sealed with.

use super::report::{Answer, Report, count};
use super::table::table;
use super::{beside, reason};
use crate::domain::Clock;
use crate::store::KeyRow;
use serde_json::json;
use std::path::Path;

/// Lists the keys in the database, by name. None is shown.
pub async fn list(folder: &Path) -> Report {
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let keys = match store.keys().await {
        Ok(keys) => keys,
        Err(fault) => return Report::fault(&fault),
    };
    let wrapped_by = |key: &KeyRow| key.wrapped_by.map(|id| id.to_string());
    let destroyed = |key: &KeyRow| key.destroyed_at.map(|at| at.to_string());
    let heading = ["KEY", "MADE", "WRAPPED BY", "DESTROYED"].map(String::from);
    let row = |key: &KeyRow| {
        let (by, gone) = (wrapped_by(key).unwrap_or_default(), destroyed(key).unwrap_or_default());
        [key.name.clone(), key.made_at.to_string(), by, gone]
    };
    let text = table(&std::iter::once(heading).chain(keys.iter().map(row)).collect::<Vec<_>>());
    let json = keys.iter().map(|key| {
        let made_at = key.made_at.to_string();
        json!({ "name": key.name, "made_at": made_at, "wrapped_by": wrapped_by(key), "destroyed_at": destroyed(key) })
    });
    Report { answer: Answer::Good, text, json: json!({ "keys": json.collect::<Vec<_>>() }) }
}

/// Puts a new key in the place of the one that wraps all others. A running gateway need not be stopped.
pub async fn rotate(folder: &Path, reason: &str, clock: &dyn Clock) -> Report {
    if let Err(why) = reason::is_good(reason) {
        return Report::trouble(why);
    }
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.rotate(reason::actor(), reason.trim().to_owned(), clock.now()).await {
        Ok((new, wraps)) => {
            let text = format!(
                "The key {new} wraps {}; old ones are out of the key file.\nPut a copy of the key file into the safe now. Backups of \
                 the database from before today need the old key file.",
                count(wraps, "key", "keys")
            );
            Report { answer: Answer::Good, text, json: json!({ "good": true, "key": new.to_string(), "wraps": wraps }) }
        }
        Err(fault) => Report::fault(&fault),
    }
}
