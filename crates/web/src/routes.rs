//! The table of all routes. A handler's file names its own (`pub(crate) fn routes() -> Vec<Route>`); its line here makes
//! them reachable, and `tests/` walks them all as everybody.

use crate::handler;
use crate::server::Route;

/// All routes.
pub fn routes() -> Vec<Route> {
    let all = [
        handler::asset::routes(),
        handler::audit::routes(),
        handler::clients::routes(),
        handler::connection::routes(),
        handler::invitation::routes(),
        handler::log::routes(),
        handler::login::routes(),
        handler::password::routes(),
        handler::people::routes(),
        handler::preferences::routes(),
        handler::security::routes(),
        handler::setup::routes(),
        handler::start::routes(),
    ];
    all.into_iter().flatten().collect()
}
