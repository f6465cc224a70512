//! Translation: each partner in the newest language it understands, and never a silent loss.

pub mod versions;
