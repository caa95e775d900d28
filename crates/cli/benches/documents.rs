//! `cargo bench -p kontor --bench documents`: a report of a million rows into either database, beside the engine's own bulk
//! import of the same rows into tables with the same keys and indexes; and how quickly lists and searches answer with
//! five million rows.
//!
//! Imports are whole processes. PostgreSQL takes part where `KONTOR_TEST_POSTGRES` names one (`cargo xtask postgres`).

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use app::documents::movements::{self, Identifier, Query, Walk};
use app::{Actor, App};
use jiff::civil::date;
use kontor::machine::SystemMachine;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use std::sync::Arc;
use store::id::ClientId;
use store::{Database, Vault, client, transact};

const ROWS: u64 = 1_000_000;
const SETTLEMENTS: u64 = 5;
const QUERIES: usize = 200;

/// What is filled, and in which order the rows come when nobody sorts them.
const TABLES: [(&str, &str); 3] = [
    ("movement", "SELECT * FROM movement ORDER BY settlement, line"),
    ("movement_identifier", "SELECT * FROM movement_identifier ORDER BY settlement, line, name"),
    ("movement_amount", "SELECT * FROM movement_amount ORDER BY settlement, line"),
];

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let runtime = tokio::runtime::Runtime::new()?;
    let folder = tempfile::tempdir()?;
    let reports = generate(folder.path())?;
    let mut out = io::stdout();
    let data = folder.path().join("data");
    runtime.block_on(prepare(&data.display().to_string()))?;
    let taken = upload(&data, None, &reports[..1])?;
    writeln!(out, "SQLite, {ROWS} rows: {} ms, peak memory {} KiB", taken.wall.as_millis(), taken.peak_kb)?;
    let rows = spill(folder.path(), &data)?;
    let taken = sqlite_import(folder.path(), &data, &rows)?;
    writeln!(out, "sqlite3 .import:      {} ms, peak memory {} KiB", taken.wall.as_millis(), taken.peak_kb)?;
    upload(&data, None, &reports[1..])?;
    runtime.block_on(questions("SQLite", &data.display().to_string()))?;
    if let Ok(server) = std::env::var("KONTOR_TEST_POSTGRES") {
        let base = server.rsplit_once('/').context("an address ends in a database")?.0;
        let names =
            [format!("kontor_bench_{}", std::process::id()), format!("kontor_copy_{}", std::process::id())];
        for name in &names {
            psql(&server, &format!("CREATE DATABASE {name}"))?;
        }
        let [ours, copied] = names.map(|name| format!("{base}/{name}"));
        runtime.block_on(prepare(&ours))?;
        runtime.block_on(prepare(&copied))?;
        let taken = upload(&data, Some(&ours), &reports[..1])?;
        writeln!(
            out,
            "PostgreSQL, {ROWS} rows: {} ms, peak memory {} KiB",
            taken.wall.as_millis(),
            taken.peak_kb
        )?;
        let taken = copy(&copied, &rows)?;
        writeln!(out, "COPY:                 {} ms", taken.wall.as_millis())?;
        upload(&data, Some(&ours), &reports[1..])?;
        psql(&ours, "ANALYZE")?;
        runtime.block_on(questions("PostgreSQL", &ours))?;
        for address in [&ours, &copied] {
            let name = address.rsplit('/').next().unwrap_or_default();
            psql(&server, &format!("DROP DATABASE {name}"))?;
        }
    }
    Ok(())
}

fn generate(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let reports = folder.join("reports");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.args(["generate", "amazon-pay", "--months", "5"]);
    command.args(["--settlements", &SETTLEMENTS.to_string(), "--rows", &(ROWS * SETTLEMENTS).to_string()]);
    ensure!(
        command.arg("--out").arg(&reports).stdout(Stdio::null()).status()?.success(),
        "generating failed"
    );
    let entries = fs::read_dir(&reports)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// A database with one client.
async fn prepare(address: &str) -> anyhow::Result<()> {
    let database = Database::open(address).await?;
    let id = ClientId::new(&SystemMachine);
    let now = store::Machine::now(&SystemMachine);
    transact!(database, transaction => client::insert(transaction, &id, "Bench", now).await)?;
    database.close().await;
    Ok(())
}

fn upload(data: &Path, database: Option<&str>, reports: &[PathBuf]) -> anyhow::Result<Taken> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.arg("upload").args(reports).arg("--data").arg(data);
    if let Some(database) = database {
        command.args(["--database", database]);
    }
    measure(&mut command)
}

/// Writes the rows that an import has stored into files, one a table.
fn spill(folder: &Path, data: &Path) -> anyhow::Result<Vec<(&'static str, PathBuf)>> {
    let mut files = Vec::new();
    for (table, select) in TABLES {
        let path = folder.join(format!("{table}.csv"));
        let out = fs::File::create(&path)?;
        let mut command = Command::new("sqlite3");
        let status = command.arg("-csv").arg(data.join("kontor.sqlite")).arg(select).stdout(out).status()?;
        ensure!(status.success(), "sqlite3 cannot read the rows");
        files.push((table, path));
    }
    Ok(files)
}

fn sqlite_import(folder: &Path, data: &Path, rows: &[(&str, PathBuf)]) -> anyhow::Result<Taken> {
    let database = folder.join("import.sqlite");
    let schema = Command::new("sqlite3").arg(data.join("kontor.sqlite")).arg(".schema movement%").output()?;
    let schema = String::from_utf8(schema.stdout)?;
    ensure!(Command::new("sqlite3").arg(&database).arg(schema).status()?.success(), "no tables");
    let mut command = Command::new("sqlite3");
    command.arg(&database).arg("PRAGMA journal_mode = wal").arg("PRAGMA synchronous = full");
    for (table, path) in rows {
        command.arg(format!(".import --csv {} {table}", path.display()));
    }
    let taken = measure(&mut command)?;
    fs::remove_file(database)?;
    Ok(taken)
}

fn copy(database: &str, rows: &[(&str, PathBuf)]) -> anyhow::Result<Taken> {
    let mut command = Command::new("psql");
    command.arg(database);
    for (table, path) in rows {
        // An empty field is an empty text, not an absent one.
        command.arg("-c").arg(format!("\\copy {table} FROM '{}' (FORMAT csv, NULL 'never')", path.display()));
    }
    measure(&mut command)
}

fn psql(database: &str, statement: &str) -> anyhow::Result<()> {
    let mut command = Command::new("psql");
    let status = command.args([database, "-q", "-c", statement]).status()?;
    ensure!(status.success(), "psql: {statement}");
    Ok(())
}

/// Asks every kind of question many times, and tells the time that 99 of 100 answers stay below.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
async fn questions(engine: &str, address: &str) -> anyhow::Result<()> {
    let machine = Arc::new(SystemMachine);
    let app = App::new(Database::open(address).await?, machine.clone(), Vault::in_memory(&*machine));
    let client = client::all(&mut app.database.read().await?, 1).await?.remove(0).id;
    let samples = samples(&app, &client).await?;
    for (what, ask) in asked() {
        let mut times = Vec::with_capacity(QUERIES);
        for sample in samples.iter().cycle().take(QUERIES) {
            let (walk, query) = ask(sample);
            let mut after = None;
            // Three pages, because the later ones must be as quick as the first.
            for _ in 0..3 {
                let begin = Instant::now();
                let page =
                    movements::list(&app, &Actor::CommandLine, &client, &walk, &query, after.as_ref(), 50)
                        .await?;
                times.push(begin.elapsed());
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        tell(engine, what, times)?;
    }
    let mut times = Vec::new();
    for _ in 0..QUERIES {
        let begin = Instant::now();
        let days = (date(2026, 1, 1), date(2027, 12, 31));
        movements::month_sums(&app, &Actor::CommandLine, &client, days, None, None).await?;
        times.push(begin.elapsed());
    }
    tell(engine, "sums of all months by kind", times)?;
    app.database.close().await;
    Ok(())
}

fn tell(engine: &str, what: &str, mut times: Vec<Duration>) -> anyhow::Result<()> {
    times.sort_unstable();
    let middle = times.get(times.len() / 2).context("nothing was asked")?;
    let late = times.get(times.len() * 99 / 100).context("nothing was asked")?;
    writeln!(
        io::stdout(),
        "{engine}, {what}: median {} µs, p99 {} µs",
        middle.as_micros(),
        late.as_micros()
    )?;
    Ok(())
}

/// Rows from everywhere, by whose texts and amounts questions are asked.
async fn samples(app: &App, client: &ClientId) -> anyhow::Result<Vec<movements::Movement>> {
    let mut samples = Vec::new();
    for month in ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"] {
        for kind in [MovementKind::Payment, MovementKind::Refund] {
            let query = Query { month: Month::parse(month), kind: Some(kind), ..Query::default() };
            let page =
                movements::list(app, &Actor::CommandLine, client, &Walk::Oldest, &query, None, 20).await?;
            samples.extend(page.rows);
        }
    }
    ensure!(!samples.is_empty(), "there are no movements");
    Ok(samples)
}

type Ask = fn(&movements::Movement) -> (Walk, Query);

fn month(row: &movements::Movement) -> Query {
    let berlin = jiff::tz::TimeZone::get("Europe/Berlin");
    let day = berlin.map(|zone| row.posted_at.to_zoned(zone).date());
    Query { month: day.ok().map(Month::of), ..Query::default() }
}

fn by(name: Identifier, text: &str, prefix: bool) -> (Walk, Query) {
    (Walk::Identifiers { names: vec![name], text: text.to_owned(), prefix }, Query::default())
}

fn asked() -> Vec<(&'static str, Ask)> {
    vec![
        ("all, the newest first", |_| (Walk::Newest, Query::default())),
        ("a month, the oldest first", |row| (Walk::Oldest, month(row))),
        ("a month and a kind", |row| {
            (Walk::Newest, Query { kind: MovementKind::parse(&row.kind), ..month(row) })
        }),
        ("chargebacks of all times", |_| {
            (Walk::Newest, Query { kind: Some(MovementKind::Chargeback), ..Query::default() })
        }),
        ("a month and a shop", |row| (Walk::Newest, Query { store: Some(row.store.clone()), ..month(row) })),
        ("an order, exactly", |row| by(Identifier::OrderReference, &row.order_reference, false)),
        ("an order, its first 7 characters", |row| {
            by(Identifier::OrderReference, row.order_reference.get(..7).unwrap_or("P01"), true)
        }),
        ("all orders that begin with P", |_| by(Identifier::OrderReference, "P", true)),
        ("a transaction, exactly", |row| by(Identifier::Transaction, &row.provider_transaction, false)),
        ("a merchant's order, its first 5 characters", |row| {
            by(Identifier::SellerOrder, row.seller_order.get(..5).unwrap_or("1"), true)
        }),
        ("a merchant's reference, exactly", |row| {
            by(Identifier::SellerReference, &row.seller_reference, false)
        }),
        ("any of four numbers, exactly", |row| {
            let text = row.order_reference.clone();
            (Walk::Identifiers { names: Identifier::ALL.to_vec(), text, prefix: false }, Query::default())
        }),
        ("an amount", |row| (Walk::Amount(row.gross.unsigned_abs()), Query::default())),
        ("an amount in a month", |row| (Walk::Amount(row.gross.unsigned_abs()), month(row))),
    ]
}

/// What one process took.
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    wall: Duration,
    peak_kb: u64,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn measure(command: &mut Command) -> anyhow::Result<Taken> {
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().context("cannot be started")?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut taken = Taken::default();
    let status = loop {
        taken.peak_kb = taken.peak_kb.max(peak_kb(&status_file).unwrap_or(0));
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    taken.wall = begin.elapsed();
    ensure!(status.success(), "the process failed: {status}");
    Ok(taken)
}

fn peak_kb(status: &str) -> Option<u64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
