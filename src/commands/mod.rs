//! The commands of the binary.

mod report;
pub mod check;
pub mod test;
pub mod init;

pub use report::{Answer, Report};
