//! a message for the record is a note without a request, from somebody with a full name.

use crate::domain::Text;
use crate::messages::content::{child, has};
use crate::messages::dialogmelding::parts::{note_of, roles};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-134",
    name: "message_for_the_record_is_a_note",
    holds: Text {
        en: "DIALOG_TIL_ARKIVERING holds no Foresporsel, and a clinician in it has both family name and given name",
        nb: "DIALOG_TIL_ARKIVERING har ingen Foresporsel, og helsepersonell i den har både etternavn og fornavn",
        nn: "DIALOG_TIL_ARKIVERING har ingen Foresporsel, og helsepersonell i han har både etternamn og fornamn",
    },
    hint: Text {
        en: "Leave Foresporsel out; give both names, or leave the clinician out",
        nb: "Utelat Foresporsel; oppgi begge navn, eller utelat helsepersonellet",
        nn: "Utelat Foresporsel; gi opp begge namn, eller utelat helsepersonellet",
    },
    source: "HITS 1228",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds the request and every clinician with half a name.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(note) = note_of(head, "DIALOG_TIL_ARKIVERING") else { return Vec::new() };
    let half_named = |who: &Node<'_>| !(has(*who, "FamilyName") && has(*who, "GivenName"));
    let clinicians = roles(note).filter_map(|role| child(role, "HealthcareProfessional")).filter(half_named);
    child(note, "Foresporsel").into_iter().chain(clinicians).map(|node| place::finding_at(&RULE, node)).collect()
}
