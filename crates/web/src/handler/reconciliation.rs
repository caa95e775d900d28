//! Abstimmung: a month of the provider account, proved from the sums.

use app::books::{months, statement};
use app::{AppError, Permission};
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use ledger::calendar::Month;
use serde::Deserialize;

use super::export::{may_read, named};
use super::list_file::{self, Format};
use crate::address::Place;
use crate::page::connection::sentence;
use crate::page::reconciliation::{ReconciliationView, chain, page};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/clients/{client}/reconciliation", Needs::Client(Permission::See), show)]
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    month: String,
    format: Option<Format>,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (app, actor, client) = (&state.app, &at.actor, &at.client.id);
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Reconciliation)).await?;
    let mut held = months::held(app, actor, client).await?;
    held.retain(|month| may_read(actor, *month));
    let wanted = Month::parse(&asked.month).filter(|month| held.contains(month));
    let month = wanted.or_else(|| held.last().copied());
    let mut view = ReconciliationView {
        month,
        months: held,
        statements: Vec::new(),
        held: None,
        payouts: Vec::new(),
        connections: named(&state, &at).await?,
        refused: None,
    };
    if let Some(month) = month {
        match fill(&state, &at, &mut view, month).await {
            Ok(()) => {}
            Err(error) if error.refusal().is_some() => view.refused = Some(sentence(&frame.t, &error)),
            Err(error) => return Err(error.into()),
        }
    }
    match (asked.format, month) {
        (Some(format), Some(month)) => {
            let table = chain(&frame.t, &view, month);
            list_file::answer(&frame.t, &table, &format!("kontor-abrechnungen-{month}"), format)
        }
        _ => Ok(Page(page(&frame, &view)).into_response()),
    }
}

async fn fill(
    state: &WebState,
    at: &AtClient,
    view: &mut ReconciliationView,
    month: Month,
) -> Result<(), AppError> {
    let (app, actor, client) = (&state.app, &at.actor, &at.client.id);
    view.held = months::months(app, actor, client, (month, month)).await?.into_iter().next();
    view.payouts = statement::listed_payouts(app, actor, client, (month.first(), month.last())).await?;
    view.statements = statement::statements(app, actor, client).await?;
    // An auditor is shown his period; the months before it are in its opening balance.
    for statement in &mut view.statements {
        let seen = |text: &str| Month::parse(text).is_none_or(|month| may_read(actor, month));
        statement.months.retain(|proved| seen(&proved.month));
    }
    Ok(())
}
