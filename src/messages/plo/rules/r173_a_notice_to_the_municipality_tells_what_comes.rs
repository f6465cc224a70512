//! health information to the municipality tells state, course and expected day.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::plo::content::Event;
use crate::messages::plo::parts::NEXT_OF_KIN;
use crate::messages::plo::profile::Profile;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-173",
    name: "a_notice_to_the_municipality_tells_what_comes",
    holds: Text {
        en: "HELSEOPPL_SOKNAD tells the state of the patient, the expected course and the expected day, and names next of kin",
        nb: "HELSEOPPL_SOKNAD forteller om pasientens status, antatt forløp og forventet dato, og oppgir pårørende",
        nn: "HELSEOPPL_SOKNAD fortel om status for pasienten, venta forløp og venta dato, og oppgir pårørande",
    },
    hint: Text {
        en: "Add Journaltekst with headings 1 and 2 of list 9145, and OpplysningOpphold with the date and Anslag true",
        nb: "Legg til Journaltekst med overskrift 1 og 2 fra liste 9145, og OpplysningOpphold med dato og Anslag true",
        nn: "Legg til Journaltekst med overskrift 1 og 2 frå liste 9145, og OpplysningOpphold med dato og Anslag true",
    },
    source: "HIS 1144 (2019), 3 and 4.3",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks each part by itself. Next of kin are only noted: the official samples have none.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(mut profile) = Profile::of(&RULE, head, "HELSEOPPL_SOKNAD") else { return Vec::new() };
    let (told, medical) = (profile.tells("9145", "1"), "MedisinskfagligeOpplysninger");
    profile.wants(told, medical, "no state of the patient (heading 1)", "ingen pasientstatus (overskrift 1)");
    let told = profile.tells("9145", "2");
    profile.wants(told, medical, "no expected course (heading 2)", "ikke noe antatt forløp (overskrift 2)");
    // Code 5, the expected day, is newer than 3: both are met (HIS 80704; official samples).
    let expected = Event::all(head).iter().any(|event| matches!(event.code(), "3" | "5") && event.moment().is_some());
    profile.wants(expected, "OpplysningOpphold", "no expected day (code 3 or 5)", "ingen forventet dato (kode 3 eller 5)");
    let mut findings = std::mem::take(&mut profile.findings);
    profile.wants_each(&[NEXT_OF_KIN]);
    findings.extend(profile.findings.into_iter().map(|finding| finding.with(Consequence::Note)));
    findings
}
