//! `partners/<name>.toml` as written.

use super::installation::Receives;
use super::severity::severities;
use super::understands::understands;
use super::ways::{Configured, Inbound, Outbound, WAYS_IN, WAYS_OUT};
use crate::codelists::by_number;
use crate::delivery::RetryPolicy;
use crate::domain::{HerId, Level, PartnerName};
use crate::routing::{Acknowledges, AppRecVersion, LeftOver, Pattern, Understands};
use crate::rulebook::{Direction, Severities};
use crate::settings::{Section, Spot, Written};
use std::path::PathBuf;
use std::time::Duration;

const DEFAULT_IN_FLIGHT: u64 = 8;
const DEFAULT_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const HOUR: Duration = Duration::from_secs(3600);

/// What the file says, as far as it could be read.
pub(super) struct PartnerFile {
    pub name: PartnerName,
    pub title: String,
    pub acknowledges: Acknowledges,
    pub apprec: Option<AppRecVersion>,
    pub accepts: Vec<Pattern>,
    pub understands: Understands,
    pub left_over: LeftOver,
    pub judged_as: Direction,
    pub severities: Severities,
    pub organisations: Vec<Organisation>,
    pub sends: Vec<Configured<Inbound>>,
    pub receives: Option<Receives>,
    /// A folder that is to be made for the way out.
    pub make_folder: Option<PathBuf>,
    /// True when `[receives]` is there, good or bad.
    pub has_way_out: bool,
}

/// `[[organisation]]`
pub(super) struct Organisation {
    pub her_id: Written<HerId>,
    pub name: String,
    pub parties: Vec<Party>,
}

/// `[[organisation.service]]` and `[[organisation.person]]`
pub(super) struct Party {
    pub her_id: Written<HerId>,
    pub name: String,
    pub level: Level,
}

/// Reads the file of the partner with this name.
pub(super) fn read(root: &mut Section<'_>, name: &PartnerName) -> PartnerFile {
    let title = root.required("title", Section::text);
    let acknowledges =
        root.choice("acknowledges", &[("receiver", Acknowledges::Receiver), ("gateway", Acknowledges::Gateway)]);
    let apprec = root.choice("apprec", &[("1.0", AppRecVersion::V1_0), ("1.1", AppRecVersion::V1_1)]);
    let accepts = patterns(root, "accepts");
    let understands = root.within("understands", |section| Some(understands(section))).unwrap_or_default();
    let left_overs = [("report", LeftOver::Report), ("refuse", LeftOver::Refuse), ("append-text", LeftOver::AppendText)];
    let left_over = root.choice("left_over", &left_overs).unwrap_or_default();
    let judged_as = root.choice("judged_as", &[("incoming", Direction::Incoming), ("outgoing", Direction::Outgoing)]);
    let judged_as = judged_as.unwrap_or_default();
    let severities = root.within("severity", |section| Some(severities(section, judged_as))).unwrap_or_default();
    let organisations = root.each("organisation", organisation);
    let has_way_in = root.has("sends");
    let has_way_out = root.has("receives");
    let sends = root.within("sends", |section| Some(sends(section))).unwrap_or_default();
    let (receives, make_folder) = root.within("receives", receives).unzip();
    if !has_way_in && !has_way_out {
        let complaint = root.spot().complain("this partner neither sends nor receives");
        root.complain(complaint.suggest("write [sends.http] or [receives.http] (or another way), or remove the file"));
    }
    if has_way_in && !has_way_out {
        // Every message is answered with an AppRec (HIS 80415:2012, 3.2); it must have somewhere to go.
        let complaint =
            root.spot_of("sends").complain("this partner sends, but cannot receive the AppRecs for what it sends");
        root.complain(complaint.suggest("write [receives.http] (or another way)"));
    }
    if acknowledges == Some(Acknowledges::Gateway) && receives.as_ref().is_some_and(|receives| receives.way.only_notifies())
    {
        // Nobody has the message yet when the notification is taken.
        let complaint = root.spot_of("acknowledges").complain("the gateway cannot acknowledge what is only notified");
        root.complain(complaint.suggest("let the receiver's system acknowledge, or deliver the message itself"));
    }
    if has_way_in && !root.has("organisation") {
        let complaint = root.spot_of("sends").complain("this partner sends, but owns no HER-id to send as");
        root.complain(complaint.suggest("write [[organisation]] with its her_id and name"));
    }
    PartnerFile {
        name: name.clone(),
        title: title.unwrap_or_else(|| name.to_string()),
        acknowledges: acknowledges.unwrap_or_default(),
        apprec,
        accepts,
        understands,
        left_over,
        judged_as,
        severities,
        organisations,
        sends,
        receives,
        make_folder: make_folder.flatten(),
        has_way_out,
    }
}

/// A list of message types.
pub(super) fn patterns(section: &mut Section<'_>, key: &'static str) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in section.texts(key).unwrap_or_default() {
        match Pattern::parse(&text.value) {
            Some(pattern) => {
                complain_of_a_slip(section, &text);
                patterns.push(pattern);
            }
            None => {
                let complaint =
                    text.spot.complain(format!("`{key}` has something that is not a message type: \"{}\"", text.value));
                section.complain(
                    complaint
                        .suggest("write a type such as \"LOG_INNLAGT\", or its beginning and a star at the end: \"LOG_*\""),
                );
            }
        }
    }
    patterns
}

/// A type that is nearly one of list 8279 is a slip of the pen. One that is like none may be newer than our edition of the list;
/// so may one that looks like a slip, and the star lets it pass.
fn complain_of_a_slip(section: &Section<'_>, written: &Written<String>) {
    let Some(types) = by_number(8279).filter(|_| !written.value.ends_with('*')) else { return };
    if types.code(&written.value).is_some() {
        return;
    }
    if let Some(meant) = types.nearest(&written.value) {
        let complaint = written.spot.complain(format!("no message has the type \"{}\"", written.value));
        let help = format!("did you mean \"{}\"? (if it is a newer type: \"{}*\" passes)", meant.v, written.value);
        section.complain(complaint.suggest(help));
    }
}

fn organisation(section: &mut Section<'_>) -> Option<Organisation> {
    let her_id = section.required("her_id", Section::her_id);
    let name = section.required("name", Section::text);
    let mut parties = section.each("service", |service| party(service, Level::Service));
    parties.extend(section.each("person", |person| party(person, Level::Person)));
    Some(Organisation { her_id: her_id?, name: name.unwrap_or_default(), parties })
}

fn party(section: &mut Section<'_>, level: Level) -> Option<Party> {
    let her_id = section.required("her_id", Section::her_id);
    let name = section.required("name", Section::text);
    Some(Party { her_id: her_id?, name: name.unwrap_or_default(), level })
}

fn sends(section: &mut Section<'_>) -> Vec<Configured<Inbound>> {
    if WAYS_IN.iter().filter(|(name, _)| section.has(name)).count() == 0 {
        say_which(section, "this does not say how the partner sends", &WAYS_IN.map(|(name, _)| name));
    }
    WAYS_IN.iter().filter_map(|(name, read)| section.within(name, read)).collect()
}

fn receives(section: &mut Section<'_>) -> Option<(Receives, Option<PathBuf>)> {
    let limits = section.within("limits", |limits| {
        let in_flight = limits.whole_number("in_flight", 1..=1000, "deliveries at a time");
        let attempt_timeout = limits.duration("attempt_timeout", Duration::from_millis(100)..=10 * Duration::from_secs(60));
        Some((in_flight, attempt_timeout))
    });
    let retry = section.within("retry", |retry| Some(retry_policy(retry)));
    let Configured { way, make_folder } = way_out(section)?;
    let (in_flight, attempt_timeout) = limits.unwrap_or_default();
    let receives = Receives {
        way,
        retry: retry.unwrap_or_default(),
        in_flight: usize::try_from(in_flight.unwrap_or(DEFAULT_IN_FLIGHT)).unwrap_or(usize::MAX),
        attempt_timeout: attempt_timeout.unwrap_or(DEFAULT_ATTEMPT_TIMEOUT),
    };
    Some((receives, make_folder))
}

/// Exactly one: with two ways out, nobody could say which of them a receipt is for.
fn way_out(section: &mut Section<'_>) -> Option<Configured<Outbound>> {
    let named: Vec<_> = WAYS_OUT.iter().filter(|(name, _)| section.has(name)).collect();
    let mut ways: Vec<_> = named.iter().map(|(name, read)| section.within(name, read)).collect();
    match named.as_slice() {
        [] => say_which(section, "this does not say how the partner receives", &WAYS_OUT.map(|(name, _)| name)),
        [_] => {}
        [(first, _), (second, _), ..] => {
            let complaint = section.spot_of(second).complain(format!("this partner receives by {first} already"));
            section.complain(complaint.suggest("keep one of them; a second system is a partner with a file of its own"));
        }
    }
    ways.pop().flatten()
}

/// Silent when something here is misspelt: that is a complaint of its own, and explains this one.
fn say_which(section: &Section<'_>, message: &str, names: &[&str]) {
    if section.all_known() {
        section.complain(section.spot().complain(message).suggest(format!("name one of: {}", names.join(", "))));
    }
}

fn retry_policy(section: &mut Section<'_>) -> RetryPolicy {
    let default = RetryPolicy::default();
    let first_wait = section.duration("first_wait", Duration::from_millis(10)..=HOUR);
    let longest_wait = section.duration("longest_wait", Duration::from_millis(10)..=24 * HOUR);
    // After 96 hours the sender must take silence for a refusal (HIS 80415:2012, 3.3.4).
    let max_age = section.duration("max_age", Duration::from_secs(1)..=96 * HOUR);
    let policy = RetryPolicy {
        first_wait: first_wait.unwrap_or(default.first_wait),
        longest_wait: longest_wait.unwrap_or(default.longest_wait),
        max_age: max_age.unwrap_or(default.max_age),
    };
    let order: [(&'static str, Spot, bool); 2] = [
        (
            "`first_wait` is longer than `longest_wait`",
            section.spot_of("first_wait"),
            policy.first_wait > policy.longest_wait,
        ),
        ("`longest_wait` is longer than `max_age`", section.spot_of("longest_wait"), policy.longest_wait > policy.max_age),
    ];
    for (message, spot, wrong) in order {
        if wrong {
            let suggestion =
                "first_wait (5s if not written), longest_wait (15m) and max_age (72h) must not get shorter in this order";
            section.complain(spot.complain(message).suggest(suggestion));
        }
    }
    policy
}
