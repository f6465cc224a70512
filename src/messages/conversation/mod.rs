//! What a message says about the one it answers, changes or cancels (HIS 80601, HISD 1154, HITS 1218).

pub mod rules;
