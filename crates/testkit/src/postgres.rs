//! A throw-away PostgreSQL: its own data, its own port on the loopback, run by an ordinary user.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// A server that is stopped, and its data removed, when this is dropped.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    as_user: Vec<String>,
    port: u16,
    /// By which it is reached: `postgres://kontor@127.0.0.1:…/postgres`.
    pub address: String,
}

impl Server {
    /// Makes the data and starts the server. Needs the programs of PostgreSQL (Debian: `postgresql`).
    pub fn start() -> io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = env::temp_dir().join(format!("kontor-postgres-{port}"));
        fs::create_dir_all(&folder)?;
        let as_user = ordinary_user(&folder)?;
        let address = format!("postgres://kontor@127.0.0.1:{port}/postgres");
        let server = Self { folder, programs: programs()?, as_user, port, address };
        let data = server.data();
        let make =
            ["--pgdata", &data, "--username", "kontor", "--auth", "trust", "--no-sync", "--encoding", "UTF8"];
        server.run("initdb", &make)?;
        server.go()?;
        Ok(server)
    }

    /// Stops it as a machine that fails would, and starts it again. What was committed is there again, unless the machine
    /// itself failed: nothing is synced.
    pub fn restart(&self) -> io::Result<()> {
        self.halt()?;
        self.go()
    }

    fn go(&self) -> io::Result<()> {
        // Nothing of it is kept, so nothing of it is synced.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
             -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c max_wal_size=4GB",
            self.port
        );
        let log = self.folder.join("log").display().to_string();
        self.run(
            "pg_ctl",
            &["--pgdata", &self.data(), "--log", &log, "--wait", "--options", &options, "start"],
        )
    }

    fn halt(&self) -> io::Result<()> {
        self.run("pg_ctl", &["--pgdata", &self.data(), "--mode", "immediate", "--wait", "stop"])
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> io::Result<()> {
        let path = self.programs.join(program).display().to_string();
        let mut words =
            self.as_user.iter().map(String::as_str).chain([path.as_str()]).chain(arguments.iter().copied());
        let mut command = Command::new(words.next().unwrap_or_default());
        // What the server's processes inherit would keep a pipe of ours open after we are gone.
        let status = command
            .args(words)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()?;
        if status.success() {
            return Ok(());
        }
        let log = self.folder.join("log");
        Err(io::Error::other(format!("{path} ended with {status}; see {}", log.display())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.halt() {
            eprintln!("the PostgreSQL of the tests was not stopped: {error}");
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

/// The newest server that is installed; Debian keeps its programs off the path.
fn programs() -> io::Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = env::split_paths(&path).find(|folder| folder.join("initdb").is_file()) {
        return Ok(folder);
    }
    let mut folders: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    folders.sort();
    let newest = folders.pop().map(|(_, folder)| folder);
    newest.ok_or_else(|| io::Error::other("PostgreSQL's initdb is not installed"))
}

/// PostgreSQL refuses to run as root: where we are root, the words that run a program as the user whom its package
/// made, who then owns the folder.
fn ordinary_user(folder: &Path) -> io::Result<Vec<String>> {
    let succeeds = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
    };
    if !succeeds("sh", &["-c", "test \"$(id -u)\" = 0"]) {
        return Ok(Vec::new());
    }
    let place = folder.display().to_string();
    if !succeeds("chown", &["postgres", &place]) {
        return Err(io::Error::other(format!("{place} cannot be given to the user postgres")));
    }
    Ok(["runuser", "-u", "postgres", "--"].map(str::to_owned).to_vec())
}
