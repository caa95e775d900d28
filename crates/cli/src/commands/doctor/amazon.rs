//! Is Amazon Pay reachable from here, and what time is it there?

use std::time::Duration;

use amazon_pay::client::Region;
use app::{Language, say};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::Client;
use reqwest::header::DATE;
use reqwest::redirect::Policy;
use store::Machine as _;

use super::line::{Line, Subject};
use crate::machine::SystemMachine;

const THIS: Subject = Subject::Amazon;

/// Who does not answer within this time is away.
const PATIENCE: Duration = Duration::from_secs(10);

/// How far the clock here is ahead of Amazon's, where Amazon said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead(pub(super) SignedDuration);

/// Asks each region for anything at all; without a key it says no, and that is an answer.
pub(super) async fn look(other: Option<&str>, language: Language) -> (Option<Ahead>, Vec<Line>) {
    let addresses: Vec<String> = match other {
        Some(address) => vec![address.to_owned()],
        None => Region::ALL.map(|region| format!("https://{}/", region.host())).into(),
    };
    let client = match Client::builder().timeout(PATIENCE).redirect(Policy::none()).build() {
        Ok(client) => client,
        Err(error) => return (None, vec![Line::wrong(THIS, error.to_string())]),
    };
    let answers = join_all(addresses.iter().map(|address| ask(&client, address))).await;
    let ahead = answers.iter().find_map(|answer| answer.as_ref().ok().copied().flatten());
    let none_came = answers.iter().all(Result::is_err);
    let lines = addresses.iter().zip(&answers).map(|(address, answer)| {
        let host = address.trim_start_matches("https://").trim_end_matches('/');
        match answer {
            Ok(_) => Line::ok(THIS, say!(language, "{host} antwortet", "{host} answers")),
            Err(why) => {
                let text = say!(language, "{host} ist nicht erreichbar: {why}", "{host} cannot be reached: {why}");
                if none_came {
                    Line::error(
                        THIS,
                        text,
                        language.pick(
                            "Kontor ruft Berichte über Port 443 ab. Bitte Netz, Namensauflösung und Firewall prüfen; einen Proxy \
                             nennt HTTPS_PROXY. Ohne Netz bleibt das Hochladen.",
                            "Kontor fetches reports over port 443. Check the network, the name server and the firewall; \
                             HTTPS_PROXY names a proxy. Without a network reports can be uploaded.",
                        ),
                    )
                } else {
                    Line::warning(
                        THIS,
                        text,
                        language.pick(
                            "Das betrifft nur Verkäufer dieser Region.",
                            "This concerns only merchants of this region.",
                        ),
                    )
                }
            }
        }
    });
    (ahead, lines.collect())
}

/// How far we are ahead, measured against the middle of the request; the header counts whole seconds (RFC 9110, 6.6.1).
async fn ask(client: &Client, address: &str) -> Result<Option<Ahead>, String> {
    let before = SystemMachine.now();
    let answer = client.get(address).send().await.map_err(|error| root(&error))?;
    let after = SystemMachine.now();
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok());
    let there: Option<Timestamp> =
        date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    let middle = before + after.duration_since(before) / 2;
    Ok(there.map(|there| Ahead(middle.duration_since(there))))
}

/// What the network said, without what was tried.
fn root(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if error.is_timeout() { "timeout".to_owned() } else { cause.to_string() }
}
