//! What the schema engine promises, each with a small schema and small documents.

mod support;

mod loading;

mod content;

mod values;

mod derivation;

mod wildcards;

mod recovery;

mod bounds;

mod repairs;
