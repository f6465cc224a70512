//! Every row of a log in memory, and what each criterion means, said once more without a database.

use super::fill::rules;
use super::scan::every;
use super::world::{Fate, World};
use bindeledd::domain::{HerId, MessageId, MessageState, MsgId, PartnerName, Timestamp};
use bindeledd::store::MessageFilter;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// A message with what it may be found by.
pub struct Row {
    pub id: MessageId,
    pub tracking: String,
    pub received_at: i64,
    pub state: String,
    partner: String,
    type_code: Option<String>,
    msg_id: Option<String>,
    conversation: Option<String>,
    is_turned_away: bool,
    senders: [Option<i64>; 2],
    receivers: [Option<i64>; 2],
    rules: BTreeSet<String>,
    /// The MsgIds of the AppRecs that we wrote about it.
    apprecs: BTreeSet<String>,
}

impl Row {
    /// All of them, by number.
    pub fn all(rows: &Connection) -> BTreeMap<i64, Self> {
        let mut all = BTreeMap::new();
        let messages =
            "SELECT id, tracking, received_at, state, partner, type_code, msg_key, conversation, turned_away IS NOT NULL,
                          sender_organisation, sender_party, receiver_organisation, receiver_party FROM message";
        every(rows, messages, |row| {
            let message = Self {
                id: MessageId(row.get(0)?),
                tracking: row.get(1)?,
                received_at: row.get(2)?,
                state: row.get(3)?,
                partner: row.get(4)?,
                type_code: row.get(5)?,
                msg_id: row.get(6)?,
                conversation: row.get(7)?,
                is_turned_away: row.get(8)?,
                senders: [row.get(9)?, row.get(10)?],
                receivers: [row.get(11)?, row.get(12)?],
                rules: BTreeSet::new(),
                apprecs: BTreeSet::new(),
            };
            all.insert(message.id.0, message);
            Ok(())
        });
        every(rows, "SELECT message_id, rule FROM finding", |row| {
            all.get_mut(&row.get(0)?).map(|message| message.rules.insert(row.get(1).expect("a rule")));
            Ok(())
        });
        every(rows, "SELECT message_id, msg_id FROM delivery WHERE purpose = 'apprec'", |row| {
            all.get_mut(&row.get(0)?).map(|message| message.apprecs.insert(row.get(1).expect("a MsgId")));
            Ok(())
        });
        all
    }
}

impl Row {
    /// Whether it is what is searched for.
    pub fn is_met_by(&self, filter: &MessageFilter) -> bool {
        let row = self;
        let has = |wanted: Option<HerId>, of: [Option<i64>; 2]| {
            wanted.is_none_or(|one| of.contains(&Some(i64::from(one.number()))))
        };
        let is_or_answers = |id: &MsgId| row.msg_id == Some(id.key()) || row.apprecs.contains(id.as_written());
        let is_of = |first: &MsgId| {
            let follows = row.conversation == Some(first.key()) && row.conversation != row.msg_id;
            follows || row.msg_id == Some(first.key()) && !row.is_turned_away
        };
        filter.state.is_none_or(|state| row.state == state.as_str())
            && filter.partner.as_ref().is_none_or(|partner| row.partner == partner.as_str())
            && filter.type_code.as_ref().is_none_or(|code| row.type_code.as_ref() == Some(code))
            && filter.msg_id.as_ref().is_none_or(is_or_answers)
            && filter.conversation.as_ref().is_none_or(is_of)
            && has(filter.sender, row.senders)
            && has(filter.receiver, row.receivers)
            && filter.rule.as_ref().is_none_or(|rule| row.rules.contains(rule))
            && filter.since.is_none_or(|since| row.received_at >= since.as_millis())
            && filter.until.is_none_or(|until| row.received_at < until.as_millis())
    }
}

/// Each criterion alone with common, rare and absent values, and some together.
pub fn filters(world: &World, rows: &BTreeMap<i64, Row>) -> Vec<MessageFilter> {
    let mut filters = vec![MessageFilter::default()];
    let mut add = |change: &dyn Fn(&mut MessageFilter)| {
        let mut filter = MessageFilter::default();
        change(&mut filter);
        filters.push(filter);
    };
    MessageState::ALL.into_iter().for_each(|state| add(&|filter| filter.state = Some(state)));
    let rare = world.rare()[0];
    let some = [1, 2, 3, 22, 40, 700, 701, 1_480, 2_999, rare];
    for n in some {
        add(&|filter| filter.partner = Some(world.sender(n).partner()));
        add(&|filter| filter.type_code = Some(world.kind(n).0));
        add(&|filter| filter.msg_id = Some(world.msg_id(n)));
        add(&|filter| filter.conversation = Some(world.msg_id(world.earlier(n).map_or(n, |(_, first)| first))));
        add(&|filter| filter.sender = world.sender(n).party().or(world.sender(n).organisation()));
        add(&|filter| filter.receiver = world.receiver(n).organisation());
        add(&|filter| (filter.since, filter.until) = (Some(world.at(n)), Some(world.at(n + 200))));
    }
    for rule in rules() {
        add(&|filter| filter.rule = Some(rule.id.into()));
    }
    let reused = (1..=world.messages).find(|n| matches!(world.fate(*n), Fate::Reuses(_))).expect("one of them");
    add(&|filter| filter.msg_id = Some(world.msg_id(reused)));
    let apprec = rows.values().find_map(|row| row.apprecs.first()).expect("one that we wrote");
    add(&|filter| filter.msg_id = Some(MsgId::new(apprec.as_str())));
    for since in [1, 999, 1_000, 1_001, 1_500, world.messages] {
        add(&|filter| filter.since = Some(world.at(since)));
        add(&|filter| filter.until = Some(world.at(since)));
    }
    add(&|filter| (filter.state, filter.rule) = (Some(MessageState::Refused), Some(rules()[0].id.into())));
    add(&|filter| (filter.partner, filter.since) = (Some(world.sender(1).partner()), Some(world.at(1_500))));
    filters.extend(absent());
    filters
}

fn absent() -> [MessageFilter; 7] {
    [
        MessageFilter { partner: PartnerName::parse("nobody"), ..MessageFilter::default() },
        MessageFilter { type_code: Some("NONE".into()), ..MessageFilter::default() },
        MessageFilter { msg_id: Some(MsgId::new("none")), ..MessageFilter::default() },
        MessageFilter { sender: HerId::new(7), ..MessageFilter::default() },
        MessageFilter { receiver: HerId::new(7), ..MessageFilter::default() },
        MessageFilter { rule: Some("R-none".into()), ..MessageFilter::default() },
        MessageFilter { until: Some(Timestamp::from_millis(1)), ..MessageFilter::default() },
    ]
}
