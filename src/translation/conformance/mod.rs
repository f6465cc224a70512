//! What a FHIR server tells about itself: definitions of its messages, extensions, profiles, code systems and maps, and what it can do.
//! All of it is made from the tables that the program itself reads, so nothing is described that is not so.

mod published;

mod messages;

mod extension_words;

mod extensions;

mod profiles;

mod codes;

mod map_words;

mod maps;

mod shelf;

mod capability;

pub use capability::{Operation, capability};
pub use published::Published;
pub use shelf::{all, find, search};
