//! Logs in memory, with seals and signed heads, and the extracts that are made of them.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use bindeledd::domain::{Timestamp, hex};
use bindeledd::proof::extract::{Asked, Made, Manifest, Writer};
use bindeledd::proof::{Gap, Interval, PublicKey, Seal, SignedHead, Tree, TreeHead, leaf};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The lines of each seal.
pub const LENGTHS: [u64; 6] = [5, 1, 9, 16, 2, 7];
pub const LINES: u64 = 40;
/// The line that says that the lines of the first two seals were removed.
pub const REMOVAL: u64 = 33;

/// A log in memory.
pub struct Log {
    pub lines: Vec<String>,
    pub seals: Vec<Seal>,
    pub tree: Tree,
    pub pair: Ed25519KeyPair,
    pub key: PublicKey,
}

impl Log {
    pub fn new(story: &str, seed: u8) -> Self {
        Self::with(seed, &|log, number| log.line(number, story))
    }

    /// A line as this log has it when it has come so far.
    pub fn line(&self, number: u64, story: &str) -> String {
        if number == REMOVAL { self.removal(&[Gap::over(&self.seals[..2])]) } else { line(number, story) }
    }

    /// A log with other lines.
    pub fn with(seed: u8, text: &dyn Fn(&Self, u64) -> String) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key");
        let key = PublicKey(pair.public_key().as_ref().try_into().expect("32 bytes"));
        let mut log = Self { lines: Vec::new(), seals: Vec::new(), tree: Tree::default(), pair, key };
        for length in LENGTHS {
            let mut interval = Interval::after(log.seals.last());
            for _ in 0..length {
                let text = text(&log, log.lines.len() as u64 + 1);
                interval.add(leaf(text.as_bytes()));
                log.lines.push(text);
            }
            let seal = interval.seal(Timestamp::from_millis(1_700_000_000_000)).expect("it has lines");
            log.tree.add(seal.leaf());
            log.seals.push(seal);
        }
        log
    }

    /// A line that says what was removed.
    pub fn removal(&self, gaps: &[Option<Gap>]) -> String {
        let (mut said, mut signed) = (Vec::new(), "bindeledd-removed-1\n".to_owned());
        for Gap { seals, lines, root } in gaps.iter().flatten() {
            said.push(format!(r#"{{"seals":[{},{}],"lines":[{},{}],"root":"{root}"}}"#, seals.0, seals.1, lines.0, lines.1));
            signed += &format!("{} {} {} {} {root}\n", seals.0, seals.1, lines.0, lines.1);
        }
        let signature = hex::text(self.pair.sign(signed.as_bytes()).as_ref());
        let facts = format!(r#"{{"removed":"history","gaps":[{}],"signature":"{signature}"}}"#, said.join(","));
        let before = format!(r#"{{"number":{REMOVAL},"message":null,"delivery":null,"at":{REMOVAL}"#);
        format!(r#"{before},"what":"removed","why":"as it was","facts":{facts}}}"#)
    }

    /// The signed head as it was when there were so many seals.
    pub fn head(&self, size: u64) -> SignedHead {
        let origin = "bindeledd.example/log/test".parse().expect("a name");
        let head = TreeHead { origin, size, root: self.tree.root(size).expect("it was so large") };
        SignedHead::sign(head, self.key, |text| self.sign(text)).expect("signs")
    }

    /// What nobody can make without the key.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.pair.sign(text).as_ref().try_into().expect("64 bytes")
    }

    /// Signs the manifest of an extract, whatever it says by now.
    pub fn sign_again(&self, folder: &Path) {
        let manifest = fs::read(folder.join("manifest.json")).expect("reads");
        let signature = self.sign(&[b"bindeledd-extract-2\n", manifest.as_slice()].concat());
        fs::write(folder.join("manifest.sig"), signature).expect("written");
    }

    pub fn last_head(&self) -> SignedHead {
        self.head(self.seals.len() as u64)
    }

    /// Writes an extract of the lines that are wanted, with the seals of all lines from `begin` on that have some.
    pub fn extract(&self, folder: &Path, kind: &Kind) -> Manifest {
        let head = self.last_head();
        let mut writer = Writer::create(folder, &head, self.key, &self.tree, kind.earlier).expect("a new folder");
        for seal in &self.seals {
            let of_it = &self.lines[seal.first as usize - 1..seal.last as usize];
            let wanted = |number: u64| (kind.wanted)(number);
            if (seal.first..=seal.last).any(wanted) {
                let mut piece = writer.piece(&seal.text()).expect("in order");
                for (number, text) in (seal.first..).zip(of_it) {
                    piece.line(text, wanted(number)).expect("it is the next");
                }
                piece.end().expect("they are what was sealed");
            } else if kind.all_seals {
                writer.seal_without_lines(&seal.text()).expect("in order");
            }
        }
        let (from, to) = kind.bounds.unzip();
        let asked = Asked { kind: kind.asked.into(), from, to, patient: Some("p-7f3a".into()) };
        let made = Made { asked, purpose: "audit".into(), who: "auditor".into(), at: 1 };
        writer.end(made, |text| self.sign(text)).expect("it is written")
    }

    /// The same extract of this log, in a folder `e` of its own.
    pub fn folder_of(&self, kind: &Kind) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        self.extract(&folder.path().join("e"), kind);
        folder
    }
}

/// Every third line is of no message, and has what came later to the form of a line.
pub fn line(number: u64, story: &str) -> String {
    let why = serde_json::to_string(&format!("{story}, \"øst\" \\ \u{2028}\n {number}")).expect("JSON");
    let (message, more) = match number % 3 {
        0 => ("null".to_owned(), r#","who":"operator","facts":{"n":1.50}"#),
        _ => (number.to_string(), ""),
    };
    format!(r#"{{"number":{number},"message":{message},"delivery":null,"at":{number},"what":"routed","why":{why}{more}}}"#)
}

/// An extract to try things with.
pub struct Kind {
    pub name: &'static str,
    pub asked: &'static str,
    pub wanted: fn(u64) -> bool,
    pub bounds: Option<(i64, i64)>,
    pub all_seals: bool,
    pub earlier: Option<u64>,
    pub is_whole: bool,
}

pub const KINDS: [Kind; 5] = {
    let kind = Kind {
        name: "",
        asked: "patient",
        wanted: |_| true,
        bounds: None,
        all_seals: false,
        earlier: None,
        is_whole: false,
    };
    [
        Kind { name: "whole", is_whole: true, all_seals: true, ..kind },
        // The lines of two seals were removed when their time was over.
        Kind { name: "kept", is_whole: true, all_seals: true, wanted: |n| n > 6, earlier: Some(0), ..kind },
        Kind { name: "patient", wanted: |n| matches!(n, 2 | 3 | 6 | 20 | 31 | 39), earlier: Some(3), ..kind },
        Kind { name: "range", asked: "lines", wanted: |n| (4..=17).contains(&n), bounds: Some((4, 17)), ..kind },
        Kind { name: "nothing", wanted: |_| false, earlier: Some(6), ..kind },
    ]
};
