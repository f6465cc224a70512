//! What we know of each message type.
