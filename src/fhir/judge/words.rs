//! Each issue in one sentence for people, its code for an OperationOutcome, and the page that says so.

use super::super::r4::{TypeId, r4};
use super::datatypes::{TXT_1, TXT_2};
use super::issue::{Issue, IssueKind, JsonForm};
use super::narrative::NarrativeFault;
use crate::domain::{Language, Text};

impl Issue {
    /// What is wrong, in one sentence. It shows names of R4, and nothing that a sender wrote.
    pub fn sentence(&self, language: Language) -> String {
        let (text, name) = match self.kind {
            IssueKind::Broken(invariant) => return invariant.sentence(language),
            IssueKind::Profile(demand) => return demand.sentence(language),
            IssueKind::WrongTarget(allowed) => (WRONG_TARGET, names(allowed)),
            IssueKind::UnknownElement(Some(meant)) => (MISSPELLED, meant.to_owned()),
            IssueKind::Missing(name) => (MISSING, name.to_owned()),
            IssueKind::ChoiceTwice(name) => (CHOICE_TWICE, name.to_owned()),
            IssueKind::BadValue(name) => (BAD_VALUE, name.to_owned()),
            IssueKind::UnknownCode(name) => (UNKNOWN_CODE, name.to_owned()),
            IssueKind::WrongForm(form) => (form.text(), String::new()),
            IssueKind::Narrative(fault) => (fault.text(), String::new()),
            other => (other.plain(), String::new()),
        };
        text.in_language(language).replace("{}", &name)
    }

    /// The code of `OperationOutcome.issue.code` that fits.
    pub fn code(&self) -> &'static str {
        match self.kind {
            IssueKind::NotAResource | IssueKind::UnknownElement(_) | IssueKind::WrongForm(_) => "structure",
            IssueKind::ChoiceTwice(_) | IssueKind::NameTwice | IssueKind::Empty => "structure",
            IssueKind::Null | IssueKind::Unpaired => "structure",
            IssueKind::UnknownResource => "not-supported",
            IssueKind::Missing(_) => "required",
            IssueKind::BadValue(_) | IssueKind::WrongTarget(_) | IssueKind::OtherTarget => "value",
            IssueKind::UnknownCode(_) => "code-invalid",
            IssueKind::NotInBundle => "not-found",
            IssueKind::Narrative(_) | IssueKind::Broken(_) => "invariant",
            IssueKind::Profile(demand) => demand.code(),
            IssueKind::TooDeep => "too-long",
            IssueKind::More => "incomplete",
        }
    }

    /// What says so: the key of an invariant, or a page of FHIR R4, below `http://hl7.org/fhir/R4/`.
    pub fn source(&self) -> &'static str {
        match self.kind {
            IssueKind::Broken(invariant) => invariant.key,
            IssueKind::Profile(demand) => demand.profile,
            IssueKind::Narrative(NarrativeFault::Silent) => TXT_2.key,
            IssueKind::Narrative(_) => TXT_1.key,
            IssueKind::BadValue(_) => "FHIR R4, datatypes.html#primitive",
            IssueKind::UnknownCode(_) => "FHIR R4, terminologies.html#required",
            IssueKind::WrongTarget(_) | IssueKind::OtherTarget => "FHIR R4, references.html",
            IssueKind::NotInBundle => "FHIR R4, bundle.html#references",
            IssueKind::Missing(_) | IssueKind::UnknownElement(_) | IssueKind::ChoiceTwice(_) => {
                "FHIR R4, structuredefinition.html"
            }
            _ => "FHIR R4, json.html",
        }
    }
}

fn names(types: &[TypeId]) -> String {
    types.iter().map(|id| r4().of(*id).name).collect::<Vec<_>>().join(", ")
}

const WRONG_TARGET: Text = Text {
    en: "This reference may only refer to: {}.",
    nb: "Denne referansen kan bare vise til: {}.",
    nn: "Denne referansen kan berre vise til: {}.",
};

const MISSPELLED: Text = Text {
    en: "R4 has no element of this name here; `{}` may be meant.",
    nb: "R4 har ikke noe element med dette navnet her; kanskje er `{}` ment.",
    nn: "R4 har ikkje noko element med dette namnet her; kanskje er `{}` meint.",
};

const MISSING: Text = Text { en: "`{}` is missing.", nb: "`{}` mangler.", nn: "`{}` manglar." };

const CHOICE_TWICE: Text = Text {
    en: "`{}` is given in two types; it can only have one.",
    nb: "`{}` er oppgitt i to typer; den kan bare ha én.",
    nn: "`{}` er oppgjeven i to typar; han kan berre ha éin.",
};

const BAD_VALUE: Text = Text {
    en: "The value does not have the form of the type {}.",
    nb: "Verdien har ikke formen til typen {}.",
    nn: "Verdien har ikkje forma til typen {}.",
};

const UNKNOWN_CODE: Text = Text {
    en: "The code is not in the value set {}, and must be from it.",
    nb: "Koden finnes ikke i verdisettet {}, og må være derfra.",
    nn: "Koden finst ikkje i verdisettet {}, og må vere derfrå.",
};

impl JsonForm {
    fn text(self) -> Text {
        match self {
            Self::Object => {
                Text {
                    en: "An object must stand here.", nb: "Her må det stå et objekt.", nn: "Her må det stå eit objekt."
                }
            }
            Self::Array => Text {
                en: "An array must stand here, also around a single value.",
                nb: "Her må det stå en liste, også rundt én enkelt verdi.",
                nn: "Her må det stå ei liste, også rundt éin einskild verdi.",
            },
            Self::Text => Text {
                en: "A text in quotation marks must stand here.",
                nb: "Her må det stå en tekst i anførselstegn.",
                nn: "Her må det stå ein tekst i hermeteikn.",
            },
            Self::Number => Text {
                en: "A number must stand here, without quotation marks.",
                nb: "Her må det stå et tall, uten anførselstegn.",
                nn: "Her må det stå eit tal, utan hermeteikn.",
            },
            Self::Bool => Text {
                en: "`true` or `false` must stand here, without quotation marks.",
                nb: "Her må det stå `true` eller `false`, uten anførselstegn.",
                nn: "Her må det stå `true` eller `false`, utan hermeteikn.",
            },
            Self::Single => Text {
                en: "There can only be one value here, not an array.",
                nb: "Her kan det bare stå én verdi, ikke en liste.",
                nn: "Her kan det berre stå éin verdi, ikkje ei liste.",
            },
        }
    }
}

impl NarrativeFault {
    fn text(self) -> Text {
        match self {
            Self::NotXhtml => Text {
                en: "The narrative must be one well-formed `div` of XHTML, without named entities such as `&nbsp;`.",
                nb: "Den lesbare teksten må være én velformet `div` i XHTML, uten navngitte tegn som `&nbsp;`.",
                nn: "Den lesbare teksten må vere éin velforma `div` i XHTML, utan namngjevne teikn som `&nbsp;`.",
            },
            Self::Element => Text {
                en: "The narrative has an element that may not stand there: only plain formatting, tables, links and pictures may.",
                nb: "Den lesbare teksten har et element som ikke er tillatt: bare enkel formatering, tabeller, lenker og bilder er det.",
                nn: "Den lesbare teksten har eit element som ikkje er tillate: berre enkel formatering, tabellar, lenkjer og bilete er det.",
            },
            Self::Attribute => Text {
                en: "The narrative has an attribute that may not stand there.",
                nb: "Den lesbare teksten har et attributt som ikke er tillatt.",
                nn: "Den lesbare teksten har eit attributt som ikkje er tillate.",
            },
            Self::Address => Text {
                en: "The narrative has a link or a picture whose address could run something.",
                nb: "Den lesbare teksten har en lenke eller et bilde med en adresse som kan kjøre noe.",
                nn: "Den lesbare teksten har ei lenkje eller eit bilete med ei adresse som kan køyre noko.",
            },
            Self::Silent => Text {
                en: "The narrative must say something: text, or a picture.",
                nb: "Den lesbare teksten må si noe: tekst eller et bilde.",
                nn: "Den lesbare teksten må seie noko: tekst eller eit bilete.",
            },
        }
    }
}

impl IssueKind {
    /// The kinds that need no name in their sentence; the others are worded by their own.
    fn plain(self) -> Text {
        match self {
            Self::NotAResource => Text {
                en: "A resource must stand here: an object with `resourceType`.",
                nb: "Her må det stå en ressurs: et objekt med `resourceType`.",
                nn: "Her må det stå ein ressurs: eit objekt med `resourceType`.",
            },
            Self::UnknownResource => Text {
                en: "R4 has no resource of this type.",
                nb: "R4 har ingen ressurs av denne typen.",
                nn: "R4 har ingen ressurs av denne typen.",
            },
            Self::UnknownElement(_) => Text {
                en: "R4 has no element of this name here.",
                nb: "R4 har ikke noe element med dette navnet her.",
                nn: "R4 har ikkje noko element med dette namnet her.",
            },
            Self::NameTwice => Text {
                en: "This element stands here twice.",
                nb: "Dette elementet står her to ganger.",
                nn: "Dette elementet står her to gonger.",
            },
            Self::Empty => Text {
                en: "There is nothing in it: leave it out instead.",
                nb: "Det er tomt: utelat det heller.",
                nn: "Det er tomt: utelat det heller.",
            },
            Self::Null => Text {
                en: "`null` may only fill up an array whose other values, or extensions, stand beside it.",
                nb: "`null` kan bare fylle ut en liste der andre verdier, eller utvidelser, står ved siden av.",
                nn: "`null` kan berre fylle ut ei liste der andre verdiar, eller utvidingar, står ved sida av.",
            },
            Self::Unpaired => Text {
                en: "The array beside this one, with the same name but for `_`, must have the same length.",
                nb: "Listen ved siden av, med samme navn bortsett fra `_`, må være like lang.",
                nn: "Lista ved sida av, med same namn bortsett frå `_`, må vere like lang.",
            },
            Self::OtherTarget => Text {
                en: "`type` is not the type of the resource that is referred to.",
                nb: "`type` er ikke typen til ressursen det vises til.",
                nn: "`type` er ikkje typen til ressursen det blir vist til.",
            },
            Self::NotInBundle => Text {
                en: "No entry of the Bundle has the `fullUrl` that is referred to.",
                nb: "Ingen entry i Bundle har den `fullUrl` som det vises til.",
                nn: "Ingen entry i Bundle har den `fullUrl` som det blir vist til.",
            },
            Self::TooDeep => Text {
                en: "There are too many levels inside each other; nothing below was judged.",
                nb: "Det er for mange nivåer inni hverandre; resten er ikke vurdert.",
                nn: "Det er for mange nivå inni kvarandre; resten er ikkje vurdert.",
            },
            Self::More => Text {
                en: "There are more issues; no further ones were looked for.",
                nb: "Det er flere feil; det ble ikke lett etter resten.",
                nn: "Det er fleire feil; det vart ikkje leita etter resten.",
            },
            Self::Missing(_) => MISSING,
            Self::ChoiceTwice(_) => CHOICE_TWICE,
            Self::BadValue(_) => BAD_VALUE,
            Self::UnknownCode(_) => UNKNOWN_CODE,
            Self::WrongTarget(_) => WRONG_TARGET,
            Self::WrongForm(form) => form.text(),
            Self::Narrative(fault) => fault.text(),
            Self::Broken(_) | Self::Profile(_) => Text { en: "{}", nb: "{}", nn: "{}" },
        }
    }
}
