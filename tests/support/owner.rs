//! What whoever owns the database can see and do, past the gateway.

use super::shipped::disk::{Disk, postgres};

/// The numbers that a question answers.
pub fn numbers(disk: &Disk, sql: &str) -> Vec<i64> {
    match disk {
        Disk::Memory(_) => {
            let memory = disk.lock().expect("lock");
            let mut select = memory.prepare(sql).expect("SQL");
            select.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("reads")
        }
        Disk::Server(database) => {
            let rows = postgres::shared().connect(database).query(sql, &[]).expect("reads");
            rows.iter().map(|row| row.get(0)).collect()
        }
    }
}

/// Every text and every run of bytes of the database, as text.
pub fn whole(disk: &Disk) -> Vec<String> {
    match disk {
        Disk::Memory(_) => whole_memory(&disk.lock().expect("lock")),
        Disk::Server(database) => whole_server(&mut postgres::shared().connect(database)),
    }
}

/// Does what somebody does who can write to the database.
pub fn write(disk: &Disk, sql: &str) {
    match disk {
        Disk::Memory(memory) => memory.lock().expect("lock").execute_batch(sql).expect("SQL"),
        Disk::Server(database) => postgres::shared().connect(database).batch_execute(sql).expect("SQL"),
    }
}

/// Has the triggers of a table let everything pass, as whoever owns the database can.
pub fn let_pass(disk: &Disk, table: &str) {
    match disk {
        Disk::Memory(_) => {
            let of_it = format!("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'");
            disk.texts(&of_it).iter().for_each(|name| write(disk, &format!("DROP TRIGGER {name}")));
        }
        Disk::Server(_) => write(disk, &format!("ALTER TABLE {table} DISABLE TRIGGER USER")),
    }
}

fn whole_memory(disk: &rusqlite::Connection) -> Vec<String> {
    let mut tables = disk.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("SQL");
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("reads");
    let mut all = Vec::new();
    for table in tables {
        let mut select = disk.prepare(&format!("SELECT * FROM {table}")).expect("SQL");
        let columns = select.column_count();
        let mut rows = select.query([]).expect("runs");
        while let Some(row) = rows.next().expect("reads") {
            for column in 0..columns {
                match row.get_ref(column).expect("a value") {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                        all.push(String::from_utf8_lossy(bytes).into_owned());
                    }
                    _ => {}
                }
            }
        }
    }
    all
}

fn whole_server(server: &mut ::postgres::Client) -> Vec<String> {
    // Of bytes, those that can be read stand for themselves.
    let columns = "SELECT table_name::text, CASE data_type WHEN 'bytea' THEN format('encode(%I, ''escape'')', column_name)
                                             ELSE format('%I::text', column_name) END
                   FROM information_schema.columns WHERE table_schema = current_schema()";
    let mut all = Vec::new();
    for row in server.query(columns, &[]).expect("reads") {
        let (table, column): (String, String) = (row.get(0), row.get(1));
        let sql = format!("SELECT {column} FROM {table}");
        all.extend(server.query(&sql, &[]).expect("reads").iter().filter_map(|row| row.get::<_, Option<String>>(0)));
    }
    all
}
