//! A report comes in: by upload or from the provider, once, wholly or not at all.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use store::documents::{self, Document, NewDocument};
use store::id::{ClientId, ConnectionId, DocumentId};
use store::settlements::{self, NewSettlement};
use store::{StoreError, transact};

use super::belonging::connection_of;
use super::known::known;
use super::read::{Proved, prove};
use super::receive::Received;
use super::write::write;
use super::{AMAZON_PAY, client_of, refusals};
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::progress::Progress;
use crate::refusal::AppError;
use crate::zone;

/// How long an import may be silent before it counts as left behind. Every slice renews it.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How often the last step is done at most, where others come in between.
const TRIES_MAX: u32 = 20;

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is new, and kept now.
    New(Box<Document>),
    /// The same was here already, maybe as another file; nothing changed.
    AlreadyThere(Box<Document>),
}

impl Imported {
    /// The document that holds the report.
    pub fn document(&self) -> &Document {
        match self {
            Self::New(document) | Self::AlreadyThere(document) => document,
        }
    }
}

/// Whose report it is.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) client: ClientId,
    pub(super) number: i64,
    pub(super) connection: Option<ConnectionId>,
    /// The zone in which days are counted, by its name.
    pub(super) zone: String,
}

/// Brings a report in. What is broken is refused as a whole, before anything is written; what is here already changes
/// nothing. `progress` is told of each byte twice: when the report is proved, and when it is written.
pub async fn import(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    received: Received,
    progress: Arc<dyn Progress + Send>,
) -> Result<Imported, AppError> {
    Ok(import_and_tell(app, actor, client, received, progress).await?.0)
}

/// The same, and which kinds of rows nobody knows.
pub(super) async fn import_and_tell(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    received: Received,
    progress: Arc<dyn Progress + Send>,
) -> Result<(Imported, Vec<String>), AppError> {
    actor.may(Permission::Work, client)?;
    if received.accept_because.as_deref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err(refusals::no_reason().into());
    }
    let number = client_of(&mut app.database.read().await?, client).await?.number;
    let zone = zone::of_client(app, client).await?;
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    let (received, proved) = {
        let progress = Arc::clone(&progress);
        let proving = move || {
            let proved = prove(&received, zone, &*progress)?;
            Ok::<_, AppError>((received, proved))
        };
        let proved = tokio::task::spawn_blocking(proving).await;
        proved.map_err(AppError::failed("proving a report"))??
    };
    progress.step("proved");
    let connection = connection_of(app, client, &received, &proved.read.preamble.seller_id).await?;
    let owner = Owner { client: client.clone(), number, connection, zone: name };
    documents::remove_leftovers(&app.database, &*app.machine).await?;
    if let Some(there) = known(app, &owner, &received, &proved.read).await? {
        return Ok((Imported::AlreadyThere(Box::new(there)), Vec::new()));
    }
    let mut unknown: Vec<String> = proved.sums.iter().map(|sum| sum.kind_text.clone()).collect();
    unknown.retain(|text| !text.is_empty());
    unknown.sort_unstable();
    unknown.dedup();
    Ok((bring_in(app, actor, &owner, received, proved, progress).await?, unknown))
}

/// Writes a report that is new, and takes back what was written where that fails.
async fn bring_in(
    app: &App,
    actor: &Actor,
    owner: &Owner,
    received: Received,
    proved: Proved,
    progress: Arc<dyn Progress + Send>,
) -> Result<Imported, AppError> {
    let document = new_document(app, actor, owner, &received, &proved);
    let settlement = begin(app, owner, &document, &proved).await?;
    progress.step("begun");
    let received = Arc::new(received);
    let written =
        match write(app, owner.number, settlement, &document, Arc::clone(&received), &progress).await {
            Ok(()) => keep(app, actor, owner, &received, &proved, &document, settlement).await,
            Err(error) => Err(error),
        };
    match written {
        Ok(None) => {
            progress.step("kept");
            let kept = documents::find(&mut app.database.read().await?, &owner.client, &document.id).await?;
            kept.map(|kept| Imported::New(Box::new(kept))).ok_or_else(|| AppError::Store(StoreError::GivenUp))
        }
        Ok(Some(there)) => {
            documents::discard(&app.database, &document.id, lease(app)).await?;
            Ok(Imported::AlreadyThere(Box::new(there)))
        }
        Err(error) => {
            // What cannot be taken back now is left behind, and removed by its lease.
            drop(documents::discard(&app.database, &document.id, lease(app)).await);
            Err(error)
        }
    }
}

/// Until when an import counts as being at work.
pub(super) fn lease(app: &App) -> Timestamp {
    app.now().saturating_add(LEASE).unwrap_or(Timestamp::MAX)
}

fn new_document(
    app: &App,
    actor: &Actor,
    owner: &Owner,
    received: &Received,
    proved: &Proved,
) -> NewDocument {
    let read = &proved.read;
    NewDocument {
        id: DocumentId::new(&*app.machine),
        client: owner.client.clone(),
        connection: owner.connection.clone(),
        provider: AMAZON_PAY.to_owned(),
        seller: read.preamble.seller_id.clone(),
        kind: "settlement".to_owned(),
        source: received.source,
        provider_report: received.provider_report.clone(),
        file_name: received.name.clone(),
        sha256: read.sha256.clone(),
        bytes: read.bytes,
        rows: read.rows,
        period_start: read.preamble.start,
        period_end: read.preamble.end,
        received_at: app.now(),
        received_by: actor.name().to_owned(),
        accepted_because: received.accept_because.clone(),
    }
}

/// Writes down that the import begins; gives the number of the settlement, where there is one.
async fn begin(
    app: &App,
    owner: &Owner,
    document: &NewDocument,
    proved: &Proved,
) -> Result<Option<i64>, AppError> {
    let settlement = match &proved.chain {
        None => None,
        Some(chain) => Some(NewSettlement {
            client: owner.number,
            connection: owner.connection.clone(),
            provider: AMAZON_PAY.to_owned(),
            seller: document.seller.clone(),
            identifier: chain.period.settlement.clone(),
            start: chain.period.start,
            end: chain.period.end,
            rows: document.rows,
            document: document.id.clone(),
            zone: owner.zone.clone(),
            chain: serde_json::to_string(chain)
                .map_err(AppError::failed("writing the sums of a settlement"))?,
        }),
    };
    let mut tries = 0;
    loop {
        let lease = lease(app);
        let begun: Result<Option<i64>, AppError> = transact!(app.database, transaction => {
            documents::begin(transaction, document, lease).await?;
            match &settlement {
                Some(settlement) => Ok(Some(settlements::begin(transaction, settlement).await?)),
                None => Ok(None),
            }
        });
        // Two imports took the same number: one of them takes the next.
        match begun {
            Err(AppError::Store(error)) if error.is_taken() && tries < TRIES_MAX => tries += 1,
            begun => return begun,
        }
    }
}

/// The last step, after which everybody sees the document. Gives the one that was there first, where somebody else was
/// quicker.
async fn keep(
    app: &App,
    actor: &Actor,
    owner: &Owner,
    received: &Received,
    proved: &Proved,
    document: &NewDocument,
    settlement: Option<i64>,
) -> Result<Option<Document>, AppError> {
    let (action, subject) = match &document.accepted_because {
        None => ("document.received", document.file_name.clone()),
        Some(reason) => ("document.accepted", format!("{}: {reason}", document.file_name)),
    };
    let mut tries = 0;
    loop {
        let kept: Result<(), AppError> = transact!(app.database, transaction => {
            documents::keep(transaction, &document.id).await?;
            if let Some(settlement) = settlement {
                settlements::add_sums(transaction, owner.number, settlement, &proved.sums).await?;
            }
            app.journal(transaction, actor, Some(&owner.client), action, &subject, &document.sha256).await
        });
        match kept {
            Ok(()) => return Ok(None),
            Err(AppError::Store(error)) if error.is_taken() && tries < TRIES_MAX => {
                tries += 1;
                if let Some(there) = known(app, owner, received, &proved.read).await? {
                    return Ok(Some(there));
                }
            }
            Err(error) => return Err(error),
        }
    }
}
