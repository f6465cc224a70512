//! MEDISINSKE_OPPLYSNINGER: what a doctor tells the services of a municipality (HIS 80704, 6.2).

use super::super::at::At;
use super::super::code::{Code, of_category};
use super::super::conversation::Link;
use super::super::element::{Element, PO, Space};
use super::super::plo::{self, Groups, Message};
use super::super::work::Work;
use super::event::Event;
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "MEDISINSKE_OPPLYSNINGER",
    needs: Text {
        en: "Composition; category of 9138 if it is neither an answer (4) nor a report (1); a PractitionerRole with name, profession, HPR number and telephone; sections and clinical resources",
        nb: "Composition; category fra 9138 hvis den verken er svar (4) eller rapport (1); en PractitionerRole med navn, profesjon, HPR-nummer og telefon; seksjoner og kliniske ressurser",
        nn: "Composition; category frå 9138 dersom ho verken er svar (4) eller rapport (1); ein PractitionerRole med namn, profesjon, HPR-nummer og telefon; seksjonar og kliniske ressursar",
    },
    becomes: "OverforingMedisinskeOpplysninger 1.6",
    make,
};

static MESSAGE: Message = Message {
    code: EVENT.code,
    space: Space { prefix: "med", name: "http://www.kith.no/xmlstds/po/MedisinskeOpplysninger/2012-04-01" },
    root: "OverforingMedisinskeOpplysninger",
    groups: &[
        "TypeInnholdIMelding",
        "OpplysningerTilSoknad",
        "InfoMedisinskDiagnose",
        "MedisinskfagligeOpplysninger",
        "Legemiddelinfo",
        "InfoKartleggingFunksjonsniva",
        "InfoInformasjonGitt",
        "TjenesteBehov",
        "InfoReservasjon",
    ],
    relation: "AMO",
    may_change: false,
    may_be_a_plan: false,
    own,
};

fn make(work: &Work<'_>) -> Option<String> {
    plo::make(work, &MESSAGE)
}

fn own(work: &Work<'_>, root: &At<'_>, link: Option<&Link<'_>>, groups: &mut Groups) {
    let is_answer = link.and_then(|link| link.earlier).is_some_and(|earlier| earlier.type_code() == "DIALOG_FORESPORSEL");
    let kind = of_category(work, root, "category", &[9138]);
    let kind = kind.unwrap_or_else(|| Code::of(9138, if is_answer { "4" } else { "1" }));
    let is_for_an_application = kind.v == "5";
    groups.add(kind_of_content(&kind));
    if is_for_an_application {
        groups.add(application(work));
    }
}

/// `TypeInnholdIMelding`.
pub(super) fn kind_of_content(kind: &Code) -> Element {
    let mut element = PO.element("TypeInnholdIMelding");
    element.push(PO.cv("TypeInnhold", kind));
    element
}

/// Whether the patient has applied: a Task that is done says so.
fn application(work: &Work<'_>) -> Element {
    let tasks = work.entries.all("Task");
    let is_sent = tasks.iter().any(|task| task.text_of("status") == Some("completed"));
    tasks.iter().for_each(|task| ["intent", "code", "for"].into_iter().for_each(|name| task.done_with(name)));
    let mut element = PO.element("OpplysningerTilSoknad");
    element.push(PO.text("EgensoknadSendt", if is_sent { "true" } else { "false" }));
    element
}
