//! D-07: a role may be without a person since 1.1.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::MARK;
use super::roles::{ROLE, each_holder, has_person};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-07",
    name: "role_without_a_person_has_no_place_in_1_0",
    what: Text {
        en: "A role without a person, or of a unit only, stands as labelled lines in the remark of a note or the reason of a request",
        nb: "En rolle uten person, eller for bare en enhet, står som merkede linjer i merknaden til et notat eller begrunnelsen for en forespørsel",
        nn: "Ei rolle utan person, eller for berre ei eining, står som merkte linjer i merknaden til eit notat eller grunngjevinga for ein førespurnad",
    },
    before: "RollerRelatertNotat (without person)",
    after: "Notat/Merknad, Foresporsel/Begrunnelse",
    class: LossClass::Text,
    source: "HIS 80603 v1.1, 5.1.5",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const SUBJECT: Subject = Subject {
    name: "Rolle",
    is_numbered: true,
    words: &[
        ("RolleNotat@DN", "rolle"),
        ("RolleNotat@V", "rollekode"),
        ("RoleToPatient@DN", "rolle overfor pasient"),
        ("RoleToPatient@V", "kode for rolle overfor pasient"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:OrganisationName", "enhet"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:Ident/Id", "id"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:Ident/TypeId@V", "type id"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:Ident/TypeId@S", "kodeverk for type id"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:Ident/TypeId@DN", "navn på type id"),
        ("TilknyttetEnhet/Kontaktenhet/fk1:TeleCom/TeleAddress@V", "telefon"),
        ("TilknyttetEnhet/Merknad", "merknad"),
    ],
};

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each_holder(content, &mut |holder, field, following| {
        let taken = holder.take_where(ROLE, |_, role| !has_person(role));
        let labels: Vec<Label> = taken.iter().flat_map(|(place, role)| SUBJECT.labels(*place, role)).collect();
        if !labels.is_empty() {
            MARK.displace(holder, field, following, &labels);
        }
        taken.iter().for_each(|(_, role)| told.tell(&RULE, LossClass::Text, role.origin()));
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each_holder(content, &mut |holder, field, _| {
        let labels = MARK.reclaim(holder, field, |label: &Label| SUBJECT.tells(label));
        let blank = holder.part(ROLE);
        for (place, role) in SUBJECT.restore(&labels, || blank.clone()) {
            holder.insert_nth(role, place, &[]);
            told.tell(&RULE, LossClass::Lossless, holder.origin());
        }
    });
}
