//! The arguments that say with whom to speak and as whom.

use std::io::{self, Read as _};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use amazon_pay::client::{Client, Error, Region, RetryPolicy};
use amazon_pay::key::{Environment, PrivateKey, PublicKeyId};
use app::language::Language;
use app::say;
use clap::{Args, ValueEnum};
use providers::amazon_pay::german;

use super::Told;
use crate::edge;

/// A key file has less than two thousand bytes; who names a film by mistake is told soon.
const LARGEST_FILE: u64 = 1024 * 1024;

/// With whom to speak and as whom.
#[derive(Debug, Args)]
pub(super) struct ConnectionArguments {
    /// The Public Key ID, such as LIVE-AFVX7ULWSGBZ5535PCUQOY7B
    #[arg(long, value_name = "ID")]
    key_id: String,
    /// The private key: the .pem file from Seller Central; `-` is standard input
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The region of the merchant's account: eu, na or jp [default: eu; `check` tries all three]
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<Region>,
    /// The environment of a key id that names none
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    environment: Option<EnvironmentName>,
    /// Another host than Amazon's, such as a simulator: https://localhost:9443
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// A certificate (PEM) to be trusted beside those of the system
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// A file with the token by which a solution provider acts for another merchant
    #[arg(long, value_name = "FILE")]
    auth_token: Option<PathBuf>,
    /// How often a request is tried where trying again may help
    #[arg(long, value_name = "N", default_value = "6")]
    attempts: NonZeroU32,
    /// Prints JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EnvironmentName {
    Live,
    Sandbox,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Live => Self::Live,
            EnvironmentName::Sandbox => Self::Sandbox,
        }
    }
}

impl ConnectionArguments {
    /// The client that the arguments describe.
    pub(super) fn client(&self, language: Language) -> Told<Client> {
        let id: PublicKeyId = self.key_id.parse().map_err(|error| {
            let text = language.pick(german::key_id_error(&error), error.to_string());
            format!("--key-id: {text}")
        })?;
        let pem = read(&self.key, language)?;
        let key = PrivateKey::from_pem(&pem).map_err(|error| {
            let text = language.pick(german::key_error(&error), error.to_string());
            format!("{}: {text}", self.key.display())
        })?;
        let mut builder = Client::builder(id, key).region(self.region.unwrap_or(Region::Europe));
        builder = builder.retry(RetryPolicy { attempts: self.attempts, ..RetryPolicy::default() });
        if let Some(environment) = self.environment {
            builder = builder.environment(environment.into());
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint(endpoint);
        }
        if let Some(path) = &self.ca {
            builder = builder.root_certificate(read(path, language)?);
        }
        if let Some(path) = &self.auth_token {
            let token = String::from_utf8_lossy(&read(path, language)?).trim().to_owned();
            builder = builder.auth_token(token.into());
        }
        builder
            .build(edge::Now, edge::randomness())
            .map_err(|error| language.pick(german::configuration_error(&error), error.to_string()))
    }
}

/// The sentence for a call that failed.
pub(super) fn failed(error: &Error, language: Language) -> String {
    language.pick(german::client_error(error), error.to_string())
}

/// The bytes of a small file, or of standard input.
fn read(path: &Path, language: Language) -> Told<Vec<u8>> {
    let mut bytes = Vec::new();
    let taken = if path.as_os_str() == "-" {
        io::stdin().lock().take(LARGEST_FILE).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes))
    };
    let path = path.display();
    taken.map_err(|error| {
        say!(language, "{path}: lässt sich nicht lesen: {error}", "{path}: cannot be read: {error}")
    })?;
    Ok(bytes)
}
