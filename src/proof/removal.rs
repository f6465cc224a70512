//! What was removed from the log because its time was over: whole seals, of which the lines go and the seal stays. A line of the log
//! says so and is signed for, and lines may be missing where the newest such line says it, and nowhere else.
//!
//! Each such line names all gaps that there are, also those of lines before it: it may be removed itself, and a later one says the same.

use super::PublicKey;
use super::seal::Seal;
use super::tree::Growing;
use crate::domain::{Digest, Particular, Particulars, hex};
use serde::Deserialize;

/// The first line of what is signed.
const HEADING: &str = "bindeledd-removed-1";

/// Lines of consecutive seals that were removed.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Gap {
    /// The first and the last seal.
    pub seals: (u64, u64),
    /// The first and the last line.
    pub lines: (u64, u64),
    /// The root of the tree over the leaves of these seals (RFC 9162, 2.1.1).
    pub root: Digest,
}

/// What a line of the log says was removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removal {
    /// The number of that line.
    pub line: u64,
    /// What is not there, in order.
    pub gaps: Vec<Gap>,
    signature: [u8; 64],
}

/// A line, as far as it says what was removed.
#[derive(Deserialize)]
struct Said {
    number: u64,
    message: Option<u64>,
    what: String,
    facts: Facts,
}

#[derive(Deserialize)]
struct Facts {
    removed: String,
    gaps: Vec<Gap>,
    signature: String,
}

impl Gap {
    /// The gap over some consecutive seals; `None` without any.
    pub fn over(seals: &[Seal]) -> Option<Self> {
        let (first, last) = (seals.first()?, seals.last()?);
        let mut tree = Growing::default();
        seals.iter().for_each(|seal| tree.add(seal.leaf()));
        Some(Self { seals: (first.number, last.number), lines: (first.first, last.last), root: tree.root() })
    }
}

/// What is signed: each gap on a line of its own.
fn text(gaps: &[Gap]) -> String {
    let line = |gap: &Gap| {
        let Gap { seals, lines, root } = gap;
        format!("{} {} {} {} {root}\n", seals.0, seals.1, lines.0, lines.1)
    };
    format!("{HEADING}\n{}", gaps.iter().map(line).collect::<String>())
}

impl Removal {
    /// What a line says that is about to be written: all gaps, and the signature over them.
    pub fn particulars(gaps: &[Gap], sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Particulars {
        let pair = |(first, last): (u64, u64)| Particular::from(vec![(first as i64).into(), (last as i64).into()]);
        let said = |gap: &Gap| {
            let said = Particulars::default().with("seals", pair(gap.seals)).with("lines", pair(gap.lines));
            Particular::from(said.with("root", gap.root))
        };
        let signature = hex::text(&sign(text(gaps).as_bytes()));
        Particulars::default()
            .with("gaps", gaps.iter().map(said).collect::<Vec<_>>())
            .with("signature", Particular::Word(signature))
    }

    /// Reads it out of the exact text of a line; `None` where that says nothing of the kind.
    pub fn of_line(line: &[u8]) -> Option<Self> {
        const WORD: &[u8] = br#""what":"removed""#;
        if !line.windows(WORD.len()).any(|some| some == WORD) {
            return None;
        }
        let said: Said = serde_json::from_slice(line).ok()?;
        let Facts { removed, gaps, signature } = said.facts;
        let is_one = said.message.is_none() && said.what == "removed" && removed == "history";
        let mut before = (0, 0);
        let are_in_order = gaps.iter().all(|gap| {
            let (seals, lines) = (gap.seals, gap.lines);
            let fits = before.0 < seals.0 && seals.0 <= seals.1 && before.1 < lines.0 && lines.0 <= lines.1;
            before = (seals.1, lines.1);
            fits
        });
        let is_behind = before.1 < said.number && said.number <= i64::MAX as u64;
        let signature = hex::read(&signature)?;
        (is_one && are_in_order && is_behind).then_some(Self { line: said.number, gaps, signature })
    }

    /// True when the log's own key signed it.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.has_signed(text(&self.gaps).as_bytes(), &self.signature)
    }

    /// True when these are all seals of the log from the first on, and the gaps are over some of them.
    pub fn is_of(&self, seals: &[Seal]) -> bool {
        self.gaps.iter().all(|gap| {
            let of_it = usize::try_from(gap.seals.0 - 1).ok().zip(usize::try_from(gap.seals.1).ok());
            let of_it = of_it.and_then(|(first, last)| seals.get(first..last));
            of_it.and_then(Gap::over).as_ref() == Some(gap)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::proof::{Interval, leaf};
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

    fn seals() -> Vec<Seal> {
        let mut seals: Vec<Seal> = Vec::new();
        for length in 1..=4 {
            let mut interval = Interval::after(seals.last());
            for _ in 0..length {
                interval.add(leaf(b"a line"));
            }
            seals.extend(interval.seal(Timestamp::from_millis(1)));
        }
        seals
    }

    fn pair() -> (Ed25519KeyPair, PublicKey) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key");
        let key = PublicKey(pair.public_key().as_ref().try_into().expect("32 bytes"));
        (pair, key)
    }

    /// A line as the log has it.
    fn line(gaps: &[Gap]) -> String {
        let (pair, _) = pair();
        let signature = hex::text(pair.sign(text(gaps).as_bytes()).as_ref());
        let said: Vec<String> = gaps
            .iter()
            .map(|Gap { seals, lines, root }| {
                format!(r#"{{"seals":[{},{}],"lines":[{},{}],"root":"{root}"}}"#, seals.0, seals.1, lines.0, lines.1)
            })
            .collect();
        format!(
            r#"{{"number":11,"message":null,"delivery":null,"at":5,"what":"removed","why":"x","facts":{{"removed":"history","more":1,"gaps":[{}],"signature":"{signature}"}}}}"#,
            said.join(",")
        )
    }

    #[test]
    fn what_a_line_says_was_removed_is_read_signed_and_held_against_the_seals() {
        let seals = seals();
        let gaps = [Gap::over(&seals[..1]).expect("a gap"), Gap::over(&seals[2..3]).expect("a gap")];
        assert_eq!((gaps[0].lines, gaps[1].lines), ((1, 1), (4, 6)));
        let removal = Removal::of_line(line(&gaps).as_bytes()).expect("it says so");
        assert_eq!((removal.line, removal.gaps.as_slice()), (11, gaps.as_slice()));
        assert!(removal.is_signed_by(&pair().1) && !removal.is_signed_by(&PublicKey([1; 32])));
        assert!(removal.is_of(&seals) && !removal.is_of(&seals[..2]) && !removal.is_of(&[]));
        let other = Gap { lines: (1, 2), ..gaps[0].clone() };
        assert!(!Removal::of_line(line(&[other]).as_bytes()).expect("it says so").is_of(&seals));
        assert_eq!(Gap::over(&[]), None);
    }

    #[test]
    fn a_line_that_says_it_in_another_way_says_nothing() {
        let seals = seals();
        let gaps = [Gap::over(&seals[..1]).expect("a gap"), Gap::over(&seals[2..3]).expect("a gap")];
        let good = line(&gaps);
        for (part, other) in [
            (r#""message":null"#, r#""message":3"#),
            (r#""what":"removed""#, r#""what":"routed""#),
            (r#""removed":"history""#, r#""removed":"content""#),
            (r#""seals":[1,1]"#, r#""seals":[0,1]"#),
            (r#""seals":[3,3]"#, r#""seals":[1,3]"#),
            (r#""seals":[3,3]"#, r#""seals":[3,2]"#),
            (r#""lines":[4,6]"#, r#""lines":[1,6]"#),
            (r#""lines":[4,6]"#, r#""lines":[4,11]"#),
            (r#""lines":[4,6]"#, r#""lines":[4,6,7]"#),
            (r#""lines":[4,6]"#, r#""lines":[4.0,6]"#),
            (r#""gaps":"#, r#""gaps":[],"gaps":"#),
            (r#""signature":""#, r#""signature":"0"#),
            (r#""number":11"#, r#""number":6"#),
        ] {
            assert!(good.contains(part), "{part}");
            assert_eq!(Removal::of_line(good.replacen(part, other, 1).as_bytes()), None, "{other}");
        }
        let changed = good.replacen(r#""lines":[4,6]"#, r#""lines":[4,7]"#, 1);
        let changed = Removal::of_line(changed.as_bytes()).expect("it is of the form");
        assert!(!changed.is_signed_by(&pair().1) && !changed.is_of(&seals));
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let (pair, key) = pair();
        let gaps = [Gap::over(&seals()[..3]).expect("a gap")];
        let said = Removal::particulars(&gaps, |text| pair.sign(text).as_ref().try_into().expect("64 bytes"));
        let names: Vec<_> = said.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["gaps", "signature"]);
        let (_, Particular::Word(signature)) = said.iter().nth(1).expect("a signature") else { panic!("a word") };
        let removal = Removal { line: 9, gaps: gaps.to_vec(), signature: hex::read(signature).expect("digits") };
        assert!(removal.is_signed_by(&key));
    }
}
