//! next of kin have a name or a number.

use crate::domain::Text;
use crate::messages::content::{child, has};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, along};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-154",
    name: "next_of_kin_can_be_told_apart",
    holds: Text {
        en: "ParorendeForesatt/Referanseperson has a name or an Ident",
        nb: "ParorendeForesatt/Referanseperson har navn eller Ident",
        nn: "ParorendeForesatt/Referanseperson har namn eller Ident",
    },
    hint: Text {
        en: "Give the name of the person, or leave ParorendeForesatt out",
        nb: "Oppgi navnet på personen, eller utelat ParorendeForesatt",
        nn: "Oppgi namnet på personen, eller utelat ParorendeForesatt",
    },
    source: "HIS 80601, Person",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every one.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head) else { return Vec::new() };
    let nameless = |person: &Node<'_>| {
        let named = ["FamilyName", "GivenName"].iter().any(|name| has(*person, name));
        !named && child(*person, "Ident").is_none()
    };
    let persons = along(content.common(), &["ParorendeForesatt", "Referanseperson"]).into_iter();
    persons.filter(nameless).map(|person| place::finding_at(&RULE, person)).collect()
}
