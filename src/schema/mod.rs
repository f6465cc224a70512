//! XML Schema 1.0: the types of values, and whether a document is as its schema says.

pub mod simple;
