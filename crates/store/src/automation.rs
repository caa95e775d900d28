//! The export of the finished month by itself, and the batches on their way to somebody.

use jiff::Timestamp;

use crate::connections::Trouble;
use crate::id::{BatchId, ClientId};
use crate::{Row, StoreError, Transaction, arguments};

/// What a client chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automation {
    /// Whose it is.
    pub client: ClientId,
    /// On which day of the month, 1 to 28.
    pub day: u32,
    /// Whether it happens.
    pub active: bool,
    /// A folder on this machine for the files.
    pub folder: Option<String>,
    /// An address that is called with the files.
    pub webhook: Option<String>,
    /// What signs those calls, sealed by the vault.
    pub secret_sealed: Option<Vec<u8>>,
    /// Mail addresses, separated by blanks.
    pub mail: Option<String>,
    /// When it happens next.
    pub next_run_at: Timestamp,
}

impl Automation {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            client: row.get(0)?,
            day: row.get(1)?,
            active: row.get(2)?,
            folder: row.get(3)?,
            webhook: row.get(4)?,
            secret_sealed: row.get(5)?,
            mail: row.get(6)?,
            next_run_at: row.get(7)?,
        })
    }
}

/// What a client chose, where it did.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<Option<Automation>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT client, day, active, folder, webhook, secret_sealed, mail, next_run_at FROM automation
             WHERE client = $1",
            arguments![client],
        )
        .await?;
    row.as_ref().map(Automation::read).transpose()
}

/// Keeps what a client chose.
pub async fn keep(transaction: &mut Transaction, automation: &Automation) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO automation (client, day, active, folder, webhook, secret_sealed, mail, next_run_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (client) DO UPDATE SET day = excluded.day, active = excluded.active, folder = excluded.folder,
                webhook = excluded.webhook, secret_sealed = excluded.secret_sealed, mail = excluded.mail,
                next_run_at = excluded.next_run_at",
            arguments![
                &automation.client,
                automation.day,
                automation.active,
                automation.folder.clone(),
                automation.webhook.clone(),
                automation.secret_sealed.clone(),
                automation.mail.clone(),
                automation.next_run_at
            ],
        )
        .await?;
    Ok(())
}

/// Those whose day has come, at most so many.
pub async fn due(
    transaction: &mut Transaction,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Automation>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT client, day, active, folder, webhook, secret_sealed, mail, next_run_at FROM automation
             WHERE active AND next_run_at <= $1 ORDER BY next_run_at, client LIMIT $2",
            arguments![now, most],
        )
        .await?;
    rows.iter().map(Automation::read).collect()
}

/// Sets when it happens next.
pub async fn set_next_run(
    transaction: &mut Transaction,
    client: &ClientId,
    next_run_at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE automation SET next_run_at = $2 WHERE client = $1", arguments![client, next_run_at])
        .await?;
    Ok(())
}

/// How a batch travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Into a folder on this machine.
    Folder,
    /// By a call to an address.
    Webhook,
    /// By mail.
    Mail,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Folder, Self::Webhook, Self::Mail];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Webhook => "webhook",
            Self::Mail => "mail",
        }
    }
}

/// A batch on its way to one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its address.
    pub id: String,
    /// Whose batch it is.
    pub client: ClientId,
    /// Which.
    pub batch: BatchId,
    /// How it travels.
    pub way: Way,
    /// Where to.
    pub target: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it arrived.
    pub delivered_at: Option<Timestamp>,
    /// How often it was tried.
    pub tries: u32,
    /// Why it did not arrive.
    pub trouble: Option<Trouble>,
}

impl Delivery {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let found: String = row.get(3)?;
        let way = Way::ALL.into_iter().find(|way| way.name() == found);
        Ok(Self {
            id: row.get(0)?,
            client: row.get(1)?,
            batch: row.get(2)?,
            way: way.ok_or(StoreError::Content { expected: "the way of a delivery", found })?,
            target: row.get(4)?,
            created_at: row.get(5)?,
            delivered_at: row.get(6)?,
            tries: row.get(7)?,
            trouble: Trouble::read(row, 8)?,
        })
    }
}

/// Puts a batch on its way. False where it was sent that way to that place before: it is sent once.
pub async fn dispatch(transaction: &mut Transaction, delivery: &Delivery) -> Result<bool, StoreError> {
    let new = transaction
        .execute(
            "INSERT INTO delivery (id, client, batch, way, target, created_at, tries)
             VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (batch, way, target) DO NOTHING",
            arguments![
                &delivery.id,
                &delivery.client,
                &delivery.batch,
                delivery.way.name(),
                &delivery.target,
                delivery.created_at
            ],
        )
        .await?;
    Ok(new > 0)
}

/// A delivery.
pub async fn delivery(transaction: &mut Transaction, id: &str) -> Result<Option<Delivery>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, client, batch, way, target, created_at, delivered_at, tries, code, german, english
             FROM delivery WHERE id = $1",
            arguments![id],
        )
        .await?;
    row.as_ref().map(Delivery::read).transpose()
}

/// The deliveries of a client, the newest first, at most so many.
pub async fn deliveries(
    transaction: &mut Transaction,
    client: &ClientId,
    most: u32,
) -> Result<Vec<Delivery>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, batch, way, target, created_at, delivered_at, tries, code, german, english
             FROM delivery WHERE client = $1 ORDER BY id DESC LIMIT $2",
            arguments![client, most],
        )
        .await?;
    rows.iter().map(Delivery::read).collect()
}

/// It arrived.
pub async fn arrived(transaction: &mut Transaction, id: &str, at: Timestamp) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE delivery SET delivered_at = $2, tries = tries + 1, code = NULL, german = NULL, english = NULL
             WHERE id = $1 AND delivered_at IS NULL",
            arguments![id, at],
        )
        .await?;
    Ok(())
}

/// It did not arrive.
pub async fn not_arrived(
    transaction: &mut Transaction,
    id: &str,
    trouble: &Trouble,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE delivery SET tries = tries + 1, code = $2, german = $3, english = $4
             WHERE id = $1 AND delivered_at IS NULL",
            arguments![id, &trouble.code, &trouble.german, &trouble.english],
        )
        .await?;
    Ok(())
}
