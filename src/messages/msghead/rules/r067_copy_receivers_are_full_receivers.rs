//! a copy receiver has routing and AppRec of its own.

use super::super::model::MsgInfo;
use crate::domain::Text;
use crate::domain::{Receiver, Role};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-067",
    name: "copy_receivers_are_full_receivers",
    holds: Text {
        en: "A copy receiver (OtherReceiver) is treated as a full receiver",
        nb: "En kopimottaker (OtherReceiver) behandles som en fullverdig mottaker",
        nn: "Ein kopimottakar (OtherReceiver) blir behandla som ein fullverdig mottakar",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168; tests 19, 20, 36-40",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// The receivers of a message: the primary one, then every OtherReceiver that names an organisation or a professional.
/// A copy to the patient or another person goes by letter and is not ours to deliver.
pub fn receivers(info: &MsgInfo) -> Vec<Receiver> {
    let primary = Receiver { party: info.receiver.organisation.party(), role: Role::Primary };
    let copies = info.other_receivers.iter().filter_map(|other| other.organisation.as_ref());
    let copies = copies.map(|organisation| Receiver { party: organisation.party(), role: Role::Copy });
    std::iter::once(primary).chain(copies).collect()
}
