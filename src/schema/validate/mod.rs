//! One pass over the events of a document, and everything that is wrong with it.

mod frame;

mod record;

mod seen;

mod spelling;

mod search;

mod validator;

mod open;

mod attributes;

mod child;

mod misfit;

mod close;

mod watch;

pub use validator::Validator;
pub use watch::validate;
