//! The maps between national codes and those of FHIR, for whoever makes a message of FHIR that never was one.

use super::language::PROGRAM;

/// The national code that a map of `mappings/codes.map` has first for a code of FHIR.
pub(in crate::translation) fn code_behind(map: &str, made: &str) -> Option<&'static str> {
    PROGRAM.maps.get(map)?.back(made)
}
