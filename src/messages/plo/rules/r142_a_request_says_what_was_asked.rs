//! a repeated request has a type, and words where the type says nothing.

use crate::domain::Text;
use crate::messages::content::{child, has};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, coded_in, is_of};
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-142",
    name: "a_request_says_what_was_asked",
    holds: Text {
        en: "Foresporsel has a type from list 9152, 9153 or 9154, and a question in Sporsmal where the type says nothing",
        nb: "Foresporsel har en type fra liste 9152, 9153 eller 9154, og et spørsmål i Sporsmal når typen ikke sier noe",
        nn: "Foresporsel har ein type frå liste 9152, 9153 eller 9154, og eit spørsmål i Sporsmal når typen ikkje seier noko",
    },
    hint: Text {
        en: "Copy TypeForesp and Sporsmal from the request that is answered",
        nb: "Kopier TypeForesp og Sporsmal fra forespørselen som besvares",
        nn: "Kopier TypeForesp og Sporsmal frå førespurnaden som blir svara på",
    },
    source: "HIS 80704, Foresporsel",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the list of the type, and the words: code 99 (other) asks nothing by itself.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some((content, request)) = Content::of(head).and_then(|content| content.request().map(|r| (content, r))) else {
        return Vec::new();
    };
    let asked = coded_in(request, "TypeForesp");
    let of_another_list = !asked.s.is_empty() && !["9152", "9153", "9154"].iter().any(|list| is_of(&asked, list));
    let list = of_another_list.then(|| {
        let element = child(request, "TypeForesp").unwrap_or(request);
        place::finding_at(&RULE, element).found(Detail::code(&asked.s))
    });
    let says_nothing = matches!(asked.v.trim(), "" | "99") && !has(request, "Sporsmal");
    let words = says_nothing.then(|| {
        let found =
            Detail::words("no question, and a type that says nothing", "ikke noe spørsmål, og en type som ikke sier noe");
        content.missing(&RULE, request, &["Sporsmal"]).found(found)
    });
    list.into_iter().chain(words).collect()
}
