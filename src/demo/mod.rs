//! A fictive municipality around a real gateway.
