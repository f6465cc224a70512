//! a prescription says what, and how or until when.

use crate::domain::Text;
use crate::messages::content::{child, code, has};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-194",
    name: "prescription_can_be_followed",
    holds: Text {
        en: "A prescription has Navn, and either DosVeiledEnkel or form and strength; a discontinued one says when it ended",
        nb: "En forskrivning har Navn, og enten DosVeiledEnkel eller form og styrke; en seponert forskrivning sier når den sluttet",
        nn: "Ei forskriving har Navn, og anten DosVeiledEnkel eller form og styrke; ei seponert forskriving seier når ho slutta",
    },
    hint: Text {
        en: "Complete Forskrivningsinfo; for status 2 (Seponering) set DoseringSluttidspunkt",
        nb: "Fyll ut Forskrivningsinfo; for status 2 (Seponering) oppgi DoseringSluttidspunkt",
        nn: "Fyll ut Forskrivningsinfo; for status 2 (Seponering) gi opp DoseringSluttidspunkt",
    },
    source: "HIS 80704",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at each prescription in Legemiddelinfo.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let components = head.survey.components.iter().filter(|component| component.name().local == "Legemiddelinfo");
    components.filter_map(|component| find(child(*component, "ForenkletForskrivning")?)).collect()
}

fn find(prescription: Node<'_>) -> Option<Finding> {
    let info = child(prescription, "Forskrivningsinfo")?;
    let discontinued = child(prescription, "StatusTilForskrivningen").is_some_and(|status| code(status) == "2");
    let is_described =
        has(info, "DosVeiledEnkel") || child(info, "Styrke").is_some() || child(info, "Legemiddelform").is_some();
    let missing = match () {
        () if !has(info, "Navn") => Detail::words("no Navn", "ikke noe Navn"),
        () if discontinued && child(info, "DoseringSluttidspunkt").is_none() => {
            Detail::words("no DoseringSluttidspunkt", "ikke noe DoseringSluttidspunkt")
        }
        () if !discontinued && !is_described => {
            Detail::words("neither dosage nor form and strength", "verken dosering eller form og styrke")
        }
        () => return None,
    };
    Some(place::finding_at(&RULE, info).found(missing))
}
