//! a status on a referral is coded and somebody answers for it.

use crate::domain::Text;
use crate::messages::content::{child, code, has, list};
use crate::messages::dialogmelding::parts::{can_be_called, note_of, roles};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-132",
    name: "referral_status_has_code_and_clinician",
    holds: Text {
        en: "DIALOG_STATUS_HENVISNING has a TemaKodet of list 9148, and a clinician with family name, given name and telephone",
        nb: "DIALOG_STATUS_HENVISNING har TemaKodet fra kodeverk 9148, og helsepersonell med etternavn, fornavn og telefon",
        nn: "DIALOG_STATUS_HENVISNING har TemaKodet frå kodeverk 9148, og helsepersonell med etternamn, fornamn og telefon",
    },
    hint: Text {
        en: "Set TemaKodet to 1, 2, 3 or 4, and complete RollerRelatertNotat/HealthcareProfessional; the reference to the referral is R-085",
        nb: "Sett TemaKodet til 1, 2, 3 eller 4, og fyll ut RollerRelatertNotat/HealthcareProfessional; referansen til henvisningen er R-085",
        nn: "Set TemaKodet til 1, 2, 3 eller 4, og fyll ut RollerRelatertNotat/HealthcareProfessional; referansen til tilvisinga er R-085",
    },
    source: "HIS 1206; code list 9148",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds each of the two that is not so.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(note) = note_of(head, "DIALOG_STATUS_HENVISNING") else { return Vec::new() };
    let known = |theme: &Node<'_>| list(*theme) == "9148" && matches!(code(*theme), "1" | "2" | "3" | "4");
    let theme = child(note, "TemaKodet").filter(|theme| !known(theme));
    let theme = theme.map(|theme| place::finding_at(&RULE, theme).found(Detail::code(code(theme))));
    let complete = |who: Node<'_>| has(who, "FamilyName") && has(who, "GivenName") && can_be_called(who);
    let nobody = !roles(note).filter_map(|role| child(role, "HealthcareProfessional")).any(complete);
    let words = Detail::words("no clinician with name and telephone", "ingen helsepersonell med navn og telefon");
    theme.into_iter().chain(nobody.then(|| place::finding_at(&RULE, note).found(words))).collect()
}
