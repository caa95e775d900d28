//! The addresses of the control page. Forms are answered by the page, JSON by JSON.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Json};
use axum::routing::{get, post};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::chosen::Chosen;
use super::input::Input;
use super::state::State;
use super::texts::Texts;
use super::{Control, Page, chosen, page};
use crate::key::Environment;
use crate::report::{Currency, parse_amount};
use crate::simulator::fault::Rule;
use crate::simulator::query::Query;

/// All addresses under `/simulator`.
pub(in crate::simulator) fn pages(control: Control) -> Router {
    Router::new()
        .route("/simulator", get(show))
        .route("/simulator/", get(show))
        .route("/simulator/style.css", get(page::style))
        .route("/simulator/requests", get(requests))
        .route("/simulator/keys", post(make_key))
        .route("/simulator/keys/revoke", post(revoke_key))
        .route("/simulator/sales", post(sell))
        .route("/simulator/refunds", post(refund))
        .route("/simulator/chargebacks", post(charge_back))
        .route("/simulator/settlements", post(close_settlement))
        .route("/simulator/clock", post(move_clock))
        .route("/simulator/throttling", post(throttle))
        .route("/simulator/faults", post(add_fault))
        .route("/simulator/faults/clear", post(clear_faults))
        .with_state(control)
}

async fn show(Chosen(control): Chosen, address: Uri, headers: HeaderMap) -> Page {
    let state = State::of(&control);
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accept.contains("json") && !accept.contains("html") {
        return Json(state).into_response();
    }
    let texts = Texts::of(&headers);
    let query = Query::of(address.query().unwrap_or_default());
    page::render(&state, texts, query.one("done"), None)
}

async fn requests(Chosen(control): Chosen) -> Page {
    Json(control.requests()).into_response()
}

async fn sell(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let environment = match input.text("environment") {
        "" | "live" => Environment::Live,
        "sandbox" => Environment::Sandbox,
        other => {
            return refused(&control, &headers, &input, &format!("«{other}» is neither live nor sandbox"));
        }
    };
    let Some(amount) = amount(&control, input.text("amount")) else {
        return refused(&control, &headers, &input, Texts::of(&headers).no_amount);
    };
    let sold = control.sell(environment, amount, input.text("orderNumber"), input.text("store"));
    answered(
        &control,
        &headers,
        &input,
        "sold",
        sold.map(|sale| {
            json!({
                "chargeId": sale.charge_id,
                "chargePermissionId": sale.charge_permission_id,
                "orderNumber": sale.order_number,
            })
        }),
    )
}

async fn refund(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let wanted = match input.text("amount") {
        "" => None,
        text => match amount(&control, text) {
            Some(amount) => Some(amount),
            None => return refused(&control, &headers, &input, Texts::of(&headers).no_amount),
        },
    };
    let refunded = control.refund(input.text("chargeId"), wanted);
    answered(&control, &headers, &input, "refunded", refunded.map(|id| json!({ "refundId": id })))
}

async fn charge_back(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let done = control.charge_back(input.text("chargeId"));
    answered(&control, &headers, &input, "charged-back", done.map(|()| json!({})))
}

async fn close_settlement(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let id = control.close_settlement();
    answered::<String>(&control, &headers, &input, "closed", Ok(json!({ "settlementId": id })))
}

async fn move_clock(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let number = |name| match input.text(name) {
        "" => Some(0_i64),
        text => text.parse().ok().filter(|number: &i64| (0..=10_000).contains(number)),
    };
    let (Some(days), Some(hours)) = (number("days"), number("hours")) else {
        return refused(&control, &headers, &input, Texts::of(&headers).no_days);
    };
    let moved = control.move_clock(SignedDuration::from_hours(days * 24 + hours));
    answered(&control, &headers, &input, "moved", moved.map(|time| json!({ "time": format!("{time:.0}") })))
}

async fn throttle(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let on = match input.text("on") {
        "true" => true,
        "false" => false,
        other => return refused(&control, &headers, &input, &format!("«{other}» is neither true nor false")),
    };
    control.set_throttling(on);
    answered::<String>(&control, &headers, &input, "throttling", Ok(json!({ "throttling": on })))
}

async fn add_fault(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let added = input.text("rule").parse::<Rule>().map_err(|error| error.to_string()).and_then(|rule| {
        let text = rule.to_string();
        control
            .add_fault(rule)
            .then(|| json!({ "rule": text }))
            .ok_or("there are too many faults already".to_owned())
    });
    answered(&control, &headers, &input, "fault-added", added)
}

async fn clear_faults(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    control.clear_faults();
    answered::<String>(&control, &headers, &input, "faults-cleared", Ok(json!({})))
}

async fn revoke_key(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let id = input.text("publicKeyId");
    let revoked = control.revoke_key(id);
    let result = if revoked { Ok(json!({})) } else { Err(format!("there is no key «{id}»")) };
    answered(&control, &headers, &input, "revoked", result)
}

/// The private key leaves once: in JSON, or as the file that Seller Central would offer.
async fn make_key(Chosen(control): Chosen, headers: HeaderMap, input: Input) -> Page {
    let environment = match input.text("environment") {
        "live" => Some(Environment::Live),
        "sandbox" => Some(Environment::Sandbox),
        "" => None,
        other => {
            return refused(&control, &headers, &input, &format!("«{other}» is neither live nor sandbox"));
        }
    };
    let made = {
        let control = control.clone();
        // A new key takes a tenth of a second of computing.
        tokio::task::spawn_blocking(move || control.make_key(environment)).await
    };
    let Ok(Ok(made)) = made else {
        return refused(&control, &headers, &input, "the key could not be made");
    };
    if input.is_json {
        return Json(json!({
            "merchantId": made.merchant_id(),
            "publicKeyId": made.public_key_id().as_str(),
            "privateKey": made.pem(),
        }))
        .into_response();
    }
    let mut response = Response::new(Body::from(made.pem().to_owned()));
    let name = format!("attachment; filename=\"AmazonPay_{}.pem\"", made.public_key_id());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-pem-file"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// An amount in major units, with a point or a comma.
fn amount(control: &Control, text: &str) -> Option<i64> {
    let currency: Currency = control.world(|world, _now| world.live.currency);
    let text = if text.contains('.') { text.to_owned() } else { text.replace(',', ".") };
    parse_amount(text.as_bytes(), currency.digits()).ok()
}

/// What was done, as JSON or by leading back to the page; or why not.
fn answered<E: ToString>(
    control: &Control,
    headers: &HeaderMap,
    input: &Input,
    done: &'static str,
    result: Result<Value, E>,
) -> Page {
    match result {
        Err(error) => refused(control, headers, input, &error.to_string()),
        Ok(value) if input.is_json => Json(value).into_response(),
        Ok(_) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::SEE_OTHER;
            if let Ok(place) = HeaderValue::from_str(&chosen::address(control, "", &[("done", done)])) {
                response.headers_mut().insert(header::LOCATION, place);
            }
            response
        }
    }
}

fn refused(control: &Control, headers: &HeaderMap, input: &Input, error: &str) -> Page {
    let mut response = if input.is_json {
        Json(json!({ "error": error })).into_response()
    } else {
        page::render(&State::of(control), Texts::of(headers), None, Some((error, input)))
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
