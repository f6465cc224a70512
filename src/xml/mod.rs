//! XML at the door and on the way out: bytes to text, text to checked events, events to a tree, and text written back.
//!
//! It knows XML 1.0 and Namespaces in XML 1.0, and nothing of health messages, transports or storage.
//! The rule of this module: what passes here, a conforming parser of a receiver (libxml2, Xerces, expat) also reads.
//! The order of the lines below is the order of dependency: a file imports only from files above it.

mod place;

mod limits;

mod trouble;

mod chars;

mod scan;

mod landmarks;

mod names;

mod references;

mod declaration;

mod token;

mod decode;

mod tag;

mod run;

mod plain;

mod markup;

mod uri;

mod namespaces;

mod ids;

mod event;

mod reader;

mod tree;

mod way;

mod compare;

mod write;

mod draft;

#[cfg(test)]
mod gaps;

#[cfg(test)]
mod differential;

pub use decode::decode;
pub use draft::Draft;
pub use event::{Attribute, Event, Start, Watch};
pub use limits::{Limit, Limits};
pub(crate) use names::{is_ncname, may_begin as may_begin_name, may_follow as may_follow_in_name, short_name};
pub use namespaces::Name;
pub use place::Place;
pub use reader::Reader;
pub(crate) use scan::is_same as is_same_name;
pub use tree::{Node, Tree};
pub use trouble::{EncodingTrouble, Malformed, Trouble, TroubleKind};
pub(crate) use uri::is_reference as is_uri_reference;
pub use write::Writer;
