//! Codes, points in time and telephone numbers, wherever they stand in a message (HIS 80117, HISD 1165).

mod mend;
mod suggest;
pub mod rules;
