//! Kontierung and Mandantendaten: the configuration file in numbered versions, read and written as a whole. Its rules carry
//! their valid-from dates.

use app::settings::{Document, change, stored};
use app::{AppError, Language, Permission, Refusal};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use store::settings::Version;
use utoipa::ToSchema;

use super::Operation;
use super::shape::{Before, List, given, known, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

const SUBJECT: &str = "settings";

pub(super) fn routes() -> Vec<Route> {
    let see = Needs::Key(Permission::See);
    vec![
        Route::get("/api/v1/clients/{client}/settings", see, show)
            .told(Operation::gives::<SettingsView>(SUBJECT, "The settings that hold now")),
        Route::put("/api/v1/clients/{client}/settings", Needs::Key(Permission::Assign), save).told(
            Operation::gives::<Saved>(
                SUBJECT,
                "Saves a new version; asks first where months that have left would change",
            )
            .takes::<NewSettings>(),
        ),
        Route::get("/api/v1/clients/{client}/settings/versions", see, versions).told(
            Operation::lists::<VersionView>(SUBJECT, "All versions, the newest first").query::<Before>(),
        ),
        Route::get("/api/v1/clients/{client}/settings/versions/{version}", see, version)
            .told(Operation::gives::<SettingsView>(SUBJECT, "The settings of a version")),
    ]
}

/// Something wrong or doubtful in the settings.
#[derive(Debug, Serialize, ToSchema)]
struct Finding {
    /// The section: `client`, `account` …
    section: String,
    /// Which of several, counted from 0.
    index: Option<u64>,
    /// The key of the field.
    key: Option<String>,
    /// Does it keep the settings from holding?
    refused: bool,
    de: String,
    en: String,
}

/// The settings of a client.
#[derive(Debug, Serialize, ToSchema)]
struct SettingsView {
    /// 0 for a client that has none yet.
    version: i64,
    /// The configuration file (TOML), as `kontor convert --config` takes it as well.
    toml: String,
    findings: Vec<Finding>,
}

impl SettingsView {
    fn of(settings: &stored::Settings) -> Self {
        Self {
            version: settings.version,
            toml: settings.document.to_toml(),
            findings: findings(&settings.review),
        }
    }
}

fn findings(review: &app::settings::Review) -> Vec<Finding> {
    let finding = |problem: &app::settings::FieldProblem| Finding {
        section: problem.place.section.to_owned(),
        index: problem.place.index.and_then(|index| u64::try_from(index).ok()),
        key: problem.place.key.clone(),
        refused: problem.is_refused(),
        de: problem.text(Language::De),
        en: problem.text(Language::En),
    };
    review.problems.iter().map(finding).collect()
}

/// Settings that are to hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSettings {
    /// The version that was edited: if somebody else saved in between, nothing is saved.
    #[schema(minimum = 0)]
    based_on: i64,
    /// The whole configuration file (TOML).
    toml: String,
    /// What is to be said about it.
    #[serde(default)]
    note: String,
    /// Save although months that have left would change.
    #[serde(default)]
    sure: bool,
}

/// A month that has left and would be another one.
#[derive(Debug, Serialize, ToSchema)]
struct Change {
    month: String,
    /// How many of its entries would be others.
    entries: u64,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
struct Saved {
    /// The version that holds; null where nothing was saved, because these months would change: send it again with `sure`.
    version: Option<i64>,
    would_change: Vec<Change>,
}

/// A version.
#[derive(Debug, Serialize, ToSchema)]
struct VersionView {
    version: i64,
    sha256: String,
    author: String,
    at: String,
    note: String,
}

async fn show(State(state): State<WebState>, at: AtClient) -> Result<Json<SettingsView>, Problem> {
    Ok(Json(SettingsView::of(&stored::current(&state.app, &at.actor, &at.client.id).await?)))
}

async fn save(
    State(state): State<WebState>,
    at: AtClient,
    Json(new): Json<NewSettings>,
) -> Result<Json<Saved>, Problem> {
    let document = Document::from_toml(&new.toml).map_err(|error| {
        let text = error.to_string();
        Refusal::invalid(
            "toml",
            "toml-form",
            format!("Das ist keine Konfiguration: {text}"),
            format!("This is no configuration: {text}"),
        )
    })?;
    refused(&document.review())?;
    let order = (new.based_on, new.note.as_str());
    let outcome = change::change(&state.app, &at.actor, &at.client.id, &document, order, new.sure).await?;
    Ok(Json(match outcome {
        change::Outcome::Saved(version) => Saved { version: Some(version), would_change: Vec::new() },
        change::Outcome::Asks(months) => {
            let change = |month: app::books::totals::MonthChange| Change {
                month: month.month.to_string(),
                entries: month.entries,
            };
            Saved { version: None, would_change: months.into_iter().map(change).collect() }
        }
    }))
}

/// The first finding that keeps the settings from holding, in the words that stand beside its field.
fn refused(review: &app::settings::Review) -> Result<(), AppError> {
    let Some(problem) = review.problems.iter().find(|problem| problem.is_refused()) else { return Ok(()) };
    let place = &problem.place;
    let place =
        [Some(place.section.to_owned()), place.index.map(|index| index.to_string()), place.key.clone()];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let said = |language| format!("{}: {}", place.join("."), problem.text(language));
    Err(Refusal::invalid("toml", "settings-refused", said(Language::De), said(Language::En)).into())
}

async fn versions(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Before>,
) -> Result<Json<List<VersionView>>, Problem> {
    let most = most(asked.limit)?;
    let before = asked.before.map(|text| given("before", text.parse::<i64>().ok())).transpose()?;
    let found = stored::versions(&state.app, &at.actor, &at.client.id, before, most).await?;
    let view = |version: Version| VersionView {
        version: version.version,
        sha256: version.sha256,
        author: version.author,
        at: version.at.to_string(),
        note: version.note,
    };
    let items = found.into_iter().map(view).collect();
    Ok(Json(List::part(items, most, |version: &VersionView| version.version.to_string())))
}

async fn version(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<SettingsView>, Problem> {
    let number = known(number.parse::<i64>().ok())?;
    Ok(Json(SettingsView::of(&stored::version(&state.app, &at.actor, &at.client.id, number).await?)))
}
