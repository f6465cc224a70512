//! Any XML into FHIR and any JSON out of it: neither way panics, what comes out is XML, and a message that is valid by its schema is
//! the same after both ways.
#![no_main]

use bindeledd::fhir;
use bindeledd::messages::schemas::shipped;
use bindeledd::schema::{SchemaSet, validate};
use bindeledd::translation::mapping::{lines, to_fhir, to_xml};
use bindeledd::xml::{Limits, Tree, decode};
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static SCHEMAS: LazyLock<Arc<SchemaSet>> = LazyLock::new(shipped);

fuzz_target!(|bytes: &[u8]| {
    if let Ok(json) = fhir::read(bytes, &fhir::Limits::default()) {
        back(&json);
        return;
    }
    let Ok(text) = decode(bytes) else { return };
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let (Some(root), None) = (tree.root(), trouble) else { return };
    let Ok(bundle) = to_fhir(root, "00000000-0000-4000-8000-000000000000") else { return };
    let wire = bundle.compact();
    let read = fhir::read(wire.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"));
    assert!(read == bundle, "what is written is read back");
    let Some(written) = back(&read) else { return };
    if validate(&SCHEMAS, &text, &Limits::default()).0.is_empty() {
        let (again, _) = Tree::read(&written, &Limits::default());
        let (was, is) = (lines(root), again.root().map(lines).unwrap_or_default());
        let at = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
        assert!(was == is, "not the same message again: {:?} became {:?}", was.get(at), is.get(at));
    }
});

/// The message of a Bundle, if it is one.
fn back(bundle: &fhir::Json<'_>) -> Option<String> {
    let written = to_xml(bundle).ok()?;
    assert!(Tree::read(&written, &Limits::default()).1.is_none(), "not XML");
    Some(written)
}
