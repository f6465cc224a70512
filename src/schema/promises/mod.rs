//! What the schema engine promises, each with a small schema and small documents.

mod support;

mod loading;

mod models;

mod values;

mod types;

mod wildcards;

mod recovery;

mod bounds;
