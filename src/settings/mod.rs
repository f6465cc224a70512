//! Reading one TOML table with every complaint at once.
