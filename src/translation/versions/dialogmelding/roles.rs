//! Roles beside a note or a request, and the text there in which the older version tells what it has no element for.

use super::super::walk::each;
use crate::xml::Draft;

/// A role.
pub const ROLE: &str = "RollerRelatertNotat";
/// Its unit, since 1.1.
pub const UNIT: &str = "TilknyttetEnhet";

const BEHIND_REMARK: [&str; 4] = ["DokIdNotat", "DatoNotat", "Foresporsel", ROLE];
const BEHIND_REASON: [&str; 7] =
    ["Hastegrad", "FraDato", "TilDato", "TypeJournalinfo", "KodetOpplysning", "DokIdForesp", ROLE];

/// Whether a role is of a person.
pub fn has_person(role: &Draft<'_>) -> bool {
    role.child("HealthcareProfessional").is_some() || role.child("Person").is_some()
}

/// Calls `change` for every note and request: with the name of its text, and of what follows that.
pub fn each_holder<'t>(content: &mut Draft<'t>, change: &mut impl FnMut(&mut Draft<'t>, &'static str, &[&str])) {
    each(content, "Notat", &mut |note| change(note, "Merknad", &BEHIND_REMARK));
    each(content, "Foresporsel", &mut |request| change(request, "Begrunnelse", &BEHIND_REASON));
}
