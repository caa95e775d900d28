//! REST under `/api/v1`: the same use cases for programs, one file a subject.
//!
//! A route stands in the one table of routes and carries what it tells programs (`operation`); the OpenAPI document
//! (`document`) is made of that table, so that neither can be without the other. Bodies are types with a schema
//! of their own; errors are problems (RFC 9457) from `server::problem`.

mod batches;
mod clients;
mod connections;
mod document;
mod documents;
mod entries;
mod jobs;
mod log;
mod members;
mod months;
mod movements;
mod operation;
mod page;
mod settings;
mod settlements;
mod shape;

pub(crate) use operation::Operation;

use crate::server::Route;

/// All routes for programs, and the two that describe them.
pub(crate) fn routes() -> Vec<Route> {
    let mut all = operations();
    all.extend(document::routes());
    all.extend(page::routes());
    all
}

/// The routes that the document tells of.
fn operations() -> Vec<Route> {
    let all = [
        clients::routes(),
        connections::routes(),
        jobs::routes(),
        documents::routes(),
        settlements::routes(),
        movements::routes(),
        entries::routes(),
        settings::routes(),
        months::routes(),
        batches::routes(),
        members::routes(),
        log::routes(),
    ];
    all.into_iter().flatten().collect()
}
