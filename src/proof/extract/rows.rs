//! Files of rows, written and read one row at a time, with the digest of all that went by.

use crate::domain::{Digest, Fault};
use crate::proof::digest;
use aws_lc_rs::digest::{Context, SHA256};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::Path;

/// The longest row. What is longer was not written by us.
pub(super) const ROW_BYTES_MAX: u64 = 1 << 20;

/// A fault with the name of the file, which is one of ours.
fn of_file<'n>(name: &'n str) -> impl Fn(std::io::Error) -> Fault + 'n {
    move |error| match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Fault::storage_full(format!("{name}: {error}")),
        _ => Fault::lasting(format!("{name}: {error}")),
    }
}

/// A file that is written.
pub(super) struct Written {
    name: &'static str,
    file: BufWriter<File>,
    context: Context,
}

impl Written {
    /// A new file; there must be none of that name.
    pub(super) fn create(folder: &Path, name: &'static str) -> Result<Self, Fault> {
        let file = File::create_new(folder.join(name)).map_err(of_file(name))?;
        Ok(Self { name, file: BufWriter::new(file), context: Context::new(&SHA256) })
    }

    /// Adds bytes as they are.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.context.update(bytes);
        self.file.write_all(bytes).map_err(of_file(self.name))
    }

    /// Adds a row.
    pub(super) fn row(&mut self, text: &str) -> Result<(), Fault> {
        self.add(text.as_bytes())?;
        self.add(b"\n")
    }

    /// When it is on disk: its name and its digest.
    pub(super) fn end(self) -> Result<(String, Digest), Fault> {
        let file = self.file.into_inner().map_err(|error| of_file(self.name)(error.into_error()))?;
        file.sync_all().map_err(of_file(self.name))?;
        Ok((self.name.to_owned(), digest::end(self.context)))
    }
}

/// A file that is read.
pub(super) struct Rows {
    name: &'static str,
    file: BufReader<File>,
    row: Vec<u8>,
    /// How many rows have been read.
    pub(super) number: u64,
}

impl Rows {
    /// Opens a file that must be there.
    pub(super) fn open(folder: &Path, name: &'static str) -> Result<Self, Fault> {
        let file = File::open(folder.join(name)).map_err(of_file(name))?;
        Ok(Self { name, file: BufReader::new(file), row: Vec::new(), number: 0 })
    }

    /// The next row, without its newline. One that is too long comes cut off, as a row of more than [`ROW_BYTES_MAX`].
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Fault> {
        self.row.clear();
        let read = (&mut self.file).take(ROW_BYTES_MAX + 1).read_until(b'\n', &mut self.row).map_err(of_file(self.name))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(self.row.strip_suffix(b"\n").unwrap_or(&self.row)))
    }
}

/// All of a small file.
pub(super) fn all(folder: &Path, name: &'static str) -> Result<Vec<u8>, Fault> {
    let mut rows = Rows::open(folder, name)?;
    let mut all = Vec::new();
    let limit = 4 * ROW_BYTES_MAX;
    (&mut rows.file).take(limit + 1).read_to_end(&mut all).map_err(of_file(name))?;
    (all.len() as u64 <= limit).then_some(all).ok_or_else(|| Fault::lasting(format!("{name}: it is too long")))
}

/// The digest of a file.
pub(super) fn digest(folder: &Path, name: &'static str) -> Result<Digest, Fault> {
    let mut file = Rows::open(folder, name)?.file;
    let mut context = Context::new(&SHA256);
    loop {
        let some = file.fill_buf().map_err(of_file(name))?;
        if some.is_empty() {
            return Ok(digest::end(context));
        }
        context.update(some);
        let read = some.len();
        file.consume(read);
    }
}
