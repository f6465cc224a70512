//! `partners list | pause | resume`: with whom messages are exchanged, and who is given none for a while.

use super::files::installation;
use super::report::{Answer, Report, count};
use super::table::table;
use super::{beside, reason};
use crate::domain::{Clock, PartnerName, Timestamp};
use crate::store::{PauseRow, ToPause, Waiting};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A partner as it is listed.
#[derive(Default)]
struct Listed {
    title: String,
    waiting: Waiting,
    pauses: Vec<PauseRow>,
}

/// Lists all partners: those of the configuration, and those for whom something waits that are there no more.
pub async fn list(folder: &Path, clock: &dyn Clock) -> Report {
    let installation = match installation(folder) {
        Ok(installation) => installation,
        Err(report) => return *report,
    };
    let store = match beside::to_look(folder).await {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let now = clock.now();
    let (waiting, pauses) = match (store.waiting().await, store.pauses(now).await) {
        (Ok(waiting), Ok(pauses)) => (waiting, pauses),
        (Err(fault), _) | (_, Err(fault)) => return Report::fault(&fault),
    };
    let mut partners = BTreeMap::<String, Listed>::new();
    for partner in installation.directory.partners() {
        partners.entry(partner.name.to_string()).or_default().title = partner.title.clone();
    }
    for (name, waiting) in waiting {
        partners.entry(name).or_default().waiting = waiting;
    }
    for pause in pauses {
        partners.entry(pause.partner.clone()).or_default().pauses.push(pause);
    }
    let json: Vec<Value> = partners.iter().map(|(name, listed)| listed.json(name, now)).collect();
    Report { answer: Answer::Good, text: as_table(&partners, now), json: json!({ "good": true, "partners": json }) }
}

fn as_table(partners: &BTreeMap<String, Listed>, now: Timestamp) -> String {
    let heading = ["PARTNER", "TITLE", "WAITING", "GIVEN UP", "PAUSED", "WHY"].map(String::from);
    let line = |(name, listed): (&String, &Listed)| {
        let first = listed.pauses.first();
        let why = first.map(|pause| format!("{}, {}", pause.reason, pause.who)).unwrap_or_default();
        let Waiting { not_out, dead } = listed.waiting;
        let paused = first.map(|pause| paused(pause, now)).unwrap_or_default();
        [name.clone(), listed.title.clone(), not_out.to_string(), dead.to_string(), paused, why]
    };
    table(&std::iter::once(heading).chain(partners.iter().map(line)).collect::<Vec<_>>())
}

/// When, in words.
fn paused(pause: &PauseRow, now: Timestamp) -> String {
    let begin = if pause.since <= now { "since" } else { "from" };
    let end = pause.until.map(|until| format!(" until {until}")).unwrap_or_default();
    format!("{begin} {}{end}", pause.since)
}

impl Listed {
    fn json(&self, name: &str, now: Timestamp) -> Value {
        let pause = |pause: &PauseRow| {
            json!({
                "number": pause.number, "since": pause.since.to_string(), "until": pause.until.map(|until| until.to_string()),
                "reason": pause.reason, "who": pause.who, "line": pause.line,
            })
        };
        json!({
            "partner": name,
            "title": self.title,
            "waiting": self.waiting.not_out,
            "given_up": self.waiting.dead,
            "paused": self.pauses.iter().any(|pause| pause.since <= now),
            "pauses": self.pauses.iter().map(pause).collect::<Vec<_>>(),
        })
    }
}

/// When a pause is.
#[derive(Clone, Copy, Default)]
pub struct When {
    /// Now, where it is left out.
    pub from: Option<Timestamp>,
    /// Until somebody ends it, where it is left out.
    pub until: Option<Timestamp>,
}

/// Pauses deliveries to a partner.
pub async fn pause(folder: &Path, partner: &PartnerName, when: When, why: &str, clock: &dyn Clock) -> Report {
    let now = clock.now();
    let since = when.from.unwrap_or(now);
    if let Err(why) = reason::is_good(why) {
        return Report::trouble(why);
    }
    if when.until.is_some_and(|until| until <= since.max(now)) {
        return Report::trouble("the pause would be over before it begins, or is over already: look at --from and --until");
    }
    let installation = match installation(folder) {
        Ok(installation) => installation,
        Err(report) => return *report,
    };
    if !installation.directory.partners().iter().any(|known| known.name == *partner) {
        return Report::no(format!(
            "there is no partner {partner} in the configuration; `bindeledd partners list` shows all"
        ));
    }
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let what = ToPause { partner: partner.clone(), since, until: when.until };
    match store.pause(what, why.trim().to_owned(), reason::actor(), now).await {
        Ok(number) => {
            let from = if since <= now { "now".to_owned() } else { since.to_string() };
            let until = when.until.map_or_else(|| format!("`partners resume {partner}`"), |until| until.to_string());
            let text = format!(
                "Nothing is handed over to {partner} from {from} until {until}; what comes for it waits. Attempts under way come to \
                 their end."
            );
            Report { answer: Answer::Good, text, json: json!({ "good": true, "pause": number }) }
        }
        Err(fault) => Report::fault(&fault),
    }
}

/// Ends the pauses of a partner.
pub async fn resume(folder: &Path, partner: &PartnerName, also_planned: bool, why: &str, clock: &dyn Clock) -> Report {
    if let Err(why) = reason::is_good(why) {
        return Report::trouble(why);
    }
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let ended = store.resume(partner.clone(), also_planned, why.trim().to_owned(), reason::actor(), clock.now()).await;
    match ended {
        Ok(0) => Report::no(format!("{partner} is not paused")),
        Ok(ended) => {
            let pauses = count(ended, "pause", "pauses");
            let text = format!("{pauses} ended; what waits for {partner} is handed over within a second or two");
            Report { answer: Answer::Good, text, json: json!({ "good": true, "ended": ended }) }
        }
        Err(fault) => Report::fault(&fault),
    }
}
