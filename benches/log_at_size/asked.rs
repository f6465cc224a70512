//! The searches that are measured: each criterion alone, common, rare and absent, and some together.

use super::fill::rules;
use super::world::World;
use bindeledd::delivery::State;
use bindeledd::domain::{HerId, MessageState, MsgId, PartnerName};
use bindeledd::store::{DeliveryFilter, MessageFilter};

type Named<F> = Vec<(String, F)>;

/// Searches for messages, of which `last` are there.
pub fn searches(world: &World, last: i64) -> Named<MessageFilter> {
    let mut searches = vec![("everything".to_owned(), MessageFilter::default())];
    let mut add = |what: &str, change: &dyn Fn(&mut MessageFilter)| {
        let mut filter = MessageFilter::default();
        change(&mut filter);
        searches.push((what.to_owned(), filter));
    };
    for state in MessageState::ALL {
        add(&format!("state {}", state.as_str()), &|filter| filter.state = Some(state));
    }
    let [rare, _] = world.rare();
    let middle = last / 2;
    let absent = || PartnerName::parse("nobody");
    add("partner, the busiest", &|filter| filter.partner = PartnerName::parse("partner-000"));
    add("the rarest partner", &|filter| filter.partner = Some(world.sender(rare).partner()));
    add("partner with none", &|filter| filter.partner = absent());
    add("type, the most common", &|filter| filter.type_code = Some("TYPE_00".into()));
    add("the rarest type", &|filter| filter.type_code = Some(world.kind(rare).0));
    add("MsgId", &|filter| filter.msg_id = Some(world.msg_id(middle)));
    add("MsgId that is not there", &|filter| filter.msg_id = Some(MsgId::new("nothing")));
    add("conversation", &|filter| {
        filter.conversation = Some(world.msg_id(world.earlier(middle).map_or(middle, |(_, first)| first)));
    });
    add("sender, the busiest service", &|filter| filter.sender = HerId::new(8_000_000));
    add("sender, the busiest organisation", &|filter| filter.sender = HerId::new(9_000_000));
    add("the rarest sender", &|filter| filter.sender = world.sender(rare).party());
    add("receiver, the busiest service", &|filter| filter.receiver = HerId::new(8_000_000));
    add("the rarest receiver", &|filter| filter.receiver = world.receiver(rare).party());
    add("sender that is not there", &|filter| filter.sender = HerId::new(7));
    let (common, rule) = (rules()[0], *rules().last().expect("rules"));
    add("rule, the most broken", &|filter| filter.rule = Some(common.id.into()));
    add("the rarest rule", &|filter| filter.rule = Some(rule.id.into()));
    add("rule that was never broken", &|filter| filter.rule = Some("R-000".into()));
    add("a day", &|filter| (filter.since, filter.until) = (Some(world.at(middle)), Some(world.at(middle + 2_740))));
    add("since the middle", &|filter| filter.since = Some(world.at(middle)));
    add("until the middle", &|filter| filter.until = Some(world.at(middle)));
    add("refused, from a usual partner", &|filter| {
        (filter.state, filter.partner) = (Some(MessageState::Refused), PartnerName::parse("partner-100"));
    });
    add("most common type, from the rarest partner", &|filter| {
        (filter.type_code, filter.partner) = (Some("TYPE_00".into()), Some(world.sender(rare).partner()));
    });
    add("rarest rule, from the busiest partner", &|filter| {
        (filter.rule, filter.partner) = (Some(rule.id.into()), PartnerName::parse("partner-000"));
    });
    add("most broken rule, refused", &|filter| {
        (filter.rule, filter.state) = (Some(common.id.into()), Some(MessageState::Refused));
    });
    add("busiest service to a usual one", &|filter| {
        (filter.sender, filter.receiver) = (HerId::new(8_000_000), HerId::new(8_001_500));
    });
    add("a day, from a usual partner", &|filter| {
        filter.partner = PartnerName::parse("partner-100");
        (filter.since, filter.until) = (Some(world.at(middle)), Some(world.at(middle + 2_740)));
    });
    searches
}

/// Searches for deliveries.
pub fn deliveries() -> Named<DeliveryFilter> {
    let named = |what: &str, filter| (what.to_owned(), filter);
    let mut deliveries = vec![named("all", DeliveryFilter::default())];
    for state in State::ALL {
        let filter = DeliveryFilter { state: Some(state), ..DeliveryFilter::default() };
        deliveries.push(named(state.as_str(), filter));
    }
    for (what, partner) in [("to the busiest partner", "partner-000"), ("to the rarest partner", "partner-rare")] {
        let filter = DeliveryFilter { partner: PartnerName::parse(partner), ..DeliveryFilter::default() };
        deliveries.push(named(what, filter));
    }
    deliveries
}
