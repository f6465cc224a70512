//! Why a document was refused, and where. It never holds anything of the document itself, no name and no value:
//! what a sender wrote may be about a person, and this travels into answers and logs.

use std::fmt;

use super::limits::Limit;
use super::place::Place;

/// One reason to refuse a document, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong.
    pub kind: TroubleKind,
    /// Where it stands, counted in characters of the decoded document.
    pub place: Place,
}

/// The families of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TroubleKind {
    /// The document breaks a rule of XML 1.0 or Namespaces in XML 1.0.
    NotXml(Malformed),
    /// The bytes cannot be read as the text they claim to be.
    Encoding(EncodingTrouble),
    /// A document type declaration: well-formed XML, refused here because it can define entities and reach outside.
    Doctype,
    /// A bound of [`super::Limits`] was passed.
    TooMuch {
        /// The bound.
        limit: Limit,
        /// Its value, in [`Limit::unit`].
        allowed: u64,
    },
}

impl TroubleKind {
    /// What is wrong, in one English sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::NotXml(malformed) => malformed.sentence().to_owned(),
            Self::Encoding(encoding) => encoding.sentence().to_owned(),
            Self::Doctype => "The document has a document type declaration (DOCTYPE), which is not accepted.".to_owned(),
            Self::TooMuch { limit, allowed } => {
                format!("The document passes the limit {} of {allowed} {}.", limit.name(), limit.unit())
            }
        }
    }

    /// What is wrong, in one sentence in bokmål.
    pub fn sentence_nb(self) -> String {
        match self {
            Self::NotXml(malformed) => malformed.sentence_nb().to_owned(),
            Self::Encoding(encoding) => encoding.sentence_nb().to_owned(),
            Self::Doctype => "Dokumentet har en dokumenttypedeklarasjon (DOCTYPE), som ikke godtas.".to_owned(),
            Self::TooMuch { limit, allowed } => {
                format!("Dokumentet overskrider grensen {} på {allowed} {}.", limit.name(), limit.unit_nb())
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind.sentence())
    }
}

impl std::error::Error for Trouble {}

/// A trouble before its place is counted: a kind and a byte offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fail {
    pub kind: TroubleKind,
    pub at: usize,
}

impl Fail {
    pub fn malformed(why: Malformed, at: usize) -> Self {
        Self { kind: TroubleKind::NotXml(why), at }
    }

    pub fn too_much(limit: Limit, allowed: usize, at: usize) -> Self {
        Self { kind: TroubleKind::TooMuch { limit, allowed: allowed as u64 }, at }
    }

    pub fn in_text(self, text: &str) -> Trouble {
        Trouble { kind: self.kind, place: Place::of(text, self.at) }
    }
}

/// Writes an enum of causes with an English and a bokmål sentence each, so that no cause can lack one.
macro_rules! causes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident: $english:literal, $bokmaal:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = $english] $variant,)*
        }

        impl $name {
            /// Every cause, for tests and documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The cause in one English sentence.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $english,)* }
            }

            /// The cause in one sentence in bokmål.
            pub fn sentence_nb(self) -> &'static str {
                match self { $(Self::$variant => $bokmaal,)* }
            }
        }
    };
}

causes! {
    /// Why bytes are not the text they claim to be.
    EncodingTrouble {
        InvalidUtf8: "The document is not valid UTF-8 here.",
            "Dokumentet er ikke gyldig UTF-8 her.";
        NotAscii: "The XML declaration says US-ASCII, but this byte is not ASCII.",
            "XML-deklarasjonen sier US-ASCII, men denne byten er ikke ASCII.";
        Utf16Or32: "The document is UTF-16 or UTF-32, which is not accepted; send UTF-8.",
            "Dokumentet er UTF-16 eller UTF-32, som ikke godtas; send UTF-8.";
        UnknownEncoding: "The XML declaration names an encoding that is not accepted; send UTF-8.",
            "XML-deklarasjonen oppgir en tegnkoding som ikke godtas; send UTF-8.";
        ConflictingEncodings: "The byte order mark says UTF-8, but the XML declaration says something else.",
            "Byterekkefølgemerket sier UTF-8, men XML-deklarasjonen sier noe annet.";
    }
}

causes! {
    /// Which rule of XML 1.0 or Namespaces in XML 1.0 was broken.
    Malformed {
        EmptyDocument: "The document has no element.",
            "Dokumentet har ikke noe element.";
        SeveralRoots: "The document goes on with another element after its root element.",
            "Dokumentet fortsetter med et nytt element etter rotelementet.";
        TextOutsideRoot: "There is text outside the root element.",
            "Det står tekst utenfor rotelementet.";
        EndsWithOpenElements: "The document ends before all elements are closed.",
            "Dokumentet slutter før alle elementer er lukket.";
        UnclosedMarkup: "A tag, comment, CDATA section or processing instruction that begins here is never closed.",
            "En tagg, kommentar, CDATA-seksjon eller prosesseringsinstruksjon som begynner her, blir aldri lukket.";
        UnknownMarkup: "This markup is neither an element, a comment, a CDATA section nor a processing instruction.",
            "Dette er verken element, kommentar, CDATA-seksjon eller prosesseringsinstruksjon.";
        MismatchedEndTag: "The end tag does not match the start tag of the open element.",
            "Sluttaggen passer ikke til starttaggen for det åpne elementet.";
        EndTagWithoutStart: "There is an end tag, but no element is open.",
            "Det står en sluttagg, men ikke noe element er åpent.";
        BadName: "A name is missing here or contains a character that a name must not have.",
            "Et navn mangler her eller har et tegn som navn ikke kan ha.";
        SeveralColonsInName: "A name has more than one colon.",
            "Et navn har mer enn ett kolon.";
        MissingSpaceBetweenAttributes: "There must be white space between the attributes of an element.",
            "Det må være mellomrom mellom attributtene i et element.";
        AttributeWithoutValue: "An attribute has no value.",
            "En attributt har ingen verdi.";
        UnquotedAttributeValue: "An attribute value does not stand in quotes.",
            "En attributtverdi står ikke i anførselstegn.";
        LessThanInAttribute: "An attribute value contains the character <, which must be written &lt; there.",
            "En attributtverdi inneholder tegnet <, som må skrives &lt; der.";
        DuplicateAttribute: "An element has the same attribute twice.",
            "Et element har samme attributt to ganger.";
        IllegalCharacter: "This character is not allowed in an XML document.",
            "Dette tegnet er ikke tillatt i et XML-dokument.";
        IllegalCharacterReference: "This character reference is badly written, or means a character that XML does not allow.",
            "Denne tegnreferansen er feilskrevet, eller viser til et tegn som XML ikke tillater.";
        BareAmpersand: "The character & begins no reference here; it must be written &amp;.",
            "Tegnet & innleder ingen referanse her; det må skrives &amp;.";
        UndefinedEntity: "A reference names an entity that is not defined; only lt, gt, amp, quot and apos are.",
            "En referanse viser til en entitet som ikke er definert; bare lt, gt, amp, quot og apos er det.";
        CdataEndInText: "The text contains ]]>, which must be written ]]&gt; there.",
            "Teksten inneholder ]]>, som må skrives ]]&gt; der.";
        DoubleHyphenInComment: "A comment contains -- or ends with a hyphen.",
            "En kommentar inneholder -- eller slutter med bindestrek.";
        MisplacedDeclaration: "An XML declaration may stand only at the very start of the document.",
            "En XML-deklarasjon kan bare stå helt først i dokumentet.";
        BadDeclaration: "The XML declaration is badly written.",
            "XML-deklarasjonen er feilskrevet.";
        VersionNotAccepted: "The XML declaration must say version 1.0.",
            "XML-deklarasjonen må oppgi versjon 1.0.";
        ReservedTarget: "A processing instruction has the reserved name xml.",
            "En prosesseringsinstruksjon har det reserverte navnet xml.";
        BadProcessingInstruction: "A processing instruction has a bad name, or no white space after its name.",
            "En prosesseringsinstruksjon har et ugyldig navn eller mangler mellomrom etter navnet.";
        UnboundPrefix: "A prefix is used that is bound to no namespace.",
            "Et prefiks er brukt som ikke er bundet til noe navnerom.";
        ReservedPrefix: "The prefix xml or xmlns, or the namespace of one of them, is used in a way that is not allowed.",
            "Prefikset xml eller xmlns, eller navnerommet til ett av dem, er brukt på en måte som ikke er tillatt.";
        BadNamespaceName: "A namespace name is not a valid URI.",
            "Et navnerom er ikke en gyldig URI.";
        BadXmlId: "An xml:id is not a name, or the same one stands twice in the document.",
            "En xml:id er ikke et navn, eller den samme står to ganger i dokumentet.";
        EmptyNamespace: "A prefix is bound to an empty namespace name.",
            "Et prefiks er bundet til et tomt navnerom.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_said_in_a_sentence_in_both_languages() {
        let sentences = Malformed::ALL.iter().flat_map(|m| [m.sentence(), m.sentence_nb()]);
        let encoding = EncodingTrouble::ALL.iter().flat_map(|m| [m.sentence(), m.sentence_nb()]);
        let mut all: Vec<_> = sentences.chain(encoding).collect();
        assert!(all.iter().all(|s| s.ends_with('.') && s.chars().next().is_some_and(char::is_uppercase)));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "two causes have the same sentence");
    }

    #[test]
    fn a_passed_limit_says_which_and_how_much_was_allowed() {
        let trouble = Fail::too_much(Limit::DepthElements, 64, 0).in_text("");
        assert_eq!(trouble.to_string(), "line 1, column 1: The document passes the limit depth_elements of 64 elements.");
        assert_eq!(trouble.kind.sentence_nb(), "Dokumentet overskrider grensen depth_elements på 64 elementer.");
    }
}
