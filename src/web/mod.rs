//! What the gateway answers over HTTP besides taking messages in.
