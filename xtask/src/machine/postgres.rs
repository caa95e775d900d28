//! A throw-away PostgreSQL for the tests: its own data, its own port on the loopback, run by an ordinary user.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::command::{step, succeeds};

/// Where the tests look for the address (see `testkit::database`).
pub(crate) const ADDRESS: &str = "KONTOR_TEST_POSTGRES";

/// A server that is stopped, and its data removed, when this is dropped.
pub(crate) struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    as_user: Vec<String>,
    /// By which the tests reach it.
    pub(crate) address: String,
}

impl Postgres {
    /// Makes the data and starts the server.
    pub(crate) fn start() -> Result<Self> {
        let port = free_port()?;
        let folder = env::temp_dir().join(format!("kontor-postgres-{port}"));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let as_user = ordinary_user(&folder)?;
        let address = format!("postgres://kontor@127.0.0.1:{port}/postgres");
        let server = Self { folder, programs: programs()?, as_user, address };
        step(&format!("PostgreSQL for the tests on port {port}"));
        let data = server.folder.join("data").display().to_string();
        server.run(
            "initdb",
            &[
                "--pgdata",
                &data,
                "--username",
                "kontor",
                "--auth",
                "trust",
                "--no-sync",
                "--encoding",
                "UTF8",
            ],
        )?;
        // Nothing of it is kept, so nothing of it is synced.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
             -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=4GB"
        );
        let log = server.folder.join("log").display().to_string();
        server
            .run("pg_ctl", &["--pgdata", &data, "--log", &log, "--wait", "--options", &options, "start"])?;
        Ok(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let path = self.programs.join(program).display().to_string();
        let mut words =
            self.as_user.iter().map(String::as_str).chain([path.as_str()]).chain(arguments.iter().copied());
        let mut command = Command::new(words.next().context("a program")?);
        // What the server's processes inherit would keep a pipe of ours open after we are gone.
        let status =
            command.args(words).current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null()).status();
        let status = status.with_context(|| format!("{path} cannot be started"))?;
        ensure!(status.success(), "{path} ended with {status}; see {}", self.folder.join("log").display());
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.join("data").display().to_string();
        if let Err(error) = self.run("pg_ctl", &["--pgdata", &data, "--mode", "immediate", "--wait", "stop"])
        {
            eprintln!("the PostgreSQL of the tests was not stopped: {error:#}");
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

/// `cargo xtask postgres`: for a plain `cargo test` beside it.
pub(crate) fn wait() -> Result<()> {
    let server = Postgres::start()?;
    println!("export {ADDRESS}={}\nPress Enter to stop it and remove its data.", server.address);
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free on the loopback")?;
    Ok(listener.local_addr()?.port())
}

/// The newest server that is installed; Debian keeps its programs off the path.
fn programs() -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = env::split_paths(&path).find(|folder| folder.join("initdb").is_file()) {
        return Ok(folder);
    }
    let versions = fs::read_dir("/usr/lib/postgresql").context("PostgreSQL is not installed")?;
    let mut folders: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    folders.sort();
    folders.pop().map(|(_, folder)| folder).context("PostgreSQL's initdb is not installed")
}

/// PostgreSQL refuses to run as root: where we are root, the words that run a program as the user whom its package
/// made, who then owns the folder.
fn ordinary_user(folder: &Path) -> Result<Vec<String>> {
    if !succeeds(&["sh", "-c", "test \"$(id -u)\" = 0"]) {
        return Ok(Vec::new());
    }
    let place = folder.display().to_string();
    ensure!(succeeds(&["chown", "postgres", &place]), "{place} cannot be given to the user postgres");
    Ok(["runuser", "-u", "postgres", "--"].map(str::to_owned).to_vec())
}
