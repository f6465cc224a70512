//! The binary `bindeledd`: the command line goes to `commands`, its exit code to whoever called.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(bindeledd::commands::run(std::env::args_os()))
}
