//! The counting at the end: the store, the senders and the receivers must tell the same story.

use super::letters::{NOBODY, answers, id_of};
use super::partners::{FILES, Town, owner_of, texts_in};
use super::senders::Sent;
use bindeledd::delivery::State;
use bindeledd::domain::{MessageState, TrackingId};
use bindeledd::store::{DeliveryFilter, DeliveryRow, MessageFilter, MessageRow};
use std::collections::{HashMap, HashSet};

/// All that is known when everything is at rest.
struct End<'e> {
    town: &'e Town,
    sent: &'e [Sent],
    /// How often the gateway was started.
    starts: usize,
    /// Messages that were taken in, by MsgId.
    taken_in: HashMap<String, MessageRow>,
    turned_away: usize,
    deliveries: Vec<DeliveryRow>,
    got: HashMap<&'static str, Vec<String>>,
}

/// Waits for the store.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Checks it all; answers the numbers in one line.
pub fn check(town: &Town, sent: &[Sent], starts: usize) -> String {
    let store = town.store();
    let everything = MessageFilter { limit: 1_000_000, ..MessageFilter::default() };
    let (taken_in, turned_away): (Vec<_>, Vec<_>) =
        block_on(store.messages(&everything)).expect("reads").into_iter().partition(|row| row.turned_away.is_none());
    let history = block_on(store.verify_history(None)).expect("reads");
    assert!(history.broken.is_none() && history.lines > 0, "the history is not whole: {history:?}");
    let written = |row: &MessageRow| row.msg_id.as_ref().expect("a message").as_written().to_string();
    let count = taken_in.len();
    let taken_in: HashMap<_, _> = taken_in.into_iter().map(|row| (written(&row), row)).collect();
    assert_eq!(taken_in.len(), count, "a message is in the store twice");
    let everything = DeliveryFilter { limit: 1_000_000, ..DeliveryFilter::default() };
    let partners = ["gp", "tildeling", "hospital", "hjemmetjeneste"];
    let end = End {
        town,
        sent,
        starts,
        taken_in,
        turned_away: turned_away.len(),
        deliveries: block_on(store.deliveries(&everything)).expect("reads"),
        got: partners.map(|partner| (partner, town.got_by(partner))).into(),
    };
    end.every_message_is_in_the_store_once();
    end.what_is_no_message_was_turned_away();
    end.every_delivery_has_ended();
    let counts = end.sent_is_delivered_and_refused_and_held();
    end.a_repetition_has_the_same_bytes();
    end.conversations_are_in_order();
    end.files_left_the_folder();
    end.numbers(&counts)
}

#[derive(Default)]
struct Counts {
    delivered: usize,
    refused: usize,
    held: usize,
}

impl End<'_> {
    fn letters(&self) -> impl Iterator<Item = (&Sent, &super::letters::Letter)> {
        self.sent.iter().filter_map(|sent| Some((sent, sent.letter.as_ref()?)))
    }

    fn every_message_is_in_the_store_once(&self) {
        for (sent, letter) in self.letters() {
            let row = self.taken_in.get(&letter.msg_id).unwrap_or_else(|| panic!("{} is lost", letter.msg_id));
            assert_ne!(row.state, MessageState::Received, "{} is not judged", letter.msg_id);
            assert_eq!((row.partner.as_str(), row.size_bytes), (sent.by, sent.text.len() as u64));
            if let Some(tracking) = &sent.tracking {
                assert_eq!(TrackingId::parse(tracking), Ok(row.tracking), "the receipt names another message");
            }
            // A file is read again when the process died between storing it and moving it away.
            let most = if sent.by == FILES.0 { self.starts } else { sent.times };
            assert!(row.repeats < most as u64, "{} came {} times again", letter.msg_id, row.repeats);
        }
        assert_eq!(self.taken_in.len(), self.letters().count(), "the store has messages that nobody sent");
    }

    fn what_is_no_message_was_turned_away(&self) {
        let (no_messages, times) =
            self.sent.iter().filter(|s| s.letter.is_none()).fold((0, 0), |(n, times), s| (n + 1, times + s.times));
        // Bytes that cannot be known again are recorded as often as they came, and a file may be read again after a start.
        assert!(no_messages <= self.turned_away && self.turned_away <= times + self.starts);
    }

    fn every_delivery_has_ended(&self) {
        for delivery in &self.deliveries {
            let ended = matches!(delivery.state, State::Delivered | State::Acknowledged);
            assert!(ended, "delivery {} to {} is {}", delivery.delivery, delivery.partner, delivery.state.as_str());
        }
    }

    /// Sent = delivered + refused + held, for each receiver on its own.
    fn sent_is_delivered_and_refused_and_held(&self) -> Counts {
        let mut counts = Counts::default();
        let arrived: HashMap<_, HashSet<String>> =
            self.got.iter().map(|(partner, texts)| (*partner, texts.iter().map(|text| id_of(text)).collect())).collect();
        let refusals = self.refusals();
        for (sent, letter) in self.letters() {
            let state = self.taken_in[&letter.msg_id].state;
            let mut refused = 0;
            for to in [Some(letter.to), letter.copy].into_iter().flatten() {
                match owner_of(to) {
                    Some(owner) if letter.patient => {
                        assert!(arrived[owner].contains(&letter.msg_id), "{} never came to {owner}", letter.msg_id);
                        counts.delivered += 1;
                    }
                    None if to == NOBODY => {
                        assert_eq!(state, MessageState::Held);
                        counts.held += 1;
                    }
                    owner => {
                        let came = owner.is_some_and(|owner| arrived[owner].contains(&letter.msg_id));
                        assert!(!came, "{} is refused, and was delivered", letter.msg_id);
                        refused += 1;
                    }
                }
            }
            let told = refusals.get(&(sent.by, letter.msg_id.clone())).map_or(0, HashSet::len);
            assert_eq!(told, refused, "refused exactly once for each receiver: {}", letter.msg_id);
            counts.refused += refused;
        }
        let receivers: usize = self.letters().map(|(_, letter)| 1 + usize::from(letter.copy.is_some())).sum();
        assert_eq!(receivers, counts.delivered + counts.refused + counts.held);
        counts
    }

    /// The ids of the negative AppRecs that each sender got for each of its messages.
    fn refusals(&self) -> HashMap<(&'static str, String), HashSet<String>> {
        let mut refusals: HashMap<_, HashSet<String>> = HashMap::new();
        for (partner, texts) in &self.got {
            for text in texts.iter().filter(|text| text.contains("<Status V=\"2\"")) {
                let original = answers(text).expect("an AppRec names what it answers");
                refusals.entry((*partner, original)).or_default().insert(id_of(text));
            }
        }
        refusals
    }

    /// The same id always means the same bytes, and those of a message are the sender's own.
    fn a_repetition_has_the_same_bytes(&self) {
        let originals: HashMap<&str, &str> =
            self.letters().map(|(sent, letter)| (letter.msg_id.as_str(), sent.text.as_str())).collect();
        for (partner, texts) in &self.got {
            let mut seen: HashMap<String, &String> = HashMap::new();
            for text in texts {
                let id = id_of(text);
                if text.contains("<MsgHead") {
                    assert_eq!(originals.get(id.as_str()), Some(&text.as_str()), "{partner} got other bytes under {id}");
                }
                let first = seen.entry(id).or_insert(text);
                assert_eq!(*first, text, "{partner} got one id with two contents");
            }
        }
    }

    /// First arrivals of a conversation come in the order in which it was sent. In a folder nothing comes first.
    fn conversations_are_in_order(&self) {
        let over_http: Vec<_> = self.letters().filter(|(sent, _)| sent.by != FILES.0).collect();
        let place: HashMap<&str, usize> =
            over_http.iter().enumerate().map(|(place, (_, letter))| (letter.msg_id.as_str(), place)).collect();
        let conversation: HashMap<&str, &str> = over_http
            .iter()
            .map(|(_, letter)| (letter.msg_id.as_str(), letter.conversation.as_deref().unwrap_or(&letter.msg_id)))
            .collect();
        let mut followers = 0;
        for (partner, texts) in self.got.iter().filter(|(partner, _)| **partner != FILES.0) {
            let (mut seen, mut last) = (HashSet::new(), HashMap::new());
            for id in texts.iter().map(|text| id_of(text)) {
                let Some((id, place)) = place.get_key_value(id.as_str()) else { continue };
                if seen.insert(*id)
                    && let Some(before) = last.insert(conversation[id], *place)
                {
                    assert!(before < *place, "{partner} got {id} before one that was sent earlier");
                    followers += 1;
                }
            }
        }
        assert!(followers > 50, "only {followers} letters followed another");
    }

    fn files_left_the_folder(&self) {
        let folder = self.town.drop_folder();
        let (taken, refused) = (texts_in(&folder.join("taken")).len(), texts_in(&folder.join("refused")).len());
        let dropped = self.sent.iter().filter(|sent| sent.by == FILES.0).count();
        assert_eq!(taken + refused, dropped, "{taken} files taken, {refused} refused");
    }

    fn numbers(&self, Counts { delivered, refused, held }: &Counts) -> String {
        let again: usize = self.sent.iter().map(|sent| sent.times.saturating_sub(1)).sum();
        let came: usize = self.got.values().map(Vec::len).sum();
        let ids: usize =
            self.got.values().map(|texts| texts.iter().map(|text| id_of(text)).collect::<HashSet<_>>().len()).sum();
        format!(
            "{} starts; {} sent ({again} times again), {delivered} delivered, {refused} refused, {held} held, {} turned \
             away; {came} parcels came, {} of them again",
            self.starts,
            self.sent.len(),
            self.turned_away,
            came - ids
        )
    }
}
