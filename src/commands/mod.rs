//! The commands of the binary. Each makes a [`Report`]; only `print` writes to the terminal.

mod report;
mod words;
mod table;
pub mod check;
mod files;
pub mod test;
pub mod init;
pub mod validate;
mod explained;
pub mod explain;
mod beside;
mod message_shown;
pub mod messages;
pub mod deliveries;
mod logging;
mod serve;
pub mod line;
mod print;
mod run;

pub use report::{Answer, Report};
pub use run::run;
