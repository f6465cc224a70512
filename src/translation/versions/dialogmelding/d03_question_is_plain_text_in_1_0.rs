//! D-03: a question may be formatted since 1.1.

use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use super::plain::{is_shown_in_full, plain};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-03",
    name: "question_is_plain_text_in_1_0",
    what: Text {
        en: "A formatted question becomes plain text: lists with dashes, tables with tabs, links as their text",
        nb: "Et formatert spørsmål blir ren tekst: lister med streker, tabeller med tabulator, lenker som ren tekst",
        nn: "Eit formatert spørsmål blir rein tekst: lister med strekar, tabellar med tabulator, lenkjer som rein tekst",
    },
    before: "Foresporsel/Sporsmal (XHTML)",
    after: "Foresporsel/Sporsmal (text)",
    class: LossClass::Dropped,
    source: "HIS 80603 v1.1, 5.1.2; HISD 1155",
    down: Some(Step::Does(run)),
    up: None,
};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What no text can show, such as a picture, is dropped and told so.
fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let Some(question) = request.child_mut("Sporsmal") else { return };
        if question.attributes().any(|(namespace, ..)| namespace != XSI) {
            question.retain_attributes(|namespace, _, _| namespace == XSI);
            told.tell(&RULE, LossClass::Dropped, question.origin());
        }
        if question.has_children() {
            let class = if is_shown_in_full(question) { LossClass::Text } else { LossClass::Dropped };
            // A type that may hold elements is none of a text.
            question.retain_attributes(|_, _, _| false);
            question.set_text(plain(question));
            told.tell(&RULE, class, question.origin());
        }
    });
}
