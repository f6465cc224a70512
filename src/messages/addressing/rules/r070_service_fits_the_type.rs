//! a PLO message goes to the service that handles it.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-070",
    name: "service_fits_the_type",
    holds: Text {
        en: "The receiving service is the one that the type of message is for: nursing, case handling, or the hospital's inbox",
        nb: "Mottakende tjeneste er den som meldingstypen er for: sykepleie, saksbehandling eller sykehusets innboks",
        nn: "Tenesta som tek imot, er den som meldingstypen er for: sjukepleie, saksbehandling eller innboksen til sjukehuset",
    },
    hint: Text {
        en: "Address it to the service that the profile names; a municipality may have agreed otherwise, and a route can send it on",
        nb: "Adresser den til tjenesten som profilen nevner; en kommune kan ha avtalt noe annet, og en rute kan sende den videre",
        nn: "Adresser henne til tenesta som profilen nemner; ein kommune kan ha avtalt noko anna, og ei rute kan sende henne vidare",
    },
    source: "HIS 1143-1149; HISD 80806; HIS 1153-3",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The services that the profiles tell apart. A message names its receiver's service by the name that the national lists of
/// service names have (8663, 8668); other names are not judged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Service {
    Nursing,
    CaseHandling,
    HospitalInbox,
}

/// For an incoming message a note only, where the catalogue of rules has a warning: the official samples themselves send
/// applications and notices of discharge to the nursing service, and a municipality may have one inbox for both.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let wanted = services_for(head.type_code()).filter(|_| head.kind.family == "plo")?;
    let service = head.model.info.receiver.organisation.organisation.as_ref()?;
    let fits = wanted.contains(&service_called(&service.name)?);
    (!fits).then(|| head.finding(&RULE, &["MsgInfo", "Receiver", "Organisation", "Organisation", "OrganisationName"]))
}

fn services_for(type_code: &str) -> Option<&'static [Service]> {
    match type_code {
        "LOG_INNLAGT" | "UTSKRIVNINGSRAPPORT" | "LOG_UTSKREVET" | "LOG_DOD" => Some(&[Service::Nursing]),
        "HELSEOPPL_SOKNAD" | "LOG_UTSKRIVNINGSKLAR" | "LOG_AVMELDING" => Some(&[Service::CaseHandling]),
        "MEDISINSKE_OPPLYSNINGER" => Some(&[Service::Nursing, Service::CaseHandling]),
        "INNLEGGELSESRAPPORT" => Some(&[Service::HospitalInbox]),
        // To the patient's GP, who is a person.
        "HELSEOPPLYSNINGER_LEGE" | "ORIENTERING_TJENESTETILBUD" => Some(&[]),
        _ => None,
    }
}

fn service_called(name: &str) -> Option<Service> {
    match name.trim().to_lowercase().as_str() {
        "sykepleietjeneste" => Some(Service::Nursing),
        "saksbehandling" => Some(Service::CaseHandling),
        "plo innleggelse somatikk" | "plo innleggelse psykiatri" => Some(Service::HospitalInbox),
        _ => None,
    }
}
