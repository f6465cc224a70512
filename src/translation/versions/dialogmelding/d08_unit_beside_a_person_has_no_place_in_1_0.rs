//! D-08: a unit may stand beside a person since 1.1.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::MARK;
use super::roles::{ROLE, UNIT, each_holder, has_person};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-08",
    name: "unit_beside_a_person_has_no_place_in_1_0",
    what: Text {
        en: "The unit beside a person stands as labelled lines in the remark of a note or the reason of a request",
        nb: "Enheten ved siden av en person står som merkede linjer i merknaden til et notat eller begrunnelsen for en forespørsel",
        nn: "Eininga ved sida av ein person står som merkte linjer i merknaden til eit notat eller grunngjevinga for ein førespurnad",
    },
    before: "RollerRelatertNotat/TilknyttetEnhet",
    after: "Notat/Merknad, Foresporsel/Begrunnelse",
    class: LossClass::Text,
    source: "HIS 80603 v1.1, 5.1.9",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const SUBJECT: Subject = Subject {
    name: "Enhet for rolle",
    is_numbered: true,
    words: &[
        ("Kontaktenhet/fk1:OrganisationName", "navn"),
        ("Kontaktenhet/fk1:Ident/Id", "id"),
        ("Kontaktenhet/fk1:Ident/TypeId@V", "type id"),
        ("Kontaktenhet/fk1:Ident/TypeId@S", "kodeverk for type id"),
        ("Kontaktenhet/fk1:Ident/TypeId@DN", "navn på type id"),
        ("Kontaktenhet/fk1:TeleCom/TeleAddress@V", "telefon"),
        ("Merknad", "merknad"),
    ],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each_holder(content, &mut |holder, field, following| {
        let mut taken = Vec::new();
        for (place, role) in holder.children_mut().filter(|child| child.local() == ROLE).enumerate() {
            if has_person(role) {
                taken.extend(role.take(UNIT).map(|unit| (place, unit)));
            }
        }
        let labels: Vec<Label> = taken.iter().flat_map(|(place, unit)| SUBJECT.labels(*place, unit)).collect();
        if !labels.is_empty() {
            MARK.displace(holder, field, following, &labels);
        }
        taken.iter().for_each(|(_, unit)| told.tell(&RULE, LossClass::Text, unit.origin()));
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each_holder(content, &mut |holder, field, _| {
        let labels = MARK.reclaim(holder, field, |label: &Label| SUBJECT.tells(label));
        let blank = holder.part(UNIT);
        for (place, unit) in SUBJECT.restore(&labels, || blank.clone()) {
            let role = holder.children_mut().filter(|child| child.local() == ROLE).nth(place);
            if let Some(role) = role {
                role.insert_before(unit, &["HealthcareProfessional", "Person"]);
                told.tell(&RULE, LossClass::Lossless, holder.origin());
            }
        }
    });
}
