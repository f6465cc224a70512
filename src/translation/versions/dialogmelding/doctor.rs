//! Who asks: each kind of service has its own list of requests (HISD 80903).

use super::super::rule::Told;
use crate::xml::Node;

/// The list from which the sender takes the kind of a request: 9153 for a doctor who sends in his or her own name, and otherwise
/// 9152. That a sender is a hospital (9154) stands nowhere in a message; code 99 means the same in all three.
pub fn request_list(told: &Told<'_>) -> u32 {
    let sender = told.head.and_then(|head| head.children().find(|child| child.name().local == "Sender"));
    if sender.is_some_and(names_a_professional) { 9153 } else { 9152 }
}

fn names_a_professional(sender: Node<'_>) -> bool {
    sender.descendants().any(|node| node.name().local == "HealthcareProfessional")
}
