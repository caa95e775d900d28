//! The tables, their columns and their order, read from SQLite's own schema.

use rusqlite::Connection;

/// The bookkeeping of the migrations, which each database keeps for itself.
const OF_THE_MIGRATIONS: &str = "_sqlx_migrations";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Boolean,
    Bytes,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Kind)>,
}

impl Table {
    /// The columns as a statement lists them. The names are those of our own migrations.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        names.join(", ")
    }

    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM \"{}\"", self.column_list(), self.name)
    }

    pub(super) fn count(&self) -> String {
        format!("SELECT COUNT(*) FROM \"{}\"", self.name)
    }

    pub(super) fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|number| format!("?{number}")).collect();
        format!("INSERT INTO \"{}\" ({}) VALUES ({})", self.name, self.column_list(), places.join(", "))
    }
}

/// All tables, each after those that it refers to.
pub(super) fn tables(connection: &Connection) -> rusqlite::Result<Vec<Table>> {
    let mut waiting = named(connection)?;
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|(table, refers_to)| {
            refers_to.iter().all(|name| *name == table.name || ordered.iter().any(|done| done.name == *name))
        });
        // Tables that refer to each other in a ring would be refused by the database; our migrations make none.
        let (table, _) = waiting.remove(ready.unwrap_or(0));
        ordered.push(table);
    }
    Ok(ordered)
}

fn named(connection: &Connection) -> rusqlite::Result<Vec<(Table, Vec<String>)>> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut tables = Vec::with_capacity(names.len());
    for name in names.into_iter().filter(|name| name != OF_THE_MIGRATIONS) {
        let mut columns = connection.prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = columns.query_map([&name], |row| Ok((row.get(0)?, kind(&row.get::<_, String>(1)?))))?;
        let columns = columns.collect::<Result<_, _>>()?;
        let mut refers_to =
            connection.prepare("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(?1)")?;
        let refers_to = refers_to.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        tables.push((Table { name, columns }, refers_to));
    }
    Ok(tables)
}

fn kind(declared: &str) -> Kind {
    match declared {
        "BIGINT" => Kind::Integer,
        "BOOLEAN" => Kind::Boolean,
        "BLOB" => Kind::Bytes,
        _ => Kind::Text,
    }
}
