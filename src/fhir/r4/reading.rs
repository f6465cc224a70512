//! How the file of definitions is read. Its form is told in `fhir/r4/README.md`.
//!
//! The file is part of the program: a mistake in it is found by a test and never by a user.

use super::primitive::Primitive;
use super::tables::{CodeSet, Element, Facts, Kind, R4, Slot, Type, TypeId};
use std::collections::HashMap;

/// One bit of a `u128` for each element of a type.
const ELEMENTS_MAX: usize = 128;
/// One place for each choice of a type, while an object is judged.
pub(in crate::fhir) const CHOICES_MAX: usize = 16;

/// Reads the whole file.
///
/// # Errors
/// What is wrong, and in which line, counted from 1.
pub(super) fn read(text: &'static str) -> Result<R4, String> {
    let mut reading = Reading::default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        reading.line(line).map_err(|what| format!("line {}: {what}", at + 1))?;
    }
    reading.finish()
}

/// A type as the file has it: its lines wait until all names are known.
struct Head {
    name: &'static str,
    base: &'static str,
    kind: Kind,
    lines: Vec<&'static str>,
}

#[derive(Default)]
struct Reading {
    heads: Vec<Head>,
    open: Vec<&'static str>,
    code_sets: Vec<CodeSet>,
    in_codes: bool,
}

impl Reading {
    fn line(&mut self, line: &'static str) -> Result<(), String> {
        if let Some(inner) = line.strip_prefix(' ') {
            return self.inner_line(inner);
        }
        let (word, rest) = line.split_once(' ').ok_or("a word and more are wanted")?;
        self.in_codes = word == "codes";
        match word {
            "codes" => self.code_sets.push(CodeSet { name: rest, systems: Vec::new() }),
            "open" => self.open = rest.split(' ').collect(),
            _ => {
                let (name, base) = rest.split_once(' ').ok_or("a name and a base are wanted")?;
                let kind = kind(word, name).ok_or_else(|| format!("`{word} {name}` is no kind of a type"))?;
                self.heads.push(Head { name, base, kind, lines: Vec::new() });
            }
        }
        Ok(())
    }

    fn inner_line(&mut self, line: &'static str) -> Result<(), String> {
        if !self.in_codes {
            self.heads.last_mut().ok_or("an element without a type")?.lines.push(line);
            return Ok(());
        }
        let set = self.code_sets.last_mut().ok_or("codes without a set")?;
        let mut parts = line.split('\t');
        let system = parts.next().unwrap_or_default();
        let codes: Vec<&str> = parts.collect();
        if codes.is_empty() || !codes.is_sorted() {
            return Err("codes are wanted, sorted".into());
        }
        set.systems.push((system, codes));
        Ok(())
    }

    fn finish(self) -> Result<R4, String> {
        let ids = (0..).map(TypeId);
        let mut names: Vec<(&'static str, TypeId)> = self.heads.iter().map(|head| head.name).zip(ids).collect();
        names.sort_unstable();
        let known = Known {
            types: names.iter().copied().collect(),
            code_sets: (0..).zip(&self.code_sets).map(|(at, set)| (set.name, at)).collect(),
            open: self.open,
        };
        let fact = |name| known.type_id(name);
        let facts = Facts {
            element: fact("Element")?,
            resource: fact("Resource")?,
            reference: fact("Reference")?,
            coding: fact("Coding")?,
            concept: fact("CodeableConcept")?,
            bundle: fact("Bundle")?,
        };
        let mut r4 =
            R4 { types: Vec::new(), slots: Vec::new(), code_sets: self.code_sets, targets: Vec::new(), names, facts };
        for head in &self.heads {
            let made = make(head, &known, &mut r4).map_err(|what| format!("{}: {what}", head.name))?;
            r4.types.push(made);
        }
        Ok(r4)
    }
}

fn kind(word: &str, name: &str) -> Option<Kind> {
    Some(match word {
        "abstract" => Kind::Abstract,
        "datatype" => Kind::Datatype,
        "resource" => Kind::Resource,
        "part" => Kind::Part,
        "primitive" => Kind::Primitive(Primitive::by_name(name)?),
        _ => return None,
    })
}

/// All names of the file.
struct Known {
    types: HashMap<&'static str, TypeId>,
    code_sets: HashMap<&'static str, u16>,
    open: Vec<&'static str>,
}

impl Known {
    fn type_id(&self, name: &str) -> Result<TypeId, String> {
        self.types.get(name).copied().ok_or_else(|| format!("`{name}` is no type"))
    }
}

/// Makes a type from its lines and from its base, which stands above it.
fn make(head: &Head, known: &Known, r4: &mut R4) -> Result<Type, String> {
    let base = if head.base == "-" { None } else { Some(known.type_id(head.base)?) };
    let from_base = base.map(|base| r4.types.get(usize::from(base.0)).ok_or("its base stands below it")).transpose()?;
    let mut elements = from_base.map(|base| base.elements.clone()).unwrap_or_default();
    let mut slots = from_base.map(|base| r4.slots(base).to_vec()).unwrap_or_default();
    for line in &head.lines {
        element(line, known, &mut elements, &mut slots, &mut r4.targets).map_err(|what| format!("`{line}`: {what}"))?;
    }
    let choices = elements.iter().filter(|element| element.choice.is_some()).count();
    if elements.len() > ELEMENTS_MAX || choices > CHOICES_MAX {
        return Err("it has more elements than the tables hold".into());
    }
    slots.sort_unstable_by_key(|slot| slot.name);
    if let Some(twice) = slots.windows(2).find(|two| two[0].name == two[1].name) {
        return Err(format!("`{}` stands there twice", twice[0].name));
    }
    let required = elements.iter().enumerate().filter(|(_, e)| e.required).fold(0, |bits, (at, _)| bits | 1 << at);
    let from = length(r4.slots.len());
    r4.slots.append(&mut slots);
    Ok(Type { name: head.name, kind: head.kind, base, elements, slots: from..length(r4.slots.len()), required })
}

fn length(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// `name[x] ? one another=codes Reference>This|That`
fn element(
    line: &'static str,
    known: &Known,
    elements: &mut Vec<Element>,
    slots: &mut Vec<Slot>,
    targets: &mut Vec<TypeId>,
) -> Result<(), String> {
    let mut parts = line.split(' ');
    let (written, how_many) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (required, many) = match how_many {
        "?" => (false, false),
        "1" => (true, false),
        "*" => (false, true),
        "+" => (true, true),
        _ => return Err("it does not say how many".into()),
    };
    let stem = written.strip_suffix("[x]");
    let name = stem.unwrap_or(written);
    let choices = elements.iter().filter(|element| element.choice.is_some()).count();
    let choice = stem.map(|_| u8::try_from(choices).unwrap_or(u8::MAX));
    let number = u8::try_from(elements.len()).map_err(|_| "too many elements")?;
    elements.push(Element { name, choice, required, many });
    let mut alternatives: Vec<&'static str> = parts.collect();
    if alternatives == ["open"] {
        alternatives.clone_from(&known.open);
    }
    if alternatives.is_empty() || alternatives.len() > 1 && stem.is_none() {
        return Err("one type is wanted".into());
    }
    for alternative in alternatives {
        let (type_name, listed) = alternative.split_once('>').unwrap_or((alternative, ""));
        let (type_name, codes) = type_name.split_once('=').unwrap_or((type_name, ""));
        let from = length(targets.len());
        for target in listed.split('|').filter(|target| !target.is_empty()) {
            targets.push(known.type_id(target)?);
        }
        let codes = match codes {
            "" => None,
            name => Some(*known.code_sets.get(name).ok_or_else(|| format!("`{name}` is no code set"))?),
        };
        let json_name = if stem.is_some() { choice_name(name, type_name) } else { name };
        let slot = Slot {
            name: json_name,
            element: number,
            type_id: known.type_id(type_name)?,
            codes,
            targets: (from, length(targets.len())),
        };
        slots.push(slot);
    }
    Ok(())
}

/// `value` and `dateTime` make `valueDateTime`. The tables are read once and live as long as the program.
fn choice_name(stem: &str, type_name: &str) -> &'static str {
    // A profile of a type is written as the type.
    let type_name = if type_name == "SimpleQuantity" { "Quantity" } else { type_name };
    let (first, rest) = type_name.split_at(1);
    format!("{stem}{}{rest}", first.to_ascii_uppercase()).leak()
}
