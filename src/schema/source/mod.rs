//! Schema files as they are written: from bytes to declarations whose names are numbers, but point at nothing yet.

pub(super) mod syntax;

mod text;

mod element;

mod simple;

mod attribute;

mod particle;

mod complex;

mod document;

pub(super) mod catalogue;

pub use text::SchemaFile;
