//! a request is answered with a message that it may expect.

use crate::domain::Text;
use crate::messages::conversation::{Conversation, Turn};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-138",
    name: "request_is_answered_as_expected",
    holds: Text {
        en: "A request is answered with the message that it asks for, or with DIALOG_SVAR",
        nb: "En forespørsel besvares med den meldingen den ber om, eller med DIALOG_SVAR",
        nn: "Ein førespurnad blir svara på med den meldinga han ber om, eller med DIALOG_SVAR",
    },
    hint: Text {
        en: "Check that the message refers to the right request",
        nb: "Kontroller at meldingen viser til riktig forespørsel",
        nn: "Kontroller at meldinga viser til rett førespurnad",
    },
    source: "HIS 80704, appendix C; HISD 80806 and HISD 80903",
    incoming: Consequence::Note,
    outgoing: Consequence::Note,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Which messages answer which request: list, code, types. DIALOG_SVAR answers any. The three days within which an answer is
/// expected are a matter of watching over a conversation, not of one message.
static ANSWERS: &[(&str, &str, &[&str])] = &[
    ("9152", "1", &["MEDISINSKE_OPPLYSNINGER", "HELSEOPPL_SOKNAD"]),
    ("9152", "4", &["EPJ-EKSTRAKT"]),
    ("9152", "6", &[]),
    ("9152", "7", &[]),
    ("9152", "8", &["HELSEOPPL_SOKNAD"]),
    ("9153", "3", &["ORIENTERING_TJENESTETILBUD"]),
    ("9153", "5", &["HELSEOPPLYSNINGER_LEGE"]),
    ("9154", "1", &["INNLEGGELSESRAPPORT"]),
    ("9154", "4", &["EPJ-EKSTRAKT"]),
];

/// Compares an answer that is not itself a dialog message with what was asked for.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let parent = conversation.parent.as_ref()?;
    let (list, code) = parent.asks_for.as_ref()?;
    let fits = |types: &[&str]| types.contains(&turn.type_code.as_str());
    let (.., types) = ANSWERS.iter().find(|(of, asked, _)| of == list && asked == code)?;
    let answers = parent.went_to(turn.sender) && !turn.type_code.starts_with("DIALOG_");
    (answers && !fits(types)).then(|| turn.finding(&RULE).found(Detail::code(&turn.type_code)))
}
