//! A message in the form in which a partner's system takes it: a Bundle of FHIR R4 that its system processes as a message, or one
//! that a server stores as resources. It knows the form, not who wants it.
//! The order of the lines below is the order of dependency: a file imports only from files above it.

mod grow;

mod original;

mod task;

mod overview;

mod receipt;

mod transaction;

mod render;

mod left_over;

pub use left_over::left_over;
pub use render::{NotSaid, Said, Saying, is_bundle, said, xml_in};
