//! Performs the script: sends each message, tells what happens, and waits until the gateway says that it has come to its end.

use super::board::{Board, End, Receipt, Row, number};
use super::cast::{CAPACITY, HOME_CARE, System, name_of, system_of};
use super::client::{Delivery, State};
use super::desk::{News, Said, What};
use super::letters::{Letter, Letters};
use super::script::{Script, Step};
use super::teller::{Colour, GATEWAY, Teller};
use super::town::Town;
use crate::domain::{Fault, MsgId};
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::time::Instant;

/// How often the gateway is asked while nothing is heard.
const ASK: Duration = Duration::from_millis(40);
/// A system that is down comes up again after so many vain attempts.
const VAIN_ATTEMPTS: u32 = 3;

/// The performance.
pub struct Story<'s, 'o> {
    pub teller: &'s mut Teller<'o>,
    pub town: &'s mut Town,
    pub letters: Letters,
    /// The AppRecs that came, by the MsgId that they answer.
    said: HashMap<String, Said>,
    /// Which message has come to which partner.
    arrived: HashSet<(&'static str, String)>,
    board: Board,
}

/// A message on its way.
struct OnItsWay {
    step: &'static Step,
    letter: Letter,
    tracking: String,
    /// Vain attempts that were told, and why the last of them was.
    vain: (u32, String),
}

impl<'s, 'o> Story<'s, 'o> {
    /// Nothing has happened yet.
    pub fn new(teller: &'s mut Teller<'o>, town: &'s mut Town, letters: Letters) -> Self {
        Self { teller, town, letters, said: HashMap::new(), arrived: HashSet::new(), board: Board::default() }
    }

    /// All of it.
    pub async fn perform(mut self, script: &'static Script, pause: Duration) -> Result<Board, Fault> {
        for (number, scene) in (1..).zip(script.scenes) {
            self.teller.heading(&format!("{number}. {}", scene.title));
            for step in scene.steps {
                self.listen(pause).await;
                self.play(step, script.patience).await?;
            }
        }
        Ok(self.board)
    }

    /// Only tells what happens, until somebody ends it.
    pub async fn go_on(mut self) {
        while let Some(news) = self.town.news.recv().await {
            self.hear(news);
        }
    }

    /// Tells what happens for so long.
    async fn listen(&mut self, span: Duration) {
        let until = Instant::now() + span;
        while let Ok(Some(news)) = tokio::time::timeout_at(until, self.town.news.recv()).await {
            self.hear(news);
        }
    }

    async fn play(&mut self, step: &'static Step, patience: Duration) -> Result<(), Fault> {
        if let Some(system) = step.down {
            self.town.close(system).await?;
            self.teller.happened(system.title, Colour::Yellow, "its system goes down for an update and refuses connections");
        }
        let letter = self.letters.write(step.letter)?;
        let tracking = self.town.send(&letter).await?;
        let (type_code, to) = (&letter.type_code, name_of(letter.to));
        let what = format!("{type_code} ({}) for {to}, stored as {tracking}", step.says);
        self.teller.passed(name_of(letter.from), GATEWAY, Colour::Plain, &what);
        let mut way = OnItsWay { step, letter, tracking, vain: (0, String::new()) };
        let state = self.follow(&mut way, patience).await?;
        if state.state == "held" {
            self.teller.happened(GATEWAY, Colour::Yellow, "holds it for a person; there is nobody to send an AppRec for");
        }
        for end in step.ends {
            let row = self.row(&way, end, &state);
            self.board.0.push(row);
        }
        Ok(())
    }

    /// Waits until the message has come to the ends of the script. What then has not, is a surprise.
    async fn follow(&mut self, way: &mut OnItsWay, patience: Duration) -> Result<State, Fault> {
        let until = Instant::now() + patience;
        loop {
            let state = self.town.client.state(Town::asker(&way.letter), &way.tracking).await?;
            self.tell_of_vain_attempts(way, &state)?;
            let ended = way.step.ends.iter().all(|end| self.has_ended(way, end, &state));
            if ended || Instant::now() > until {
                return Ok(state);
            }
            if let Ok(Some(news)) = tokio::time::timeout(ASK, self.town.news.recv()).await {
                self.hear(news);
            }
        }
    }

    fn tell_of_vain_attempts(&mut self, way: &mut OnItsWay, state: &State) -> Result<(), Fault> {
        let Some(system) = way.step.down else { return Ok(()) };
        let waits = |delivery: &&Delivery| delivery.partner == system.partner && delivery.state == "queued";
        let Some(delivery) = state.deliveries.iter().find(waits).filter(|delivery| delivery.attempts > way.vain.0) else {
            return Ok(());
        };
        way.vain = (delivery.attempts, delivery.last_cause.clone().unwrap_or_default());
        let (attempts, cause) = &way.vain;
        let what = format!("attempt {attempts} failed ({cause}); it will try again");
        self.teller.passed(GATEWAY, system.title, Colour::Yellow, &what);
        if *attempts >= VAIN_ATTEMPTS {
            self.town.open(system)?;
            self.teller.happened(system.title, Colour::Plain, "its system is up again");
        }
        Ok(())
    }

    fn hear(&mut self, News { at, what }: News) {
        let (colour, what) = match what {
            What::Message { msg_id, type_code } => {
                self.arrived.insert((at.partner, msg_id.key()));
                (Colour::Plain, type_code)
            }
            What::AppRec { answers, said } => {
                let told = (if said.positive { Colour::Green } else { Colour::Yellow }, in_words(&said));
                self.said.insert(answers.key(), said);
                told
            }
            What::Trouble(what) => return self.teller.happened(at.title, Colour::Red, what),
        };
        if fetches_files(at) {
            self.teller.happened(at.title, colour, &format!("finds in its folder: {what}"));
        } else {
            self.teller.passed(GATEWAY, at.title, colour, &what);
        }
    }

    fn has_ended(&self, way: &OnItsWay, end: &End, state: &State) -> bool {
        let has_it = |system: &System| self.arrived.contains(&(system.partner, way.letter.msg_id.key()));
        self.came_to(way, end, state) == (end.state.to_string(), end.receipt.clone()) && end.at.is_none_or(has_it)
    }

    fn came_to(&self, way: &OnItsWay, end: &End, state: &State) -> (String, Receipt) {
        let delivery = end.at.and_then(|system| delivery_to(system, state));
        let came_to = delivery.map_or(&state.state, |delivery| &delivery.state).clone();
        // A delivery that only reads along is not what an AppRec answers.
        let answered = |_: &&Said| came_to != "delivered";
        let receipt = self.said_of(&way.letter.msg_id).filter(answered).map_or(Receipt::None, Receipt::from);
        (came_to, receipt)
    }

    fn said_of(&self, msg_id: &MsgId) -> Option<&Said> {
        self.said.get(&msg_id.key())
    }

    fn row(&self, way: &OnItsWay, end: &End, state: &State) -> Row {
        let (came_to, receipt) = self.came_to(way, end, state);
        let as_written = self.has_ended(way, end, state);
        let to = match end.at {
            Some(system) if !system.owns(way.letter.to) => system.title,
            _ => name_of(way.letter.to),
        };
        Row {
            tracking: way.tracking.clone(),
            message: way.letter.type_code.clone(),
            from: name_of(way.letter.from),
            to,
            state: came_to,
            receipt,
            why: why(way, end, state),
            surprise: (!as_written).then(|| format!("{}, {}", end.state, end.receipt)),
        }
    }
}

/// Why it came so, in the gateway's own words.
fn why(way: &OnItsWay, end: &End, state: &State) -> String {
    let Some(system) = end.at else {
        let found = state.findings.first().map(|finding| format!("{}. {}", finding.rule, finding.message.en));
        return found.unwrap_or_default();
    };
    let to_it = format!(" to {} ", system.partner);
    let routed = state.history.iter().filter(|entry| entry.what == "routed").filter_map(|entry| entry.why.clone());
    let mut why = routed.into_iter().find(|why| why.contains(&to_it)).unwrap_or_default();
    if *system == CAPACITY {
        why += "; it reads along";
    }
    if let (Some(delivery), (1.., cause)) = (delivery_to(system, state), &way.vain) {
        why += &format!("; attempt {} arrived, before that: {cause}", delivery.attempts);
    }
    why
}

fn delivery_to<'s>(system: &System, state: &'s State) -> Option<&'s Delivery> {
    state.deliveries.iter().find(|delivery| system_of(&delivery.partner) == Some(system))
}

fn fetches_files(at: &System) -> bool {
    [&HOME_CARE, &CAPACITY].contains(&at)
}

fn in_words(said: &Said) -> String {
    let (version, from) = (number(said.version), name_of(said.from));
    let by = if said.by_gateway { ", written by the gateway on its behalf" } else { "" };
    let answer = if said.positive { "accepted".to_string() } else { format!("refused with {}", said.errors.join(", ")) };
    format!("AppRec {version} from {from}: {answer}{by}")
}
