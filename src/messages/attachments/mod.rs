//! Attachments of a message (HIS 1036).

mod attachment;
mod file_type;
pub use attachment::{Attachment, attachments_of};
pub use file_type::begins_as;
pub mod rules;
