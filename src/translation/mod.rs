//! Translation: each partner in the newest language it understands, and never a silent loss. It knows forms and their differences,
//! not partners. The order of the lines below is the order of dependency: a file imports only from files above it.

pub mod versions;

pub mod mapping;

pub mod forms;

pub mod native;

pub mod conformance;
