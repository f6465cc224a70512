//! The senders: each sends letter after letter, and the same bytes again until it is told something about them.

use super::letters::{At, GP, HJEMMETJENESTE, HOSPITAL, Letter, NOBODY, TILDELING, UNKNOWN_SERVICE};
use super::partners::{FILES, token};
use super::plain_http::post;
use bindeledd::domain::{Chance, Seeded, new_uuid};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Before the same bytes are sent again.
const PAUSE: Duration = Duration::from_millis(5);
/// Between two letters of one sender, so that all of them are under way but the queue stays short.
const BREATH: Duration = Duration::from_millis(2);
/// A sender has so many conversations open at a time.
const CONVERSATIONS: usize = 4;

/// What all senders know.
pub struct Orders {
    gateway: SocketAddr,
    enough: AtomicBool,
}

impl Orders {
    pub fn new(gateway: SocketAddr) -> Self {
        Self { gateway, enough: AtomicBool::new(false) }
    }

    /// Everybody finishes the letter in hand and goes home.
    pub fn enough(&self) {
        self.enough.store(true, Ordering::SeqCst);
    }

    fn is_enough(&self) -> bool {
        self.enough.load(Ordering::SeqCst)
    }
}

/// One letter and what became known of it to its sender.
pub struct Sent {
    pub by: &'static str,
    /// `None` for bytes that are no message.
    pub letter: Option<Letter>,
    pub text: String,
    /// The tracking id of its receipt; `None` when it was turned away, or put into a folder.
    pub tracking: Option<String>,
    /// How often it was sent.
    pub times: usize,
}

/// Sends over HTTP until it is enough.
pub fn send(orders: &Orders, (by, at): (&'static str, At), seed: u64) -> Vec<Sent> {
    let mut author = Author::new(at, seed);
    let mut all = Vec::new();
    while !orders.is_enough() {
        let (letter, text) = author.next();
        let mut sent = Sent { by, letter, text, tracking: None, times: 0 };
        tell(orders, &mut sent);
        if author.chance.next_u64().is_multiple_of(20) && sent.tracking.is_some() {
            let told = sent.tracking.clone();
            tell(orders, &mut sent);
            assert_eq!(sent.tracking, told, "the same message got another receipt");
        }
        all.push(sent);
        std::thread::sleep(BREATH);
    }
    all
}

/// Sends until there is an answer. Only 202 and 422 are answers: whatever else comes is the gateway's own trouble.
fn tell(orders: &Orders, sent: &mut Sent) {
    loop {
        sent.times += 1;
        match post(orders.gateway, "/messages", &token(sent.by), sent.text.as_bytes()) {
            Ok(answer) if answer.status == 202 => {
                assert!(sent.letter.is_some(), "a receipt for what is no message");
                sent.tracking = Some(answer.field("tracking").expect("a receipt names its message"));
                return;
            }
            Ok(answer) if answer.status == 422 => {
                assert!(sent.letter.is_none(), "turned away: {}", answer.body);
                return;
            }
            Ok(answer) => assert_eq!(answer.status, 503, "{}", answer.body),
            // It is dead, or died before it had answered.
            Err(_) => {}
        }
        std::thread::sleep(PAUSE);
    }
}

/// Puts files into a folder until it is enough: written under another name, then renamed.
pub fn drop_files(orders: &Orders, folder: &Path, seed: u64) -> Vec<Sent> {
    let (by, at) = FILES;
    let mut author = Author::new(at, seed);
    let mut all = Vec::new();
    while !orders.is_enough() {
        let (letter, text) = author.next();
        let name = folder.join(format!("{:05}.tmp", all.len()));
        std::fs::write(&name, &text).expect("writes");
        std::fs::rename(&name, name.with_extension("xml")).expect("renames");
        all.push(Sent { by, letter, text, tracking: None, times: 1 });
        std::thread::sleep(10 * BREATH);
    }
    all
}

/// Thinks out letters.
struct Author {
    at: At,
    chance: Seeded,
    /// The first message of a conversation, and to whom it went.
    conversations: Vec<(String, At)>,
}

impl Author {
    fn new(at: At, seed: u64) -> Self {
        Self { at, chance: Seeded::new(seed), conversations: Vec::new() }
    }

    fn below(&self, limit: usize) -> usize {
        (self.chance.next_u64() % limit as u64) as usize
    }

    fn next(&mut self) -> (Option<Letter>, String) {
        let dice = self.below(30);
        if dice == 0 {
            return (None, format!("<!-- {} --><MsgHead", new_uuid(&self.chance)));
        }
        let others: Vec<At> = [GP, HJEMMETJENESTE, HOSPITAL, TILDELING].into_iter().filter(|at| *at != self.at).collect();
        let mut letter = Letter::new(new_uuid(&self.chance), self.at, others[self.below(others.len())]);
        letter.filler_bytes = self.below(3000);
        match dice {
            1 => letter.to = NOBODY,
            2 => letter.to = UNKNOWN_SERVICE,
            3 => letter.patient = false,
            4 => letter.copy = others.iter().copied().find(|at| *at != letter.to),
            5..=20 => self.go_on(&mut letter),
            _ => {}
        }
        let text = letter.xml();
        (Some(letter), text)
    }

    /// Makes the letter the next of an open conversation, or the first of a new one.
    fn go_on(&mut self, letter: &mut Letter) {
        if self.conversations.len() < CONVERSATIONS || self.below(10) == 0 {
            self.conversations.truncate(CONVERSATIONS - 1);
            self.conversations.insert(0, (letter.msg_id.clone(), letter.to));
            return;
        }
        let (first, to) = self.conversations[self.below(self.conversations.len())].clone();
        letter.conversation = Some(first);
        letter.to = to;
    }
}
