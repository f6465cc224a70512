//! A text in the three languages that people here read.

/// A language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Norwegian bokmål: what stands in an AppRec.
    Nb,
    /// Norwegian nynorsk.
    Nn,
}

/// One text in all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Bokmål.
    pub nb: &'static str,
    /// Nynorsk.
    pub nn: &'static str,
}

impl Text {
    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Nb => self.nb,
            Language::Nn => self.nn,
        }
    }
}
