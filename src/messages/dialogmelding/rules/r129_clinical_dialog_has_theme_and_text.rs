//! a clinical dialog message has theme and text and nothing else.

use crate::domain::Text;
use crate::messages::content::{child, code, has, list};
use crate::messages::dialogmelding::parts::note_of;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-129",
    name: "clinical_dialog_has_theme_and_text",
    holds: Text {
        en: "DIALOG_HELSEFAGLIG has a TemaKodet of list 7322 and a Tema, and of Notat only these, TekstNotatInnhold and RollerRelatertNotat",
        nb: "DIALOG_HELSEFAGLIG har TemaKodet fra kodeverk 7322 og Tema, og av Notat bare disse, TekstNotatInnhold og RollerRelatertNotat",
        nn: "DIALOG_HELSEFAGLIG har TemaKodet frå kodeverk 7322 og Tema, og av Notat berre desse, TekstNotatInnhold og RollerRelatertNotat",
    },
    hint: Text {
        en: "Give the message a theme that stays the same through the dialog, and write everything else in TekstNotatInnhold",
        nb: "Gi meldingen et tema som er det samme gjennom hele dialogen, og skriv alt annet i TekstNotatInnhold",
        nn: "Gi meldinga eit tema som er det same gjennom heile dialogen, og skriv alt anna i TekstNotatInnhold",
    },
    source: "HIS 1077",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// List 7321 is that of the older edition, and counts.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(note) = note_of(head, "DIALOG_HELSEFAGLIG") else { return Vec::new() };
    let theme = child(note, "TemaKodet").filter(|theme| !matches!(list(*theme), "7322" | "7321"));
    let theme = theme.map(|theme| place::finding_at(&RULE, theme).found(Detail::code(code(theme))));
    let no_theme =
        (!has(note, "Tema")).then(|| place::finding_at(&RULE, note).found(Detail::words("no Tema", "ingen Tema")));
    let unused = ["Merknad", "DokIdNotat", "DatoNotat", "Foresporsel"];
    let unused =
        unused.into_iter().filter_map(|name| Some(place::finding_at(&RULE, child(note, name)?).found(Detail::code(name))));
    theme.into_iter().chain(no_theme).chain(unused).collect()
}
