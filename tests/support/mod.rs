//! What several tests share: letters (messages made to order), the fictive world as a directory, and a simulated world.

pub mod letters;
pub mod sim;
pub mod totals;
