//! `kontor simulate amazon-pay`: a server that behaves like Amazon's, with a key ready to use.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use amazon_pay::client::Region;
use amazon_pay::simulator::{CATALOGUE, Credentials, Rule, Running, Simulator};
use anyhow::Context;
use app::language::Language;
use app::say;
use clap::{Args, Subcommand};
use serde::Serialize;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::{Edge, Ending};
use crate::edge;

mod words;

/// Plays a payment provider, for trying out, for tests and for demonstrations
#[derive(Debug, Args)]
pub(super) struct SimulateArguments {
    #[command(subcommand)]
    provider: Provider,
}

#[derive(Debug, Subcommand)]
enum Provider {
    AmazonPay(AmazonPayArguments),
}

/// Behaves like the Amazon Pay API v2, with months of settlements made up from a seed; runs until Ctrl+C
#[derive(Debug, Args)]
#[command(after_long_help = faults_in_words())]
struct AmazonPayArguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:9443")]
    listen: SocketAddr,
    /// Serves HTTPS under a certificate of its own; its authority is written beside the key
    #[arg(long)]
    tls: bool,
    /// Another name of this machine for the certificate; may be given several times
    #[arg(long = "name", value_name = "NAME", requires = "tls")]
    names: Vec<String>,
    /// The same seed gives the same settlements on the same day
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many months of settlements lie in the past
    #[arg(long, value_name = "N", default_value_t = 3)]
    months: u32,
    /// How many rows the settlement reports have together [default: 1200 a month]
    #[arg(long, value_name = "N")]
    rows: Option<u64>,
    /// How many merchants there are, each with a key and a history of its own
    #[arg(long, value_name = "N", default_value_t = 1)]
    merchants: u32,
    /// The region that requests must name: eu, na or jp
    #[arg(long, value_name = "REGION", default_value = "eu")]
    region: Region,
    /// What goes wrong, WHERE[:WHEN]=WHAT, such as download:3=cut:50%; may be given several times (see --help)
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<String>,
    /// Answers any number of requests a second
    #[arg(long)]
    no_throttling: bool,
    /// The folder that gets the private keys [default: a temporary one, which goes away at the end]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Says in one line of JSON where everything is
    #[arg(long)]
    json: bool,
}

fn faults_in_words() -> String {
    let mut text =
        "Faults (WHERE is any, api, download or the name of an operation; WHEN is 3, 2-5, 4+ or 10%):\n"
            .to_owned();
    for (fault, meaning) in CATALOGUE {
        text.push_str("  ");
        text.push_str(fault);
        text.push_str(&" ".repeat(26_usize.saturating_sub(fault.len())));
        text.push_str(meaning);
        text.push('\n');
    }
    text
}

/// Runs the command.
pub(super) fn run(arguments: &SimulateArguments, edge: Edge) -> anyhow::Result<Ending> {
    let Provider::AmazonPay(arguments) = &arguments.provider;
    let language = edge.language;
    let mut faults: Vec<Rule> = Vec::new();
    for text in &arguments.faults {
        match text.parse() {
            Ok(rule) => faults.push(rule),
            Err(error) => {
                eprintln!("kontor: --fault: {}", words::rule_error(&error, language));
                return Ok(Ending::WrongUsage);
            }
        }
    }
    let mut builder = Simulator::builder(edge::Now)
        .seed(arguments.seed)
        .months(arguments.months)
        .merchants(arguments.merchants)
        .region(arguments.region)
        .throttling(!arguments.no_throttling)
        .names(arguments.names.iter().cloned())
        .faults(faults);
    if let Some(rows) = arguments.rows {
        builder = builder.rows(rows);
    }
    let simulator = match builder.build() {
        Ok(simulator) => simulator,
        Err(error) => {
            eprintln!("kontor: {}", words::build_error(&error, language));
            return Ok(Ending::WrongUsage);
        }
    };
    edge::runtime()?.block_on(serve(simulator, arguments, language))
}

async fn serve(
    simulator: Simulator,
    arguments: &AmazonPayArguments,
    language: Language,
) -> anyhow::Result<Ending> {
    let listener = match TcpListener::bind(arguments.listen).await {
        Ok(listener) => listener,
        Err(error) => {
            let address = arguments.listen;
            let text = say!(
                language,
                "{address} lässt sich nicht öffnen: {error}; eine andere Adresse geht mit --listen 127.0.0.1:0",
                "{address} cannot be opened: {error}; another address is taken by --listen 127.0.0.1:0"
            );
            eprintln!("kontor: {text}");
            return Ok(Ending::Refused);
        }
    };
    let running = if arguments.tls { simulator.serve_tls(listener)? } else { simulator.serve(listener)? };
    let desk = Desk::prepare(arguments.out.as_deref())?;
    let told = desk.write(&running)?;
    let end_wanted = edge::end_wanted()?;
    told.show(arguments.json, language)?;
    end_wanted.await;
    running.stop().await;
    Ok(Ending::Done)
}

/// The folder with the keys. A temporary one goes away with it.
struct Desk {
    folder: PathBuf,
    _temporary: Option<TempDir>,
}

impl Desk {
    fn prepare(wanted: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(folder) = wanted {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            return Ok(Self { folder: folder.to_owned(), _temporary: None });
        }
        let temporary = tempfile::Builder::new().prefix("kontor-simulator-").tempdir()?;
        Ok(Self { folder: temporary.path().to_owned(), _temporary: Some(temporary) })
    }

    /// Writes the keys and the certificate's authority, and gathers what there is to tell.
    fn write(&self, running: &Running) -> anyhow::Result<Told> {
        let mut merchants = Vec::new();
        for credentials in running.merchants() {
            let name = format!("AmazonPay_{}.pem", credentials.public_key_id());
            let path = self.folder.join(name);
            edge::write_secret(&path, credentials.pem().as_bytes())?;
            merchants.push(ReadyKey::of(credentials, path));
        }
        let authority = match running.certificate_authority() {
            None => None,
            Some(pem) => {
                let path = self.folder.join("authority.pem");
                std::fs::write(&path, pem).with_context(|| path.display().to_string())?;
                Some(path)
            }
        };
        Ok(Told {
            format: "kontor.simulator",
            version: 1,
            endpoint: running.endpoint().to_owned(),
            control_page: running.control_page(),
            certificate_authority: authority,
            merchants,
        })
    }
}

/// Where everything is.
#[derive(Debug, Serialize)]
struct Told {
    format: &'static str,
    version: u32,
    endpoint: String,
    control_page: String,
    certificate_authority: Option<PathBuf>,
    merchants: Vec<ReadyKey>,
}

#[derive(Debug, Serialize)]
struct ReadyKey {
    merchant_id: String,
    public_key_id: String,
    key_file: PathBuf,
}

impl ReadyKey {
    fn of(credentials: &Credentials, key_file: PathBuf) -> Self {
        Self {
            merchant_id: credentials.merchant_id().to_owned(),
            public_key_id: credentials.public_key_id().to_string(),
            key_file,
        }
    }
}

impl Told {
    fn show(&self, as_json: bool, language: Language) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        if as_json {
            serde_json::to_writer(&mut out, self)?;
            writeln!(out)?;
        } else {
            self.show_words(&mut out, language)?;
        }
        Ok(out.flush()?)
    }

    fn show_words(&self, out: &mut impl Write, language: Language) -> io::Result<()> {
        let mut line = |german, english, value: &dyn std::fmt::Display| {
            writeln!(out, "{:<16}{value}", language.pick(german, english))
        };
        line("Simulator:", "Simulator:", &self.endpoint)?;
        line("Bedienseite:", "Control page:", &self.control_page)?;
        if let Some(authority) = &self.certificate_authority {
            line("Zertifikat:", "Certificate:", &authority.display())?;
        }
        for merchant in &self.merchants {
            line("", "", &"")?;
            line("Verkäufer-ID:", "Merchant ID:", &merchant.merchant_id)?;
            line("Public Key-ID:", "Public Key ID:", &merchant.public_key_id)?;
            line("Private Key:", "Private key:", &merchant.key_file.display())?;
        }
        if let Some(merchant) = self.merchants.first() {
            let authority = self.certificate_authority.as_ref();
            let authority = authority.map(|path| format!(" --ca {}", path.display())).unwrap_or_default();
            line("", "", &"")?;
            let command = format!(
                "kontor amazon-pay check --endpoint {} --key-id {} --key {}{authority}",
                self.endpoint,
                merchant.public_key_id,
                merchant.key_file.display()
            );
            line("Ausprobieren:", "To try it:", &command)?;
        }
        line("Beenden:", "To end it:", &language.pick("Strg+C", "Ctrl+C"))
    }
}
