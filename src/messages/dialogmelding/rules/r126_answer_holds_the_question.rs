//! an answer says what it answers.

use crate::domain::Text;
use crate::messages::content::{at, child, code, list};
use crate::messages::dialogmelding::parts::{REQUEST_LISTS, note_of};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-126",
    name: "answer_holds_the_question",
    holds: Text {
        en: "DIALOG_SVAR has a TemaKodet of list 9069, code 5 between nursing and care, GP and hospital, and the original request in Notat/Foresporsel",
        nb: "DIALOG_SVAR har TemaKodet fra kodeverk 9069, kode 5 mellom pleie og omsorg, lege og sykehus, og den opprinnelige forespørselen i Notat/Foresporsel",
        nn: "DIALOG_SVAR har TemaKodet frå kodeverk 9069, kode 5 mellom pleie og omsorg, lege og sjukehus, og den opphavlege førespurnaden i Notat/Foresporsel",
    },
    hint: Text {
        en: "Copy the request into Notat/Foresporsel and set TemaKodet; the reference to the request is R-085",
        nb: "Kopier forespørselen inn i Notat/Foresporsel og sett TemaKodet; referansen til forespørselen er R-085",
        nn: "Kopier førespurnaden inn i Notat/Foresporsel og set TemaKodet; referansen til førespurnaden er R-085",
    },
    source: "HIS 1152; HISD 80903; acceptance test 16",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds each of the two that is not so.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(note) = note_of(head, "DIALOG_SVAR") else { return Vec::new() };
    let between_services = at(note, &["Foresporsel", "TypeForesp"]).is_some_and(|kind| REQUEST_LISTS.contains(&list(kind)));
    let wrong_theme = |theme: &Node<'_>| list(*theme) != "9069" || between_services && code(*theme) != "5";
    let theme = child(note, "TemaKodet").filter(wrong_theme);
    let theme = theme.map(|theme| place::finding_at(&RULE, theme).found(Detail::code(code(theme))));
    let no_question = child(note, "Foresporsel").is_none();
    let no_question =
        no_question.then(|| place::finding_at(&RULE, note).found(Detail::words("no Foresporsel", "ingen Foresporsel")));
    theme.into_iter().chain(no_question).collect()
}
