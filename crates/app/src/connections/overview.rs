//! How connections are doing: the words of the list and of the dashboard.

use jiff::Timestamp;
use store::Transaction;
use store::connections::{self, Connection, ConnectionState};
use store::id::{ClientId, ConnectionId};
use store::jobs::{self, Job, JobState};

use crate::App;
use crate::access::{Actor, Permission};
use crate::jobs::FETCH;
use crate::language::Language;
use crate::refusal::{AppError, Refusal};

/// The state that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The last fetch went well.
    Ok,
    /// A fetch waits for its turn, or the provider asked for patience.
    Waiting,
    /// It is being fetched.
    Running,
    /// The last fetch did not go well, or the key was refused.
    Error,
    /// A person paused it.
    Paused,
    /// It was never fetched.
    Never,
}

impl Shown {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Ok, Self::Waiting, Self::Running, Self::Error, Self::Paused, Self::Never];

    /// The word that people know.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Waiting => language.pick("wartet", "waiting"),
            Self::Running => language.pick("wird abgerufen", "fetching"),
            Self::Error => language.pick("Fehler", "error"),
            Self::Paused => language.pick("angehalten", "paused"),
            Self::Never => "n/a",
        }
    }

    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Error => "error",
            Self::Paused => "paused",
            Self::Never => "never",
        }
    }
}

/// A connection and how it is doing.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The connection.
    pub connection: Connection,
    /// The fetch that waits or runs.
    pub job: Option<Job>,
    /// The state that is shown.
    pub shown: Shown,
}

impl Overview {
    fn of(connection: Connection, job: Option<Job>, now: Timestamp) -> Self {
        let running = job.as_ref().is_some_and(|job| job.state == JobState::Running);
        let waits = job.as_ref().is_some_and(|job| job.state == JobState::Waiting);
        let patience = connection.waiting_until.is_some_and(|until| until > now);
        let shown = match connection.state {
            _ if running => Shown::Running,
            ConnectionState::Paused => Shown::Paused,
            ConnectionState::Stopped => Shown::Error,
            ConnectionState::Active if patience => Shown::Waiting,
            ConnectionState::Active if connection.trouble.is_some() => Shown::Error,
            ConnectionState::Active if waits => Shown::Waiting,
            ConnectionState::Active if connection.last_success_at.is_none() => Shown::Never,
            ConnectionState::Active => Shown::Ok,
        };
        Self { connection, job, shown }
    }

    /// When it is fetched next; none where a person has to do something first.
    pub fn next_run_at(&self) -> Option<Timestamp> {
        let active = self.connection.state == ConnectionState::Active;
        let of_job = self.job.as_ref().map(|job| job.due_at);
        active.then(|| of_job.unwrap_or(self.connection.next_run_at))
    }
}

/// A connection of a client.
///
/// # Errors
/// Not found, where it is another's or was removed.
pub async fn find(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<Connection, AppError> {
    actor.may(Permission::See, client)?;
    let found = connections::of_client_by_id(&mut app.database.read().await?, client, id).await?;
    found.ok_or_else(|| Refusal::not_found().into())
}

/// How a connection of a client is doing.
pub async fn overview(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<Overview, AppError> {
    let connection = find(app, actor, client, id).await?;
    let job = jobs::open_of(&mut app.database.read().await?, FETCH, id.as_str()).await?;
    Ok(Overview::of(connection, job, app.now()))
}

/// How many connections of a client wait for a person: the key was refused, or the last fetch did not go well.
pub(crate) async fn troubled(
    transaction: &mut Transaction,
    client: &ClientId,
    now: Timestamp,
) -> Result<u64, AppError> {
    let all = connections::of_client(transaction, client).await?;
    let troubled = |connection: &Connection| {
        let patience = connection.waiting_until.is_some_and(|until| until > now);
        match connection.state {
            ConnectionState::Stopped => true,
            ConnectionState::Active => connection.trouble.is_some() && !patience,
            ConnectionState::Paused => false,
        }
    };
    Ok(all.iter().filter(|connection| troubled(connection)).map(|_| 1).sum())
}

/// How all connections of a client are doing, in the order in which they were made.
pub async fn overviews(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Overview>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let mut views = Vec::new();
    for connection in connections::of_client(&mut transaction, client).await? {
        let job = jobs::open_of(&mut transaction, FETCH, connection.id.as_str()).await?;
        views.push(Overview::of(connection, job, app.now()));
    }
    Ok(views)
}
