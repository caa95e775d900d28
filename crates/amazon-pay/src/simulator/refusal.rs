//! Why a request is refused, as the API says it: an HTTP status, a reason code and a message.
//!
//! Source: Amazon Pay API v2, "Error handling". Where Amazon documents no text, the message is ours.

use axum::http::StatusCode;
use serde_json::json;

use super::reply::Reply;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("The header {0} is missing.")]
    MissingHeader(&'static str),
    #[error("The header {0} has no value.")]
    MissingHeaderValue(&'static str),
    #[error("The value {value} provided for {name} is invalid")]
    InvalidHeaderValue { name: &'static str, value: String },
    /// The form of the real API.
    #[error("The value {value} provided for x-amz-pay-date should not be in future")]
    DateInFuture { value: String },
    #[error("The value {value} provided for x-amz-pay-date should not be older than 5 minutes")]
    DateTooOld { value: String },
    #[error("The header {0} is not among the signed headers.")]
    UnsignedHeader(&'static str),
    #[error("Access denied. Unable to authenticate the Public Key ID {key_id}.")]
    UnknownKey { key_id: String },
    #[error("Access denied. The Public Key ID {key_id} does not belong to the environment {environment}.")]
    WrongEnvironment { key_id: String, environment: &'static str },
    #[error("Access denied. The merchant has not authorized the holder of this token.")]
    UnknownToken,
    /// The form of the real API (amazon-pay-api-sdk-php, issue 45).
    #[error("Unable to verify signature, signing String [{string_to_sign}] , signature [{signature}]")]
    InvalidSignature { string_to_sign: String, signature: String },
    #[error("The API version {0} is not supported.")]
    InvalidApiVersion(String),
    #[error("The request cannot be read: {0}")]
    InvalidRequest(&'static str),
    #[error("The body of the request is no valid JSON object.")]
    InvalidRequestFormat,
    #[error("The field [{0}] is not recognized.")]
    UnrecognizedField(String),
    #[error("The value for [{0}] is missing.")]
    MissingParameterValue(&'static str),
    /// The form of the documentation.
    #[error("The value provided for [{0}] is invalid.")]
    InvalidParameterValue(&'static str),
    #[error("The parameter nextToken cannot be combined with other parameters.")]
    InvalidParameterCombination,
    #[error("A report schedule for this report type exists already.")]
    ScheduleExists,
    #[error("The idempotency key was used before with another request.")]
    DuplicateIdempotencyKey,
    #[error("The requested resource was not found.")]
    ResourceNotFound,
    #[error("The method {0} is not allowed for this resource.")]
    MethodNotAllowed(String),
    #[error("The request was throttled.")]
    TooManyRequests,
    #[error("The account of the merchant is not in good standing.")]
    InvalidAccountStatus,
    #[error("There was an unknown error in the service.")]
    InternalServerError,
    #[error("The service is temporarily unavailable.")]
    ServiceUnavailable,
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownKey { .. }
            | Self::WrongEnvironment { .. }
            | Self::UnknownToken
            | Self::InvalidSignature { .. } => StatusCode::UNAUTHORIZED,
            Self::InvalidAccountStatus => StatusCode::FORBIDDEN,
            Self::ResourceNotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
            Self::ServiceUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn reason_code(&self) -> &'static str {
        match self {
            Self::MissingHeader(_) => "MissingHeader",
            Self::MissingHeaderValue(_) => "MissingHeaderValue",
            Self::InvalidHeaderValue { .. }
            | Self::DateInFuture { .. }
            | Self::DateTooOld { .. }
            | Self::UnsignedHeader(_) => "InvalidHeaderValue",
            Self::UnknownKey { .. } | Self::WrongEnvironment { .. } | Self::UnknownToken => {
                "UnauthorizedAccess"
            }
            Self::InvalidSignature { .. } => "InvalidRequestSignature",
            Self::InvalidApiVersion(_) => "InvalidAPIVersion",
            Self::InvalidRequest(_) | Self::MethodNotAllowed(_) | Self::ScheduleExists => "InvalidRequest",
            Self::InvalidRequestFormat => "InvalidRequestFormat",
            Self::UnrecognizedField(_) => "UnrecognizedField",
            Self::MissingParameterValue(_) => "MissingParameterValue",
            Self::InvalidParameterValue(_) => "InvalidParameterValue",
            Self::InvalidParameterCombination => "InvalidParameterCombination",
            Self::DuplicateIdempotencyKey => "DuplicateIdempotencyKey",
            Self::ResourceNotFound => "ResourceNotFound",
            Self::TooManyRequests => "TooManyRequests",
            Self::InvalidAccountStatus => "InvalidAccountStatus",
            Self::InternalServerError => "InternalServerError",
            Self::ServiceUnavailable => "ServiceUnavailable",
        }
    }

    pub(super) fn reply(&self) -> Reply {
        let body = json!({ "reasonCode": self.reason_code(), "message": self.to_string() });
        Reply { status: self.status(), body: body.to_string().into() }
    }
}
