//! `Originalberichte`: the list, one document with its proof and rows, its exact bytes.

use app::documents::chain::{self, ChainWarning, Period};
use app::documents::{Document, library};
use app::{Permission, books, connections};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use jiff::SignedDuration;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use store::id::{ConnectionId, DocumentId};

use super::list_file::{self, Format};
use crate::address::Place;
use crate::page::Frame;
use crate::page::document::{self, DocumentView, ROWS};
use crate::page::documents::{self, DocumentList, Labels};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

/// So many documents are shown at once.
const LISTED: u32 = 50;
/// A file holds more than a page, and is bounded as well.
const LINES_IN_FILE: usize = 50_000;
/// How many rows are asked for at once, for a file.
const ROWS_AT_ONCE: u32 = 2_000;
/// A row that the address names is shown with some before it.
const ROWS_BEFORE: u64 = 10;
/// How far around a settlement its chain is looked at.
const AROUND: SignedDuration = SignedDuration::from_hours(24 * 120);

pub(crate) fn routes() -> Vec<Route> {
    let see = Needs::Client(Permission::See);
    vec![
        Route::get("/clients/{client}/documents", see, list),
        Route::get("/clients/{client}/documents/{document}", see, show),
        Route::get("/clients/{client}/documents/{document}/file", see, file),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Listed {
    #[serde(default)]
    connection: String,
    #[serde(default)]
    before: String,
    format: Option<Format>,
}

/// What the connections of a client are called.
pub(super) async fn labels(state: &WebState, at: &AtClient) -> Result<Labels, Problem> {
    let all = connections::overviews(&state.app, &at.actor, &at.client.id).await?;
    let label = |overview: connections::Overview| (overview.connection.id, overview.connection.label);
    Ok(Labels(all.into_iter().map(label).collect()))
}

async fn list(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Listed>,
) -> Result<Response, Problem> {
    let connection = ConnectionId::parse(&asked.connection);
    let before = DocumentId::parse(&asked.before);
    let (app, client) = (&state.app, &at.client.id);
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Documents)).await?;
    let labels = labels(&state, &at).await?;
    if let Some(format) = asked.format {
        let mut all: Vec<Document> = Vec::new();
        let mut before = None;
        while all.len() < LINES_IN_FILE {
            let most = library::PAGE_MAX;
            let page =
                library::list(app, &at.actor, client, connection.as_ref(), before.as_ref(), most).await?;
            let Some(last) = page.last() else { break };
            before = Some(last.received.id.clone());
            all.extend(page);
        }
        let table = documents::file(&frame.t, &all, &labels);
        return list_file::answer(&frame.t, &table, "kontor-originalberichte", format);
    }
    let most = LISTED + 1;
    let mut documents =
        library::list(app, &at.actor, client, connection.as_ref(), before.as_ref(), most).await?;
    let shown = usize::try_from(LISTED).unwrap_or(usize::MAX);
    let more = documents.len() > shown;
    documents.truncate(shown);
    let list = DocumentList { documents, labels, connection, is_later: before.is_some(), more };
    Ok(Page(documents::page(frame, &list)).into_response())
}

#[derive(Debug, Default, Deserialize)]
struct Rows {
    /// The line that is looked for.
    line: Option<u64>,
    /// The line after which the rows begin.
    after: Option<u64>,
    format: Option<Format>,
}

fn id_of(text: &str) -> Result<DocumentId, Problem> {
    Ok(DocumentId::parse(text).ok_or_else(app::Refusal::not_found)?)
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
    Query(asked): Query<Rows>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let (app, client) = (&state.app, &at.client.id);
    let shown = library::show(app, &at.actor, client, &id).await?;
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Documents)).await?;
    if let Some(format) = asked.format {
        return rows_file(&state, &at, &frame, shown, format).await;
    }
    let after = asked.line.map_or(asked.after.unwrap_or(0), |line| line.saturating_sub(ROWS_BEFORE + 1));
    let mut rows = library::rows(app, &at.actor, client, &shown.document, after, ROWS + 1).await?;
    let most = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let settled = match books::settled(app, &at.actor, client, &id).await {
        Ok(settled) => Ok(settled),
        Err(error) => match error.refusal() {
            Some(refusal) => Err(refusal.text(frame.t.language()).to_owned()),
            None => return Err(error.into()),
        },
    };
    let labels = labels(&state, &at).await?;
    let label = labels.of(shown.document.received.connection.as_ref()).map(str::to_owned);
    let warnings = warnings(&state, &at, &shown.document).await?;
    let view = DocumentView { shown, settled, warnings, label, rows, after, more, line: asked.line };
    Ok(Page(document::page(frame, &view)).into_response())
}

/// What does not fit in the chain around a document.
async fn warnings(
    state: &WebState,
    at: &AtClient,
    document: &Document,
) -> Result<Vec<ChainWarning>, Problem> {
    let Some(settlement) = &document.settlement else { return Ok(Vec::new()) };
    let from = document.received.period_start.checked_sub(AROUND).unwrap_or(jiff::Timestamp::MIN);
    let chains = chain::since(&state.app, &at.actor, &at.client.id, None, from).await?;
    let chain = chains.into_iter().find(|chain| chain.seller == document.received.seller);
    let own = |period: &Period| period.settlement == settlement.identifier;
    let concerns = |warning: &ChainWarning| match warning {
        ChainWarning::Gap { before, after } | ChainWarning::Overlap { before, after } => {
            own(before) || own(after)
        }
        ChainWarning::PayoutDiffers { settlement: of, .. }
        | ChainWarning::CarryOverOneSided { settlement: of, .. } => *of == settlement.identifier,
    };
    let warnings = chain.map_or_else(Vec::new, |chain| chain.warnings);
    Ok(warnings.into_iter().filter(concerns).collect())
}

/// The rows of a document as a file.
async fn rows_file(
    state: &WebState,
    at: &AtClient,
    frame: &Frame,
    shown: library::Shown,
    format: Format,
) -> Result<Response, Problem> {
    let mut rows = Vec::new();
    let mut after = 0;
    while rows.len() < LINES_IN_FILE {
        let (app, client) = (&state.app, &at.client.id);
        let page = library::rows(app, &at.actor, client, &shown.document, after, ROWS_AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = last.line;
        rows.extend(page);
    }
    let settlement = shown.document.settlement.as_ref();
    let name = settlement.map_or_else(String::new, |of| format!("-{}", of.identifier));
    let name: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let view = DocumentView {
        shown,
        settled: Ok(Vec::new()),
        warnings: Vec::new(),
        label: None,
        rows,
        after: 0,
        more: false,
        line: None,
    };
    let table = document::table(frame, &view);
    list_file::answer(&frame.t, &table, &format!("kontor-zeilen{name}"), format)
}

/// The exact bytes, piece by piece. Bytes whose hash is not the document's never end as a whole file.
async fn file(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let document = library::find(&state.app, &at.actor, &at.client.id, &id_of(&id)?).await?;
    let name = &document.received.file_name;
    let packed = name.to_ascii_lowercase().ends_with(".gz");
    let kind = if packed { "application/gzip" } else { "text/csv" };
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition(name))];
    let begin = (state, document, 0_i64, Sha256::new());
    let pieces = stream::try_unfold(begin, |(state, document, number, mut hash)| async move {
        match library::piece(&state.app, &document, number).await.map_err(std::io::Error::other)? {
            Some(piece) => {
                hash.update(&piece);
                Ok(Some((piece, (state, document, number + 1, hash))))
            }
            None if store::journal::hex(&hash.finalize()) == document.received.sha256 => Ok(None),
            None => Err(std::io::Error::other("the bytes of a document have another hash")),
        }
    });
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// A name for old programs in letters of ASCII, and the whole one for all others (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "._- ".contains(letter) { letter } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}
