//! What a person enters to make a connection, and whether it can be right before anyone is asked.

use amazon_pay::key::{Environment, PrivateKey, PublicKeyId};
use jiff::civil::Date;
use secrecy::{ExposeSecret as _, SecretSlice};

use super::LONGEST_LABEL;
use crate::amazon_pay::{key_id_refused, key_refused};
use crate::refusal::{AppError, Refusal};

/// The longest and the shortest merchant id of Amazon that were seen have 12 to 14 characters; a little room is left.
const SELLER_ID_LENGTHS: std::ops::RangeInclusive<usize> = 8..=24;

/// The form «Neue Schnittstelle: Amazon Pay» as it was filled in.
#[derive(Debug)]
pub struct ConnectForm {
    /// Bezeichnung; empty is «Amazon Pay».
    pub label: String,
    /// Verkäufer-ID.
    pub seller_id: String,
    /// Public Key-ID and Private Key.
    pub key: KeyForm,
    /// Startdatum, `2026-10-01` or `1.10.2026`; empty is as far back as Amazon keeps reports.
    pub start_date: String,
    /// Another host than Amazon's, for demo and tests.
    pub endpoint: Option<String>,
}

/// The part of the form that stands alone when a key is replaced.
#[derive(Debug)]
pub struct KeyForm {
    /// Public Key-ID.
    pub public_key_id: String,
    /// The content of the .pem file.
    pub private_key: SecretSlice<u8>,
}

/// What was entered, where it can be right.
#[derive(Debug)]
pub(super) struct Entered {
    pub(super) label: String,
    pub(super) seller_id: String,
    pub(super) key: EnteredKey,
    pub(super) start_date: Option<Date>,
    pub(super) endpoint: Option<String>,
}

/// A key and its id, where they can be right.
#[derive(Debug)]
pub(super) struct EnteredKey {
    pub(super) id: PublicKeyId,
    pub(super) environment: Environment,
    pub(super) key: PrivateKey,
}

impl ConnectForm {
    /// Reads the form as of a day.
    pub(super) fn read(&self, today: Date, other_endpoints: bool) -> Result<Entered, AppError> {
        let label = label(&self.label)?;
        let seller_id = seller_id(&self.seller_id)?;
        let start_date = start_date(&self.start_date, today)?;
        let key = self.key.read()?;
        let endpoint = self.endpoint.clone().filter(|endpoint| !endpoint.trim().is_empty());
        if endpoint.is_some() && !other_endpoints {
            return Err(Refusal::invalid(
                "endpoint",
                "endpoint-not-allowed",
                "Eine andere Adresse als die von Amazon ist hier nicht erlaubt.",
                "Another address than Amazon's is not allowed here.",
            )
            .into());
        }
        Ok(Entered { label, seller_id, key, start_date, endpoint })
    }
}

impl KeyForm {
    pub(super) fn read(&self) -> Result<EnteredKey, AppError> {
        let id: PublicKeyId = self.public_key_id.parse().map_err(|error| key_id_refused(&error))?;
        let environment = id.environment().unwrap_or(Environment::Live);
        if environment == Environment::Sandbox {
            return Err(Refusal::invalid(
                "public-key-id",
                "key-of-sandbox",
                "Das ist ein Schlüssel der Testumgebung (SANDBOX); sie kennt keine Abrechnungen. Erstellen Sie in Seller \
                 Central einen Schlüssel für die Liveumgebung, seine ID beginnt mit LIVE-.",
                "This is a key of the test environment (SANDBOX), which has no settlements. Make a key for the live \
                 environment in Seller Central; its id begins with LIVE-.",
            )
            .into());
        }
        let key =
            PrivateKey::from_pem(self.private_key.expose_secret()).map_err(|error| key_refused(&error))?;
        Ok(EnteredKey { id, environment, key })
    }
}

/// A name that people give a connection.
pub(super) fn label(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    let refused =
        |german: String, english: String| Refusal::invalid("label", "label-form", german, english).into();
    if text.chars().count() > LONGEST_LABEL {
        return Err(refused(
            format!("Die Bezeichnung ist zu lang: höchstens {LONGEST_LABEL} Zeichen."),
            format!("The name is too long: {LONGEST_LABEL} characters at most."),
        ));
    }
    if text.chars().any(char::is_control) {
        return Err(refused(
            "Die Bezeichnung enthält Steuerzeichen.".to_owned(),
            "The name has control characters.".to_owned(),
        ));
    }
    Ok(if text.is_empty() { "Amazon Pay".to_owned() } else { text.to_owned() })
}

fn seller_id(text: &str) -> Result<String, AppError> {
    let id = text.trim().to_ascii_uppercase();
    if id.is_empty() {
        return Err(Refusal::invalid(
            "seller-id",
            "seller-id-missing",
            "Es fehlt die Verkäufer-ID. Sie steht in Seller Central unter Integration Central, meist beginnt sie mit A.",
            "The merchant id is missing. It stands in Seller Central under Integration Central and mostly begins with A.",
        )
        .into());
    }
    let is_possible = id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !is_possible || !SELLER_ID_LENGTHS.contains(&id.len()) {
        return Err(Refusal::invalid(
            "seller-id",
            "seller-id-form",
            "Das kann keine Verkäufer-ID sein: Sie besteht aus 12 bis 14 Großbuchstaben und Ziffern, zum Beispiel \
             A1B2C3D4E5F6G7. Nicht gemeint sind die Store-ID (amzn1.…) und die Public Key-ID.",
            "This cannot be a merchant id: it has 12 to 14 capital letters and digits, such as A1B2C3D4E5F6G7. Neither the \
             store id (amzn1.…) nor the Public Key ID is meant.",
        )
        .into());
    }
    Ok(id)
}

fn start_date(text: &str, today: Date) -> Result<Option<Date>, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |code, german, english| Refusal::invalid("start-date", code, german, english);
    let date: Date = text.parse().ok().or_else(|| german_date(text)).ok_or_else(|| {
        refused(
            "start-date-form",
            "Das Startdatum ist kein Datum; schreiben Sie es wie 01.10.2026.",
            "The start date is no date; write it like 2026-10-01.",
        )
    })?;
    if date > today {
        return Err(refused(
            "start-date-future",
            "Das Startdatum liegt in der Zukunft; bis dahin würde nichts abgerufen.",
            "The start date lies in the future; nothing would be fetched until then.",
        )
        .into());
    }
    Ok(Some(date))
}

/// `1.10.2026` and `01.10.2026`.
fn german_date(text: &str) -> Option<Date> {
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-11-25".parse().unwrap()
    }

    fn code(outcome: Result<impl std::fmt::Debug, AppError>) -> &'static str {
        outcome.unwrap_err().refusal().unwrap().code
    }

    #[test]
    fn a_start_date_is_written_as_in_germany_or_as_in_iso() {
        let october: Date = "2026-10-01".parse().unwrap();
        for text in ["2026-10-01", "1.10.2026", " 01.10.2026 "] {
            assert_eq!(start_date(text, today()).unwrap(), Some(october), "{text}");
        }
        assert_eq!(start_date(" ", today()).unwrap(), None);
        assert_eq!(code(start_date("31.11.2026", today())), "start-date-form");
        assert_eq!(code(start_date("1.10.26", today())), "start-date-form");
        assert_eq!(code(start_date("26.11.2026", today())), "start-date-future");
    }

    #[test]
    fn a_seller_id_is_not_a_store_id() {
        assert_eq!(seller_id(" a3m5b7xexample ").unwrap(), "A3M5B7XEXAMPLE");
        assert_eq!(code(seller_id("")), "seller-id-missing");
        assert_eq!(code(seller_id("amzn1.application-oa2-client.5b")), "seller-id-form");
    }

    #[test]
    fn a_key_of_the_sandbox_is_refused_by_its_id() {
        let form = KeyForm {
            public_key_id: "SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B".to_owned(),
            private_key: Vec::new().into(),
        };
        assert_eq!(code(form.read()), "key-of-sandbox");
    }
}
