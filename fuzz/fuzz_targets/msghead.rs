//! Any bytes as a message: reading the envelope and judging it never panics, whatever a sender sends.
#![no_main]

use bindeledd::messages;
use bindeledd::xml::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(unreadable) = messages::read(bytes, &bindeledd::messages::Judging::incoming(Limits::default())) {
        assert!(!unreadable.findings.is_empty(), "what cannot be read is refused for a reason");
    }
});
