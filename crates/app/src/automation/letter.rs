//! A batch by mail: what it holds, and the files where they are small enough for a mail.

use std::io::Read as _;

use jiff::Timestamp;
use ledger::money::{Currency, Money};

use crate::App;
use crate::books::batch::{Found, archive};
use crate::books::sheet::Sheet;
use crate::language::Language;
use crate::mail::{Mail, MailFile, Mailer};
use crate::refusal::AppError;
use crate::say;

/// Many servers take no mail above 10 MB, and in a mail bytes grow by a third.
const LARGEST: u64 = 7_000_000;

/// Writes and sends the mail. `id` stays the same when it is tried again. False where the server did not take it, with
/// whether trying again is of no use.
pub(super) async fn send(
    app: &App,
    mailer: &Mailer,
    (to, client): (&str, &str),
    id: &str,
    found: &Found,
    language: Language,
) -> Result<Result<(), crate::mail::MailError>, AppError> {
    let begun = &found.batch.begun;
    let month = begun.month.to_string();
    let subject = match begun.correction {
        0 => say!(
            language,
            "Kontor: Buchungsstapel {month} – {client}",
            "Kontor: booking batch {month} – {client}"
        ),
        number => say!(
            language,
            "Kontor: Korrekturstapel {number} zu {month} – {client}",
            "Kontor: correction {number} of {month} – {client}"
        ),
    };
    let files = attached(app, found).await?;
    let link = mailer.link(&format!("/clients/{}/export", begun.client));
    let text = text(found, &link, !files.is_empty(), language);
    let at: Timestamp = app.now();
    let mail = Mail { to, subject: &subject, text, files, at, id: id.to_owned() };
    Ok(mailer.send(mail).await)
}

/// All files in one archive, where it is small enough.
async fn attached(app: &App, found: &Found) -> Result<Vec<MailFile>, AppError> {
    const PACKING: &str = "packing a batch for a mail";
    let file = archive(app, found).await?;
    if file.metadata().map_err(AppError::failed(PACKING))?.len() > LARGEST {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(AppError::failed(PACKING))?;
    let begun = &found.batch.begun;
    let correction = if begun.correction > 0 { format!("-K{}", begun.correction) } else { String::new() };
    let name = format!("DATEV-{}{correction}.zip", begun.month);
    Ok(vec![MailFile { name, bytes, kind: "application/zip" }])
}

/// The hand-over sheet in words.
fn text(found: &Found, link: &str, attached: bool, language: Language) -> String {
    let sheet: Sheet = serde_json::from_str(&found.batch.content.sheet).unwrap_or_default();
    let mut lines = Vec::new();
    for file in &found.files {
        let (name, postings, sha256) = (&file.name, file.postings, &file.sha256);
        lines.push(if postings > 0 {
            say!(language, "{name}: {postings} Buchungen", "{name}: {postings} postings")
        } else {
            name.clone()
        });
        lines.push(format!("  SHA-256 {sha256}"));
    }
    lines.push(String::new());
    for account in &sheet.accounts {
        let (number, debit, credit) = (
            &account.account,
            Money::new(account.debit, account.currency),
            Money::new(account.credit, account.currency),
        );
        lines.push(say!(
            language,
            "Konto {number}: Soll {debit}, Haben {credit}",
            "Account {number}: debit {debit}, credit {credit}"
        ));
    }
    for balance in &sheet.balances {
        let Some(currency) = Currency::parse(&balance.currency) else { continue };
        let [opening, closing] = [balance.opening, balance.closing].map(|minor| Money::new(minor, currency));
        let seller = &balance.seller;
        lines.push(say!(
            language,
            "{seller}: Anfangssaldo {opening}, Endsaldo {closing}",
            "{seller}: opening balance {opening}, closing balance {closing}"
        ));
    }
    lines.push(String::new());
    let findings = sheet.findings.len();
    if findings > 0 {
        let counted = language.counted(
            u64::try_from(findings).unwrap_or(u64::MAX),
            ("Hinweis", "Hinweise"),
            ("finding", "findings"),
        );
        lines.push(say!(
            language,
            "{counted} dazu im Export-Dashboard.",
            "{counted} about it in the export dashboard."
        ));
    }
    lines.push(if attached {
        say!(language, "Die Dateien sind angehängt. {link}", "The files are attached. {link}")
    } else {
        say!(
            language,
            "Die Dateien sind für eine Mail zu groß; hier können sie geladen werden: {link}",
            "The files are too large for a mail; they can be downloaded here: {link}"
        )
    });
    lines.join("\n") + "\n"
}
