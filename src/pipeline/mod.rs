//! The path of one message: pure.
