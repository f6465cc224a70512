//! Glushkov's construction: every occurrence of an element or wildcard becomes a position, with the positions that may follow.

use super::super::source::syntax::At;
use super::part::Part;

/// The positions of one content model. Occurrence bounds are unrolled, so this bounds them too.
pub(super) const POSITIONS: usize = 20_000;

/// All pairs of a position and one that may follow it.
const FOLLOWERS: usize = 1_000_000;

/// How deep parts may stand in each other.
const DEPTH: usize = 1_000;

/// Too many positions, followers or levels: what, and the bound.
pub(super) struct TooMany(pub &'static str, pub usize);

pub(super) struct Position<'p> {
    /// The element or wildcard.
    pub part: &'p Part,
    pub at: At,
    pub follow: Vec<u32>,
}

/// What a part can begin and end with.
struct Ends {
    is_nullable: bool,
    first: Vec<u32>,
    last: Vec<u32>,
}

pub(super) struct Positions<'p> {
    pub all: Vec<Position<'p>>,
    pub first: Vec<u32>,
    /// Positions that the content may end with.
    pub last: Vec<u32>,
    pub is_nullable: bool,
    followers: usize,
    depth: usize,
}

impl<'p> Positions<'p> {
    pub fn of(part: &'p Part) -> Result<Self, TooMany> {
        let mut new =
            Positions { all: Vec::new(), first: Vec::new(), last: Vec::new(), is_nullable: false, followers: 0, depth: 0 };
        let ends = new.add(part)?;
        (new.first, new.last, new.is_nullable) = (ends.first, ends.last, ends.is_nullable);
        Ok(new)
    }

    fn add(&mut self, part: &'p Part) -> Result<Ends, TooMany> {
        if self.depth == DEPTH {
            return Err(TooMany("levels in a content model", DEPTH));
        }
        self.depth += 1;
        let ends = match part {
            Part::Empty => Ok(Ends { is_nullable: true, first: Vec::new(), last: Vec::new() }),
            Part::Never => Ok(Ends { is_nullable: false, first: Vec::new(), last: Vec::new() }),
            Part::Element { at, .. } | Part::Any { at, .. } => self.position(part, *at),
            Part::Sequence(parts) => self.sequence(parts),
            Part::Choice(parts) => self.choice(parts),
            Part::Repeat { part, min, max } => self.repeat(part, *min, *max),
        };
        self.depth -= 1;
        ends
    }

    fn position(&mut self, part: &'p Part, at: At) -> Result<Ends, TooMany> {
        if self.all.len() == POSITIONS {
            return Err(TooMany("elements in a content model, occurrences counted", POSITIONS));
        }
        let number = self.all.len() as u32;
        self.all.push(Position { part, at, follow: Vec::new() });
        Ok(Ends { is_nullable: false, first: vec![number], last: vec![number] })
    }

    fn sequence(&mut self, parts: &'p [Part]) -> Result<Ends, TooMany> {
        let mut whole = Ends { is_nullable: true, first: Vec::new(), last: Vec::new() };
        for part in parts {
            let next = self.add(part)?;
            self.join(&whole.last, &next.first)?;
            if whole.is_nullable {
                whole.first.extend(&next.first);
            }
            if !next.is_nullable {
                whole.last.clear();
            }
            whole.last.extend(next.last);
            whole.is_nullable &= next.is_nullable;
        }
        Ok(whole)
    }

    fn choice(&mut self, parts: &'p [Part]) -> Result<Ends, TooMany> {
        let mut whole = Ends { is_nullable: false, first: Vec::new(), last: Vec::new() };
        for part in parts {
            let next = self.add(part)?;
            whole.first.extend(next.first);
            whole.last.extend(next.last);
            whole.is_nullable |= next.is_nullable;
        }
        Ok(whole)
    }

    /// `part{min,max}` as a chain of copies, each of which begins only when the one before has ended: `(p (p (p)?)?)?`, never
    /// `p? p? p?`. A part that can be empty is repeated as if it could not, any number of times up to the greatest.
    fn repeat(&mut self, part: &'p Part, min: u32, max: Option<u32>) -> Result<Ends, TooMany> {
        let mut before = self.add(part)?;
        let needed = if before.is_nullable { 0 } else { min };
        let mut whole = Ends { is_nullable: needed == 0, first: before.first.clone(), last: Vec::new() };
        let copies = max.unwrap_or(needed.max(1));
        for copy in 1..=copies {
            if copy >= needed {
                whole.last.extend(&before.last);
            }
            if copy < copies {
                let next = self.add(part)?;
                self.join(&before.last, &next.first)?;
                before = next;
            }
        }
        if max.is_none() {
            self.join(&before.last, &before.first)?;
        }
        Ok(whole)
    }

    fn join(&mut self, last: &[u32], first: &[u32]) -> Result<(), TooMany> {
        self.followers += last.len() * first.len();
        if self.followers > FOLLOWERS {
            return Err(TooMany("steps in a content model", FOLLOWERS));
        }
        for position in last {
            self.all[*position as usize].follow.extend(first);
        }
        Ok(())
    }
}
