//! the main diagnosis comes first, and there is only one.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-081",
    name: "main_diagnosis_comes_first",
    holds: Text {
        en: "At most one diagnosis is the main one, and it comes first",
        nb: "Høyst én diagnose er hoveddiagnose, og den står først",
        nn: "Høgst éin diagnose er hovuddiagnose, og han står først",
    },
    hint: Text {
        en: "Put the diagnosis with Hoveddiagnose = true before the others, and write false for the others",
        nb: "Sett diagnosen med Hoveddiagnose = true foran de andre, og skriv false for de andre",
        nn: "Set diagnosen med Hoveddiagnose = true føre dei andre, og skriv false for dei andre",
    },
    source: "HISD 1165",
    incoming: Consequence::Warn,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Points at the second main diagnosis, or at the one that does not come first.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let diagnoses = head.content()?.descendants().filter(|node| node.name().local == "MedisinskDiagnose");
    let mut main = diagnoses.enumerate().filter(|(_, diagnosis)| is_main(*diagnosis));
    let (position, first) = main.next()?;
    let (node, found) = match (main.next(), position) {
        (Some((_, second)), _) => (second, Detail::words("a second main diagnosis", "en hoveddiagnose til")),
        (None, 0) => return None,
        (None, _) => (first, Detail::words("the main diagnosis after another", "hoveddiagnosen etter en annen")),
    };
    Some(place::finding_at(&RULE, node).found(found))
}

fn is_main(diagnosis: Node<'_>) -> bool {
    let main = diagnosis.child(diagnosis.name().namespace, "Hoveddiagnose");
    main.is_some_and(|main| matches!(main.text().trim(), "true" | "1"))
}
