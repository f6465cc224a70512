//! Bindeledd: an integration gateway for Norwegian health messages.
//!
//! It receives a message, stores it, judges its envelope, decides where it goes and why, hands it over with retries, matches
//! the application receipts (AppRec) that come back, and keeps a history of all of it.
//!
//! The modules below stand in reading order, and **a module may import only what is declared above it**; `tests/tidy.rs` holds
//! that. Read `pipeline` for the decision and `gateway` for the shell around it; `docs/architecture.md` walks one message through.

#[cfg(test)]
extern crate self as bindeledd;

// ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────────
pub mod domain;
pub mod xml;
pub mod schema;
pub mod codelists;
pub mod fhir;
pub mod rulebook;

// ── what we know about each standard ───────────────────────────────────────────────────────────────────────────────
pub mod routing;
pub mod messages;
pub mod translation;

// ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────
pub mod delivery;
pub mod pipeline;

// ══ everything above is pure: no clock, no socket, no file, no database; everything below does I/O ══════════════════
#[cfg(feature = "gateway")]
pub mod vault;
#[cfg(feature = "gateway")]
pub mod proof;
#[cfg(feature = "gateway")]
pub mod settings;
#[cfg(feature = "gateway")]
pub mod trust;
#[cfg(feature = "gateway")]
pub mod access;
#[cfg(feature = "gateway")]
pub mod store;
#[cfg(feature = "gateway")]
pub mod https;
#[cfg(feature = "gateway")]
pub mod fhir_edge;
#[cfg(feature = "gateway")]
pub mod transports;
#[cfg(feature = "gateway")]
pub mod anchors;
#[cfg(feature = "gateway")]
pub mod gateway;
#[cfg(feature = "gateway")]
pub mod web;
#[cfg(feature = "gateway")]
pub mod config;
#[cfg(feature = "gateway")]
pub mod service;
#[cfg(feature = "gateway")]
pub mod demo;
#[cfg(feature = "gateway")]
pub mod commands;
