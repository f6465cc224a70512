//! The message log and the queue in one database; the only place with SQL.
