//! Any bytes as FHIR: reading, judging and writing never panics, what is read is written back, and every issue has its place.
#![no_main]

use bindeledd::domain::Language;
use bindeledd::fhir::{Limits, judge, places, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = read(bytes, &Limits::default()) else { return };
    for written in [json.compact(), json.pretty()] {
        assert!(read(written.as_bytes(), &Limits::default()).is_ok_and(|again| again == json), "not written back as read");
    }
    let issues = judge(&json);
    assert_eq!(places(bytes, &issues).len(), issues.len());
    assert!(issues.iter().all(|issue| !issue.sentence(Language::Nn).is_empty()));
});
