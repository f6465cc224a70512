//! The tables, and how their file is read. Its form is told in `fhir/no-basis/README.md`.
//!
//! The file is part of the program: a mistake in it is found by a test and never by a user.

/// Where the profiles of HL7 Norway stand.
const STEM: &str = "http://hl7.no/fhir/StructureDefinition/";

/// A profile.
#[derive(Debug)]
pub struct Profile {
    /// The type that it is of.
    pub of: &'static str,
    /// Its name: `no-basis-Patient`.
    pub name: &'static str,
    /// Its canonical URL.
    pub url: String,
    /// What it demands.
    pub demands: Vec<Demand>,
}

/// One thing that a profile demands.
#[derive(Debug)]
pub struct Demand {
    /// The profile's name.
    pub profile: &'static str,
    /// The element that it is about: its path, and by which member and value it is known; none for the whole.
    pub slice: Option<Slice>,
    /// Where, from there.
    pub path: &'static str,
    /// What.
    pub wish: Wish,
}

/// Some of the elements at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
    /// The path.
    pub path: &'static str,
    /// The member by which they are known, as a path.
    pub by: &'static str,
    /// Its value.
    pub value: &'static str,
}

/// What is demanded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// It is there.
    Some,
    /// It has this value.
    Fixed(&'static str),
    /// It has a code of this set: its name, system and codes.
    Code(&'static str, &'static str, Vec<&'static str>),
    /// It is as the profile of this name wants it.
    Type(&'static str),
    /// The extension of this URL stands there at most once.
    Once(&'static str),
}

/// Reads the file.
///
/// # Errors
/// What is wrong, and in which line, counted from 1.
pub(super) fn read(text: &'static str) -> Result<Vec<Profile>, String> {
    let mut profiles: Vec<Profile> = Vec::new();
    let mut slice = None;
    for (at, line) in text.lines().enumerate() {
        let words: Vec<&'static str> = line.split_whitespace().collect();
        let depth = line.len() - line.trim_start().len();
        let wrong = || format!("line {}: {line}", at + 1);
        match (depth, words.as_slice()) {
            (0, [] | ["#", ..] | ["codes", ..]) => {}
            (0, ["profile", of, name]) => {
                slice = None;
                profiles.push(Profile { of, name, url: format!("{STEM}{name}"), demands: Vec::new() });
            }
            (1, ["slice", path, known]) => {
                let (by, value) = known.split_once('=').ok_or_else(wrong)?;
                slice = Some(Slice { path, by, value });
            }
            (1 | 2, [word, path, rest @ ..]) => {
                let profile = profiles.last_mut().ok_or_else(wrong)?;
                let slice = slice.filter(|_| depth == 2);
                let wish = wish(word, rest, text).ok_or_else(wrong)?;
                profile.demands.push(Demand { profile: profile.name, slice, path, wish });
            }
            _ => return Err(wrong()),
        }
    }
    Ok(profiles)
}

fn wish(word: &str, rest: &[&'static str], text: &'static str) -> Option<Wish> {
    Some(match (word, rest) {
        ("some", []) => Wish::Some,
        ("fixed", [value]) => Wish::Fixed(value),
        ("type", [name]) => Wish::Type(name),
        ("once", [url]) => Wish::Once(url),
        ("code", [name]) => {
            let line = text.lines().find(|line| line.strip_prefix("codes ").is_some_and(|rest| rest.starts_with(name)))?;
            let mut words = line.split(' ').skip(2);
            Wish::Code(name, words.next()?, words.collect())
        }
        _ => return None,
    })
}
