//! The house's mail server, from arguments and environment.

use anyhow::anyhow;
use app::Language;
use app::mail::{MailSettingsError, Mailer};
use clap::Args;

/// By which server mail is sent.
#[derive(Clone, Debug, Args)]
pub struct MailArguments {
    /// The mail server: smtp://user:password@mail.example.com:587?tls=required, or smtps://…; without it no mail is sent
    #[arg(long, value_name = "URL", env = "KONTOR_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Who sends
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "KONTOR_MAIL_FROM",
        default_value = "Kontor <kontor@localhost>"
    )]
    pub mail_from: String,
}

impl MailArguments {
    /// The mail server, where one is named; links in mails begin with `site`.
    pub fn mailer(&self, site: &str, language: Language) -> anyhow::Result<Option<Mailer>> {
        let Some(server) = self.smtp.as_deref().filter(|server| !server.is_empty()) else { return Ok(None) };
        Mailer::new(server, &self.mail_from, site).map(Some).map_err(|error| {
            anyhow!(match error {
                MailSettingsError::Server => language.pick(
                    "KONTOR_SMTP ist kein Mailserver; geschrieben wird er wie \
                     smtp://benutzer:kennwort@mail.example.com:587?tls=required oder smtps://…",
                    "KONTOR_SMTP is no mail server; it is written like \
                     smtp://user:password@mail.example.com:587?tls=required or smtps://…",
                ),
                MailSettingsError::Sender => language.pick(
                    "KONTOR_MAIL_FROM ist kein Absender; geschrieben wird er wie Kontor <kontor@example.com>",
                    "KONTOR_MAIL_FROM is no sender; it is written like Kontor <kontor@example.com>",
                ),
            })
        })
    }
}
