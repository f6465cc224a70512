//! a receiver answers a message once; a second answer is ignored.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-100",
    name: "one_apprec_per_receiver",
    holds: Text {
        en: "Each receiver answers a message with exactly one AppRec",
        nb: "Hver mottaker svarer på en melding med nøyaktig én applikasjonskvittering",
        nn: "Kvar mottakar svarer på ei melding med nøyaktig éi applikasjonskvittering",
    },
    hint: Text {
        en: "Never send a second or changed AppRec for the same message and receiver",
        nb: "Send aldri en ny eller endret applikasjonskvittering for samme melding og mottaker",
        nn: "Send aldri ei ny eller endra applikasjonskvittering for same melding og mottakar",
    },
    source: "HITS 1168; test 13",
    incoming: Consequence::Ignore,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// The finding on a second AppRec for a delivery that is answered.
pub fn second() -> Finding {
    Finding::new(&RULE)
}
