//! The binary `bindeledd`: the command line goes to `commands`, its exit code to whoever called.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Trees of XML and JSON are thousands of small pieces that come and go together.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(bindeledd::commands::run(std::env::args_os()))
}
