//! Any document before our own schemas: judging never panics, is the same each time, and says places that are in the document.
#![no_main]

use bindeledd::messages::schemas::shipped;
use bindeledd::schema::{Problem, SchemaSet, mends, validate};
use bindeledd::xml::{Limits, Tree, decode};
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static SCHEMAS: LazyLock<Arc<SchemaSet>> = LazyLock::new(shipped);

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    let (problems, trouble) = validate(&SCHEMAS, &text, &Limits::default());
    let (again, trouble_again) = validate(&SCHEMAS, &text, &Limits::default());
    let offsets = |problems: &[Problem]| problems.iter().map(|problem| problem.offset).collect::<Vec<_>>();
    assert_eq!(offsets(&problems), offsets(&again));
    assert_eq!(trouble, trouble_again);
    assert_eq!(trouble, Tree::read(&text, &Limits::default()).1, "a schema changes nothing about what can be read");
    assert!(offsets(&problems).iter().all(|offset| text.is_char_boundary(*offset)));
    assert!(offsets(&problems).is_sorted(), "in the order of the document");
    if trouble.is_none() && problems.len() < 20 && text.len() < 10_000 {
        for mend in mends(&SCHEMAS, &text, &Limits::default(), &problems).into_iter().flatten() {
            let (left, trouble) = validate(&SCHEMAS, &mend.apply(&text), &Limits::default());
            assert!(trouble.is_none() && left.len() < problems.len(), "a mend mends");
        }
    }
});
