//! a request is a Foresporsel and everything else a Notat.

use crate::domain::Text;
use crate::messages::dialogmelding::parts::{Uses, profile};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-120",
    name: "profile_uses_its_class",
    holds: Text {
        en: "DIALOG_FORESPORSEL uses Foresporsel, and the other types that have a profile use Notat",
        nb: "DIALOG_FORESPORSEL bruker Foresporsel, og de andre typene som har en profil, bruker Notat",
        nn: "DIALOG_FORESPORSEL bruker Foresporsel, og dei andre typane som har ein profil, bruker Notat",
    },
    hint: Text {
        en: "Check MsgInfo/Type, or use the other class",
        nb: "Kontroller MsgInfo/Type, eller bruk den andre klassen",
        nn: "Kontroller MsgInfo/Type, eller bruk den andre klassa",
    },
    source: "HIS 80603",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at the first of the two classes in the message.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let (_, uses) = profile(head.type_code())?;
    let wrong = match uses {
        Uses::Request => "Notat",
        Uses::Note => "Foresporsel",
    };
    let first = head.content()?.children().find(|node| matches!(node.name().local, "Foresporsel" | "Notat"))?;
    let found = Detail::code(head.type_code());
    (first.name().local == wrong).then(|| place::finding_at(&RULE, first).found(found))
}
