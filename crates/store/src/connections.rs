//! Connections to payment providers (Schnittstellen).

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{ClientId, ConnectionId};
use crate::{Row, StoreError, Transaction, arguments};

/// Whether a connection is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionState {
    /// By itself, several times a day.
    Active,
    /// Not until a person goes on.
    Paused,
    /// Not until there is another key: the provider refused this one.
    Stopped,
}

impl ConnectionState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Paused, Self::Stopped];

    /// The word in the database and for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
        }
    }

    pub(crate) fn read(row: &Row, index: usize) -> Result<Self, StoreError> {
        let found: String = row.get(index)?;
        let state = Self::ALL.into_iter().find(|state| state.name() == found);
        state.ok_or(StoreError::Content { expected: "the state of a connection", found })
    }
}

/// Why something did not work, as it is kept: a word for programs, and a sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The word, unchanging.
    pub code: String,
    /// The sentence in German.
    pub german: String,
    /// The sentence in English.
    pub english: String,
}

impl Trouble {
    /// From three columns that stand side by side; none where there was no trouble.
    pub(crate) fn read(row: &Row, index: usize) -> Result<Option<Self>, StoreError> {
        let code: Option<String> = row.get(index)?;
        let german: Option<String> = row.get(index + 1)?;
        let english: Option<String> = row.get(index + 2)?;
        Ok(code.map(|code| Self {
            code,
            german: german.unwrap_or_default(),
            english: english.unwrap_or_default(),
        }))
    }
}

/// A connection as it is kept, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its address.
    pub id: ConnectionId,
    /// Whose it is.
    pub client: ClientId,
    /// The provider: `amazon-pay`.
    pub provider: String,
    /// Bezeichnung.
    pub label: String,
    /// Verkäufer-ID.
    pub seller_id: String,
    /// Public Key-ID.
    pub public_key_id: String,
    /// Where the merchant's account is: `eu`, `na`, `jp`.
    pub region: String,
    /// `live` or `sandbox`.
    pub environment: String,
    /// Another host than the region's.
    pub endpoint: Option<String>,
    /// Nothing older is fetched.
    pub start_date: Option<Date>,
    /// Whether it is fetched.
    pub state: ConnectionState,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When the last fetch began.
    pub last_started_at: Option<Timestamp>,
    /// When the last fetch ended well.
    pub last_success_at: Option<Timestamp>,
    /// What the provider made until then is here.
    pub fetched_until: Option<Timestamp>,
    /// When it is fetched next, while it is active.
    pub next_run_at: Timestamp,
    /// The provider asked for patience until then.
    pub waiting_until: Option<Timestamp>,
    /// The last error, until a fetch goes well.
    pub trouble: Option<Trouble>,
    /// When it happened.
    pub trouble_at: Option<Timestamp>,
    /// Fetches in a row that failed.
    pub failures: u32,
}

impl Connection {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get(0)?,
            client: row.get(1)?,
            provider: row.get(2)?,
            label: row.get(3)?,
            seller_id: row.get(4)?,
            public_key_id: row.get(5)?,
            region: row.get(6)?,
            environment: row.get(7)?,
            endpoint: row.get(8)?,
            start_date: row.get(9)?,
            state: ConnectionState::read(row, 10)?,
            created_by: row.get(11)?,
            created_at: row.get(12)?,
            last_started_at: row.get(13)?,
            last_success_at: row.get(14)?,
            fetched_until: row.get(15)?,
            next_run_at: row.get(16)?,
            waiting_until: row.get(17)?,
            trouble: Trouble::read(row, 18)?,
            trouble_at: row.get(21)?,
            failures: row.get(22)?,
        })
    }
}

/// Keeps a new connection with its sealed key. A unique key refuses a second one of the same seller
/// ([`StoreError::is_taken`]).
pub async fn insert(
    transaction: &mut Transaction,
    connection: &Connection,
    key_sealed: &[u8],
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO connection (id, client, provider, label, seller_id, public_key_id, region, environment,
                endpoint, key_sealed, start_date, state, created_by, created_at, next_run_at, failures)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)",
            arguments![
                &connection.id,
                &connection.client,
                &connection.provider,
                &connection.label,
                &connection.seller_id,
                &connection.public_key_id,
                &connection.region,
                &connection.environment,
                connection.endpoint.clone(),
                key_sealed,
                connection.start_date,
                connection.state.name(),
                &connection.created_by,
                connection.created_at,
                connection.next_run_at
            ],
        )
        .await?;
    Ok(())
}

/// A connection of a client, unless it was removed.
pub async fn of_client_by_id(
    transaction: &mut Transaction,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<Option<Connection>, StoreError> {
    Ok(by_id(transaction, id).await?.filter(|connection| connection.client == *client))
}

/// A connection, whosever it is, unless it was removed.
pub async fn by_id(
    transaction: &mut Transaction,
    id: &ConnectionId,
) -> Result<Option<Connection>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, client, provider, label, seller_id, public_key_id, region, environment, endpoint, start_date,
                state, created_by, created_at, last_started_at, last_success_at, fetched_until, next_run_at,
                waiting_until, error_code, error_german, error_english, error_at, failures
             FROM connection WHERE id = $1 AND removed_at IS NULL",
            arguments![id],
        )
        .await?;
    row.as_ref().map(Connection::read).transpose()
}

/// The connections of a client that were not removed, in the order in which they were made; at most 1,000.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
) -> Result<Vec<Connection>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, provider, label, seller_id, public_key_id, region, environment, endpoint, start_date,
                state, created_by, created_at, last_started_at, last_success_at, fetched_until, next_run_at,
                waiting_until, error_code, error_german, error_english, error_at, failures
             FROM connection WHERE client = $1 AND removed_at IS NULL ORDER BY id LIMIT 1000",
            arguments![client],
        )
        .await?;
    rows.iter().map(Connection::read).collect()
}

/// A page of all clients' connections, for the operator: those after an id, at most so many.
pub async fn of_all(
    transaction: &mut Transaction,
    after: Option<&ConnectionId>,
    most: u32,
) -> Result<Vec<Connection>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, provider, label, seller_id, public_key_id, region, environment, endpoint, start_date,
                state, created_by, created_at, last_started_at, last_success_at, fetched_until, next_run_at,
                waiting_until, error_code, error_german, error_english, error_at, failures
             FROM connection WHERE id > $1 AND removed_at IS NULL ORDER BY id LIMIT $2",
            arguments![after.map_or("", ConnectionId::as_str), most],
        )
        .await?;
    rows.iter().map(Connection::read).collect()
}

/// Active connections whose time has come, the longest overdue first.
pub async fn due(
    transaction: &mut Transaction,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Connection>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, provider, label, seller_id, public_key_id, region, environment, endpoint, start_date,
                state, created_by, created_at, last_started_at, last_success_at, fetched_until, next_run_at,
                waiting_until, error_code, error_german, error_english, error_at, failures
             FROM connection WHERE removed_at IS NULL AND state = 'active' AND next_run_at <= $1
             ORDER BY next_run_at, id LIMIT $2",
            arguments![now, most],
        )
        .await?;
    rows.iter().map(Connection::read).collect()
}

/// Sets when it is fetched next.
pub async fn set_next_run(
    transaction: &mut Transaction,
    id: &ConnectionId,
    next_run_at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE connection SET next_run_at = $2 WHERE id = $1", arguments![id, next_run_at])
        .await?;
    Ok(())
}

/// Sets whether it is fetched, and when next.
pub async fn set_state(
    transaction: &mut Transaction,
    id: &ConnectionId,
    state: ConnectionState,
    next_run_at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET state = $2, next_run_at = $3 WHERE id = $1 AND removed_at IS NULL",
            arguments![id, state.name(), next_run_at],
        )
        .await?;
    Ok(())
}

/// Sets the name that people gave it.
pub async fn set_label(
    transaction: &mut Transaction,
    id: &ConnectionId,
    label: &str,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET label = $2 WHERE id = $1 AND removed_at IS NULL",
            arguments![id, label],
        )
        .await?;
    Ok(())
}

/// The sealed key of a connection; none where it was removed or the house lost its master key.
pub async fn sealed_key(
    transaction: &mut Transaction,
    id: &ConnectionId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT key_sealed FROM connection WHERE id = $1 AND removed_at IS NULL AND key_sealed IS NOT NULL",
            arguments![id],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// Puts another key in place of the one that is there, with where it works, and makes the connection active.
pub async fn replace_key(
    transaction: &mut Transaction,
    id: &ConnectionId,
    public_key_id: &str,
    region: &str,
    key_sealed: &[u8],
    next_run_at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET public_key_id = $2, region = $3, key_sealed = $4, next_run_at = $5, state = 'active',
                waiting_until = NULL, error_code = NULL, error_german = NULL, error_english = NULL, error_at = NULL,
                failures = 0
             WHERE id = $1 AND removed_at IS NULL",
            arguments![id, public_key_id, region, key_sealed, next_run_at],
        )
        .await?;
    Ok(())
}

/// Removes it: its key is gone, what it fetched stays.
pub async fn remove(
    transaction: &mut Transaction,
    id: &ConnectionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET removed_at = $2, key_sealed = NULL, state = 'paused', error_code = NULL,
                error_german = NULL, error_english = NULL, error_at = NULL
             WHERE id = $1 AND removed_at IS NULL",
            arguments![id, at],
        )
        .await?;
    Ok(())
}

/// A fetch begins.
pub async fn begin_fetch(
    transaction: &mut Transaction,
    id: &ConnectionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute("UPDATE connection SET last_started_at = $2 WHERE id = $1", arguments![id, at])
        .await?;
    Ok(())
}

/// A fetch ended well; `until` is up to when everything is here.
pub async fn succeed(
    transaction: &mut Transaction,
    id: &ConnectionId,
    at: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET last_success_at = $2, fetched_until = $3, waiting_until = NULL, error_code = NULL,
                error_german = NULL, error_english = NULL, error_at = NULL, failures = 0
             WHERE id = $1",
            arguments![id, at, until],
        )
        .await?;
    Ok(())
}

/// What is known when a fetch did not end well.
#[derive(Clone, Debug)]
pub struct Failure<'a> {
    /// When it happened.
    pub at: Timestamp,
    /// Why.
    pub trouble: &'a Trouble,
    /// Active where it is tried again by itself, else stopped.
    pub state: ConnectionState,
    /// When it is tried again.
    pub next_run_at: Timestamp,
    /// The provider asked for patience until then.
    pub waiting_until: Option<Timestamp>,
}

/// A fetch did not end well. A connection that a person paused meanwhile stays paused.
pub async fn fail(
    transaction: &mut Transaction,
    id: &ConnectionId,
    failure: &Failure<'_>,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET error_code = $2, error_german = $3, error_english = $4, error_at = $5,
                failures = failures + 1, next_run_at = $6, waiting_until = $7,
                state = CASE WHEN state = 'active' THEN $8 ELSE state END
             WHERE id = $1",
            arguments![
                id,
                &failure.trouble.code,
                &failure.trouble.german,
                &failure.trouble.english,
                failure.at,
                failure.next_run_at,
                failure.waiting_until,
                failure.state.name()
            ],
        )
        .await?;
    Ok(())
}

/// Something is the matter although the fetch went well: a report was refused.
pub async fn note_trouble(
    transaction: &mut Transaction,
    id: &ConnectionId,
    trouble: &Trouble,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "UPDATE connection SET error_code = $2, error_german = $3, error_english = $4, error_at = $5 WHERE id = $1",
            arguments![id, &trouble.code, &trouble.german, &trouble.english, at],
        )
        .await?;
    Ok(())
}

/// Connections, active or not, without a success since an instant, about which no notice of a kind is open; at most so many.
pub async fn without_success(
    transaction: &mut Transaction,
    since: Timestamp,
    kind: &str,
    most: u32,
) -> Result<Vec<Connection>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, provider, label, seller_id, public_key_id, region, environment, endpoint, start_date,
                state, created_by, created_at, last_started_at, last_success_at, fetched_until, next_run_at,
                waiting_until, error_code, error_german, error_english, error_at, failures
             FROM connection WHERE removed_at IS NULL AND COALESCE(last_success_at, created_at) < $1 AND NOT EXISTS
                (SELECT 1 FROM notice WHERE notice.client = connection.client AND notice.kind = $2
                    AND notice.subject = connection.id AND notice.settled_at IS NULL)
             ORDER BY id LIMIT $3",
            arguments![since, kind, most],
        )
        .await?;
    rows.iter().map(Connection::read).collect()
}
