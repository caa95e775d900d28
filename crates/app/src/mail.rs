//! Mail to people, by the house's own mail server (SMTP).

mod letters;
mod words;

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::message::header::ContentType;
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

pub(crate) use letters::Letter;

/// So long the mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    site: String,
}

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailSettingsError {
    /// The address of the server.
    #[error(
        "the mail server must be written like smtp://user:password@mail.example.com:587?tls=required or smtps://…"
    )]
    Server,
    /// The sender.
    #[error("the sender of mails must be written like Kontor <kontor@example.com>")]
    Sender,
}

/// Why one mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address of somebody is none.
    #[error("«{0}» is no mail address")]
    Address(String),
    /// The mail could not be made.
    #[error("the mail could not be made")]
    Made(#[from] lettre::error::Error),
    /// A file in it has a kind that nobody knows.
    #[error("a file in the mail could not be named")]
    Kind,
    /// The server did not take it.
    #[error("the mail server did not take it")]
    Server(#[from] lettre::transport::smtp::Error),
}

impl MailError {
    /// Is it of no use to try again?
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Server(error) => error.is_permanent(),
            Self::Address(_) | Self::Made(_) | Self::Kind => true,
        }
    }
}

/// A mail.
#[derive(Clone, Debug)]
pub struct Mail<'a> {
    /// To whom: an address, with or without a name.
    pub to: &'a str,
    /// The subject line.
    pub subject: &'a str,
    /// The text.
    pub text: String,
    /// Files that go with it.
    pub files: Vec<MailFile>,
    /// When it is sent.
    pub at: Timestamp,
    /// Tells it from all others.
    pub id: String,
}

/// A file that goes with a mail.
#[derive(Clone, Debug)]
pub struct MailFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its kind: `text/csv`.
    pub kind: &'static str,
}

impl Mailer {
    /// Sets the mail server up. `site` is the address under which people reach Kontor; links begin with it.
    pub fn new(server: &str, from: &str, site: &str) -> Result<Self, MailSettingsError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(server);
        let transport = transport.map_err(|_refused| MailSettingsError::Server)?;
        let transport = transport.timeout(Some(PATIENCE)).build();
        let from = from.parse().map_err(|_refused| MailSettingsError::Sender)?;
        Ok(Self { transport, from, site: site.trim_end_matches('/').to_owned() })
    }

    /// The full address of a page.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// Goes as far as one can without sending anything: the connection, its encryption, the login.
    pub async fn check(&self) -> Result<(), MailError> {
        self.transport.test_connection().await?;
        Ok(())
    }

    /// Sends a mail.
    pub async fn send(&self, mail: Mail<'_>) -> Result<(), MailError> {
        let to: Mailbox = mail.to.parse().map_err(|_refused| MailError::Address(mail.to.to_owned()))?;
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .date(SystemTime::from(mail.at))
            .message_id(Some(format!("<{}@{domain}>", mail.id)))
            // Answering machines leave such mail alone (RFC 3834).
            .raw_header(lettre::message::header::HeaderValue::new(
                lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ));
        let text = SinglePart::plain(mail.text);
        let message = if mail.files.is_empty() {
            message.singlepart(text)?
        } else {
            let mut parts = MultiPart::mixed().singlepart(text);
            for file in mail.files {
                let kind = ContentType::parse(file.kind).map_err(|_unknown| MailError::Kind)?;
                parts = parts.singlepart(Part::new(file.name).body(file.bytes, kind));
            }
            message.multipart(parts)?
        };
        self.transport.send(message).await?;
        Ok(())
    }
}

/// Shows who sends, not the password of the server.
impl std::fmt::Debug for Mailer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Mailer").field("from", &self.from.email).finish_non_exhaustive()
    }
}
