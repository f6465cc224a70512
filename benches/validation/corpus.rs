//! Messages to measure with: our own fixtures, grown with more medicines and longer journal notes from a fixed seed until they
//! have the wished size. They stay valid. Half of them are written without indentation, as many systems write.

use std::ops::Range;

use crate::chance::Chance;

/// Messages of one size.
pub struct Corpus {
    pub name: &'static str,
    pub messages: Vec<String>,
}

impl Corpus {
    pub fn bytes(&self) -> usize {
        self.messages.iter().map(String::len).sum()
    }
}

/// A message that can grow.
macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../fixtures/", $path, ".xml"))
    };
}

const SHORT: [&str; 6] = [
    fixture!("plo/accepted/log-innlagt-1.6"),
    fixture!("plo/accepted/log-utskrevet-1.6"),
    fixture!("plo/accepted/orientering-tjenestetilbud-1.6"),
    fixture!("plo/accepted/log-innlagt-1.5"),
    fixture!("dialogmelding/accepted/dialog-notat-1.0"),
    fixture!("dialogmelding/accepted/dialog-status-henvisning-1.1"),
];
pub const DISCHARGE: &str = fixture!("plo/accepted/utskrivningsrapport-1.6");
const REPORTS: [&str; 4] = [
    DISCHARGE,
    fixture!("plo/accepted/innleggelsesrapport-1.6"),
    fixture!("plo/accepted/medisinske-opplysninger-1.6"),
    fixture!("plo/accepted/helseopplysninger-lege-1.6"),
];
const ATTACHED: &str = fixture!("plo/accepted/utskrivningsrapport-1.6-attachment");
const DIALOG: &str = fixture!("dialogmelding/accepted/dialog-helsefaglig-1.1");

/// What stands in a note.
const SENTENCES: [&str; 8] = [
    "Går med rullator innendørs og trenger følge ute. ",
    "Såret er tørt, uten rødme og uten væske. ",
    "Sover godt når smertestillende er gitt før natten. ",
    "Spiser selv når maten er lagt til rette; drikker for lite. ",
    "Datter ønsker å bli ringt før utskrivning &amp; er orientert om planen. ",
    "Blodtrykk 140/80, puls 72, temperatur 36,9. ",
    "Trenger hjelp av én person til stell og påkledning. ",
    "Vektøkning på 3 kg siste uke, ankler er hovne. ",
];

/// All of them; the same at every run.
pub fn all() -> Vec<Corpus> {
    let corpus = |name, count: usize, make: &dyn Fn(&mut Chance, usize) -> String| {
        let mut chance = Chance::new(0x00B1_4DE1);
        Corpus { name, messages: (0..count).map(|index| half_compact(make(&mut chance, index), index)).collect() }
    };
    vec![
        corpus("4 kB", 240, &|chance, index| renewed(SHORT[index % SHORT.len()], chance)),
        corpus("20 kB", 60, &|chance, index| grown(REPORTS[index % REPORTS.len()], 20_000, chance)),
        corpus("mix", 60, &mixed),
        corpus("200 kB", 8, &|chance, index| grown(REPORTS[index % REPORTS.len()], 200_000, chance)),
        corpus("1 MB", 2, &|chance, _| grown(DISCHARGE, 1_000_000, chance)),
        corpus("attachment", 1, &|chance, _| with_attachment(5_000_000, chance)),
    ]
}

/// The messages most of the traffic consists of: reports of 20 to 30 kB, and one dialog message with a long text in twelve.
fn mixed(chance: &mut Chance, index: usize) -> String {
    let size = 20_000 + chance.below(10_000);
    match index % 12 {
        11 => {
            let text = renewed(DIALOG, chance);
            let note = text.find("</TekstNotatInnhold>").expect("a dialog message has a text");
            let more = sentences(size - text.len(), chance);
            format!("{}{more}{}", &text[..note], &text[note..])
        }
        _ => grown(REPORTS[index % REPORTS.len()], size, chance),
    }
}

/// What may stand in a report any number of times, and how often it is taken.
const REPEATABLE: [(&str, usize); 6] = [
    ("Legemiddelinfo", 3),
    ("Journaltekst", 1),
    ("ParorendeForesatt", 2),
    ("KontaktpersonHelsepersonell", 2),
    ("TilknyttetEnhet", 2),
    ("MedisinskDiagnose", 3),
];

/// A report with more of what it has until it has that many bytes. As dense as the official samples: 65 bytes for an element.
pub fn grown(model: &str, size: usize, chance: &mut Chance) -> String {
    let kinds = REPEATABLE.iter().flat_map(|(local, weight)| std::iter::repeat_n(pieces(model, local), *weight));
    let kinds: Vec<Vec<Range<usize>>> = kinds.filter(|pieces| !pieces.is_empty()).collect();
    let mut added: Vec<(usize, String)> = Vec::new();
    let mut length = model.len();
    while length < size {
        let kind = &kinds[chance.below(kinds.len())];
        let mut piece = renewed(&model[kind[chance.below(kind.len())].clone()], chance);
        if let Some(note) = piece.find("Notat>").and_then(|start| Some(start + piece[start..].find("</")?)) {
            piece.insert_str(note, &format!(" {}", sentences(50 + chance.below(250), chance)));
        }
        length += piece.len();
        added.push((kind[0].end, piece));
    }
    added.sort_by_key(|(at, _)| *at);
    let (mut text, mut from) = (String::with_capacity(length), 0);
    for (at, piece) in added {
        text += &renewed(&model[from..at], chance);
        text += &piece;
        from = at;
    }
    text + &model[from..]
}

fn with_attachment(size: usize, chance: &mut Chance) -> String {
    const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (start, end) = (ATTACHED.find("JVBER").expect("its content"), ATTACHED.find("</b64c:").expect("its end"));
    let content: String = (0..size).map(|_| char::from(BASE64[chance.below(64)])).collect();
    format!("{}{content}{}", &ATTACHED[..start], &ATTACHED[end..])
}

fn sentences(length: usize, chance: &mut Chance) -> String {
    let mut text = String::with_capacity(length + 100);
    while text.len() < length {
        text += SENTENCES[chance.below(SENTENCES.len())];
    }
    text
}

/// Where the elements of this local name stand, each with the white space before it.
pub fn pieces(text: &str, local: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(local) {
        let start = text[..at].rfind('<').expect("a document begins with a tag");
        let name = &text[start + 1..at + local.len()];
        let is_start = !name.starts_with('/') && text[at + local.len()..].starts_with([' ', '>']);
        if is_start && (name.len() == local.len() || name.ends_with(&format!(":{local}"))) {
            let close = format!("</{name}>");
            let end = start + text[start..].find(&close).expect("it ends") + close.len();
            found.push(text[..start].trim_end().len()..end);
        }
    }
    found
}

/// The same with new identifiers: wherever a UUID stood, another stands.
fn renewed(text: &str, chance: &mut Chance) -> String {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("-4").filter(|at| rest.len() > at + 24) {
        let is_uuid = at >= 13 && rest.is_char_boundary(at - 13) && is_uuid(rest.as_bytes(), at - 13);
        let (copied, skipped) = if is_uuid { (at - 13, at + 23) } else { (at + 2, at + 2) };
        new += &rest[..copied];
        if is_uuid {
            new += &chance.uuid();
        }
        rest = &rest[skipped..];
    }
    new + rest
}

fn is_uuid(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..at + 36).is_some_and(|part| {
        part.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    })
}

/// Every other message without the white space between its tags.
pub fn half_compact(text: String, index: usize) -> String {
    if index.is_multiple_of(2) {
        return text;
    }
    let mut compact = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('>') {
        compact += &rest[..=at];
        rest = &rest[at + 1..];
        let next = rest.trim_start();
        if next.starts_with('<') {
            rest = next;
        }
    }
    compact + rest
}
