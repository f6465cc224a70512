//! Words made for one finding, in all languages. Only harmless things can be put in: our own words, and names of the schema.

use crate::domain::Language;

/// A sentence in the three languages. Whoever makes one sees to it that nothing of a message's content is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wording {
    /// English.
    pub en: String,
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
}

impl Wording {
    /// The words that something has in each language.
    pub fn of(in_language: impl Fn(Language) -> String) -> Self {
        Self { en: in_language(Language::En), nb: in_language(Language::Nb), nn: in_language(Language::Nn) }
    }

    /// The words in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Nb => &self.nb,
            Language::Nn => &self.nn,
        }
    }
}
