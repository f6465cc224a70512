//! What several tests share: letters (messages made to order), the fictive world as a directory, and a simulated world.

pub mod letters;
#[expect(dead_code, reason = "its server is killed in another test")]
pub mod postgres;
pub mod sim;
pub mod totals;
