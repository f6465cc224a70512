//! The messages that can be made from FHIR: one file for each event.

mod event;

mod note;

mod dialog_helsefaglig;

mod dialog_foresporsel;

mod dialog_svar;

mod dialog_notat;

mod dialog_avvik;

mod orientering_tjenestetilbud;

mod medisinske_opplysninger;

mod helseopplysninger_lege;

mod helseoppl_soknad;

mod apprec;

mod catalogue;

pub use catalogue::is_event;
pub(super) use catalogue::{EVENTS, event};
