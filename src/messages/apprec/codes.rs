//! The code lists of the AppRec: status (8258), errors (8221), and how our reasons are said in them.

use crate::domain::Reason;

/// OID of the list of errors.
pub const ERROR_LIST: &str = "2.16.578.1.12.4.1.1.8221";

/// List 8221: code and text as published.
pub static ERROR_CODES: &[(&str, &str)] = &[
    ("E10", "Ugyldig meldingsidentifikator"),
    ("E20", "Lege finnes ikke"),
    ("E21", "Mottaker finnes ikke"),
    ("E30", "Pasientens fødselsnummer mangler"),
    ("E31", "Pasientens fødselsnummer er feil"),
    ("E32", "Pasientens navn mangler"),
    ("E33", "Pasientens etternavn mangler"),
    ("E34", "Pasientens fornavn mangler"),
    ("E35", "Pasienten finnes ikke i mottakersystemet"),
    ("E36", "Pasientopplysninger er utilstrekkelige"),
    ("E53", "Pasientens fødselsnummer eller D-nummer finnes ikke registrert i Folkeregisteret."),
    ("E54", "Pasientens fødselsnummer er ikke registrert i mottagersystemet"),
    ("S01", "Feil på signatur"),
    ("S02", "Ugyldig sertifikat"),
    ("S03", "Tilbaketrukket sertifikat"),
    ("S99", "Annen feil på signatur eller sertifikat"),
    ("T01", "Ikke XML / ikke 'well formed' / uleselig"),
    ("T02", "XML validerer ikke"),
    ("T10", "Støtter ikke meldingsformatet"),
    ("T99", "Annen feil på format"),
    ("X99", "Annen feil"),
];

/// The code of list 8221 that says this reason.
pub fn error_code(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreadable => "T01",
        Reason::SchemaInvalid => "T02",
        Reason::UnsupportedFormat => "T10",
        Reason::FormatOther => "T99",
        Reason::InvalidMessageId => "E10",
        Reason::UnknownReceiver => "E21",
        Reason::PatientInsufficient => "E36",
        Reason::PatientNumberWrong => "E31",
        Reason::PatientNameMissing => "E32",
        Reason::PatientFamilyNameMissing => "E33",
        Reason::PatientGivenNameMissing => "E34",
        Reason::SignatureWrong => "S01",
        Reason::Other => "X99",
    }
}

/// The published text of a code.
pub fn error_text(code: &str) -> &'static str {
    ERROR_CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, text)| text)
}
