//! The two lists of types of identifier.

/// OID of list 9051: types of identifier of organisations and services.
pub const ORGANISATION_IDS: &str = "2.16.578.1.12.4.1.1.9051";

/// OID of list 8116: types of identifier of persons.
pub const PERSON_IDS: &str = "2.16.578.1.12.4.1.1.8116";
