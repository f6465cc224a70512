//! The configuration files: as written, checked, built.
