//! The tables, read once.

use super::reading;
use super::tables::R4;
use std::sync::LazyLock;

/// Public domain (CC0-1.0); how the file is made is told in `fhir/r4/README.md`.
pub(super) static DEFINITIONS: &str = include_str!("../../../fhir/r4/definitions.txt");

static TABLES: LazyLock<R4> = LazyLock::new(|| reading::read(DEFINITIONS).expect("a test reads the file"));

/// The tables of R4. The first call reads them, which takes a few milliseconds.
pub fn r4() -> &'static R4 {
    &TABLES
}
