//! Where log lines go, in which form, and which of them.
//!
//! To standard error: standard output is for what a command was asked for. Lines never hold a person's number, a name or
//! content; that is seen to where they are written.

use crate::config::{Log, LogFormat};
use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// The library that speaks AMQP logs whole messages that come back from a broker. It says nothing that we do not say ourselves, so its
/// lines are dropped whatever the filter asks for.
const SILENT: [&str; 4] = ["lapin", "amq_protocol", "async_rs", "tcp_stream"];

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
    let filter = filter.and(filter_fn(|line| !is_silent(line.target())));
    // A log that nobody can read any more (a closed pipe) must not end the gateway: hence no complaints of the logger itself.
    let lines = fmt::layer().with_writer(std::io::stderr).log_internal_errors(false);
    let lines = match log.format {
        LogFormat::Text => lines.with_ansi(false).with_filter(filter).boxed(),
        LogFormat::Json => {
            lines.json().flatten_event(true).with_current_span(false).with_span_list(false).with_filter(filter).boxed()
        }
    };
    let started = tracing_subscriber::registry().with(lines).try_init();
    started.map_err(|error| format!("logging cannot be started: {error}"))
}

fn is_silent(target: &str) -> bool {
    let library = target.split("::").next().unwrap_or_default();
    SILENT.iter().any(|silent| library.starts_with(silent))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_logs_messages_is_silent_and_nothing_of_ours_is() {
        for target in ["lapin::returned_messages", "lapin", "amq_protocol_tcp", "async_rs::util"] {
            assert!(is_silent(target), "{target}");
        }
        for target in ["bindeledd::transports::amqp::inbound", "bindeledd", "rustls", ""] {
            assert!(!is_silent(target), "{target}");
        }
    }
}
