//! The files that pages load.

use app::Refusal;
use axum::body::Bytes;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use crate::asset;
use crate::server::{Needs, Problem, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/assets/{hash}/{name}", Needs::Nobody, file)]
}

async fn file(address: Uri) -> Result<Response, Problem> {
    let asset = asset::find(address.path()).ok_or_else(Refusal::not_found)?;
    let headers = [(CONTENT_TYPE, asset.content_type), (CACHE_CONTROL, asset::CACHE_CONTROL)];
    Ok((headers, Bytes::from_static(asset.bytes)).into_response())
}
