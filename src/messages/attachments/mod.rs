//! Attachments and EPJ components, in whatever type of message they stand (HIS 1036, HIS 1150).

pub mod rules;
