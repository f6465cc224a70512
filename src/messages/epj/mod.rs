//! Components of a patient's record (EPJ): they stand in PLO messages, and by themselves in EPJ-EKSTRAKT (HIS 1150).

mod component;
pub mod rules;
