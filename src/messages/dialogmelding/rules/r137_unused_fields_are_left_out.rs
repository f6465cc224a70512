//! fields that are not in use between services are left out.

use crate::domain::Text;
use crate::messages::content::{child, list};
use crate::messages::dialogmelding::parts::REQUEST_LISTS;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-137",
    name: "unused_fields_are_left_out",
    holds: Text {
        en: "Fields that are not in use between nursing and care, GP and hospital are left out",
        nb: "Felt som ikke er i bruk mellom pleie og omsorg, lege og sykehus, utelates",
        nn: "Felt som ikkje er i bruk mellom pleie og omsorg, lege og sjukehus, blir utelatne",
    },
    hint: Text {
        en: "Leave the field out: the receiver may not show it",
        nb: "Utelat feltet: det er ikke sikkert at mottakeren viser det",
        nn: "Utelat feltet: det er ikkje sikkert at mottakaren viser det",
    },
    source: "HISD 80903",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// RoleToPatient is on the list of HISD 80903 too, but the official samples use it; Formål is R-123.
const UNUSED: [&str; 9] =
    ["SakstypeKodet", "Sakstype", "Begrunnelse", "Hastegrad", "FraDato", "TilDato", "TypeJournalinfo", "Tema", "Merknad"];

/// Looks at requests between these services and the answers to them.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = head.content().filter(|_| matches!(head.type_code(), "DIALOG_FORESPORSEL" | "DIALOG_SVAR")) else {
        return Vec::new();
    };
    let between_services = |node: Node<'_>| {
        node.name().local == "Foresporsel"
            && child(node, "TypeForesp").is_some_and(|kind| REQUEST_LISTS.contains(&list(kind)))
    };
    if !content.descendants().any(between_services) {
        return Vec::new();
    }
    let note = child(content, "Notat");
    let places = [Some(content), note, child(content, "Foresporsel"), note.and_then(|note| child(note, "Foresporsel"))];
    let fields = places.into_iter().flatten().flat_map(Node::children);
    let unused = fields.filter(|field| UNUSED.contains(&field.name().local));
    unused.map(|field| place::finding_at(&RULE, field).found(Detail::code(field.name().local))).collect()
}
