//! How our reasons are said in the errors of the AppRec, list 8221.

use crate::codelists::{CodeList, by_number};
use crate::domain::Reason;

/// The list of errors.
pub fn error_list() -> &'static CodeList {
    by_number(8221).expect("a list of ours; a test asks for it")
}

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
    error_list().code(code).map_or("", |code| code.dn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codelists::Standing;

    #[test]
    fn every_reason_is_said_in_a_code_that_may_be_sent() {
        let reasons = [
            Reason::Unreadable,
            Reason::SchemaInvalid,
            Reason::UnsupportedFormat,
            Reason::FormatOther,
            Reason::InvalidMessageId,
            Reason::UnknownReceiver,
            Reason::PatientInsufficient,
            Reason::Other,
        ];
        for reason in reasons {
            let code = error_list().code(error_code(reason)).expect("a code of the list");
            assert_eq!(code.standing, Standing::Published, "{reason:?}");
        }
    }
}
