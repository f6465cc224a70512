//! Rules on attachments (HIS 1036).

pub mod r183_attachment_is_described;
pub mod r184_attachment_type_fits_the_profile;
pub mod r185_attachment_is_what_it_says;
pub mod r186_xml_attachment_is_xml;
pub mod r187_attachments_are_scanned_where_they_are_opened;

use crate::messages::msghead::Check;
use crate::rulebook::Rule;

/// All of them, by number.
pub static RULES: &[&Rule] = &[
    &r183_attachment_is_described::RULE,
    &r184_attachment_type_fits_the_profile::RULE,
    &r185_attachment_is_what_it_says::RULE,
    &r186_xml_attachment_is_xml::RULE,
    &r187_attachments_are_scanned_where_they_are_opened::RULE,
];

/// The checks that the message alone can answer.
pub static CHECKS: &[Check] = &[
    Check::Each(r183_attachment_is_described::check),
    Check::Each(r184_attachment_type_fits_the_profile::check),
    Check::Each(r185_attachment_is_what_it_says::check),
    Check::Each(r186_xml_attachment_is_xml::check),
];
