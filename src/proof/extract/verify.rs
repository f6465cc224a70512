//! Verifies an extract as an auditor would: nothing is believed but the public key. The order of the checks decides what is told
//! first, and is the same in `docs/verify/verify.py`.

use super::manifest::{
    CONSISTENCY, Consistency, FORMAT, FORMER, HEAD, LINES, MANIFEST, Manifest, Opening, PROOFS, Proof, SEALS, SIGNATURE,
    Sealed, signed_text,
};
use super::rows::{ROW_BYTES_MAX, Rows, all, digest};
use super::verdict::{Broken, Place, Verified};
use crate::domain::{Digest, Fault};
use crate::proof::{
    Gap, Growing, PublicKey, Removal, Seal, SignedHead, TreeHead, includes, is_consistent, leaf, link, number_of,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// Why the reading ends early.
enum Stop {
    /// Something is not as it should be.
    Broken(Broken),
    /// It cannot be judged.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Goes on if something holds.
fn must(holds: bool, place: Place, what: &'static str) -> Result<(), Stop> {
    if holds { Ok(()) } else { Err(Stop::Broken(Broken { place, what })) }
}

/// A row, or the place where there should be one.
fn parsed<T: DeserializeOwned>(row: &[u8], place: Place, what: &'static str) -> Result<T, Stop> {
    let short = row.len() as u64 <= ROW_BYTES_MAX;
    let row = short.then(|| serde_json::from_slice(row).ok()).flatten();
    row.ok_or(Stop::Broken(Broken { place, what }))
}

/// Verifies the extract in a folder. Without a key, the one in its manifest is believed. `noted` are heads that somebody kept
/// earlier. What cannot be read at all is a fault.
pub fn verify(folder: &Path, key: Option<PublicKey>, noted: &[SignedHead]) -> Result<Verified, Fault> {
    let mut verified = Verified::default();
    match read(folder, key, noted, &mut verified) {
        Ok(()) => Ok(verified),
        Err(Stop::Broken(broken)) => Ok(Verified { broken: Some(broken), ..verified }),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// Reads the manifest. Nothing of it is used before it is known to be the log's own, where that can be known. True: it can.
fn open(folder: &Path, key: Option<PublicKey>) -> Result<(Manifest, bool), Stop> {
    let unreadable = || Fault::lasting("manifest.json: it is not that of an extract of this format");
    let (written, place) = (all(folder, MANIFEST)?, Place::File(MANIFEST));
    let opening: Opening = serde_json::from_slice(&written).map_err(|_| unreadable())?;
    let is_signed = opening.format == FORMAT;
    if !is_signed && opening.format != FORMER {
        return Err(unreadable().into());
    }
    must(key.is_none_or(|key| key == opening.key), place, "it names another key than the one that was given")?;
    if is_signed {
        let is_ours = opening.key.has_signed(&signed_text(&written), &all(folder, SIGNATURE)?);
        must(is_ours, place, "it is not signed with the key of the log")?;
    }
    let manifest: Manifest = serde_json::from_slice(&written).map_err(|_| unreadable())?;
    let wanted = &FILES[usize::from(!manifest.files.contains_key(CONSISTENCY))..];
    must(manifest.files.keys().eq(wanted), place, "it does not name the files of an extract")?;
    Ok((manifest, is_signed))
}

fn read(folder: &Path, key: Option<PublicKey>, noted: &[SignedHead], verified: &mut Verified) -> Result<(), Stop> {
    let (manifest, is_signed) = open(folder, key)?;
    verified.is_signed = is_signed;
    let manifest = &*verified.manifest.insert(manifest);
    let key = manifest.key;
    let head = std::str::from_utf8(&all(folder, HEAD)?).ok().and_then(|note| note.parse::<SignedHead>().ok());
    let head = head.ok_or(Stop::Broken(Broken { place: Place::File(HEAD), what: "it is not a signed head" }))?;
    must(head.is_signed_by(&key), Place::File(HEAD), "it is not signed with the key of the log")?;
    let sizes = noted.iter().map(|noted| noted.head().size).collect::<Vec<_>>();
    let (seals, roots) = read_seals(folder, head.head(), manifest.whole, &sizes)?;
    verified.unproven = judge_noted(folder, manifest, (head.head(), key), noted, &roots)?;
    let removal = if manifest.whole { removal(folder, &seals, &key)? } else { None };
    let gaps = removal.as_ref().map_or(&[][..], |removal| &removal.gaps);
    verified.lines = Walk::new(manifest, &seals, gaps).all(folder)?;
    verified.removed = gaps.iter().map(|gap| gap.lines).collect();
    for (name, written) in &manifest.files {
        let name = FILES.into_iter().find(|file| file == name).unwrap_or(MANIFEST);
        must(digest(folder, name)? == *written, Place::File(name), "it is not the file that the manifest names")?;
    }
    Ok(())
}

/// The files of an extract in the order of their names; the first need not be there.
const FILES: [&str; 5] = [CONSISTENCY, HEAD, LINES, PROOFS, SEALS];

/// Reads the seals; with the roots that their tree had at some sizes, if the extract has all of them.
fn read_seals(
    folder: &Path,
    head: &TreeHead,
    whole: bool,
    sizes: &[u64],
) -> Result<(Vec<Seal>, BTreeMap<u64, Digest>), Stop> {
    let mut rows = Rows::open(folder, SEALS)?;
    let (mut seals, mut tree, mut roots) = (Vec::<Seal>::new(), Growing::default(), BTreeMap::new());
    for number in 1.. {
        if sizes.contains(&tree.size()) {
            roots.insert(tree.size(), tree.root());
        }
        let Some(row) = rows.next()? else { break };
        let (place, what) = (Place::Row(SEALS, number), "it is not a seal with its path");
        let Sealed { text, path } = parsed(row, place, what)?;
        let seal = Seal::parse(&text).map_err(|_| Stop::Broken(Broken { place, what }))?;
        let before = seals.last();
        let next = before.map_or(1, |before| before.number + 1);
        must(seal.number >= next, Place::Seal(seal.number), "it stands twice or out of order")?;
        must(!whole || seal.number == next, Place::Seal(next), "it is missing")?;
        let fits = if seal.number == next { seal.follows(before) } else { before.is_none_or(|b| seal.first > b.last) };
        must(fits, Place::Seal(seal.number), "it does not begin where the seal before it ends")?;
        // RFC 9162, 2.1.3.2, in the tree of seals.
        let is_sealed = includes(head.root, head.size, seal.leaf(), seal.number - 1, &path);
        must(is_sealed, Place::Seal(seal.number), "it is not under the signed head")?;
        tree.add(seal.leaf());
        seals.push(seal);
    }
    must(!whole || tree.size() == head.size, Place::Seal(tree.size() + 1), "it is missing")?;
    Ok((seals, if whole { roots } else { BTreeMap::new() }))
}

/// The newest line that says what was removed, is signed by the log, and fits its seals. Whether it stands in the log is judged with
/// all the other lines.
fn removal(folder: &Path, seals: &[Seal], key: &PublicKey) -> Result<Option<Removal>, Stop> {
    let mut lines = Rows::open(folder, LINES)?;
    let mut newest = None;
    while let Some(text) = lines.next()? {
        let short = text.len() as u64 <= ROW_BYTES_MAX;
        let said = Removal::of_line(text).filter(|said| short && said.is_signed_by(key) && said.is_of(seals));
        newest = said.or(newest);
    }
    Ok(newest)
}

/// Whether the log still begins with what it was at heads that were noted; gives the sizes of those that cannot be compared.
fn judge_noted(
    folder: &Path,
    manifest: &Manifest,
    (head, key): (&TreeHead, PublicKey),
    noted: &[SignedHead],
    roots: &BTreeMap<u64, Digest>,
) -> Result<Vec<u64>, Stop> {
    let proof: Option<Consistency> = match manifest.files.contains_key(CONSISTENCY) {
        true => Some(parsed(&all(folder, CONSISTENCY)?, Place::File(CONSISTENCY), "it is not a proof of consistency")?),
        false => None,
    };
    let mut unproven = Vec::new();
    for signed in noted {
        let (earlier, place) = (signed.head(), Place::Noted(signed.head().size));
        let is_ours = earlier.origin == head.origin && signed.is_signed_by(&key);
        must(is_ours, place, "it is of another log, or not signed with the key of this one")?;
        must(earlier.size <= head.size, place, "the log is shorter: its end was cut off, or an older copy was put back")?;
        let path = proof.as_ref().filter(|proof| proof.from == earlier.size).map(|proof| proof.path.as_slice());
        let begins = match (roots.get(&earlier.size), path) {
            _ if earlier.size == head.size => earlier.root == head.root,
            (Some(root), _) => earlier.root == *root,
            // RFC 9162, 2.1.4.2, in the tree of seals.
            (None, Some(path)) => is_consistent((earlier.size, earlier.root), (head.size, head.root), path),
            (None, None) => {
                unproven.push(earlier.size);
                true
            }
        };
        must(begins, place, "the log no longer begins with it: it was written anew")?;
    }
    Ok(unproven)
}

/// The number of a line, where one was asked for.
fn bound(manifest: &Manifest, asked: Option<i64>) -> Option<u64> {
    let asked = asked.filter(|_| manifest.asked.kind == "lines").and_then(|number| u64::try_from(number).ok());
    asked.filter(|number| *number > 0)
}

/// The way through the lines.
struct Walk<'v> {
    manifest: &'v Manifest,
    seals: &'v [Seal],
    /// Where lines may be missing, because a line says that they were removed.
    gaps: &'v [Gap],
    first: Option<u64>,
    last: Option<u64>,
    count: u64,
    /// Where every line is there: the link of the last one.
    link: Digest,
    /// The line that must come next, where that is known.
    next: Option<u64>,
}

impl<'v> Walk<'v> {
    fn new(manifest: &'v Manifest, seals: &'v [Seal], gaps: &'v [Gap]) -> Self {
        let next = if manifest.whole { Some(1) } else { bound(manifest, manifest.asked.from) };
        Self { manifest, seals, gaps, first: None, last: None, count: 0, link: Digest::ZERO, next }
    }

    fn all(mut self, folder: &Path) -> Result<Option<(u64, u64)>, Stop> {
        let (mut lines, mut proofs) = (Rows::open(folder, LINES)?, Rows::open(folder, PROOFS)?);
        while let Some(text) = lines.next()? {
            let number = number_of(text).filter(|_| text.len() as u64 <= ROW_BYTES_MAX);
            let place = Place::Row(LINES, self.count + 1);
            let number = number.ok_or(Stop::Broken(Broken { place, what: "it is not a line of a log" }))?;
            self.is_next(number)?;
            let seal = self.is_proven(number, leaf(text), &mut proofs)?;
            self.continues(leaf(text), number, seal)?;
            self.first = self.first.or(Some(number));
            (self.last, self.count) = (Some(number), self.count + 1);
        }
        self.ends()?;
        let more = proofs.next()?.is_some();
        must(!more, Place::Row(PROOFS, proofs.number), "it is the proof of no line")?;
        must(self.count == self.manifest.lines, Place::File(MANIFEST), "it says another number of lines")?;
        Ok(self.first.zip(self.last))
    }

    /// Numbers ascend; without a gap where none is allowed.
    fn is_next(&mut self, number: u64) -> Result<(), Stop> {
        must(self.last.is_none_or(|last| number > last), Place::Line(number), "it stands twice or out of order")?;
        let next = self.next.map(|next| self.behind_gaps(next, number));
        must(next.is_none_or(|next| number == next), Place::Line(next.unwrap_or(number)), "it is missing")?;
        self.next = Some(number + 1).filter(|_| self.manifest.whole || self.manifest.asked.kind == "lines");
        Ok(())
    }

    /// The line that comes next where those in between were removed; the last of their seals has the link to go on with.
    fn behind_gaps(&mut self, next: u64, number: u64) -> u64 {
        let mut next = next;
        while let Some((gap, others)) = self.gaps.split_first()
            && gap.lines.0 <= next
        {
            if gap.lines.0 == next && gap.lines.1 < number {
                let last = usize::try_from(gap.seals.1).ok().and_then(|last| self.seals.get(last.checked_sub(1)?));
                self.link = last.map_or(Digest::ZERO, |seal| seal.link);
                next = gap.lines.1 + 1;
            }
            self.gaps = others;
        }
        next
    }

    /// The line stands in its seal (RFC 9162, 2.1.3.2).
    fn is_proven(&self, number: u64, leaf: Digest, proofs: &mut Rows) -> Result<&'v Seal, Stop> {
        let place = Place::Line(number);
        let row = proofs.next()?.unwrap_or_default();
        let proof: Proof = parsed(row, Place::Row(PROOFS, self.count + 1), "it is not a proof")?;
        must(proof.number == number, place, "it has no proof")?;
        let seal = self.seals.binary_search_by_key(&proof.seal, |seal| seal.number).ok().map(|at| &self.seals[at]);
        let seal = seal.filter(|seal| (seal.first..=seal.last).contains(&number));
        let seal = seal.ok_or(Stop::Broken(Broken { place, what: "the seal that its proof names is not there" }))?;
        let is_sealed = includes(seal.root, seal.lines(), leaf, number - seal.first, &proof.path);
        must(is_sealed, place, "it is not what was sealed").map(|()| seal)
    }

    /// Where every line is there, the chain is followed too. Its seal's root needs no second look: each line is proven to be in it.
    fn continues(&mut self, leaf: Digest, number: u64, seal: &Seal) -> Result<(), Stop> {
        self.link = link(self.link, leaf);
        let is_chained = !self.manifest.whole || number < seal.last || self.link == seal.link;
        must(is_chained, Place::Seal(seal.number), "its link is not that of its lines")
    }

    /// Nothing is missing at the end.
    fn ends(&self) -> Result<(), Stop> {
        let end = match self.manifest.whole {
            true => self.seals.last().map(|seal| seal.last),
            false => bound(self.manifest, self.manifest.asked.to),
        };
        let is_there = end.is_none_or(|end| self.last.is_some_and(|last| last >= end));
        must(is_there, Place::Line(self.next.or(end).unwrap_or(1)), "it is missing")
    }
}
