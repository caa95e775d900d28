//! `cargo bench -p kontor --bench convert`: a report of a million rows into batches, beside `sqlite3 .import` of the
//! same rows into one plain table; and the processor time per row at three sizes, with the batches on the disk and in
//! memory (`/dev/shm`), where no disk can make the kernel's share larger than the copying itself.
//!
//! Each figure is a whole process, run three times one after the other; the median counts. Peak memory and processor
//! time are read from `/proc` while the process runs.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

const ROWS: u64 = 1_000_000;
const SIZES: [u64; 3] = [100_000, 1_000_000, 5_000_000];
const RUNS: usize = 3;

/// What one process took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Taken {
    wall: Duration,
    processor_ticks: u64,
    peak_kb: u64,
}

fn main() -> anyhow::Result<()> {
    // `cargo test --benches` only wants to know whether it runs.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let report = generate(folder.path(), ROWS)?;
    let megabytes = fs::metadata(&report)?.len() / 1_000_000;
    let convert = median(|| convert(folder.path(), &report))?;
    let import = median(|| import(folder.path(), &report))?;
    let mut out = io::stdout();
    writeln!(out, "{ROWS} rows, {megabytes} MB")?;
    writeln!(
        out,
        "kontor convert    {:>6} ms   peak memory {} KiB",
        convert.wall.as_millis(),
        convert.peak_kb
    )?;
    writeln!(
        out,
        "sqlite3 .import   {:>6} ms   peak memory {} KiB",
        import.wall.as_millis(),
        import.peak_kb
    )?;
    let memory = Path::new("/dev/shm");
    let memory = memory.is_dir().then(|| tempfile::tempdir_in(memory)).transpose()?;
    let places = [("disk", Some(folder.path())), ("memory", memory.as_ref().map(tempfile::TempDir::path))];
    for rows in SIZES {
        let report = generate(folder.path(), rows)?;
        for (name, place) in places {
            let Some(place) = place else { continue };
            let taken = median(|| self::convert(place, &report))?;
            let nanoseconds = taken.processor_ticks * 10_000_000 / rows;
            writeln!(
                out,
                "{rows:>9} rows, batches to {name:<6}: {nanoseconds} ns of processor time a row, {} ms in all",
                taken.wall.as_millis()
            )?;
        }
    }
    Ok(())
}

fn generate(folder: &Path, rows: u64) -> anyhow::Result<std::path::PathBuf> {
    let reports = folder.join(format!("reports-{rows}"));
    if !reports.exists() {
        let arguments = ["generate", "amazon-pay", "--months", "1", "--settlements", "1", "--rows"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        let command = command.args(arguments).arg(rows.to_string()).arg("--out").arg(&reports);
        ensure!(command.stdout(Stdio::null()).status()?.success(), "generating failed");
    }
    let first = fs::read_dir(&reports)?.next().context("no report was made")??;
    Ok(first.path())
}

fn convert(folder: &Path, report: &Path) -> anyhow::Result<Taken> {
    let out = folder.join("batches");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    let taken = measure(command.arg("convert").arg(report).args(["--chart", "skr03", "--out"]).arg(&out))?;
    fs::remove_dir_all(out)?;
    Ok(taken)
}

/// The preamble and the header row are skipped, so that both read the same rows.
fn import(folder: &Path, report: &Path) -> anyhow::Result<Taken> {
    let database = folder.join("rows.db");
    let columns: Vec<String> = (1..=15).map(|column| format!("c{column}")).collect();
    let create = format!("CREATE TABLE rows ({})", columns.join(", "));
    let load = format!(".import --csv --skip 6 {} rows", report.display());
    let taken = measure(Command::new("sqlite3").arg(&database).arg(create).arg(load))?;
    fs::remove_file(database)?;
    Ok(taken)
}

fn median(mut run: impl FnMut() -> anyhow::Result<Taken>) -> anyhow::Result<Taken> {
    let mut taken = (0..RUNS).map(|_| run()).collect::<anyhow::Result<Vec<_>>>()?;
    taken.sort();
    Ok(taken[RUNS / 2])
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn measure(command: &mut Command) -> anyhow::Result<Taken> {
    let begin = Instant::now();
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("cannot be started")?;
    let process = format!("/proc/{}", child.id());
    let mut taken = Taken::default();
    let status = loop {
        taken.peak_kb = taken.peak_kb.max(peak_kb(&process).unwrap_or(0));
        taken.processor_ticks = taken.processor_ticks.max(processor_ticks(&process).unwrap_or(0));
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    taken.wall = begin.elapsed();
    ensure!(status.success(), "the process failed: {status}");
    Ok(taken)
}

fn peak_kb(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// User and system time in hundredths of a second (proc(5), stat, fields 14 and 15).
fn processor_ticks(process: &str) -> Option<u64> {
    let stat = fs::read_to_string(format!("{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}
