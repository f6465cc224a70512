//! Bindeledd: an integration gateway for Norwegian health messages.
pub mod domain;
