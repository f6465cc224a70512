//! a request for something else says what.

use crate::domain::Text;
use crate::messages::content::{child, code, has, list};
use crate::messages::dialogmelding::parts::request_of;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-122",
    name: "free_question_is_asked",
    holds: Text {
        en: "Foresporsel/Sporsmal is filled in when TypeForesp means free text or something else",
        nb: "Foresporsel/Sporsmal er fylt ut når TypeForesp betyr fritekst eller annen henvendelse",
        nn: "Foresporsel/Sporsmal er fylt ut når TypeForesp tyder fritekst eller annan førespurnad",
    },
    hint: Text {
        en: "Write the question in Sporsmal: the code alone does not ask for anything",
        nb: "Skriv spørsmålet i Sporsmal: koden alene spør ikke om noe",
        nn: "Skriv spørsmålet i Sporsmal: koden åleine spør ikkje om noko",
    },
    source: "HIS 80603; HISD 80903",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Code 99 of 9152, 9153 and 9154, code 5 of 9065 and 8331.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let request = request_of(head, "DIALOG_FORESPORSEL")?;
    let kind = child(request, "TypeForesp")?;
    let is_free = matches!((list(kind), code(kind)), ("9152" | "9153" | "9154", "99") | ("9065" | "8331", "5"));
    (is_free && !has(request, "Sporsmal")).then(|| place::finding_at(&RULE, request).found(Detail::code(code(kind))))
}
