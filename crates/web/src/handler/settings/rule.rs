//! One rule: which account takes what, from which day on.

use app::settings::{AccountForm, Document};
use app::{AppError, Refusal};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{ASSIGN, Asking, SEE, Sending, Sent};
use crate::address::Place;
use crate::handler::form::{Confirmed, Said, see};
use crate::handler::list_file::{self, Format};
use crate::page::Frame;
use crate::page::error::ConfirmPage;
use crate::page::settings::{SettingsView, rules};
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState};

/// The fields of the form.
const KEYS: [&str; 11] = [
    "for",
    "account",
    "from",
    "store",
    "currency",
    "key",
    "fact",
    "cost-centre",
    "vat-id",
    "eu-rate",
    "document",
];

/// The routes of a page: its list, the form of one rule, and taking one away.
macro_rules! of_page {
    ($place:expr, $path:literal) => {
        [
            Route::get(concat!("/clients/{client}/", $path), SEE, |state, visitor, at, said, file| {
                list($place, state, visitor, at, said, file)
            }),
            Route::get(concat!("/clients/{client}/", $path, "/rule"), ASSIGN, |state, visitor, at, asked| {
                form($place, state, visitor, at, asked)
            }),
            Route::post(concat!("/clients/{client}/", $path, "/rule"), ASSIGN, |state, visitor, at, sent| {
                save($place, state, visitor, at, sent)
            }),
            Route::post(
                concat!("/clients/{client}/", $path, "/rule/remove"),
                ASSIGN,
                |state, visitor, at, line, given| remove($place, state, visitor, at, line, given),
            ),
        ]
    };
}

pub(super) fn routes() -> Vec<Route> {
    [
        of_page!(Place::PaymentAccounts, "settings/payment-accounts"),
        of_page!(Place::ExpenseAccounts, "settings/expense-accounts"),
        of_page!(Place::Debtors, "settings/debtors"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

async fn list(
    place: Place,
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(said): Query<Said>,
    Query(file): Query<AsFile>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place };
    let view = asking.view(asking.current().await?).await?;
    if let Some(format) = file.format {
        let frame = asking.frame("").await?;
        let name = format!("kontor-{}", place.part().trim_start_matches("settings/"));
        return list_file::answer(&frame.t, &rules::table(&frame, place, &view, false), &name, format);
    }
    Ok(Page(rules::page(&asking.frame(&said.said).await?, place, &view)).into_response())
}

/// Whether the list is wanted as a file.
#[derive(Debug, Default, Deserialize)]
struct AsFile {
    format: Option<Format>,
}

/// Which line a form shows; for a new one what it is for and with which account.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub(super) row: Option<usize>,
    #[serde(rename = "for")]
    scope: Option<String>,
    account: Option<String>,
}

async fn form(
    place: Place,
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place };
    let view = asking.view(asking.current().await?).await?;
    let rule = match asked.row {
        Some(row) => view.settings.document.accounts.get(row).cloned().ok_or_else(Refusal::not_found)?,
        None => AccountForm { scope: asked.scope, account: asked.account, ..AccountForm::default() },
    };
    let frame = asking.frame("").await?;
    Ok(Page(rules::rule_page(&frame, place, &view, (asked.row, &rule), asked.row)).into_response())
}

async fn save(
    place: Place,
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    form: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let sent = Sent::from(form);
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place };
    let mut document = asking.edited(&sent).await?.document;
    let mut rule = AccountForm::default();
    sent.fill(&mut rule, &KEYS);
    let note = format!(
        "{} {}",
        rule.scope.as_deref().unwrap_or_default(),
        rule.account.as_deref().unwrap_or_default()
    );
    let index = put(&mut document, sent.row(), rule.clone())?;
    let action = format!("{}/rule", asking.here());
    let sending = Sending { sent: &sent, action: &action, later: true };
    let again = |frame: &Frame, view: &SettingsView| {
        rules::rule_page(frame, place, view, (Some(index), &rule), sent.row())
    };
    asking.keep((document, note.trim()), sending, again).await
}

/// Puts a rule in its place. One that holds from a later day than the one that was edited stands beside it: until then
/// the present one holds. Gives its place.
fn put(document: &mut Document, row: Option<usize>, rule: AccountForm) -> Result<usize, AppError> {
    let Some(row) = row else {
        document.accounts.push(rule);
        return Ok(document.accounts.len() - 1);
    };
    let edited = document.accounts.get_mut(row).ok_or_else(Refusal::not_found)?;
    // ISO days sort as texts; none is before all.
    if rule.from > edited.from && rules::is_alike(&rule, edited) {
        document.accounts.insert(row + 1, rule);
        return Ok(row + 1);
    }
    *edited = rule;
    Ok(row)
}

/// Which line is meant, of which version.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    pub(super) row: usize,
    #[serde(rename = "based-on")]
    pub(super) based_on: i64,
}

async fn remove(
    place: Place,
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(line): Query<Line>,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let asking = Asking { state: &state, visitor: &visitor, at: &at, place };
    let take = |document: &mut Document| {
        (line.row < document.accounts.len())
            .then(|| document.accounts.remove(line.row).scope.unwrap_or_default())
    };
    let name = |frame: &Frame, scope: &str| frame.t.scope(scope).to_owned();
    taken(&asking, "rule", &line, given.is_given(), take, name).await
}

/// Takes a line out of the settings, after it was asked.
pub(super) async fn taken(
    asking: &Asking<'_>,
    part: &str,
    line: &Line,
    confirmed: bool,
    take: impl FnOnce(&mut Document) -> Option<String>,
    name: impl FnOnce(&Frame, &str) -> String,
) -> Result<Response, Problem> {
    let settings = asking.current().await?;
    if settings.version != line.based_on {
        return Err(super::changed().into());
    }
    let mut document = settings.document;
    let what = take(&mut document).ok_or_else(Refusal::not_found)?;
    let here = asking.here();
    let back = format!("{here}/{part}?row={}", line.row);
    let frame = asking.frame("").await?;
    let what = name(&frame, &what);
    let action = format!("{here}/{part}/remove?row={}&based-on={}", line.row, line.based_on);
    if !confirmed {
        let t = frame.t.clone();
        let [button, question, text] = rules::removal_texts(&t, &what);
        return Ok(Page(ConfirmPage { t, frame, question, text, action, button, danger: true, back })
            .into_response());
    }
    let review = document.review();
    if let Some(problem) = review.problems.iter().find(|problem| problem.is_refused()) {
        let (german, english) = (problem.text(app::Language::De), problem.text(app::Language::En));
        return Err(Refusal::new(app::RefusalKind::Conflict, "settings-refused", german, english).into());
    }
    let (app, at) = (&asking.state.app, asking.at);
    let note = format!("− {what}");
    let change = (line.based_on, note.as_str());
    // Taking a line away changes exported months like any other change; the corrections follow from it.
    app::settings::change::change(app, &at.actor, &at.client.id, &document, change, true).await?;
    Ok(see(&format!("{here}?said=removed")))
}
