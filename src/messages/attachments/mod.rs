//! Attachments of a message (HIS 1036).

mod attachment;
mod file_type;
pub mod rules;
