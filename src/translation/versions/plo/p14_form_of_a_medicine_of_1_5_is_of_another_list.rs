//! P-14: the form of a medicine was of another code list in 1.5.

use super::super::rule::{Rule, Step, Told};
use super::MARK_15;
use super::p11_form_of_a_medicine_is_of_another_list::{put_forms_back, take_forms};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-14",
    name: "form_of_a_medicine_of_1_5_is_of_another_list",
    what: Text {
        en: "The form of a medicine is of list 9078 in 1.5 and of list 7448 in 1.6; its words and code stand as labelled lines in the remark",
        nb: "Legemiddelformen er fra liste 9078 i 1.5 og fra liste 7448 i 1.6; tekst og kode står som merkede linjer i merknaden",
        nn: "Legemiddelforma er frå liste 9078 i 1.5 og frå liste 7448 i 1.6; tekst og kode står som merkte linjer i merknaden",
    },
    before: "Forskrivningsinfo/Legemiddelform",
    after: "ForenkletForskrivning/Merknad, Forskrivningsinfo/BruksomradeTekst",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 11.2.3; code lists 7448 and 9078",
    down: Some(Step::PutsBack(restore)),
    up: Some(Step::Does(displace)),
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    take_forms(content, told, &RULE, MARK_15);
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    put_forms_back(content, told, &RULE, MARK_15);
}
