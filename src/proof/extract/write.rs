//! Writes an extract, seal by seal. Of an interval it holds the leaf hashes; of the log, the tree of seals that it is given.

use super::manifest::{
    Asked, CONSISTENCY, Consistency, FORMAT, HEAD, LINES, MANIFEST, Made, Manifest, PROOFS, Proof, SEALS, SIGNATURE, Sealed,
    signed_text,
};
use super::rows::{ROW_BYTES_MAX, Written};
use crate::domain::{Digest, Fault};
use crate::proof::{PublicKey, Seal, SignedHead, Tree, leaf, number_of};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// An extract that is being written. Its manifest comes last: a folder without one is not an extract.
pub struct Writer<'t> {
    lines: Written,
    proofs: Written,
    sealed: Written,
    signature: Written,
    manifest: Written,
    files: BTreeMap<String, Digest>,
    seals: &'t Tree,
    head: &'t SignedHead,
    key: PublicKey,
    /// The last seal that was written.
    last: u64,
    count: u64,
    /// Nothing has been left out since the first line.
    is_gapless: bool,
    /// The lines of a seal are on their way.
    is_open: bool,
}

/// The lines of one seal, on their way into an extract. All of them must pass, so that their tree can be built.
pub struct Piece<'w, 't> {
    writer: &'w mut Writer<'t>,
    seal: Seal,
    tree: Tree,
    kept: Vec<u64>,
}

/// A row as JSON.
fn json(row: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(row).map_err(Fault::lasting)
}

/// What is wrong with the log itself, which `log verify` names better than an extract could.
fn not_whole(what: impl std::fmt::Display) -> Fault {
    Fault::lasting(format!(
        "no extract can be made: {what}; `bindeledd log verify` says where the log is not what was written"
    ))
}

impl<'t> Writer<'t> {
    /// Begins an extract in a new folder. `seals` has the leaf of each seal, at least as many as the head; `earlier` is the size
    /// of a head that somebody noted, from which the way to this one shall be proven.
    pub fn create(
        folder: &Path,
        head: &'t SignedHead,
        key: PublicKey,
        seals: &'t Tree,
        earlier: Option<u64>,
    ) -> Result<Self, Fault> {
        let size = head.head().size;
        if !head.is_signed_by(&key) || seals.root(size) != Some(head.head().root) {
            return Err(not_whole("the signed head is not that of the seals"));
        }
        fs::create_dir(folder).map_err(|error| Fault::lasting(format!("the folder of the extract: {error}")))?;
        let mut files = BTreeMap::new();
        let mut file = |name, text: &str| -> Result<(), Fault> {
            let mut file = Written::create(folder, name)?;
            file.add(text.as_bytes())?;
            files.extend([file.end()?]);
            Ok(())
        };
        file(HEAD, head.note())?;
        if let Some(from) = earlier {
            let path = seals.consistency(from, size);
            let path = path.ok_or_else(|| Fault::lasting("the earlier head is of more seals than there are"))?;
            file(CONSISTENCY, &format!("{}\n", json(&Consistency { from, path })?))?;
        }
        let create = |name| Written::create(folder, name);
        let (lines, proofs, sealed) = (create(LINES)?, create(PROOFS)?, create(SEALS)?);
        let (signature, manifest) = (create(SIGNATURE)?, create(MANIFEST)?);
        let (last, count, is_gapless, is_open) = (0, 0, true, false);
        Ok(Self { lines, proofs, sealed, signature, manifest, files, seals, head, key, last, count, is_gapless, is_open })
    }

    /// Writes the next seal, and takes the lines that it closes.
    pub fn piece(&mut self, text: &str) -> Result<Piece<'_, 't>, Fault> {
        let seal = self.seal(text)?;
        self.is_open = true;
        Ok(Piece { writer: self, seal, tree: Tree::default(), kept: Vec::new() })
    }

    /// Writes the next seal alone: its lines were removed when their time was over, and a later line says so.
    pub fn seal_without_lines(&mut self, text: &str) -> Result<(), Fault> {
        self.seal(text).map(drop)
    }

    fn seal(&mut self, text: &str) -> Result<Seal, Fault> {
        let seal = Seal::parse(text).map_err(not_whole)?;
        let size = self.head.head().size;
        let path = self.seals.inclusion(seal.number - 1, size).filter(|_| seal.number > self.last && !self.is_open);
        let path = path.ok_or_else(|| Fault::lasting("seals of an extract must ascend, and be under its head"))?;
        self.is_gapless &= seal.number == self.last + 1;
        self.last = seal.number;
        self.sealed.row(&json(&Sealed { text: text.to_owned(), path })?)?;
        Ok(seal)
    }

    /// Writes the manifest and its signature. `sign` has the private half of the key; what it gives is verified before it is believed.
    pub fn end(mut self, made: Made, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Result<Manifest, Fault> {
        let Made { asked, purpose, who, at } = made;
        if self.is_open || is_identity_number(&asked) {
            return Err(Fault::lasting(
                "an extract needs all lines of its last seal, and a pseudonym where it is of a patient",
            ));
        }
        for file in [self.lines, self.proofs, self.sealed] {
            self.files.extend([file.end()?]);
        }
        let whole = self.is_gapless && self.last == self.head.head().size && (self.count > 0 || self.last == 0);
        let (format, lines, key, files) = (FORMAT.to_owned(), self.count, self.key, self.files);
        let manifest = Manifest { format, asked, purpose, who, at, lines, whole, key, files };
        let written = format!("{}\n", serde_json::to_string_pretty(&manifest).map_err(Fault::lasting)?);
        let signature = sign(&signed_text(written.as_bytes()));
        if !key.has_signed(&signed_text(written.as_bytes()), &signature) {
            return Err(Fault::lasting("the key that signs the log does not fit its public key"));
        }
        self.signature.add(&signature)?;
        self.signature.end()?;
        self.manifest.add(written.as_bytes())?;
        self.manifest.end()?;
        Ok(manifest)
    }
}

/// True when somebody has put an identity number where the pseudonym of a patient belongs.
fn is_identity_number(asked: &Asked) -> bool {
    asked.patient.as_ref().is_some_and(|patient| patient.len() == 11 && patient.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Piece<'_, '_> {
    /// The next line of the seal: its exact text, and whether it belongs into the extract.
    pub fn line(&mut self, text: &str, kept: bool) -> Result<(), Fault> {
        let number = self.seal.first + self.tree.size();
        if number_of(text.as_bytes()) != Some(number) || text.len() as u64 > ROW_BYTES_MAX || text.contains('\n') {
            return Err(not_whole(format!("line {number} is not there")));
        }
        self.tree.add(leaf(text.as_bytes()));
        if kept {
            self.writer.lines.row(text)?;
            self.kept.push(number);
        }
        self.writer.is_gapless &= kept;
        Ok(())
    }

    /// When all lines have passed: their proofs.
    pub fn end(self) -> Result<(), Fault> {
        let Self { writer, seal, tree, kept } = self;
        if tree.size() != seal.lines() || tree.root(seal.lines()) != Some(seal.root) {
            return Err(not_whole(format!("the lines of seal {} are not those that were sealed", seal.number)));
        }
        for number in kept {
            let path = tree.inclusion(number - seal.first, seal.lines()).unwrap_or_default();
            writer.proofs.row(&json(&Proof { number, seal: seal.number, path })?)?;
            writer.count += 1;
        }
        writer.is_open = false;
        Ok(())
    }
}
