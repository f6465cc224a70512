//! The organisations that a message comes from and goes to.

use crate::messages::msghead::HeadView;
use crate::messages::msghead::model::{NAMESPACE, Organisation};
use crate::xml::Node;

/// The outer `Organisation` of the sender, the receiver and every other receiver that has one: its element, and what it says.
pub fn parties<'v>(head: &'v HeadView<'_>) -> impl Iterator<Item = (Node<'v>, &'v Organisation)> {
    let info = &head.model.info;
    let sides = [&info.sender.organisation, &info.receiver.organisation].into_iter();
    let others = info.other_receivers.iter().filter_map(|other| other.organisation.as_ref());
    let nodes = head.root.child(NAMESPACE, "MsgInfo").into_iter().flat_map(Node::children);
    let is_party = |node: &Node<'_>| matches!(node.name().local, "Sender" | "Receiver" | "OtherReceiver");
    let nodes = nodes.filter(is_party).filter_map(|party| party.child(NAMESPACE, "Organisation"));
    nodes.zip(sides.chain(others))
}
