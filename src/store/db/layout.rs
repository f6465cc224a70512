//! What a database is made of: its tables, as it tells them itself.

use super::connection::Db;
use super::postgres::Pouring;
use super::value::{Kind, values};
use crate::domain::Fault;

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// Where the columns of its primary key stand among them, in the order of the key.
    pub key: Vec<usize>,
    /// Tables that must have the rows that its rows refer to.
    pub refers_to: Vec<String>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
}

impl Table {
    /// The names of its columns, with commas between.
    pub fn column_names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl Db<'_> {
    /// All tables that somebody has made, by name.
    pub fn tables(&self) -> Result<Vec<Table>, Fault> {
        self.table_names()?.into_iter().map(|name| self.table(name)).collect()
    }

    /// What they are called.
    pub fn table_names(&self) -> Result<Vec<String>, Fault> {
        let embedded = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'";
        let server = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
        let mut names = self.all(self.of_home(embedded, server), &[], |row| row.get::<String>(0))?;
        names.sort();
        Ok(names)
    }

    fn table(&self, name: String) -> Result<Table, Fault> {
        let embedded = "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid";
        // The columns of an index are counted from 0 there.
        let server = "SELECT a.attname::text, format_type(a.atttypid, NULL),
                             coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint
                      FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
                      WHERE a.attrelid = to_regclass(?1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        let told = self.all(self.of_home(embedded, server), values![&name], |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?))
        })?;
        let mut columns = Vec::new();
        let mut key = Vec::new();
        for (at, (column, kind, in_key)) in told.into_iter().enumerate() {
            let unknown =
                || Fault::lasting(format!("the column {column} of the table {name} is of a kind that the store never uses"));
            let kind = Kind::parse(&kind).ok_or_else(unknown)?;
            columns.push(Column { name: column, kind });
            key.extend((in_key > 0).then_some((in_key, at)));
        }
        key.sort_unstable();
        let embedded = "SELECT \"table\" FROM pragma_foreign_key_list(?1)";
        let server = "SELECT c.relname::text FROM pg_constraint f JOIN pg_class c ON c.oid = f.confrelid
                      WHERE f.contype = 'f' AND f.conrelid = to_regclass(?1)";
        let mut refers_to = self.all(self.of_home(embedded, server), values![&name], |row| row.get::<String>(0))?;
        refers_to.sort();
        refers_to.dedup();
        Ok(Table { columns, key: key.into_iter().map(|(_, at)| at).collect(), refers_to, name })
    }

    /// Adds rows to a table of a server, all in one go. `rows` hands over each of them, its values as the columns stand in the table.
    pub fn add_rows(&self, table: &Table, rows: impl FnOnce(&mut Pouring<'_>) -> Result<(), Fault>) -> Result<u64, Fault> {
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        self.pour(&format!("COPY {} ({}) FROM STDIN BINARY", table.name, table.column_names()), &kinds, rows)
    }

    /// In this transaction a statement may take as long as it takes.
    pub fn take_time(&self) -> Result<(), Fault> {
        self.batch(self.of_home("", "SET LOCAL statement_timeout = 0"))
    }

    /// On this connection, rows that are asked for in the order of an index are read by it, and not sorted beside it first.
    pub fn read_by_index(&self) -> Result<(), Fault> {
        self.batch(self.of_home("", "SET enable_sort = off"))
    }

    /// The indexes of a server that are not those of a key, by name, and the statement that makes each again.
    pub fn indexes(&self) -> Result<Vec<(String, String)>, Fault> {
        let sql = "SELECT c.relname::text, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                   WHERE c.relnamespace = current_schema()::regnamespace
                     AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid) ORDER BY 1";
        self.all(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Has a server look at how its rows are spread, so that the first statements find the fitting indexes.
    pub fn learn(&self) -> Result<(), Fault> {
        let transaction = self.transaction()?;
        self.take_time()?;
        self.batch(self.of_home("", "ANALYZE"))?;
        transaction.commit()
    }

    /// Has ids that the database gives from now on follow the last one that is there. An embedded one does so by itself.
    pub fn follow_ids(&self) -> Result<(), Fault> {
        if !self.of_home(false, true) {
            return Ok(());
        }
        let given = "SELECT table_name::text, column_name::text FROM information_schema.columns
                     WHERE table_schema = current_schema() AND is_identity = 'YES'";
        let given = self.all(given, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
        for (table, column) in given {
            let next = format!(
                "SELECT setval(pg_get_serial_sequence(?1, ?2), (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)"
            );
            self.each(&next, values![&table, &column], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Drops these tables, whatever refers to them, and the functions of their triggers.
    pub fn drop_all(&self, tables: &[String]) -> Result<(), Fault> {
        let drop = |table: &String| format!("DROP TABLE {table}{};", self.of_home("", " CASCADE"));
        self.batch(&tables.iter().map(drop).collect::<String>())?;
        self.batch(self.of_home("", "DROP FUNCTION IF EXISTS refuse_it(), refuse_what_is_kept()"))
    }
}
