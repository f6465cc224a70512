//! The states of a small automaton as a table for ASCII texts: a step costs one look into it. Most values are ASCII, and the
//! patterns of messages have a handful of states; others are left to the automaton itself.

use regex_automata::Anchored;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::util::start;

/// A power of two, so that a state is an index without a check.
const STATES: usize = 32;
/// No text that came here can match any more.
const DEAD: u8 = 0;
/// The text is not ASCII.
const BEYOND: u8 = 1;

/// What each byte leads to from each state.
pub(super) struct AsciiTable {
    rows: Box<[[u8; 256]; STATES]>,
    start: u8,
    /// A bit for each state in which a text may end.
    is_final: u32,
}

impl AsciiTable {
    /// Of an automaton whose searches are anchored; `None` when it has too many states.
    pub fn of(automaton: &DFA) -> Option<Self> {
        let mut cache = automaton.create_cache();
        let start = automaton.start_state(&mut cache, &start::Config::new().anchored(Anchored::Yes)).ok()?;
        let mut rows = Box::new([[DEAD; 256]; STATES]);
        rows[usize::from(BEYOND)] = [BEYOND; 256];
        let mut known = Known(vec![start]);
        let mut done = 0;
        while let Some(&state) = known.0.get(done) {
            let row = &mut rows[usize::from(Known::number(done))];
            row[128..].fill(BEYOND);
            for (byte, next) in row[..128].iter_mut().enumerate() {
                *next = known.of(automaton.next_state(&mut cache, state, byte as u8).ok()?)?;
            }
            done += 1;
        }
        let is_final = known.final_states(automaton, &mut cache)?;
        // When states were made anew, the old numbers mean nothing.
        (cache.clear_count() == 0).then_some(Self { rows, start: Known::number(0), is_final })
    }

    /// Whether the whole text matches; `None` when it is not ASCII.
    pub fn matches(&self, text: &str) -> Option<bool> {
        let step = |state: u8, byte: u8| self.rows[usize::from(state) % STATES][usize::from(byte)];
        let end = text.bytes().fold(self.start, step);
        (end != BEYOND).then_some(self.is_final >> end & 1 == 1)
    }
}

/// The states met so far, in the order of their rows behind the first two.
struct Known(Vec<LazyStateID>);

impl Known {
    fn number(index: usize) -> u8 {
        index as u8 + BEYOND + 1
    }

    /// The row of a state; `None` when there is none left.
    fn of(&mut self, state: LazyStateID) -> Option<u8> {
        if state.is_dead() {
            return Some(DEAD);
        }
        let index = self.0.iter().position(|known| *known == state).unwrap_or_else(|| {
            self.0.push(state);
            self.0.len() - 1
        });
        (index + usize::from(BEYOND) + 1 < STATES).then(|| Self::number(index))
    }

    fn final_states(&self, automaton: &DFA, cache: &mut Cache) -> Option<u32> {
        let mut bits = 0;
        for (index, state) in self.0.iter().enumerate() {
            let end = automaton.next_eoi_state(cache, *state).ok()?;
            bits |= u32::from(end.is_match()) << Self::number(index);
        }
        Some(bits)
    }
}
