//! Names of elements and attributes as the field writes them: with its usual prefix.

use crate::messages::place::PREFIXES;
use crate::schema::{Choices, Found, SchemaName, Written};

/// A name of the schema.
pub fn name(name: &SchemaName) -> String {
    match PREFIXES.iter().find(|(_, namespace)| *namespace == &*name.namespace) {
        Some((prefix, _)) => format!("{prefix}:{}", name.local),
        None => name.local.to_string(),
    }
}

/// A name as found. One that no schema has is shown when it looks like a name of a field, and not when it could be a person's.
pub fn found(found: &Found, text: &str) -> Option<String> {
    match found {
        Found::Known(known) => Some(name(known)),
        Found::Written(as_written) => written(*as_written, text),
    }
}

/// The same for what a sender wrote.
pub fn written(written: Written, text: &str) -> Option<String> {
    const LENGTH_MAX: usize = 64;
    const DIGITS_MAX: usize = 4;
    let name = written.read(text);
    let harmless = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let shown = !name.is_empty() && name.len() <= LENGTH_MAX && digits <= DIGITS_MAX && name.chars().all(harmless);
    shown.then(|| name.to_string())
}

/// Several names, in order.
pub fn list(names: &[SchemaName]) -> String {
    names.iter().map(|one| format!("`{}`", name(one))).collect::<Vec<_>>().join(", ")
}

/// What could stand somewhere: the names, then the words for "or others" and "or the end".
pub fn choices(choices: &Choices, more: &str, others: &str, end: &str) -> String {
    let mut parts: Vec<String> = choices.elements.iter().map(|choice| format!("`{}`", name(&choice.name))).collect();
    if choices.more > 0 {
        parts.push(format!("{} {more}", choices.more));
    }
    if choices.others {
        parts.push(others.to_string());
    }
    if choices.end {
        parts.push(end.to_string());
    }
    parts.join(", ")
}
