//! HELSEOPPLYSNINGER_LEGE: what a nurse tells a doctor (HIS 80704, 8.2).

use super::super::at::At;
use super::super::code::{Code, of_category};
use super::super::conversation::Link;
use super::super::element::{PO, Space};
use super::super::plo::{self, Groups, Message};
use super::super::work::Work;
use super::event::Event;
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "HELSEOPPLYSNINGER_LEGE",
    needs: Text {
        en: "Composition; category of 9137 if it is not a status report (2), or a Task that asks for an assessment (3); a PractitionerRole with name, profession, HPR number and telephone; sections and clinical resources",
        nb: "Composition; category fra 9137 hvis den ikke er en statusrapport (2), eller en Task som ber om vurdering (3); en PractitionerRole med navn, profesjon, HPR-nummer og telefon; seksjoner og kliniske ressurser",
        nn: "Composition; category frå 9137 dersom ho ikkje er ein statusrapport (2), eller ein Task som ber om vurdering (3); ein PractitionerRole med namn, profesjon, HPR-nummer og telefon; seksjonar og kliniske ressursar",
    },
    becomes: "Konsultasjon 1.6",
    make,
};

static MESSAGE: Message = Message {
    code: EVENT.code,
    space: Space { prefix: "lege", name: "http://www.kith.no/xmlstds/po/HelseopplysningerTilLege/2012-04-01" },
    root: "Konsultasjon",
    groups: &[
        "InnholdKonsultasjon",
        "InfoMedisinskDiagnose",
        "MedisinskfagligeOpplysninger",
        "Legemiddelinfo",
        "Sykepleierdokumentasjon",
        "InfoKartleggingFunksjonsniva",
        "InfoInformasjonGitt",
        "InfoReservasjon",
    ],
    relation: "ASO",
    may_change: false,
    may_be_a_plan: false,
    own,
};

fn make(work: &Work<'_>) -> Option<String> {
    plo::make(work, &MESSAGE)
}

fn own(work: &Work<'_>, root: &At<'_>, _: Option<&Link<'_>>, groups: &mut Groups) {
    let asks = ["Task", "CommunicationRequest"].into_iter().flat_map(|kind| work.entries.all(kind)).collect::<Vec<_>>();
    asks.iter().for_each(|one| {
        ["status", "intent", "code", "for", "subject", "category"].into_iter().for_each(|name| one.done_with(name))
    });
    let kind = of_category(work, root, "category", &[9137]);
    let kind = kind.unwrap_or_else(|| Code::of(9137, if asks.is_empty() { "2" } else { "3" }));
    let mut element = PO.element("InnholdKonsultasjon");
    element.push(PO.cs("TypeInnholdKonsultasjon", &kind));
    groups.add(element);
}
