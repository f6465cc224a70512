//! The commands of the binary. Each makes a [`Report`]; only `print` writes to the terminal.

mod log_line;
pub mod line;
mod report;
mod words;
mod table;
mod reason;
pub mod check;
mod files;
pub mod test;
pub mod init;
mod snippet;
mod judged;
mod sarif;
pub mod validate;
pub mod fix;
pub mod translate;
pub mod native;
pub mod through_fhir;
pub mod rules;
mod explained;
mod unpacked;
pub mod explain;
mod beside;
mod message_shown;
pub mod messages;
pub mod deliveries;
pub mod log;
pub mod audit;
pub mod content;
pub mod keys;
mod logging;
mod serve;
mod print;
mod run;

pub use report::{Answer, Printed, Report};
pub use run::run;
