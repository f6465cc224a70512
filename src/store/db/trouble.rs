//! The troubles of a PostgreSQL server, sorted by what can be done about them.

use crate::domain::Fault;
use std::error::Error as _;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity};

/// As a fault. Its text has what the server calls the trouble, and never the details, which show values.
pub(super) fn fault(error: &Error) -> Fault {
    let Some(told) = error.as_db_error() else {
        let cause = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
        return Fault::passing(format!("{error}{cause}"));
    };
    let code = told.code().code();
    let shown = format!("{} (SQLSTATE {code}{})", told.message(), table(told));
    match code {
        // The disk is full, or cannot be written; this server must not be written to, or not now.
        "53100" | "58030" | "25006" => Fault::storage_full(shown),
        // A lock was not had in time, a statement was stopped, a table was made anew under a statement.
        "55P03" | "57014" | "0A000" => Fault::passing(shown),
        // No room for a connection or for memory; two in each other's way; the connection is going away; the server is.
        _ if ["53", "40", "08", "57P", "25P"].iter().any(|class| code.starts_with(class)) => Fault::passing(shown),
        _ => Fault::lasting(shown),
    }
}

/// Whether nothing more can come over the connection.
pub(super) fn is_lost(error: &Error) -> bool {
    error.as_db_error().is_none_or(|told| matches!(told.parsed_severity(), Some(Severity::Fatal | Severity::Panic)))
}

fn table(told: &DbError) -> String {
    told.table().map_or_else(String::new, |table| format!(", table {table}"))
}
