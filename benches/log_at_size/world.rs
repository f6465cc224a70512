//! What message n is: a function of n and of how many there are, and of nothing else. Persons, partners and HER-ids are made up.

use bindeledd::domain::Chance;
use bindeledd::domain::{HerId, MsgId, PartnerName, Seeded, Timestamp, TrackingId, new_uuid};
use std::time::Duration;

/// Messages come in blocks: conversations of one to six messages, interleaved, and then receipts for an earlier block.
pub const BLOCK: i64 = 35;
/// Messages of conversations in a block: 1 + 2 + 3 + 4 + 5 + 6.
const ORDINARY: i64 = 21;
/// Receipts are for the block so many before, which has been handed over by then.
pub const LAG: i64 = 8;
/// HER-ids of services, with five under each organisation and fifteen at each partner.
const PARTIES: u64 = 3_000;
/// The service that sends two messages of a rare type, and whatever else there is only two of.
const RARE: u64 = 500_000;
/// Types of messages, besides the rare one.
const TYPES: u64 = 20;
/// One conversation in so many is about the patient with the most messages.
const BUSIEST: u64 = 260;
/// 2024-11-01T00:00:00Z.
const FROM_MILLIS: i64 = 1_730_419_200_000;
/// Twenty-four months.
const SPAN_MILLIS: i64 = 730 * 24 * 3_600_000;
/// One message in so many is written five seconds after it came, behind later ones.
const DISORDER: i64 = 1_000;

/// How many messages there are in the end: it decides how far apart they are, and how many patients there are.
#[derive(Clone, Copy)]
pub struct World {
    pub messages: i64,
}

/// What becomes of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Sent on; to a second receiver too, or not.
    Accepted {
        copy: bool,
    },
    Refused,
    Held,
    /// Turned away: nobody could read it, so it has no envelope and is about nobody.
    Unreadable,
    /// Turned away: its partner does not own the sender.
    Foreign,
    /// Turned away: not fit to send.
    NotFit,
    /// Other bytes with the MsgId of this message.
    Reuses(i64),
    /// Nobody has judged it yet.
    Unjudged,
    /// Answers the first delivery of this message.
    Receipt {
        of: i64,
        positive: bool,
    },
}

/// A sender or a receiver.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct End(u64);

/// Its place among the others.
#[derive(Clone, Copy)]
struct Place {
    block: i64,
    position: i64,
    /// The conversation in its block, which of its messages this is, and where the one before stands.
    conversation: i64,
    turn: i64,
}

/// Dice that fall the same way whenever they are asked for the same.
pub fn roll(of: i64, what: u64) -> u64 {
    Seeded::new((of as u64).wrapping_mul(0xD129_0DDF_7A3B_59C1) ^ what.wrapping_mul(0x9E6C_63D0_876A_3F35)).next_u64()
}

/// Between 0 and `limit`, small numbers more often: `bend` 1 is even.
fn tail(dice: u64, limit: u64, bend: f64) -> u64 {
    let even = (dice >> 11) as f64 / (1u64 << 53) as f64;
    ((even.powf(bend) * limit as f64) as u64).min(limit - 1)
}

/// Gives out one number; different ones for different messages, also when only 45 bits of it are used.
struct Once(u64);

impl Chance for Once {
    fn next_u64(&self) -> u64 {
        self.0.wrapping_mul(0x1C69_B3F7_4AC4_AE35)
    }
}

/// Position, conversation and turn of the messages of conversations: first turns, then second ones …
fn turns() -> impl Iterator<Item = (i64, i64)> {
    (0..6).flat_map(|turn| (turn..6).map(move |conversation| (conversation, turn)))
}

impl Place {
    fn of(n: i64) -> Self {
        let (block, position) = ((n - 1) / BLOCK, (n - 1) % BLOCK);
        let ordinary = usize::try_from(position).ok().and_then(|at| turns().nth(at));
        let (conversation, turn) = ordinary.unwrap_or((position, 0));
        Self { block, position, conversation, turn }
    }

    /// The message of this conversation with another turn.
    fn with_turn(&self, turn: i64) -> i64 {
        let at = turns().position(|other| other == (self.conversation, turn));
        let position = at.map_or(self.position, |at| at as i64);
        self.block * BLOCK + position + 1
    }

    fn dice(&self, what: u64) -> u64 {
        roll(self.block * 64 + self.conversation, what)
    }
}

impl World {
    /// How many blocks there are.
    pub fn blocks(&self) -> i64 {
        (self.messages + BLOCK - 1) / BLOCK
    }

    /// The two messages of the rare sender: in the middle, where neither end is near.
    pub fn rare(&self) -> [i64; 2] {
        [self.blocks() / 3, self.blocks() * 2 / 3].map(|block| block * BLOCK + 1)
    }

    /// The three messages that the rare rule has found something in.
    pub fn found_by_the_rare_rule(&self) -> [i64; 3] {
        [1, 2, 3].map(|part| self.blocks() * part / 4 * BLOCK + 2)
    }

    /// What becomes of a message.
    pub fn fate(&self, n: i64) -> Fate {
        let place = Place::of(n);
        if place.position >= ORDINARY {
            return self.receipt(&place).unwrap_or(Fate::Accepted { copy: false });
        }
        if self.rare().contains(&n) || self.found_by_the_rare_rule().contains(&n) {
            return Fate::Accepted { copy: false };
        }
        let dice = roll(n, 1);
        match dice % 1_000 {
            0..30 => Fate::Refused,
            30..40 => Fate::Held,
            40..45 => Fate::Unreadable,
            45..48 => Fate::Foreign,
            48..50 => Fate::NotFit,
            50..60 if place.turn >= 2 && self.is_taken_in(place.with_turn(place.turn - 2)) => {
                Fate::Reuses(place.with_turn(place.turn - 2))
            }
            60..62 => Fate::Unjudged,
            _ => Fate::Accepted { copy: (dice / 1_000).is_multiple_of(10) },
        }
    }

    fn is_taken_in(&self, n: i64) -> bool {
        !matches!(self.fate(n), Fate::Unreadable | Fate::Foreign | Fate::NotFit | Fate::Reuses(_))
    }

    /// Two of three messages are answered by their receiver, where the gateway did not do that.
    fn receipt(&self, place: &Place) -> Option<Fate> {
        let at = place.position - ORDINARY;
        let block = Some(place.block - LAG).filter(|block| *block >= 0)?;
        let of = block * BLOCK + at + at / 2 + 1;
        let answers = matches!(self.fate(of), Fate::Accepted { .. }) && !self.receiver(of).is_answered_for();
        answers.then(|| Fate::Receipt { of, positive: !roll(of, 2).is_multiple_of(20) })
    }

    /// When it came.
    pub fn at(&self, n: i64) -> Timestamp {
        let late = if n % DISORDER == 0 { 5_000 } else { 0 };
        let millis = i128::from(SPAN_MILLIS) * i128::from(n) / i128::from(self.messages.max(1));
        Timestamp::from_millis(FROM_MILLIS + i64::try_from(millis).unwrap_or(SPAN_MILLIS) - late)
    }

    /// Who sends it: the two sides of a conversation by turns.
    pub fn sender(&self, n: i64) -> End {
        self.sides(n).0
    }

    /// Who receives it first.
    pub fn receiver(&self, n: i64) -> End {
        self.sides(n).1
    }

    /// Who receives a copy.
    pub fn copy_receiver(&self, n: i64) -> End {
        End((self.receiver(n).0 + 75) % PARTIES)
    }

    fn sides(&self, n: i64) -> (End, End) {
        if self.rare().contains(&n) {
            return (End(RARE), End(RARE + 1));
        }
        let place = Place::of(n);
        if place.position >= ORDINARY
            && let Some(Fate::Receipt { of, .. }) = self.receipt(&place)
        {
            return (self.receiver(of), self.sender(of));
        }
        let one = tail(place.dice(3), PARTIES, 2.0);
        let other = tail(place.dice(4), PARTIES, 2.0);
        let other = if one / 15 == other / 15 { (other + 15) % PARTIES } else { other };
        if place.turn % 2 == 0 { (End(one), End(other)) } else { (End(other), End(one)) }
    }

    /// Its MsgId.
    pub fn msg_id(&self, n: i64) -> MsgId {
        match self.fate(n) {
            Fate::Reuses(other) => self.msg_id(other),
            _ => MsgId::new(new_uuid(&Seeded::new(roll(n, 5)))),
        }
    }

    /// The message before it and the first one of its conversation, if it is not that itself.
    pub fn earlier(&self, n: i64) -> Option<(i64, i64)> {
        let place = Place::of(n);
        (place.turn > 0).then(|| (place.with_turn(place.turn - 1), place.with_turn(0)))
    }

    /// Its type and the label of its kind.
    pub fn kind(&self, n: i64) -> (String, String) {
        let number = tail(Place::of(n).dice(6), TYPES, 2.0);
        match self.fate(n) {
            Fate::Receipt { .. } => ("APPREC".into(), "apprec 1.1".into()),
            _ if self.rare().contains(&n) => ("TYPE_RARE".into(), "made up 9.9".into()),
            _ => (format!("TYPE_{number:02}"), format!("made up 1.{number}")),
        }
    }

    /// How many patients there are.
    pub fn patients(&self) -> u64 {
        (self.messages as u64 / 5).max(2)
    }

    /// The patients that it names: one; two in a few; none in a receipt, and in what nobody can read.
    pub fn about(&self, n: i64) -> Vec<u64> {
        if matches!(self.fate(n), Fate::Receipt { .. } | Fate::Unreadable) {
            return Vec::new();
        }
        let dice = Place::of(n).dice(7);
        let first = if dice.is_multiple_of(BUSIEST) { 0 } else { 1 + tail(dice, self.patients() - 1, 1.5) };
        let second = tail(roll(n, 8), self.patients(), 1.0);
        let mut about = vec![first];
        about.extend(Some(second).filter(|second| *second != first && roll(n, 9).is_multiple_of(97)));
        about
    }

    /// The tracking id that is asked for it.
    pub fn tracking(&self, n: i64) -> TrackingId {
        TrackingId::new(&Once(n as u64))
    }

    /// Its bytes, which name the patients as a message does, and are as good as empty otherwise.
    pub fn content(&self, n: i64) -> String {
        let about: Vec<String> = self.about(n).into_iter().map(number_of).collect();
        let filler = "Synthetic. ".repeat((roll(n, 10) % 16) as usize);
        format!("<Made n=\"{n}\" about=\"{}\">{filler}</Made>", about.join(" "))
    }
}

impl End {
    /// On the first level.
    pub fn organisation(self) -> Option<HerId> {
        HerId::new(9_000_000 + (self.0 / 5) as u32)
    }

    /// On the second; some are addressed as organisations.
    pub fn party(self) -> Option<HerId> {
        (self.0 % 10 != 3).then(|| HerId::new(8_000_000 + self.0 as u32)).flatten()
    }

    /// Whose system it is.
    pub fn partner(self) -> PartnerName {
        let name = if self.0 >= RARE { "partner-rare".into() } else { format!("partner-{:03}", self.0 / 15) };
        PartnerName::parse(&name).expect("a good name")
    }

    /// The gateway answers on behalf of some partners.
    pub fn is_answered_for(self) -> bool {
        self.0 < RARE && (self.0 / 15).is_multiple_of(10)
    }
}

/// All partners.
pub fn partners() -> Vec<PartnerName> {
    let usual = (0..PARTIES).step_by(15).chain([RARE]);
    usual.map(|number| End(number).partner()).collect()
}

/// The identity number of a patient: of nobody, for its month is 80 too high, as in the national synthetic population.
pub fn number_of(patient: u64) -> String {
    let candidates = (0..40).map(|more| {
        let mut rest = patient * 40 + more;
        let mut next = |limit: u64| {
            let part = rest % limit;
            rest /= limit;
            part
        };
        let (day, month, year) = (1 + next(28), 81 + next(12), next(100));
        format!("{day:02}{month:02}{year:02}{:03}", next(500))
    });
    candidates.filter_map(|nine| with_check_digits(&nine)).next().expect("one in forty has check digits")
}

fn with_check_digits(nine: &str) -> Option<String> {
    let mut digits: Vec<u32> = nine.chars().filter_map(|c| c.to_digit(10)).collect();
    for weights in [&[3, 7, 6, 1, 8, 9, 4, 5, 2][..], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2][..]] {
        let sum: u32 = weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        digits.push(Some((11 - sum % 11) % 11).filter(|check| *check < 10)?);
    }
    Some(digits.iter().map(u32::to_string).collect())
}

/// How long after it came something happened to it.
pub const A_MOMENT: Duration = Duration::from_secs(1);
