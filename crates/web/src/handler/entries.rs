//! Buchungen: a page of entries at a time, by key and never by offset; the check by DATEV's rules.

use app::books::entries::{self, Entries, Row};
use app::books::{check, months, totals};
use app::settings::stored;
use app::{Actor, AppError, Permission, Refusal};
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use jiff::tz::TimeZone;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use serde::Deserialize;
use store::id::ConnectionId;
use store::movements::{Filter, Identifier, Position, Walk};

use super::amount::hundredths;
use super::export::{is_without_settings, may_read, named};
use super::list_file::{self, Format};
use crate::address::{self, Place};
use crate::page::connection::sentence;
use crate::page::entries::{CheckView, EntriesView, Narrowed, check_page, page, table};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

const SEE: Needs = Needs::Client(Permission::See);

/// Rows of a page.
const ROWS: u32 = 50;
/// Rows that a file takes at once, and in all.
const ROWS_AT_ONCE: u32 = 500;
const ROWS_IN_FILE: usize = 20_000;
/// A month of so many rows is checked while the browser waits; a larger one by a button.
const CHECKED_AT_ONCE: u64 = 20_000;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/entries", SEE, show),
        Route::get("/clients/{client}/entries/check", SEE, show_check),
        Route::post("/clients/{client}/entries/check", SEE, run_check),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    connection: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    q: String,
    #[serde(default, rename = "in")]
    search_in: String,
    #[serde(default)]
    exact: String,
    #[serde(default)]
    movement: String,
    #[serde(default)]
    after: String,
    format: Option<Format>,
}

impl Asked {
    /// How the list is narrowed. A bare visit shows the newest month; a search without a month goes over all.
    fn narrowed(&self, actor: &Actor, held: &[Month]) -> Narrowed {
        let query = self.q.trim().to_owned();
        let named = self.month.as_deref().and_then(Month::parse).filter(|month| may_read(actor, *month));
        let month = match &self.month {
            None if query.is_empty() => held.last().copied(),
            _ => named,
        };
        Narrowed {
            month,
            kind: MovementKind::parse(&self.kind),
            connection: self.connection.clone(),
            account: self.account.chars().filter(char::is_ascii_digit).take(9).collect(),
            query,
            search_in: self.search_in.clone(),
            exact: self.exact == "yes",
            movement: self.movement.clone(),
        }
    }
}

/// Which way a search walks; none where nothing is looked for.
fn walk_of(narrowed: &Narrowed) -> Option<Walk> {
    let text = narrowed.query.as_str();
    if text.is_empty() {
        return None;
    }
    let amount = hundredths(text).map(i64::unsigned_abs);
    let prefix = !narrowed.exact;
    let identifiers = |names: Vec<Identifier>| Walk::Identifiers { names, text: text.to_owned(), prefix };
    let looks_like_money = text.contains([',', '.', '€']);
    Some(match (narrowed.search_in.as_str(), amount) {
        ("amount", amount) => Walk::Amount(amount.unwrap_or(u64::MAX)),
        ("", Some(amount)) if looks_like_money => Walk::Amount(amount),
        (name, _) => match Identifier::parse(name) {
            Some(identifier) => identifiers(vec![identifier]),
            None => identifiers(Identifier::ALL.to_vec()),
        },
    })
}

async fn filter_of(state: &WebState, at: &AtClient, narrowed: &Narrowed) -> Result<Filter, AppError> {
    let zone = app::zone::of_client(&state.app, &at.client.id).await?;
    let begin = |day: jiff::civil::Date| day.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    // An auditor sees his days and no others.
    let days = at.actor.period();
    let (mut from, mut until) = match narrowed.month {
        Some(month) => (begin(month.first()), Some(month.end_in(&zone))),
        None => (None, None),
    };
    if let Some((first, last)) = days {
        let after = last.tomorrow().ok().and_then(begin);
        from = from.max(begin(first));
        until = until.into_iter().chain(after).min();
    }
    let connection = match narrowed.connection.as_str() {
        "" => None,
        id => Some(ConnectionId::parse(id).ok_or_else(Refusal::not_found)?),
    };
    Ok(Filter {
        from,
        until,
        kind: narrowed.kind.map(|kind| kind.name().to_owned()),
        connection,
        ..Filter::default()
    })
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (app, client) = (&state.app, &at.client.id);
    let mut held = months::held(app, &at.actor, client).await?;
    held.retain(|month| may_read(&at.actor, *month));
    let narrowed = asked.narrowed(&at.actor, &held);
    let settings = stored::current(app, &at.actor, client).await?;
    let rules = settings.review.configuration.map(|configuration| configuration.rules);
    let mut view = EntriesView {
        months: held,
        connections: named(&state, &at).await?,
        rows: Vec::new(),
        next: None,
        is_later: !asked.after.is_empty(),
        sums: Vec::new(),
        totals: Vec::new(),
        refused: None,
        rules,
        narrowed,
    };
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Entries)).await?;
    if view.rules.is_some() {
        fill(&state, &at, &mut view, &asked, &frame.t).await?;
    }
    match (asked.format, &view.rules) {
        (Some(format), Some(rules)) => {
            list_file::answer(&frame.t, &table(&frame, &view, rules), "kontor-buchungen", format)
        }
        _ => Ok(Page(page(&frame, &view)).into_response()),
    }
}

async fn fill(
    state: &WebState,
    at: &AtClient,
    view: &mut EntriesView,
    asked: &Asked,
    t: &crate::text::Words,
) -> Result<(), AppError> {
    let (app, client) = (&state.app, &at.client.id);
    if !view.narrowed.movement.is_empty() {
        view.rows = vec![of_movement(state, at, &view.narrowed.movement).await?];
        return Ok(());
    }
    let filter = filter_of(state, at, &view.narrowed).await?;
    if let Some(month) = view.narrowed.month {
        view.sums = months::sums(app, &at.actor, client, month, filter.connection.as_ref()).await?;
        match totals::totals(app, &at.actor, client, month, filter.connection.as_ref()).await {
            Ok(totals) => view.totals = totals,
            Err(error) if error.refusal().is_some() => view.refused = Some(sentence(t, &error)),
            Err(error) => return Err(error),
        }
    }
    let after = match asked.after.as_str() {
        "" => None,
        text => Some(text.parse::<Position>().map_err(|_| Refusal::not_found())?),
    };
    let wanted = Wanted { state, at, filter, kinds: kinds(view) };
    let walk = walk_of(&view.narrowed);
    let walk = walk.unwrap_or(Walk::Oldest);
    if asked.format.is_none() {
        let found = wanted.page(&walk, after.as_ref(), ROWS).await?;
        (view.rows, view.next) = (found.rows, found.next.map(|next| next.to_string()));
        // A number may be an amount in whole units.
        let is_first = view.rows.is_empty() && after.is_none();
        if let Some(amount) =
            hundredths(&view.narrowed.query).filter(|_| is_first && asked.search_in.is_empty())
        {
            let found = wanted.page(&Walk::Amount(amount.unsigned_abs()), None, ROWS).await?;
            (view.rows, view.next) = (found.rows, None);
        }
        return Ok(());
    }
    let mut after = after;
    while view.rows.len() < ROWS_IN_FILE {
        let found = wanted.page(&walk, after.as_ref(), ROWS_AT_ONCE).await?;
        view.rows.extend(found.rows);
        after = found.next;
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

/// The kinds whose rows post to the account that is asked for; all where none is.
fn kinds(view: &EntriesView) -> Vec<MovementKind> {
    let account = &view.narrowed.account;
    if account.is_empty() || view.narrowed.kind.is_some() || !view.narrowed.query.is_empty() {
        return Vec::new();
    }
    let own = view.totals.iter().filter(|total| total.account == *account);
    let mut kinds: Vec<MovementKind> = own.flat_map(|total| total.kinds.iter().copied()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

struct Wanted<'a> {
    state: &'a WebState,
    at: &'a AtClient,
    filter: Filter,
    kinds: Vec<MovementKind>,
}

impl Wanted<'_> {
    async fn page(&self, walk: &Walk, after: Option<&Position>, most: u32) -> Result<Entries, AppError> {
        let (app, at) = (&self.state.app, self.at);
        let wanted = (walk, &self.filter, self.kinds.as_slice());
        entries::of_kinds(app, &at.actor, &at.client.id, wanted, after, most).await
    }
}

async fn of_movement(state: &WebState, at: &AtClient, text: &str) -> Result<Row, AppError> {
    let place = address::read_movement(text).ok_or_else(Refusal::not_found)?;
    let row = entries::of_movement(&state.app, &at.actor, &at.client.id, place).await?;
    let zone = app::zone::of_client(&state.app, &at.client.id).await.unwrap_or(TimeZone::UTC);
    let day = row.movement.posted_at.to_zoned(zone).date();
    let may = at.actor.period().is_none_or(|(from, until)| (from..=until).contains(&day));
    if may { Ok(row) } else { Err(Refusal::not_found().into()) }
}

#[derive(Debug, Default, Deserialize)]
struct OfMonth {
    #[serde(default)]
    month: String,
}

impl OfMonth {
    /// The month that is asked for, else the newest.
    async fn month(&self, state: &WebState, at: &AtClient) -> Result<Option<Month>, AppError> {
        let asked = Month::parse(&self.month).filter(|month| may_read(&at.actor, *month));
        if asked.is_some() {
            return Ok(asked);
        }
        let held = months::held(&state.app, &at.actor, &at.client.id).await?;
        Ok(held.into_iter().rev().find(|month| may_read(&at.actor, *month)))
    }
}

async fn show_check(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<OfMonth>,
) -> Result<Response, Problem> {
    answer_check(&state, &visitor, &at, &asked, false).await
}

async fn run_check(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<OfMonth>,
) -> Result<Response, Problem> {
    answer_check(&state, &visitor, &at, &asked, true).await
}

async fn answer_check(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    asked: &OfMonth,
    now: bool,
) -> Result<Response, Problem> {
    let (app, client) = (&state.app, &at.client.id);
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Entries)).await?;
    let month = asked.month(state, at).await?.unwrap_or_else(|| Month::of(frame.t.today()));
    let sums = months::sums(app, &at.actor, client, month, None).await?;
    let rows: u64 = sums.iter().map(|sum| sum.rows).sum();
    let mut view = CheckView { month, rows, findings: None, refused: None };
    if now || rows <= CHECKED_AT_ONCE {
        match check::check(app, &at.actor, client, month, None).await {
            Ok(findings) => view.findings = Some(findings),
            Err(error) if error.refusal().is_some() || is_without_settings(&error) => {
                view.refused = Some(sentence(&frame.t, &error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Page(check_page(&frame, &view)).into_response())
}
