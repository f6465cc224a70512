//! fields of a request that are not in use are left out.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-143",
    name: "unused_request_fields_are_left_out",
    holds: Text {
        en: "Formål, Hastegrad, TypeJournalinfo, Begrunnelse, FraDato and TilDato of Foresporsel are not used",
        nb: "Formål, Hastegrad, TypeJournalinfo, Begrunnelse, FraDato og TilDato i Foresporsel brukes ikke",
        nn: "Formål, Hastegrad, TypeJournalinfo, Begrunnelse, FraDato og TilDato i Foresporsel er ikkje i bruk",
    },
    hint: Text {
        en: "Leave the field out; what must be said goes into Sporsmal",
        nb: "Utelat feltet; det som må sies, skrives i Sporsmal",
        nn: "Utelat feltet; det som må seiast, blir skrive i Sporsmal",
    },
    source: "HIS 80704, Foresporsel",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds each field that is not in use: receivers do not show it.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    const UNUSED: [&str; 6] = ["Formål", "Hastegrad", "TypeJournalinfo", "Begrunnelse", "FraDato", "TilDato"];
    let Some(request) = Content::of(head).and_then(|content| content.request()) else { return Vec::new() };
    let unused = request.children().filter(|field| UNUSED.contains(&field.name().local));
    unused.map(|field| place::finding_at(&RULE, field)).collect()
}
