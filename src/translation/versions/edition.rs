//! The versions between which there is a way.

use crate::messages::{MessageType, all_types};
use crate::routing::{LossClass, Understands};

/// A family of messages in one version.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edition {
    /// PLO 1.5.
    Plo15,
    /// PLO 1.6.
    Plo16,
    /// Dialogmelding 1.0.
    Dialog10,
    /// Dialogmelding 1.1.
    Dialog11,
    /// AppRec 1.0.
    AppRec10,
    /// AppRec 1.1.
    AppRec11,
}

impl Edition {
    /// All of them, the older one of each family first.
    pub const ALL: [Self; 6] = [Self::Plo15, Self::Plo16, Self::Dialog10, Self::Dialog11, Self::AppRec10, Self::AppRec11];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plo15 => "plo-1.5",
            Self::Plo16 => "plo-1.6",
            Self::Dialog10 => "dialog-1.0",
            Self::Dialog11 => "dialog-1.1",
            Self::AppRec10 => "apprec-1.0",
            Self::AppRec11 => "apprec-1.1",
        }
    }

    /// The edition for a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.as_str() == word)
    }

    /// The family, as the catalogue of types has it.
    pub fn family(self) -> &'static str {
        match self {
            Self::Plo15 | Self::Plo16 => "plo",
            Self::Dialog10 | Self::Dialog11 => "dialogmelding",
            Self::AppRec10 | Self::AppRec11 => "apprec",
        }
    }

    /// The version, as the catalogue of types has it.
    pub fn version(self) -> &'static str {
        match self {
            Self::Plo15 => "1.5",
            Self::Plo16 => "1.6",
            Self::Dialog10 | Self::AppRec10 => "1.0",
            Self::Dialog11 | Self::AppRec11 => "1.1",
        }
    }

    /// For people: `PLO 1.5`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Plo15 => "PLO 1.5",
            Self::Plo16 => "PLO 1.6",
            Self::Dialog10 => "Dialogmelding 1.0",
            Self::Dialog11 => "Dialogmelding 1.1",
            Self::AppRec10 => "AppRec 1.0",
            Self::AppRec11 => "AppRec 1.1",
        }
    }

    /// The edition of a family and version.
    pub fn of(family: &str, version: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|edition| edition.family() == family && edition.version() == version)
    }

    /// The newest edition of a family among some versions.
    pub fn newest_of(family: &str, versions: &[&str]) -> Option<Self> {
        let mut newest_first = Self::ALL.into_iter().rev();
        newest_first.find(|edition| edition.family() == family && versions.contains(&edition.version()))
    }

    /// Who understands this edition only of its family, and takes labelled text.
    pub fn alone(self) -> Understands {
        Understands {
            versions: vec![(self.family(), vec![self.version()])],
            max_loss: LossClass::default(),
            ..Understands::default()
        }
    }

    /// The other version of the family.
    pub fn other(self) -> Self {
        match self {
            Self::Plo15 => Self::Plo16,
            Self::Plo16 => Self::Plo15,
            Self::Dialog10 => Self::Dialog11,
            Self::Dialog11 => Self::Dialog10,
            Self::AppRec10 => Self::AppRec11,
            Self::AppRec11 => Self::AppRec10,
        }
    }

    /// Whether it is the newer one of its family.
    pub fn is_newer(self) -> bool {
        matches!(self, Self::Plo16 | Self::Dialog11 | Self::AppRec11)
    }
}

/// The type of a document by its root alone: of all types with that root, any, for they share family and version.
pub fn type_of_root(namespace: &str, local: &str) -> Option<&'static MessageType> {
    all_types().find(|kind| kind.namespace == namespace && kind.root == local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edition_is_found_by_its_word_and_has_types() {
        for edition in Edition::ALL {
            assert_eq!(Edition::parse(edition.as_str()), Some(edition));
            assert_eq!(Edition::of(edition.family(), edition.version()), Some(edition));
            assert_eq!(edition.other().other(), edition);
            assert!(edition.is_newer() != edition.other().is_newer());
            assert!(all_types().any(|kind| Edition::of(kind.family, kind.version) == Some(edition)));
        }
    }
}
