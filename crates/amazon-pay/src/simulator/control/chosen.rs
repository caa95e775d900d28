//! Which merchant a request to the control page is about: `?merchant=ID`, the first one where nothing is said.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Json};
use serde_json::json;

use super::{Control, PREFIX, Page};
use crate::sign::canonical_query_of_pairs;
use crate::simulator::query::Query;

const MERCHANT: &str = "merchant";

/// The control of the merchant that the address names.
pub(super) struct Chosen(pub(super) Control);

impl FromRequestParts<Control> for Chosen {
    type Rejection = Page;

    async fn from_request_parts(parts: &mut Parts, control: &Control) -> Result<Self, Page> {
        let query = Query::of(parts.uri.query().unwrap_or_default());
        let Some(id) = query.one(MERCHANT) else { return Ok(Self(control.clone())) };
        control.of_merchant(id).map(Self).ok_or_else(|| {
            let id: String = id.chars().take(80).collect();
            let error =
                format!("there is no merchant «{id}»; there are {}", control.merchant_ids().join(", "));
            (StatusCode::NOT_FOUND, Json(json!({ "error": error }))).into_response()
        })
    }
}

/// The address of an action or, where `action` is empty, of the page; it names the merchant where there are several.
pub(super) fn address(control: &Control, action: &str, more: &[(&str, &str)]) -> String {
    of_merchant(control.merchant_id(), control.merchant_ids().len() > 1, action, more)
}

pub(super) fn of_merchant(id: &str, has_others: bool, action: &str, more: &[(&str, &str)]) -> String {
    let slash = if action.is_empty() { "" } else { "/" };
    let merchant = has_others.then_some((MERCHANT, id));
    let query = canonical_query_of_pairs(more.iter().copied().chain(merchant));
    let question = if query.is_empty() { "" } else { "?" };
    format!("{PREFIX}{slash}{action}{question}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_the_merchant_where_there_are_several() {
        assert_eq!(of_merchant("A1", false, "sales", &[]), "/simulator/sales");
        assert_eq!(of_merchant("A1", true, "sales", &[]), "/simulator/sales?merchant=A1");
        assert_eq!(of_merchant("A1", true, "", &[("done", "sold")]), "/simulator?done=sold&merchant=A1");
        assert_eq!(of_merchant("A1", false, "", &[]), "/simulator");
    }
}
