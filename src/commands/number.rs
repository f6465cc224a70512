//! The number of a person is read from a file or from standard input: on the command line itself others would see it.

use crate::domain::PersonId;
use std::io::Read;
use std::path::Path;

/// The longest number of a person, in bytes.
const NUMBER_MAX_BYTES: u64 = 100;

/// Reads the number of a person; `-` is standard input. Of which kind it is, `system` says.
pub(super) fn person_in(file: &Path, system: &str) -> Result<PersonId, String> {
    let mut text = String::new();
    let read = match file == Path::new("-") {
        true => std::io::stdin().lock().take(NUMBER_MAX_BYTES).read_to_string(&mut text),
        false => std::fs::File::open(file).and_then(|file| file.take(NUMBER_MAX_BYTES).read_to_string(&mut text)),
    };
    read.map_err(|error| format!("the number of the patient cannot be read: {error}"))?;
    let number = text.trim();
    if number.is_empty() || number.lines().count() > 1 {
        return Err("the file with the number of the patient must have that number in it, and nothing else".into());
    }
    Ok(PersonId::new(number.to_owned(), system))
}
