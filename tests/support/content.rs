//! Looks at content as a person may: with a purpose, which is written down.

use super::shipped::{Shipped, block_on};
use bindeledd::domain::{Actor, TrackingId};
use bindeledd::store::{Look, Part};

/// The bytes of a part of a message.
pub fn content(shipped: &Shipped, message: i64, part: Part) -> Vec<u8> {
    let tracking = shipped.disk.texts(&format!("SELECT tracking FROM message WHERE id = {message}")).remove(0);
    let tracking = TrackingId::parse(&tracking).expect("a tracking id");
    let look = Look { tracking, part, purpose: "a test".into(), who: Actor::account("tester", None) };
    let bytes = block_on(shipped.gateway.store.look_at_content(look, shipped.now())).expect("reads");
    bytes.expect("it is there").expose().clone()
}
