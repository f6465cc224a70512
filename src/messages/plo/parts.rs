//! Parts of a message that profiles want, as one says where they stand and that they are missing. Those that several profiles want
//! are named here; what only one wants stands in its rule.

/// A part, and the words for that it is missing.
#[derive(Clone, Copy)]
pub struct Part {
    /// Any of these shows that it is there.
    pub signs: &'static [Sign],
    /// The element of the content that it stands in.
    pub element: &'static str,
    pub en: &'static str,
    pub nb: &'static str,
}

/// What shows that a part is there.
#[derive(Clone, Copy)]
pub enum Sign {
    /// An element, by the steps from the root of the content.
    Has(&'static [&'static str]),
    /// A text under a heading of a list.
    Tells(&'static str, &'static str),
}

use Sign::{Has, Tells};

pub const DIAGNOSIS: Part = Part {
    signs: &[Has(&["InfoMedisinskDiagnose", "MedisinskDiagnose"])],
    element: "InfoMedisinskDiagnose",
    en: "no diagnosis",
    nb: "ingen diagnose",
};

pub const CRITICAL_INFORMATION: Part = Part {
    signs: &[Has(&["MedisinskfagligeOpplysninger", "Cave"])],
    element: "MedisinskfagligeOpplysninger",
    en: "no critical information (Cave)",
    nb: "ingen kritisk informasjon (Cave)",
};

pub const CURRENT_PROBLEM: Part = Part {
    signs: &[Tells("9142", "PROB")],
    element: "MedisinskfagligeOpplysninger",
    en: "no current problem (heading PROB)",
    nb: "ingen aktuell problemstilling (overskrift PROB)",
};

pub const MEDICATION: Part =
    Part { signs: &[Has(&["Legemiddelinfo"])], element: "epj3:Legemiddelinfo", en: "no medication", nb: "ingen legemidler" };

pub const NURSING_SUMMARY: Part = Part {
    signs: &[Tells("9141", "8")],
    element: "Sykepleierdokumentasjon",
    en: "no nursing summary (heading 8)",
    nb: "ingen sykepleiesammenfatning (overskrift 8)",
};

pub const NEXT_OF_KIN: Part = Part {
    signs: &[Has(&["ParorendeForesatt"])],
    element: "ParorendeForesatt",
    en: "no next of kin",
    nb: "ingen pårørende",
};
