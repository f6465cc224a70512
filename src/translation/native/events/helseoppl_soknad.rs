//! HELSEOPPL_SOKNAD: a hospital tells the municipality of a patient who will need it (HIS 80704, 7.2).

use super::super::at::At;
use super::super::catalogue::{EXPECTED, KIND_OF_CONTENT, STAY};
use super::super::code::of_category;
use super::super::conversation::Link;
use super::super::element::Space;
use super::super::plo::{self, Groups, Message, has_expected_day};
use super::super::work::Work;
use super::event::Event;
use super::medisinske_opplysninger::kind_of_content;
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "HELSEOPPL_SOKNAD",
    needs: Text {
        en: "Composition: category of 9140, sections with codes 1 and 2 of 9145; an Encounter with period.start or expected-ready; a PractitionerRole with name, profession, HPR number and telephone",
        nb: "Composition: category fra 9140, seksjoner med kodene 1 og 2 fra 9145; en Encounter med period.start eller expected-ready; en PractitionerRole med navn, profesjon, HPR-nummer og telefon",
        nn: "Composition: category frå 9140, seksjonar med kodane 1 og 2 frå 9145; ein Encounter med period.start eller expected-ready; ein PractitionerRole med namn, profesjon, HPR-nummer og telefon",
    },
    becomes: "HelseopplysningerVedSoknad 1.6",
    make,
};

static MESSAGE: Message = Message {
    code: EVENT.code,
    space: Space { prefix: "hel", name: "http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2012-04-01" },
    root: "HelseopplysningerVedSoknad",
    groups: &[
        "TypeInnholdIMelding",
        "OpplysningOpphold",
        "InfoMedisinskDiagnose",
        "MedisinskfagligeOpplysninger",
        "Sykepleierdokumentasjon",
        "InfoKartleggingFunksjonsniva",
        "InfoInformasjonGitt",
        "TjenesteBehov",
    ],
    relation: "ARP",
    may_change: true,
    may_be_a_plan: false,
    own,
};

fn make(work: &Work<'_>) -> Option<String> {
    plo::make(work, &MESSAGE)
}

fn own(work: &Work<'_>, root: &At<'_>, _: Option<&Link<'_>>, groups: &mut Groups) {
    match of_category(work, root, "category", &[9140]) {
        Some(kind) => groups.add(kind_of_content(&kind)),
        None => work.tell(&KIND_OF_CONTENT, root.place("category")),
    }
    if !groups.has("OpplysningOpphold") {
        work.tell(&STAY, work.entries.bundle.place("entry"));
    }
    let has_heading = |wanted: &str| {
        let sections = root.each("section").into_iter();
        let codings = sections.filter_map(|section| section.get("code")).flat_map(|code| code.each("coding"));
        let of_list = |coding: &At<'_>| super::super::code::list_of_coding(coding) == Some(9145);
        codings.into_iter().any(|coding| of_list(&coding) && coding.peek_of("code") == Some(wanted))
    };
    // A cancellation says nothing of what is expected.
    let is_cancelled = root.peek_of("status") == Some("entered-in-error");
    let is_complete = has_heading("1") && has_heading("2") && has_expected_day(work);
    if !is_cancelled && !is_complete {
        work.tell(&EXPECTED, root.place("section"));
    }
}
