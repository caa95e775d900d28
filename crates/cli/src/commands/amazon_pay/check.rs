//! `kontor amazon-pay check`: whether a key works, and why not.

use amazon_pay::client::{Client, Error, NoRegion, Region};
use amazon_pay::key::Environment;
use app::language::Language;
use app::say;
use clap::Args;
use providers::amazon_pay::german;
use serde::Serialize;

use super::connection::{ConnectionArguments, failed};
use super::{Edge, Ending, Told, show, show_json};

/// Says whether a key works, in which region, and what to do where it does not; ends with 1 then
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
}

/// The answer for programs.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    works: bool,
    public_key_id: &'a str,
    region: Option<&'static str>,
    environment: Option<&'static str>,
    /// Why not, for people.
    text: Option<&'a str>,
    /// What each region said.
    regions: Vec<Said>,
}

#[derive(Debug, Serialize)]
struct Said {
    region: &'static str,
    /// The HTTP status; none where no answer came.
    status: Option<u16>,
    /// Amazon's name for the reason.
    reason_code: Option<String>,
    text: String,
}

/// Runs the command.
pub(super) async fn run(arguments: &CheckArguments, edge: Edge) -> Told<Ending> {
    let language = edge.language;
    let connection = &arguments.connection;
    let client = connection.client(language)?;
    let found = if connection.region.is_some() {
        match client.check().await {
            Ok(()) => Ok(client.clone()),
            Err(error) => Err((failed(&error, language), vec![said(client.region(), &error, language)])),
        }
    } else {
        client.find_region().await.map_err(|failed| (sentence(&failed, language), all(&failed, language)))
    };
    match found {
        Ok(found) => works(&found, connection.json, language),
        Err((text, regions)) => {
            if connection.json {
                let answer = Answer {
                    works: false,
                    public_key_id: client.public_key_id().as_str(),
                    region: None,
                    environment: None,
                    text: Some(&text),
                    regions,
                };
                show_json(&answer, language)?;
                return Ok(Ending::Refused);
            }
            Err(text)
        }
    }
}

fn works(client: &Client, as_json: bool, language: Language) -> Told<Ending> {
    let environment = client.public_key_id().environment();
    let region = client.region();
    if as_json {
        return show_json(
            &Answer {
                works: true,
                public_key_id: client.public_key_id().as_str(),
                region: Some(region.name()),
                environment: environment.map(Environment::name),
                text: None,
                regions: Vec::new(),
            },
            language,
        );
    }
    let (id, name) = (client.public_key_id(), region.name());
    let place = language.pick(german::region(region), english(region));
    let environment = environment.map(|environment| format!(", {}", environment.name())).unwrap_or_default();
    let text = say!(
        language,
        "Der Schlüssel {id} gilt: Region {place} ({name}){environment}.",
        "The key {id} works: region {place} ({name}){environment}."
    );
    show(&text, language)
}

fn sentence(failed: &NoRegion, language: Language) -> String {
    language.pick(german::no_region(failed), failed.to_string())
}

fn all(failed: &NoRegion, language: Language) -> Vec<Said> {
    let failures = std::iter::once(&failed.first).chain(&failed.others);
    failures.map(|failure| said(failure.region, &failure.error, language)).collect()
}

fn said(region: Region, error: &Error, language: Language) -> Said {
    let refusal = error.refusal();
    Said {
        region: region.name(),
        status: refusal.map(|refusal| refusal.status),
        reason_code: refusal.and_then(|refusal| refusal.reason_code.clone()),
        text: failed(error, language),
    }
}

fn english(region: Region) -> &'static str {
    match region {
        Region::Europe => "Europe",
        Region::NorthAmerica => "North America",
        Region::Japan => "Japan",
    }
}
