//! Kontierung: five pages over one document of settings. What is sent changes the fields of the version that holds; a
//! change that does not hold, or touches months that have left, comes back with what was typed.

mod client;
mod rate;
mod rule;
mod store;
mod texts;

use app::settings::change::{self, Outcome};
use app::settings::stored::{self, Settings};
use app::settings::{Document, Section};
use app::{AppError, Permission, Refusal, RefusalKind};
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::form::see;
use crate::address::Place;
use crate::component::{Message, Tone};
use crate::page::settings::{SettingsView, question};
use crate::page::{Frame, Sheet, connection::sentence};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

const SEE: Needs = Needs::Client(Permission::See);
const ASSIGN: Needs = Needs::Client(Permission::Assign);

pub(crate) fn routes() -> Vec<Route> {
    [client::routes(), rule::routes(), store::routes(), rate::routes(), texts::routes()]
        .into_iter()
        .flatten()
        .collect()
}

/// The fields of a form as they were sent.
#[derive(Clone, Debug, Default)]
struct Sent(Vec<(String, String)>);

impl From<Form<Vec<(String, String)>>> for Sent {
    fn from(Form(fields): Form<Vec<(String, String)>>) -> Self {
        Self(fields)
    }
}

impl Sent {
    fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    fn is_ticked(&self, name: &str) -> bool {
        self.get(name) == Some("yes")
    }

    /// The version that the form was made from.
    fn based_on(&self) -> i64 {
        self.get("based-on").and_then(|version| version.parse().ok()).unwrap_or_default()
    }

    fn row(&self) -> Option<usize> {
        self.get("row").and_then(|row| row.parse().ok())
    }

    /// Types what was sent into the fields of these keys; what was left empty is left out.
    fn fill<S: Section>(&self, section: &mut S, keys: &[&str]) {
        for key in keys {
            section.set(key, self.get(key).map(str::to_owned));
        }
    }

    /// A box into a field.
    fn tick<S: Section>(&self, section: &mut S, key: &str) {
        section.set(key, self.is_ticked(key).then(|| "true".to_owned()));
    }
}

/// What was sent, and where.
#[derive(Clone, Copy)]
struct Sending<'a> {
    sent: &'a Sent,
    /// The address of the form.
    action: &'a str,
    /// Can it hold from the first month not exported on?
    later: bool,
}

/// Who asks for which page of the settings.
struct Asking<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    at: &'a AtClient,
    place: Place,
}

impl Asking<'_> {
    async fn frame(&self, said: &str) -> Result<Frame, Problem> {
        let mut frame = frame(self.state, self.visitor, Some(&self.at.client), Some(self.place)).await?;
        frame.messages.extend(message(&frame.t, said));
        Ok(frame)
    }

    /// The settings that hold now.
    async fn current(&self) -> Result<Settings, AppError> {
        stored::current(&self.state.app, &self.at.actor, &self.at.client.id).await
    }

    /// The settings that a form edits: those it was made from, or nobody's.
    async fn edited(&self, sent: &Sent) -> Result<Settings, AppError> {
        let settings = self.current().await?;
        if settings.version == sent.based_on() { Ok(settings) } else { Err(changed().into()) }
    }

    async fn view(&self, settings: Settings) -> Result<SettingsView, AppError> {
        let (app, at) = (&self.state.app, self.at);
        let newest = stored::versions(app, &at.actor, &at.client.id, None, 1).await?;
        Ok(SettingsView { settings, version: newest.into_iter().next(), sent: false, error: None })
    }

    /// What was typed, as a page shows it again.
    async fn typed(&self, document: Document, based_on: i64) -> Result<SettingsView, AppError> {
        let review = document.review();
        let view = self.view(Settings { version: based_on, document, review }).await?;
        Ok(SettingsView { sent: true, ..view })
    }

    fn here(&self) -> String {
        self.place.of(self.at.client.id.as_str())
    }

    /// Keeps a changed document: saved, refused with what was typed, or asked about where months have left.
    async fn keep(
        &self,
        (document, note): (Document, &str),
        Sending { sent, action, later }: Sending<'_>,
        again: impl FnOnce(&Frame, &SettingsView) -> Sheet,
    ) -> Result<Response, Problem> {
        let (app, actor, client) = (&self.state.app, &self.at.actor, &self.at.client.id);
        let based_on = sent.based_on();
        let mut view = self.typed(document, based_on).await?;
        if view.configuration().is_none() {
            let page = again(&self.frame("").await?, &view);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
        let sure = sent.is_ticked("sure");
        let outcome =
            change::change(app, actor, client, &view.settings.document, (based_on, note), sure).await;
        match outcome {
            Ok(Outcome::Saved(_)) => Ok(see(&format!("{}?said=saved", self.here()))),
            Ok(Outcome::Asks(months)) => {
                let open = change::first_open_month(app, actor, client).await?.filter(|_| later);
                let frame = self.frame("").await?;
                let page = question(&frame, self.place, action, &sent.0, &months, open);
                Ok(Page(page).into_response())
            }
            Err(error) if error.refusal().is_some() => {
                let frame = self.frame("").await?;
                view.error = Some(sentence(&frame.t, &error));
                Ok((status(&error), Page(again(&frame, &view))).into_response())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn message(t: &Words, said: &str) -> Option<Message> {
    let text = match said {
        "saved" => t.settings_saved(),
        "copied" => t.settings_copied(),
        "removed" => t.settings_removed(),
        _ => return None,
    };
    Some(Message::new(Tone::Good, text))
}

/// Somebody else saved meanwhile.
fn changed() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "settings-changed",
        "Inzwischen gilt eine andere Fassung; bitte die Seite neu öffnen und noch einmal ändern.",
        "Another version holds by now; please open the page again and change it once more.",
    )
}
