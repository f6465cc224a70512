//! The files of the folder `mappings`, read once. Their grammar stands in `mappings/README.md`.

use std::sync::LazyLock;

use super::place::{self, keep};
use super::program::{CodeMap, Constant, Given, Kind, Leaf, Namespace, Program, Root, Row, Type, Way};
use super::words;
use crate::fhir::{self, Json, Object};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../mappings/", $name, ".map")))),*]
    };
}

/// Every file, by name and text.
pub(super) const FILES: [(&str, &str); 26] = files![
    "namespaces",
    "codes",
    "felleskomponent",
    "msghead",
    "apprec",
    "dialogmelding",
    "epj",
    "plo/diagnose",
    "plo/forsendelse",
    "plo/fravarsmelding",
    "plo/funksjon",
    "plo/helseopplysninger",
    "plo/helseopplysninger-til-lege",
    "plo/hendelse",
    "plo/hjelpemidler",
    "plo/innleggelsesrapport",
    "plo/kommunikasjon",
    "plo/medisinske-opplysninger",
    "plo/medisinskfaglig",
    "plo/orientering-om-tjenestetilbud",
    "plo/pasientlogistikk",
    "plo/person",
    "plo/sykepleie",
    "plo/time",
    "plo/tjeneste",
    "plo/utskrivningsrapport",
];

/// All mappings.
pub(super) static PROGRAM: LazyLock<Program> = LazyLock::new(|| match read(&FILES) {
    Ok(program) => program,
    // Shown by every test that uses a mapping; what is shipped has passed them.
    Err(troubles) => panic!("{}", troubles.join("\n")),
});

/// Reads files; tells everything that is wrong with them.
pub(super) fn read(files: &[(&'static str, &'static str)]) -> Result<Program, Vec<String>> {
    let mut reading = Reading::default();
    for (file, text) in files {
        for (number, line) in text.lines().enumerate() {
            if let Err(why) = reading.line(without_comment(line)) {
                reading.troubles.push(format!("{file}.map:{}: {why}", number + 1));
            }
        }
    }
    reading.finish()
}

/// A row whose type may come in a later file.
struct Draft {
    of: usize,
    row: Row,
    inside: Option<&'static str>,
}

#[derive(Default)]
struct Reading {
    program: Program,
    drafts: Vec<Draft>,
    roots: Vec<(&'static str, &'static str)>,
    /// Types that have the rows of another, in a namespace of their own.
    alike: Vec<(usize, &'static str)>,
    troubles: Vec<String>,
}

pub(super) fn without_comment(line: &'static str) -> &'static str {
    let end = if line.trim_start().starts_with('#') { 0 } else { line.find(" #").unwrap_or(line.len()) };
    line[..end].trim_end()
}

/// The first word, and what is behind it.
pub(super) fn word(text: &'static str) -> (&'static str, &'static str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

impl Reading {
    fn line(&mut self, line: &'static str) -> Result<(), String> {
        if line.is_empty() {
            return Ok(());
        }
        if line.starts_with(' ') {
            return self.inner_line(line.trim_start());
        }
        let (what, rest) = word(line);
        match what {
            "prefix" => self.prefix(rest),
            "root" => {
                self.roots.push(word(rest));
                Ok(())
            }
            "map" => self.map(rest),
            "type" => self.new_type(rest),
            other => Err(format!("no such line: {other}")),
        }
    }

    fn prefix(&mut self, rest: &'static str) -> Result<(), String> {
        let (prefix, mut rest) = word(rest);
        while !rest.is_empty() {
            let (name, behind) = word(rest);
            let (next, further) = word(behind);
            let version = if next.contains(':') { "" } else { next };
            rest = if version.is_empty() { behind } else { further };
            self.program.namespaces.push(Namespace { prefix, name, version });
            self.program.prefixes.push((prefix, name));
        }
        Ok(())
    }

    fn map(&mut self, rest: &'static str) -> Result<(), String> {
        let (name, pairs) = word(rest);
        let mut map = CodeMap::default();
        for pair in pairs.split_whitespace() {
            map.0.push(pair.split_once('=').ok_or_else(|| format!("no pair: {pair}"))?);
        }
        match self.program.maps.insert(name, map) {
            Some(_) => Err(format!("a second map {name}")),
            None => Ok(()),
        }
    }

    fn new_type(&mut self, rest: &'static str) -> Result<(), String> {
        let (name, like) = word(rest);
        let prefix = name.split_once(':').ok_or_else(|| format!("a type without prefix: {name}"))?.0;
        let number = self.program.types.len();
        self.program.types.push(Type {
            name,
            prefix,
            constants: Vec::new(),
            rows: Vec::new(),
            elements: Vec::new(),
            has_names: false,
            has_headings: false,
        });
        if let Some(other) = like.strip_prefix("like ") {
            self.alike.push((number, other.trim()));
        }
        match self.program.type_numbers.insert(name, number) {
            Some(_) => Err(format!("a second type {name}")),
            None => Ok(()),
        }
    }

    fn inner_line(&mut self, line: &'static str) -> Result<(), String> {
        let of = self.program.types.len().checked_sub(1).ok_or("a row outside of a type")?;
        match line.strip_prefix("+ ") {
            Some(constant) => {
                let constant = read_constant(constant)?;
                self.program.types[of].constants.push(constant);
            }
            None => {
                let prefix = self.program.types[of].prefix;
                let (row, inside) = read_row(line, prefix)?;
                self.drafts.push(Draft { of, row, inside });
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Program, Vec<String>> {
        for mut draft in std::mem::take(&mut self.drafts) {
            if let Some(name) = draft.inside {
                match self.program.type_numbers.get(name) {
                    Some(number) => draft.row.kind = Kind::Inside(*number),
                    None => self.troubles.push(format!("{}: no type {name}", self.program.types[draft.of].name)),
                }
            }
            self.check_maps(&draft.row);
            self.program.types[draft.of].rows.push(draft.row);
        }
        for (number, other) in std::mem::take(&mut self.alike) {
            match self.program.type_numbers.get(other) {
                Some(other) => self.copy_rows(number, *other),
                None => self.troubles.push(format!("no type {other}")),
            }
        }
        for (name, kind) in std::mem::take(&mut self.roots) {
            match (self.program.type_numbers.get(name), name.split_once(':')) {
                (Some(of), Some((prefix, local))) => {
                    let kind = if kind == "here" { "" } else { kind };
                    self.program.roots.push(Root { prefix, local, of: *of, kind });
                }
                _ => self.troubles.push(format!("root {name}: no such type")),
            }
        }
        self.program.number();
        if self.troubles.is_empty() { Ok(self.program) } else { Err(self.troubles) }
    }

    fn copy_rows(&mut self, number: usize, other: usize) {
        let (prefix, from) = (self.program.types[number].prefix, self.program.types[other].prefix);
        let rows = self.program.types[other].rows.clone().into_iter();
        let rows = rows.map(|row| if row.prefix == from { Row { prefix, ..row } } else { row });
        self.program.types[number].rows = rows.collect();
        self.program.types[number].constants = self.program.types[other].constants.clone();
    }

    fn check_maps(&mut self, row: &Row) {
        if let Kind::Leaf(Leaf::Code(_, map) | Leaf::BooleanCode(map)) = row.kind
            && !self.program.maps.contains_key(map)
        {
            self.troubles.push(format!("{}: no map {map}", row.local));
        }
    }
}

fn read_constant(text: &'static str) -> Result<Constant, String> {
    let (place, value) = text.split_once(" = ").ok_or("a constant without value")?;
    let value = match value.trim() {
        "@patient" => Given::Patient,
        "@sender" => Given::Sender,
        "@receiver" => Given::Receiver,
        "@absent" => Given::Json(Object::new().with("extension", vec![absent()]).into()),
        json => Given::Json(
            fhir::read(keep(json.replace("{G}", words::BASE)).as_bytes(), &fhir::Limits::default())
                .map_err(|why| why.to_string())?,
        ),
    };
    Ok(Constant { place: place::read(place.trim())?, value })
}

/// Why a value is not there: it is not known.
fn absent() -> Json<'static> {
    Object::new().with("url", words::ABSENT).with("valueCode", "unknown").into()
}

/// A row, and the name of its type where it has one.
fn read_row(line: &'static str, of: &'static str) -> Result<(Row, Option<&'static str>), String> {
    let (is_loose, line) = line.strip_prefix("| ").map_or((false, line), |rest| (true, rest));
    let (name, rest) = word(line);
    let (often, rest) = word(rest);
    let is_many = matches!(often, "+" | "*");
    let (name, is_attribute) = name.strip_prefix('@').map_or((name, false), |name| (name, true));
    let (prefix, local) = name.split_once(':').unwrap_or((if is_attribute { "" } else { of }, name));
    let (kind, rest) = read_kind(rest)?;
    let (kind, inside) = match kind {
        Ok(kind) => (kind, None),
        Err(name) => (Kind::Inside(0), Some(name)),
    };
    let mut parts = rest.split(" + ");
    let rest = parts.next().unwrap_or_default();
    let constants = parts.map(read_constant).collect::<Result<_, _>>()?;
    let (rest, otherwise) = rest.split_once(" else ").unwrap_or((rest, ""));
    let otherwise = if otherwise.is_empty() { Vec::new() } else { place::read(otherwise.trim())? };
    let (way, place) = read_way(rest.trim(), inside.is_some())?;
    let mut names = local.split('+');
    let (local, more) = (names.next().unwrap_or_default(), names.collect());
    let row = Row {
        prefix,
        // What needs all rows comes when all have been read.
        prefix_number: 0,
        has_a_twin: false,
        label: "",
        local,
        more,
        is_attribute,
        is_loose,
        kind,
        way,
        place,
        otherwise,
        is_many,
        constants,
    };
    Ok((row, inside))
}

/// A kind, or the name of a type.
type KindOrType = Result<Kind, &'static str>;

fn read_kind(text: &'static str) -> Result<(KindOrType, &'static str), String> {
    let (name, rest) = word(text);
    let (first, behind) = word(rest);
    let leaf = match name {
        "ST" => Leaf::Text,
        "WORD" => Leaf::Word,
        "URI" => Leaf::Uri,
        "BOOL" => Leaf::Boolean,
        "INT" => Leaf::Integer,
        "DEC" => Leaf::Decimal,
        "DATE" => Leaf::Date,
        "GYEAR" => Leaf::Year,
        "DATETIME" | "INSTANT" => Leaf::DateTime,
        "MSGID" => Leaf::MessageId,
        "TS" => Leaf::Stamp,
        "CV" => Leaf::CodedValue,
        "PQ" => Leaf::Quantity,
        "IDENT" if first.bytes().all(|byte| byte.is_ascii_digit()) && !first.is_empty() => {
            return Ok((Ok(Kind::Leaf(Leaf::Identifier(Some(keep(words::list(first)))))), behind));
        }
        "IDENT" => Leaf::Identifier(None),
        "ID" => Leaf::Id,
        "URL" => Leaf::Url,
        "ADDRESS" => Leaf::Address,
        "TELECOM" => Leaf::Telecom,
        "B64" => Leaf::Base64,
        "ANY" => Leaf::Any,
        "CS" => return Ok((Ok(Kind::Leaf(coded(first)?)), behind)),
        "BOOLCODE" => return Ok((Ok(Kind::Leaf(Leaf::BooleanCode(first))), behind)),
        "CODE" => {
            let (map, behind) = word(behind);
            return Ok((Ok(Kind::Leaf(Leaf::Code(keep(words::list(first)), map))), behind));
        }
        "FIXED" => return Ok((Ok(Kind::Fixed(rest.trim())), "")),
        "USUAL" => return Ok((Ok(Kind::Usual(first)), behind)),
        "DROPPED" => return Ok((Ok(Kind::Dropped), "")),
        "OPAQUE" => return Ok((Ok(Kind::Opaque), rest)),
        "CONTENT" => return Ok((Ok(Kind::Content), rest)),
        name if name.contains(':') => return Ok((Err(name), rest)),
        other => return Err(format!("no such kind: {other}")),
    };
    Ok((Ok(Kind::Leaf(leaf)), rest))
}

/// A list, or two: `7448,plo-1.5=9078`.
fn coded(lists: &'static str) -> Result<Leaf, String> {
    let (list, other) = lists.split_once(',').map_or((lists, None), |(list, other)| (list, Some(other)));
    let other =
        other.map(|other| other.split_once('=').ok_or_else(|| format!("no list of a version: {other}"))).transpose()?;
    Ok(Leaf::Coded(keep(words::list(list)), other.map(|(version, list)| (version, keep(words::list(list))))))
}

fn read_way(text: &'static str, is_inside: bool) -> Result<(Way, Vec<place::Step>), String> {
    let (first, rest) = word(text);
    let (kind, behind) = word(rest);
    let at = |behind: &'static str| behind.strip_prefix("at ").map(str::trim).ok_or("a resource without `at`");
    Ok(match first {
        "" => (Way::Value, Vec::new()),
        "here" => (Way::Here, Vec::new()),
        "section" if kind == "entry" => (Way::SharedSection(word(behind).0), Vec::new()),
        "section" => (Way::Section, Vec::new()),
        "entry" => (Way::Entry(kind), Vec::new()),
        "resource" => (Way::Resource(kind), place::read(at(behind)?)?),
        "contained" => (Way::Contained(kind), place::read(at(behind)?)?),
        "inverse" => {
            let member = word(behind).0;
            let name = member.strip_suffix("[0]");
            (Way::Inverse(kind, name.unwrap_or(member), name.is_some()), Vec::new())
        }
        "party" => (Way::Party, place::read(kind)?),
        "element" => (Way::Element, place::read(kind)?),
        // The leaves inside have no place of their own either.
        "se" if is_inside => (Way::Here, Vec::new()),
        place if is_inside => (Way::Element, place::read(place)?),
        place => (Way::Value, place::read(place)?),
    })
}
