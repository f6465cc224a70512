//! The one place that writes to the terminal.

use super::line::Format;
use super::report::{Answer, Report};
use std::io::{self, ErrorKind, Write};

/// Prints a report and answers with its exit code. Data goes to standard output; trouble in words goes to standard error,
/// so that it is seen also where the output is piped on.
pub(super) fn print(report: &Report, format: Format) -> u8 {
    let written = match (format, report.answer) {
        (Format::Json, _) => line(io::stdout().lock(), &format!("{:#}", report.json)),
        (Format::Text, Answer::Fault) => line(io::stderr().lock(), &report.text),
        (Format::Text, Answer::Good | Answer::No) => line(io::stdout().lock(), &report.text),
    };
    match written {
        // Whoever read it has seen enough (`bindeledd … | head`).
        Err(error) if error.kind() == ErrorKind::BrokenPipe => report.answer.exit_code(),
        Err(_) => Answer::Fault.exit_code(),
        Ok(()) => report.answer.exit_code(),
    }
}

fn line(mut out: impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}
