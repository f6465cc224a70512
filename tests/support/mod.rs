//! What several tests share: letters (messages made to order), the fictive world as a directory, and a simulated world.

#[expect(dead_code, reason = "other tests ask it more")]
pub mod disk;
pub mod letters;
pub mod sim;
pub mod totals;
