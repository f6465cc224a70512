//! an answer to one of several requests says to which.

use crate::domain::Text;
use crate::messages::conversation::{Conversation, Turn};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-144",
    name: "an_answer_picks_its_request",
    holds: Text {
        en: "An answer to a DIALOG_FORESPORSEL with several requests names the one it answers in Foresporsel/RefDokIdForesp",
        nb: "Et svar på en DIALOG_FORESPORSEL med flere forespørsler oppgir hvilken det svarer på i Foresporsel/RefDokIdForesp",
        nn: "Eit svar på ein DIALOG_FORESPORSEL med fleire førespurnader oppgjev kva for ein det svarar på i Foresporsel/RefDokIdForesp",
    },
    hint: Text {
        en: "Copy DokIdForesp of the request that is answered into RefDokIdForesp",
        nb: "Kopier DokIdForesp fra forespørselen som besvares, til RefDokIdForesp",
        nn: "Kopier DokIdForesp frå førespurnaden som blir svara på, til RefDokIdForesp",
    },
    source: "HIS 80704, Foresporsel",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Compares an answer with the message that it answers. Without that message nobody can tell.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let asked = conversation.parent.as_ref()?.requests;
    let found = Detail::count(asked as u64, "requests, none of them named", "forespørsler, og ingen av dem oppgitt");
    (asked > 1 && turn.answers_any_request).then(|| turn.finding(&RULE).found(found))
}
