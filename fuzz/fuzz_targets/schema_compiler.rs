//! Any bytes as schema files: compiling never panics, hangs or grows, and what it accepts can be used.
#![no_main]

use bindeledd::schema::{SchemaFile, SchemaSet, validate};
use bindeledd::xml::Limits;
use libfuzzer_sys::fuzz_target;

/// Between two files of one input.
const CUT: &[u8] = b"<?cut?>";

fn files(bytes: &[u8]) -> Vec<&[u8]> {
    let mut files = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(CUT.len()).position(|window| window == CUT) {
        files.push(&rest[..at]);
        rest = &rest[at + CUT.len()..];
    }
    files.push(rest);
    files
}

fuzz_target!(|bytes: &[u8]| {
    let files: Vec<SchemaFile<'_>> =
        files(bytes).into_iter().map(|bytes| SchemaFile { name: "fuzzed.xsd", bytes }).collect();
    match SchemaSet::compile(&files) {
        Err(troubles) => assert!(!troubles.is_empty(), "what is refused is refused for a reason"),
        Ok(set) => {
            let roots: Vec<_> = set.roots().take(20).collect();
            for root in roots {
                let text = format!("<{} xmlns=\"{}\">x<a/><b c=\"\"/></{0}>", root.local, root.namespace);
                validate(&set, &text, &Limits::default());
            }
        }
    }
});
