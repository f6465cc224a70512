//! Where log lines go, in which form, and which of them.
//!
//! To standard error: standard output is for what a command was asked for. Lines never hold a person's number, a name or
//! content; that is seen to where they are written.

use crate::config::{Log, LogFormat};
use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

/// Read in this order; the first that is there wins over the configuration.
const VARIABLES: [&str; 2] = ["BINDELEDD_LOG", "RUST_LOG"];

/// Starts logging; in words why not.
pub(super) fn start(log: &Log) -> Result<(), String> {
    let wished = VARIABLES.iter().find_map(|name| Some((*name, std::env::var(name).ok().filter(|text| !text.is_empty())?)));
    let (source, text) = wished.map_or(("the configuration", log.filter.clone()), |(name, text)| (name, text));
    let filter = EnvFilter::builder()
        .with_default_directive(LevelFilter::ERROR.into())
        .parse(&text)
        .map_err(|error| format!("the log filter of {source} cannot be understood: {error}"))?;
    // A log that nobody can read any more (a closed pipe) must not end the gateway: hence no complaints of the logger itself.
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    let started = match log.format {
        LogFormat::Text => lines.with_ansi(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    started.map_err(|error| format!("logging cannot be started: {error}"))
}

/// From here on a panic is a log line with its place, and without its words: they may hold what a message holds.
pub(super) fn log_panics() {
    std::panic::set_hook(Box::new(log_panic));
}

fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "an unknown place".into(), ToString::to_string);
    let thread = std::thread::current();
    // Only with RUST_BACKTRACE=1; frames are names of functions and files.
    let backtrace = Backtrace::capture();
    tracing::error!(place, thread = thread.name().unwrap_or("unnamed"), %backtrace, "a defect: the program panicked");
}
