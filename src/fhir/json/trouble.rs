//! Why a text was not taken as JSON, and where. Nothing of the text itself is in it.

use super::limits::Limit;
use crate::domain::{Language, Text};
use crate::xml::Place;
use std::fmt;

/// One reason to refuse a document, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub kind: TroubleKind,
    /// Where it stands, counted in characters.
    pub place: Place,
}

/// The families of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// A rule of RFC 8259 is broken.
    NotJson(Malformed),
    /// Two members of one object have the same name: readers would not agree on which of them counts.
    NameTwice,
    /// A bound of [`super::Limits`] was passed.
    TooMuch {
        /// The bound.
        limit: Limit,
        /// Its value.
        allowed: usize,
    },
}

/// Writes an enum of causes with a sentence in each language, so that no cause can lack one.
macro_rules! causes {
    ($($variant:ident: $en:literal, $nb:literal, $nn:literal;)*) => {
        /// How a text is not JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Malformed {
            $(#[doc = $en] $variant,)*
        }

        impl Malformed {
            /// Every cause, for tests.
            pub const ALL: &'static [Malformed] = &[$(Malformed::$variant,)*];

            /// The cause in one sentence.
            pub fn text(self) -> Text {
                match self { $(Self::$variant => Text { en: $en, nb: $nb, nn: $nn },)* }
            }
        }
    };
}

causes! {
    Ends: "The document ends before it is complete.",
        "Dokumentet slutter før det er komplett.", "Dokumentet sluttar før det er komplett.";
    TrailingComma: "There is a comma, and nothing follows it.",
        "Det står et komma uten noe etter seg.", "Det står eit komma utan noko etter seg.";
    Name: "A name in quotation marks and a colon must stand here.",
        "Her må det stå et navn i anførselstegn og et kolon.", "Her må det stå eit namn i hermeteikn og eit kolon.";
    NoComma: "A comma, or the end of the object or array, is missing.",
        "Her mangler et komma, eller slutten på objektet eller listen.",
        "Her manglar eit komma, eller slutten på objektet eller lista.";
    SecondValue: "Something follows behind the end of the document.",
        "Det står noe etter slutten av dokumentet.", "Det står noko etter slutten av dokumentet.";
    Escape: "This is no escape that JSON has.",
        "Dette er ikke en gyldig skrivemåte med omvendt skråstrek.", "Dette er ikkje ein gyldig skrivemåte med omvend skråstrek.";
    ControlCharacter: "A control character stands in a text; it must be escaped.",
        "En tekst har et kontrolltegn som må skrives med omvendt skråstrek.",
        "Ein tekst har eit kontrollteikn som må skrivast med omvend skråstrek.";
    Number: "This is no number as JSON writes it.",
        "Dette er ikke et tall slik JSON skriver det.", "Dette er ikkje eit tal slik JSON skriv det.";
    Utf8: "The document is not valid UTF-8 here.",
        "Dokumentet er ikke gyldig UTF-8 her.", "Dokumentet er ikkje gyldig UTF-8 her.";
    Unexpected: "No value of JSON begins like this.",
        "Ingen verdi i JSON begynner slik.", "Ingen verdi i JSON byrjar slik.";
}

impl Malformed {
    /// By the words of the reader below us, of which only the fixed part is looked at.
    pub(super) fn of(message: &str) -> Self {
        const WORDS: [(&str, Malformed); 12] = [
            ("Unexpected end of file", Malformed::Ends),
            ("Trailing commas", Malformed::TrailingComma),
            ("Object keys must be", Malformed::Name),
            ("Object values must be followed", Malformed::NoComma),
            ("Array values must be followed", Malformed::NoComma),
            ("The JSON already contains", Malformed::SecondValue),
            ("Unexpected character in a unicode escape", Malformed::Escape),
            ("A number", Malformed::Number),
            ("Invalid UTF-8", Malformed::Utf8),
            ("Unexpected", Malformed::Unexpected),
            ("\\u", Malformed::Escape),
            ("'\\", Malformed::Escape),
        ];
        let by_beginning = WORDS.iter().find(|(words, _)| message.starts_with(words)).map(|(_, cause)| *cause);
        let control = message.ends_with("is not allowed in JSON strings").then_some(Self::ControlCharacter);
        by_beginning.or(control).unwrap_or(Self::Unexpected)
    }
}

impl TroubleKind {
    /// What is wrong, in one sentence.
    pub fn sentence(self, language: Language) -> String {
        match self {
            Self::NotJson(malformed) => malformed.text().in_language(language).to_owned(),
            Self::NameTwice => Text {
                en: "An object has two members of this name.",
                nb: "Et objekt har to verdier med dette navnet.",
                nn: "Eit objekt har to verdiar med dette namnet.",
            }
            .in_language(language)
            .to_owned(),
            Self::TooMuch { limit, allowed } => too_much(limit, allowed, language),
        }
    }
}

fn too_much(limit: Limit, allowed: usize, language: Language) -> String {
    let (en, nb, nn) = match limit {
        Limit::DocumentBytes => ("bytes", "byte", "byte"),
        Limit::Depth => ("levels", "nivåer", "nivå"),
        Limit::ValuesTotal => ("values", "verdier", "verdiar"),
    };
    match language {
        Language::En => format!("The document has more than the {allowed} {en} that are allowed."),
        Language::Nb => format!("Dokumentet har mer enn de {allowed} {nb} som er tillatt."),
        Language::Nn => format!("Dokumentet har meir enn dei {allowed} {nn} som er tillatne."),
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind.sentence(Language::En))
    }
}

impl std::error::Error for Trouble {}
