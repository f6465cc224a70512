//! All events.

use super::event::Event;
use super::{
    apprec, dialog_avvik, dialog_foresporsel, dialog_helsefaglig, dialog_notat, dialog_svar, helseoppl_soknad,
    helseopplysninger_lege, medisinske_opplysninger, orientering_tjenestetilbud,
};

/// Every event that a message can be made of.
pub(in crate::translation::native) static EVENTS: &[&Event] = &[
    &dialog_foresporsel::EVENT,
    &dialog_svar::EVENT,
    &dialog_helsefaglig::EVENT,
    &dialog_notat::EVENT,
    &dialog_avvik::EVENT,
    &orientering_tjenestetilbud::EVENT,
    &medisinske_opplysninger::EVENT,
    &helseopplysninger_lege::EVENT,
    &helseoppl_soknad::EVENT,
    &apprec::EVENT,
];

/// The event of a code.
pub(in crate::translation::native) fn event(code: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|event| event.code == code).copied()
}

/// Whether a message can be made for this code of list 8279.
pub fn is_event(code: &str) -> bool {
    event(code).is_some()
}
