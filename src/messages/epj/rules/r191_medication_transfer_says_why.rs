//! a transfer of medication says why, and lists the prescriptions.

use crate::domain::Text;
use crate::messages::content::{at, says_something};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-191",
    name: "medication_transfer_says_why",
    holds: Text {
        en: "EPJ-EKSTRAKT with medication explains why it is sent and what is changed, and lists the prescriptions",
        nb: "EPJ-EKSTRAKT med legemiddelopplysninger forklarer hvorfor den sendes og hva som er endret, og lister forskrivningene",
        nn: "EPJ-EKSTRAKT med legemiddelopplysningar forklarer kvifor han blir send og kva som er endra, og listar forskrivingane",
    },
    hint: Text {
        en: "Add GenereltJournalnotat with the reason, and Legemiddelinfo for every current prescription",
        nb: "Legg til GenereltJournalnotat med årsaken, og Legemiddelinfo for hver gjeldende forskrivning",
        nn: "Legg til GenereltJournalnotat med årsaka, og Legemiddelinfo for kvar gjeldande forskriving",
    },
    source: "HIS 1150",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Whether all prescriptions are there nobody else can tell.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = head.content().filter(|_| head.type_code() == "EPJ-EKSTRAKT")?;
    let named =
        |wanted: &'static str| head.survey.components.iter().filter(move |component| component.name().local == wanted);
    let explained =
        named("GenereltJournalnotat").any(|note| at(*note, &["Journaltekst", "Notat"]).is_some_and(says_something));
    let missing = match (explained, named("Legemiddelinfo").next().is_some()) {
        (true, true) => return None,
        (false, _) => Detail::words("no reason in GenereltJournalnotat", "ingen årsak i GenereltJournalnotat"),
        (true, false) => Detail::words("no Legemiddelinfo", "ingen Legemiddelinfo"),
    };
    Some(place::finding_at(&RULE, content).found(missing))
}
