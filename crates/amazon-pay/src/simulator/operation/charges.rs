//! Charges, refunds and charge permissions, as far as the world knows them.

use jiff::{SignedDuration, Timestamp};

use super::Call;
use crate::generate::Order;
use crate::key::Environment;
use crate::model::{
    Address, Amount, Buyer, Charge, ChargeInitiator, ChargePermission, ChargePermissionState,
    ChargePermissionStatus, ChargePermissionType, ChargeState, Limits, MerchantMetadata, PaymentPreference,
    ProviderMetadata, ReasonCode, RecurringFrequency, RecurringMetadata, Refund, RefundState,
    ReleaseEnvironment, StateReason, StatusDetails,
};
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::world::{Books, ChargeRecord, Permission, RefundRecord};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// An authorisation may be captured for so long.
const CHARGE_LIFE: i64 = 30;
/// A charge permission of one order may be charged for so long, a recurring one for thirteen months.
const ONE_TIME_LIFE: i64 = 180;
const RECURRING_LIFE: i64 = 395;
/// The buyer of a single order can be read for so long (Amazon Pay API v2, "Charge Permission").
const BUYER_SHOWN: i64 = 30;

pub(super) fn charge(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let record = books.payments.charge(call.id).ok_or(Refusal::ResourceNotFound)?;
    Reply::ok(&charge_of(record, call.environment)?)
}

pub(super) fn refund(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let record = books.payments.refund(call.id).ok_or(Refusal::ResourceNotFound)?;
    Reply::ok(&refund_of(record, call.environment)?)
}

pub(super) fn permission(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let record = books.payments.permission(call.id).ok_or(Refusal::ResourceNotFound)?;
    let charges = record.charges.iter().filter_map(|id| books.payments.charge(id));
    Reply::ok(&permission_of(record, charges, call)?)
}

fn charge_of(record: &ChargeRecord, environment: Environment) -> Result<Charge, Refusal> {
    let payment = &record.payment;
    let money = |minor| Some(Amount { minor, currency: record.currency });
    let (state, reason_code) = if record.captured {
        (ChargeState::Captured, None)
    } else {
        (ChargeState::Canceled, Some(ReasonCode::ExpiredUnused))
    };
    Ok(Charge {
        charge_id: payment.charge_id.parse().map_err(|_error| Refusal::InternalServerError)?,
        charge_permission_id: payment.order.order_reference_id.parse().ok(),
        charge_amount: money(payment.amount),
        capture_amount: record.captured.then(|| money(payment.amount)).flatten(),
        refunded_amount: record.captured.then(|| money(record.refunded)).flatten(),
        converted_amount: None,
        conversion_rate: None,
        soft_descriptor: Some("AMZ*Pay".to_owned()),
        capture_now: Some(record.captured),
        can_handle_pending_authorization: Some(false),
        provider_metadata: Some(ProviderMetadata::default()),
        merchant_metadata: Some(metadata(&payment.seller_reference_id, &payment.order)),
        channel: Some("Web".to_owned()),
        charge_initiator: Some(if is_recurring(&payment.order) {
            ChargeInitiator::MerchantRecurring
        } else {
            ChargeInitiator::CustomerUnscheduled
        }),
        platform_id: None,
        creation_timestamp: Some(payment.posted),
        expiration_timestamp: after(payment.posted, CHARGE_LIFE),
        status_details: Some(StatusDetails {
            state,
            reason_code,
            reason_description: None,
            last_updated_timestamp: Some(payment.posted),
        }),
        release_environment: Some(release(environment)),
        web_checkout_details: None,
    })
}

fn refund_of(record: &RefundRecord, environment: Environment) -> Result<Refund, Refusal> {
    Ok(Refund {
        refund_id: record.refund_id.parse().map_err(|_error| Refusal::InternalServerError)?,
        charge_id: record.charge_id.parse().ok(),
        refund_amount: Some(Amount { minor: record.amount, currency: record.currency }),
        soft_descriptor: Some("AMZ*Pay".to_owned()),
        creation_timestamp: Some(record.at),
        status_details: Some(StatusDetails {
            state: RefundState::Refunded,
            reason_code: None,
            reason_description: None,
            last_updated_timestamp: Some(record.at),
        }),
        release_environment: Some(release(environment)),
    })
}

fn permission_of<'a>(
    record: &Permission,
    charges: impl Iterator<Item = &'a ChargeRecord> + Clone,
    call: &Call<'_>,
) -> Result<ChargePermission, Refusal> {
    let recurring = is_recurring(&record.order);
    let age = call.time.duration_since(record.created);
    let life = if recurring { RECURRING_LIFE } else { ONE_TIME_LIFE };
    let is_open = age <= days(life);
    let shows_buyer = recurring || age <= days(BUYER_SHOWN);
    let total: i64 = charges.clone().map(|charge| charge.payment.amount).fold(0, i64::saturating_add);
    let currency = charges.clone().next().map(|charge| charge.currency);
    let money = |minor| currency.map(|currency| Amount { minor, currency });
    let (state, reasons) = if is_open {
        (ChargePermissionState::Chargeable, Vec::new())
    } else {
        let reason = StateReason { reason_code: Some(ReasonCode::Expired), reason_description: None };
        (ChargePermissionState::Closed, vec![reason])
    };
    let latest = charges.map(|charge| charge.payment.posted).max();
    Ok(ChargePermission {
        charge_permission_id: call.id.parse().map_err(|_error| Refusal::InternalServerError)?,
        charge_permission_reference_id: None,
        charge_permission_type: Some(if recurring {
            ChargePermissionType::Recurring
        } else {
            ChargePermissionType::OneTime
        }),
        recurring_metadata: recurring.then(|| RecurringMetadata {
            frequency: Some(RecurringFrequency {
                unit: Some("Month".to_owned()),
                value: Some("1".to_owned()),
            }),
            amount: None,
        }),
        buyer: shows_buyer.then(|| buyer(call.id)),
        shipping_address: shows_buyer.then(|| address(call.id)),
        billing_address: shows_buyer.then(|| address(call.id)),
        payment_preferences: Some(vec![PaymentPreference {
            payment_descriptor: Some("Visa ****1111 (Amazon Pay)".to_owned()),
        }]),
        status_details: Some(ChargePermissionStatus {
            state,
            reasons: Some(reasons),
            last_updated_timestamp: latest.or(Some(record.created)),
        }),
        creation_timestamp: Some(record.created),
        expiration_timestamp: after(record.created, life),
        merchant_metadata: Some(metadata(&record.order.seller_order_id, &record.order)),
        platform_id: None,
        limits: Some(Limits { amount_limit: money(total), amount_balance: money(0) }),
        presentment_currency: currency.map(|currency| currency.to_string()),
        release_environment: Some(release(call.environment)),
    })
}

fn metadata(reference: &str, order: &Order) -> MerchantMetadata {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    MerchantMetadata {
        merchant_reference_id: text(reference),
        merchant_store_name: text(&order.store_name),
        ..MerchantMetadata::default()
    }
}

/// People who do not exist.
const BUYERS: [(&str, &str, &str, &str); 5] = [
    ("Erika Beispiel", "Lindenweg 4", "20095", "Hamburg"),
    ("Jonas Muster", "Am Markt 12", "04109", "Leipzig"),
    ("Aylin Probe", "Rheinstraße 7", "65185", "Wiesbaden"),
    ("Karl-Heinz Test", "Hauptstraße 81a", "79098", "Freiburg"),
    ("Zoë Vorlage", "Inselallee 3", "18055", "Rostock"),
];

fn person(id: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    let sum = id.bytes().map(usize::from).sum::<usize>();
    BUYERS.get(sum % BUYERS.len()).copied().unwrap_or_default()
}

fn buyer(id: &str) -> Buyer {
    let (name, ..) = person(id);
    Buyer {
        buyer_id: Some(format!("amzn1.account.{}", id.replace('-', ""))),
        name: Some(name.to_owned()),
        email: Some(format!("{}@shop.example", id.to_ascii_lowercase())),
        ..Buyer::default()
    }
}

fn address(id: &str) -> Address {
    let (name, street, postal_code, city) = person(id);
    let text = |text: &str| Some(text.to_owned());
    Address {
        name: text(name),
        address_line1: text(street),
        city: text(city),
        postal_code: text(postal_code),
        country_code: text("DE"),
        ..Address::default()
    }
}

/// Charge permissions of recurring agreements begin with a `B`.
fn is_recurring(order: &Order) -> bool {
    order.order_reference_id.starts_with('B')
}

fn release(environment: Environment) -> ReleaseEnvironment {
    match environment {
        Environment::Live => ReleaseEnvironment::Live,
        Environment::Sandbox => ReleaseEnvironment::Sandbox,
    }
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_secs(DAY.as_secs().saturating_mul(count))
}

fn after(start: Timestamp, count: i64) -> Option<Timestamp> {
    start.saturating_add(days(count)).ok()
}
