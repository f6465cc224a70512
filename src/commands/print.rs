//! The one place that writes to the terminal.

use super::line::Format;
use super::report::{Answer, Printed, Report};
use std::io::{self, ErrorKind, Write};

/// Prints a report and answers with its exit code. Data goes to standard output; trouble in words goes to standard error,
/// so that it is seen also where the output is piped on.
pub(super) fn print(report: &Report, format: Format) -> u8 {
    let written = match (format, report.answer) {
        (Format::Json | Format::Sarif, _) => line(io::stdout().lock(), &format!("{:#}", report.json)),
        (Format::Text, Answer::Fault) => line(io::stderr().lock(), &report.text),
        (Format::Text, Answer::Good | Answer::No) => line(io::stdout().lock(), &report.text),
    };
    exit_code(report.answer, written)
}

/// Prints what is in its form already.
pub(super) fn print_as_it_is(printed: &Printed) -> u8 {
    let mut written = Ok(());
    if !printed.out.is_empty() {
        written = line(io::stdout().lock(), &printed.out);
    }
    if !printed.troubles.is_empty() {
        written = written.and(line(io::stderr().lock(), &printed.troubles));
    }
    exit_code(printed.answer, written)
}

/// Prints a report where people look while standard output holds something else.
pub(super) fn print_beside(report: &Report, format: Format) -> u8 {
    let text = if format == Format::Json { report.json.to_string() } else { report.text.clone() };
    exit_code(report.answer, line(io::stderr().lock(), &text))
}

fn exit_code(answer: Answer, written: io::Result<()>) -> u8 {
    match written {
        // Whoever read it has seen enough (`bindeledd … | head`).
        Err(error) if error.kind() == ErrorKind::BrokenPipe => answer.exit_code(),
        Err(_) => Answer::Fault.exit_code(),
        Ok(()) => answer.exit_code(),
    }
}

fn line(mut out: impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")?;
    out.flush()
}
