//! What a person reads of a part of a message, in bokmål: a heading, labels, codes by their names, times as dates, tables of what is
//! repeated, and markup as far as it is harmless. It is made beside the resources and never read on the way back.

mod text;

mod markup;

mod values;

mod heading;

mod render;

pub(super) use render::{narrative, no_narrative};
