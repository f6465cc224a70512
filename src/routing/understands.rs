//! In which form and which versions a partner's system understands messages, and how much one may lose on the way to it.

/// What becomes of a piece of content when a message is put into another version. Worse is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum LossClass {
    /// It is all there, and can be put back as it was.
    Lossless,
    /// It means the same in another code or another place.
    Recoded,
    /// It stands there as text that a person can read.
    #[default]
    Text,
    /// It is gone.
    Dropped,
    /// There is no way to say it: the message is not translated.
    Refuse,
}

impl LossClass {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Lossless, Self::Recoded, Self::Text, Self::Dropped, Self::Refuse];

    /// The word for it in configuration, on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lossless => "lossless",
            Self::Recoded => "recoded",
            Self::Text => "text",
            Self::Dropped => "dropped",
            Self::Refuse => "refuse",
        }
    }

    /// The class for a word; not for `refuse`, which nobody can allow.
    pub fn parse_allowed(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word && *class != Self::Refuse)
    }
}

/// In which form a partner gets messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Form {
    /// The national XML.
    #[default]
    Xml,
    /// A message Bundle of FHIR R4, for an endpoint that processes messages.
    FhirMessage {
        /// Whether the XML as it came travels along, for evidence.
        with_original: bool,
    },
    /// A transaction Bundle of FHIR R4, for a server that keeps resources: what is in the message, and what somebody must do.
    FhirTransaction {
        /// Whether the XML as it came travels along, for evidence.
        with_original: bool,
    },
}

impl Form {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::FhirMessage { .. } => "a FHIR R4 message",
            Self::FhirTransaction { .. } => "a FHIR R4 transaction",
        }
    }
}

/// What becomes of that in a Bundle of a partner's own which has no place in the message that is made of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LeftOver {
    /// It is left out, and its sender is told.
    #[default]
    Report,
    /// There is no message then.
    Refuse,
    /// It is added to the text of the message.
    AppendText,
}

/// What a partner's system understands.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Understands {
    /// In which form.
    pub form: Form,
    /// A family (`plo`, `dialogmelding`, `apprec`) with its versions; of a family that is not here it understands all.
    pub versions: Vec<(&'static str, Vec<&'static str>)>,
    /// The most that a message may lose on the way to it.
    pub max_loss: LossClass,
    /// The profession that a clinical dialog to it asks for where the sender named none: a code of list 9060.
    pub contact_profession: Option<&'static str>,
    /// The types of attachment that it takes, as `application/pdf`; empty means all that the message may have.
    pub attachments: Vec<String>,
    /// What an application of PLO 1.5 says that it is, whatever its status: a code of list 9140.
    pub application_kind: Option<&'static str>,
    /// Whether an application of PLO 1.5 may tell of a stay of which nothing is known, for an emergency.
    pub stay_placeholder: bool,
}

impl Understands {
    /// The versions of a family; `None` when it understands all.
    pub fn of(&self, family: &str) -> Option<&[&'static str]> {
        self.versions.iter().find(|(known, _)| *known == family).map(|(_, versions)| &**versions)
    }

    /// Whether it understands a version of a family.
    pub fn takes(&self, family: &str, version: &str) -> bool {
        self.of(family).is_none_or(|versions| versions.contains(&version))
    }
}
