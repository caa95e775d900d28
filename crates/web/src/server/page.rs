//! Pages as answers, and what stands around them.

use app::account::session::Visit;
use app::{Actor, AppError, Language, clients};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use jiff::tz::TimeZone;
use store::client::Client;

use super::problem::Problem;
use super::state::WebState;
use super::visitor::Visitor;
use crate::address::Place;
use crate::page::{ClientChoice, Counts, Frame, Person};
use crate::text::Words;

/// A page as an answer.
#[derive(Debug)]
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Problem::from(AppError::failed("write a page")(error)).into_response(),
        }
    }
}

/// The words of a language, at this moment, in the time of Germany.
pub fn words(state: &WebState, language: Language) -> Words {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Words::new(language, zone, state.app.now())
}

/// The frame of a page that nobody has to be logged in for.
pub fn bare(state: &WebState, visitor: &Visitor) -> Frame {
    Frame::bare(words(state, visitor.language), visitor.theme, visitor.path.clone())
}

/// The frame of a page of somebody who is logged in; of a client's page with the client, its place in the menu, what is
/// open, and all times told in the zone of the client.
pub async fn frame(
    state: &WebState,
    visitor: &Visitor,
    client: Option<&Client>,
    place: Option<Place>,
) -> Result<Frame, Problem> {
    let mut frame = bare(state, visitor);
    let Some(visit) = &visitor.visit else { return Ok(frame) };
    if let Some(client) = client {
        let zone = app::zone::of_client(&state.app, &client.id).await?;
        frame.t = Words::new(visitor.language, zone, frame.t.now());
        let open = app::dashboard::open_counts(&state.app, &visit.actor, &client.id).await?;
        frame.counts = Counts { reconciliation: 0, export: open.months, connections: open.connections };
        frame.places = crate::routes::places().to_vec();
    }
    let listed = clients::list::list(&state.app, &visit.actor).await?;
    frame.clients = listed
        .into_iter()
        .map(|(client, role)| ClientChoice { id: client.id.to_string(), name: client.name, role })
        .collect();
    frame.client = client.map(|client| ClientChoice {
        id: client.id.to_string(),
        name: client.name.clone(),
        role: visit.actor.role(&client.id),
    });
    frame.place = place;
    frame.person = Some(person(visit));
    Ok(frame)
}

fn person(visit: &Visit) -> Person {
    let email = match &visit.actor {
        Actor::User { email, .. } => email.clone(),
        Actor::Auditor { .. } | Actor::ApiKey { .. } | Actor::System | Actor::CommandLine => String::new(),
    };
    Person { name: visit.name.clone(), email }
}
