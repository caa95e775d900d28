//! Notices: what happened and somebody should know, and on which way to whom it is.

use jiff::Timestamp;

use crate::id::{ClientId, UserId};
use crate::{Row, StoreError, Transaction, arguments};

/// How often a user hears of what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// As soon as it happens.
    AtOnce,
    /// In one mail in the morning.
    #[default]
    Daily,
    /// By no mail.
    Never,
}

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    /// The rhythm of a word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.name() == name)
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its address.
    pub id: String,
    /// Whom it concerns.
    pub client: ClientId,
    /// What sort: `key-refused`, `gap` …
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The sentences in German.
    pub german: String,
    /// The sentences in English.
    pub english: String,
    /// The page that says more.
    pub path: String,
    /// When it happened.
    pub created_at: Timestamp,
}

impl Notice {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            client: row.get(1)?,
            kind: row.get(2)?,
            subject: row.get(3)?,
            german: row.get(4)?,
            english: row.get(5)?,
            path: row.get(6)?,
            created_at: row.get(7)?,
        })
    }
}

/// Opens a notice. False where one of the same kind about the same thing is open already: it was told.
pub async fn open(transaction: &mut Transaction, notice: &Notice) -> Result<bool, StoreError> {
    let new = transaction
        .execute(
            "INSERT INTO notice (id, client, kind, subject, german, english, path, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (client, kind, subject) WHERE settled_at IS NULL DO NOTHING",
            arguments![
                &notice.id,
                &notice.client,
                &notice.kind,
                &notice.subject,
                &notice.german,
                &notice.english,
                &notice.path,
                notice.created_at
            ],
        )
        .await?;
    Ok(new > 0)
}

/// What it told is over.
pub async fn settle(
    transaction: &mut Transaction,
    client: &ClientId,
    kind: &str,
    subject: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let touched = transaction
        .execute(
            "UPDATE notice SET settled_at = $4
             WHERE client = $1 AND kind = $2 AND subject = $3 AND settled_at IS NULL",
            arguments![client, kind, subject, at],
        )
        .await?;
    Ok(touched > 0)
}

/// Everything that was told about a thing, and about what belongs to it (`subject/…`), is over.
pub async fn settle_subject(
    transaction: &mut Transaction,
    client: &ClientId,
    subject: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE notice SET settled_at = $4
             WHERE client = $1 AND (subject = $2 OR subject LIKE $3) AND settled_at IS NULL",
            arguments![client, subject, format!("{subject}/%"), at],
        )
        .await?;
    Ok(())
}

/// The open notices of a client, the newest first, at most 100.
pub async fn open_of_client(
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<Vec<Notice>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, kind, subject, german, english, path, created_at FROM notice
             WHERE client = $1 AND settled_at IS NULL ORDER BY id DESC LIMIT 100",
            arguments![client],
        )
        .await?;
    rows.iter().map(Notice::read).collect()
}

/// Somebody who may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub user: UserId,
    /// How often.
    pub rhythm: Rhythm,
}

/// The members of a client that can log in, with how often they are told of a kind of notice. Readers are told nothing
/// unless they chose to.
pub async fn recipients(
    transaction: &mut Transaction,
    client: &ClientId,
    kind: &str,
) -> Result<Vec<Recipient>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT member.user_account, member.role, COALESCE(choice.rhythm, setting.rhythm) FROM membership member
             JOIN user_account account ON account.id = member.user_account
             LEFT JOIN notice_setting setting
                ON setting.client = member.client AND setting.user_account = member.user_account
             LEFT JOIN notice_choice choice
                ON choice.client = member.client AND choice.user_account = member.user_account AND choice.kind = $2
             WHERE member.client = $1 AND account.disabled_at IS NULL ORDER BY member.user_account LIMIT 1000",
            arguments![client, kind],
        )
        .await?;
    let mut recipients = Vec::new();
    for row in &rows {
        let (role, chosen): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let rhythm = chosen.as_deref().and_then(Rhythm::parse).unwrap_or(usual(&role));
        recipients.push(Recipient { user: row.get(0)?, rhythm });
    }
    Ok(recipients)
}

/// How often a member is told who has chosen nothing.
pub fn usual(role: &str) -> Rhythm {
    if role == "reader" { Rhythm::Never } else { Rhythm::default() }
}

/// How often a user is told about a client, where he chose: of everything, and of single kinds.
pub async fn rhythms(
    transaction: &mut Transaction,
    client: &ClientId,
    user: &UserId,
) -> Result<(Option<Rhythm>, Vec<(String, Rhythm)>), StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT rhythm FROM notice_setting WHERE client = $1 AND user_account = $2",
            arguments![client, user],
        )
        .await?;
    let name: Option<String> = row.map(|row| row.get(0)).transpose()?;
    let all = name.as_deref().and_then(Rhythm::parse);
    let rows = transaction
        .fetch_all(
            "SELECT kind, rhythm FROM notice_choice WHERE client = $1 AND user_account = $2 ORDER BY kind",
            arguments![client, user],
        )
        .await?;
    let mut kinds = Vec::new();
    for row in &rows {
        let rhythm: String = row.get(1)?;
        kinds.extend(Rhythm::parse(&rhythm).map(|rhythm| Ok((row.get(0)?, rhythm))));
    }
    Ok((all, kinds.into_iter().collect::<Result<_, StoreError>>()?))
}

/// Sets how often a user is told of a kind of notice of a client.
pub async fn set_rhythm(
    transaction: &mut Transaction,
    client: &ClientId,
    user: &UserId,
    kind: &str,
    rhythm: Rhythm,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO notice_choice (client, user_account, kind, rhythm) VALUES ($1, $2, $3, $4)
             ON CONFLICT (client, user_account, kind) DO UPDATE SET rhythm = excluded.rhythm",
            arguments![client, user, kind, rhythm.name()],
        )
        .await?;
    Ok(())
}

/// Puts a notice on its way to a user.
pub async fn address(
    transaction: &mut Transaction,
    notice: &str,
    user: &UserId,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO notice_mail (notice, user_account, due_at) VALUES ($1, $2, $3)
             ON CONFLICT (notice, user_account) DO NOTHING",
            arguments![notice, user, due_at],
        )
        .await?;
    Ok(())
}

/// Users for whom there is something to be sent, at most so many.
pub async fn users_due(
    transaction: &mut Transaction,
    now: Timestamp,
    most: u32,
) -> Result<Vec<UserId>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT DISTINCT user_account FROM notice_mail WHERE sent_at IS NULL AND due_at <= $1 LIMIT $2",
            arguments![now, most],
        )
        .await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// What is to be sent to a user in one mail: everything that waits for him once something is due. The oldest first, at
/// most 100. What is over by itself is left out.
pub async fn waiting_for(
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<Vec<(Notice, String)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT notice.id, notice.client, notice.kind, notice.subject, notice.german, notice.english, notice.path,
                notice.created_at, client.name
             FROM notice_mail JOIN notice ON notice.id = notice_mail.notice JOIN client ON client.id = notice.client
             WHERE notice_mail.user_account = $1 AND notice_mail.sent_at IS NULL AND notice.settled_at IS NULL
             ORDER BY notice.id LIMIT 100",
            arguments![user],
        )
        .await?;
    rows.iter().map(|row| Ok((Notice::read(row)?, row.get(8)?))).collect()
}

/// Marks what waits for a user as sent: the notices named, and those that are over by themselves.
pub async fn mark_sent(
    transaction: &mut Transaction,
    user: &UserId,
    notices: &[Notice],
    at: Timestamp,
) -> Result<(), StoreError> {
    for notice in notices {
        transaction
            .execute(
                "UPDATE notice_mail SET sent_at = $3 WHERE notice = $1 AND user_account = $2 AND sent_at IS NULL",
                arguments![&notice.id, user, at],
            )
            .await?;
    }
    transaction
        .execute(
            "DELETE FROM notice_mail WHERE user_account = $1 AND sent_at IS NULL
                AND notice IN (SELECT id FROM notice WHERE settled_at IS NOT NULL)",
            arguments![user],
        )
        .await?;
    Ok(())
}

/// What waits for a user is not sent before an instant.
pub async fn hold_back(
    transaction: &mut Transaction,
    user: &UserId,
    until: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE notice_mail SET due_at = $2 WHERE user_account = $1 AND sent_at IS NULL AND due_at < $2",
            arguments![user, until],
        )
        .await?;
    Ok(())
}

/// The mail address, name and language of a user who can log in.
pub async fn mailbox(
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<Option<(String, String, String)>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT email, name, language FROM user_account WHERE id = $1 AND disabled_at IS NULL",
            arguments![user],
        )
        .await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).transpose()
}
