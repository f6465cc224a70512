//! ORIENTERING_TJENESTETILBUD: which services the patient was granted (HIS 80704, 12.2).

use super::super::catalogue::SERVICE;
use super::super::element::Space;
use super::super::plo::{self, Message};
use super::super::work::Work;
use super::event::Event;
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "ORIENTERING_TJENESTETILBUD",
    needs: Text {
        en: "Composition or CarePlan; a ServiceRequest for each service with code and performer, or CarePlan.activity.detail; a PractitionerRole with name, profession, HPR number and telephone",
        nb: "Composition eller CarePlan; en ServiceRequest for hver tjeneste med code og performer, eller CarePlan.activity.detail; en PractitionerRole med navn, profesjon, HPR-nummer og telefon",
        nn: "Composition eller CarePlan; ein ServiceRequest for kvar teneste med code og performer, eller CarePlan.activity.detail; ein PractitionerRole med namn, profesjon, HPR-nummer og telefon",
    },
    becomes: "OrienteringOmTjenestetilbud 1.6, an EksisterendeTjeneste for each service",
    make,
};

static MESSAGE: Message = Message {
    code: EVENT.code,
    space: Space { prefix: "ori", name: "http://www.kith.no/xmlstds/po/OrienteringOmTjenestetilbud/2012-04-01" },
    root: "OrienteringOmTjenestetilbud",
    groups: &["EksisterendeTjeneste"],
    relation: "ARP",
    may_change: false,
    may_be_a_plan: true,
    own: |work, root, _, groups| {
        if !groups.has("EksisterendeTjeneste") {
            work.tell(&SERVICE, root.path.clone());
        }
    },
};

fn make(work: &Work<'_>) -> Option<String> {
    plo::make(work, &MESSAGE)
}
