//! A mutant of a number: the same number, seed and originals give the same mutant.

use super::given::{Dice, Given};
use super::kinds::{KINDS, Kind};
use super::originals::{Original, is_readable};
use super::outline::Outline;

/// A changed message.
pub struct Mutant {
    pub number: usize,
    pub kind: &'static str,
    pub is_harmless: bool,
    /// Which of the originals it was made of.
    pub original: usize,
    pub text: String,
    /// The lines on which a first complaint is right; empty when nobody can say.
    pub lines: Vec<usize>,
}

/// Two mutations, one after the other: nobody says where the first complaint is right.
const TWICE: &str = "two_at_once";

/// The number of kinds.
pub const fn kinds() -> usize {
    KINDS.len() + 1
}

/// Makes mutants.
pub struct Breeder<'a> {
    pub seed: u64,
    pub originals: &'a [Original],
    pub types: &'a [(String, String)],
}

impl Breeder<'_> {
    /// The mutant of a number; the kinds take turns. `None` when the kind found nothing to change in many messages.
    pub fn mutant(&self, number: usize) -> Option<Mutant> {
        let dice = Dice::new(self.seed ^ (number as u64).wrapping_mul(0xD1B5_4A32_D192_ED03));
        (0..40).find_map(|_| self.try_once(number, &dice))
    }

    fn try_once(&self, number: usize, dice: &Dice) -> Option<Mutant> {
        let original = self.choose(dice);
        let text = &self.originals[original].text;
        let of_kind = |kind: &'static Kind, text: &str| {
            let outline = Outline::of(text);
            let made = (kind.make)(&Given { outline: &outline, dice, types: self.types })?;
            (made.text != text && is_readable(&made.text)).then_some(made)
        };
        let mutant = match KINDS.get(number % kinds()) {
            Some(kind) => {
                let made = of_kind(kind, text)?;
                let (kind, is_harmless) = (kind.name, kind.is_harmless);
                Mutant { number, kind, is_harmless, original, text: made.text, lines: made.lines }
            }
            None => {
                let first = of_kind(&KINDS[dice.below(KINDS.len())], text)?;
                let second = of_kind(&KINDS[dice.below(KINDS.len())], &first.text)?;
                Mutant { number, kind: TWICE, is_harmless: false, original, text: second.text, lines: Vec::new() }
            }
        };
        Some(mutant)
    }

    /// Any original, the big ones seldom.
    fn choose(&self, dice: &Dice) -> usize {
        loop {
            let chosen = dice.below(self.originals.len());
            if self.originals[chosen].text.len() < 64 * 1024 || dice.below(20) == 0 {
                return chosen;
            }
        }
    }
}
