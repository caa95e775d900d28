//! The table of all routes. A handler's file names its own (`pub(crate) fn routes() -> Vec<Route>`); its line here makes
//! them reachable, and `tests/` walks them all as everybody.

use std::sync::LazyLock;

use axum::http::Method;

use crate::address::Place;
use crate::api;
use crate::handler;
use crate::server::Route;

/// All routes.
pub fn routes() -> Vec<Route> {
    let all = [
        api::routes(),
        handler::asset::routes(),
        handler::audit::routes(),
        handler::clients::routes(),
        handler::connection::routes(),
        handler::dashboard::routes(),
        handler::delivery::routes(),
        handler::documents::routes(),
        handler::entries::routes(),
        handler::export::routes(),
        handler::health::routes(),
        handler::invitation::routes(),
        handler::log::routes(),
        handler::login::routes(),
        handler::notices::routes(),
        handler::password::routes(),
        handler::people::routes(),
        handler::preferences::routes(),
        handler::reconciliation::routes(),
        handler::security::routes(),
        handler::settings::routes(),
        handler::setup::routes(),
        handler::start::routes(),
        handler::uploads::routes(),
    ];
    all.into_iter().flatten().collect()
}

/// The pages of a client that the table holds: a menu leads nowhere else.
pub(crate) fn places() -> &'static [Place] {
    static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
        let routes = routes();
        let is_there = |place: &Place| {
            let path = place.of("{client}");
            routes.iter().any(|route| route.method == Method::GET && route.path == path)
        };
        Place::ALL.into_iter().filter(is_there).collect()
    });
    &PLACES
}
