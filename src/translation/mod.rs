//! From one form of a message to another, and what is lost on the way. It knows forms and their differences, not partners.
//! The order of the lines below is the order of dependency: a file imports only from files above it.

pub mod mapping;
