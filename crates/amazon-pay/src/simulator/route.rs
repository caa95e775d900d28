//! Which operation a path means, in both of its forms: `/v2/reports` and `/live/v2/reports`.

use axum::http::Method;

use super::refusal::Refusal;
use crate::key::Environment;
use crate::sign::percent;

/// An operation of the API (Amazon Pay API v2, "Reports", "Charge", "Refund", "Charge Permission").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// `GET /v2/reports`
    Reports,
    /// `GET /v2/reports/{reportId}`
    Report,
    /// `POST /v2/reports`
    CreateReport,
    /// `GET /v2/report-documents/{reportDocumentId}`
    Document,
    /// `GET /v2/report-schedules`
    Schedules,
    /// `GET /v2/report-schedules/{reportScheduleId}`
    Schedule,
    /// `POST /v2/report-schedules`
    CreateSchedule,
    /// `DELETE /v2/report-schedules/{reportScheduleId}`
    CancelSchedule,
    /// `GET /v2/disbursements`
    Disbursements,
    /// `GET /v2/charges/{chargeId}`
    Charge,
    /// `GET /v2/refunds/{refundId}`
    Refund,
    /// `GET /v2/chargePermissions/{chargePermissionId}`
    ChargePermission,
}

impl Operation {
    /// All twelve.
    pub const ALL: [Self; 12] = [
        Self::Reports,
        Self::Report,
        Self::CreateReport,
        Self::Document,
        Self::Schedules,
        Self::Schedule,
        Self::CreateSchedule,
        Self::CancelSchedule,
        Self::Disbursements,
        Self::Charge,
        Self::Refund,
        Self::ChargePermission,
    ];

    /// The name in the language of faults and in the log of requests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::Report => "report",
            Self::CreateReport => "create-report",
            Self::Document => "document",
            Self::Schedules => "schedules",
            Self::Schedule => "schedule",
            Self::CreateSchedule => "create-schedule",
            Self::CancelSchedule => "cancel-schedule",
            Self::Disbursements => "disbursements",
            Self::Charge => "charge",
            Self::Refund => "refund",
            Self::ChargePermission => "charge-permission",
        }
    }

    /// Only the two that create something take an idempotency key.
    pub(super) const fn creates(self) -> bool {
        matches!(self, Self::CreateReport | Self::CreateSchedule)
    }
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// The environment that the path names, if it does.
    pub(super) environment: Option<Environment>,
    pub(super) operation: Operation,
    /// The identifier at the end of the path; empty where the operation has none.
    pub(super) id: String,
}

impl Route {
    /// Reads a path as received. A slash at the end and repeated slashes do not matter: the official SDKs for Java and
    /// .NET send them.
    pub(super) fn of(method: &Method, path: &str) -> Result<Self, Refusal> {
        let segments: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| String::from_utf8_lossy(&percent::decode(segment)).into_owned())
            .collect();
        let mut rest: &[String] = &segments;
        let mut environment = None;
        if let Some((first, behind)) = rest.split_first() {
            environment = [Environment::Live, Environment::Sandbox]
                .into_iter()
                .find(|environment| first.eq_ignore_ascii_case(environment.name()));
            rest = if environment.is_some() { behind } else { rest };
        }
        let (version, resource) = rest.split_first().ok_or(Refusal::ResourceNotFound)?;
        if version != "v2" {
            let is_version = version.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok());
            return Err(if is_version {
                Refusal::InvalidApiVersion(version.clone())
            } else {
                Refusal::ResourceNotFound
            });
        }
        let resource: Vec<&str> = resource.iter().map(String::as_str).collect();
        let (operation, id) = operation(method, &resource)?;
        Ok(Self { environment, operation, id: id.to_owned() })
    }
}

/// What can be asked for without an identifier.
const COLLECTIONS: [&str; 3] = ["reports", "report-schedules", "disbursements"];
/// What can be asked for by an identifier.
const RESOURCES: [&str; 6] =
    ["reports", "report-documents", "report-schedules", "charges", "refunds", "chargePermissions"];

fn operation<'a>(method: &Method, resource: &[&'a str]) -> Result<(Operation, &'a str), Refusal> {
    let wrong_method = || Refusal::MethodNotAllowed(method.to_string());
    let found = match (method.as_str(), resource) {
        ("GET", ["reports"]) => (Operation::Reports, ""),
        ("POST", ["reports"]) => (Operation::CreateReport, ""),
        ("GET", ["reports", id]) => (Operation::Report, *id),
        ("GET", ["report-documents", id]) => (Operation::Document, *id),
        ("GET", ["report-schedules"]) => (Operation::Schedules, ""),
        ("POST", ["report-schedules"]) => (Operation::CreateSchedule, ""),
        ("GET", ["report-schedules", id]) => (Operation::Schedule, *id),
        ("DELETE", ["report-schedules", id]) => (Operation::CancelSchedule, *id),
        ("GET", ["disbursements"]) => (Operation::Disbursements, ""),
        ("GET", ["charges", id]) => (Operation::Charge, *id),
        ("GET", ["refunds", id]) => (Operation::Refund, *id),
        ("GET", ["chargePermissions", id]) => (Operation::ChargePermission, *id),
        (_, [name]) if COLLECTIONS.contains(name) => return Err(wrong_method()),
        (_, [name, _]) if RESOURCES.contains(name) => return Err(wrong_method()),
        _ => return Err(Refusal::ResourceNotFound),
    };
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(method: &Method, path: &str) -> Result<(Option<Environment>, &'static str, String), Refusal> {
        Route::of(method, path).map(|route| (route.environment, route.operation.name(), route.id))
    }

    #[test]
    fn both_forms_of_the_path_and_extra_slashes_are_understood() {
        let found = |environment, name, id: &str| Ok((environment, name, id.to_owned()));
        assert_eq!(route(&Method::GET, "/v2/reports"), found(None, "reports", ""));
        assert_eq!(route(&Method::GET, "/v2/reports/"), found(None, "reports", ""));
        assert_eq!(
            route(&Method::POST, "/live/v2/reports"),
            found(Some(Environment::Live), "create-report", "")
        );
        assert_eq!(
            route(&Method::GET, "//sandbox//v2/reports/A084%31/"),
            found(Some(Environment::Sandbox), "report", "A0841")
        );
        assert_eq!(route(&Method::DELETE, "/v2/report-schedules/7"), found(None, "cancel-schedule", "7"));
        assert_eq!(route(&Method::GET, "/v2/chargePermissions/P01"), found(None, "charge-permission", "P01"));
    }

    #[test]
    fn another_version_another_method_and_another_path_are_told_apart() {
        assert_eq!(route(&Method::GET, "/v1/reports"), Err(Refusal::InvalidApiVersion("v1".to_owned())));
        assert_eq!(route(&Method::PUT, "/v2/reports"), Err(Refusal::MethodNotAllowed("PUT".to_owned())));
        for path in ["/", "/v2", "/live", "/reports", "/v2/charges", "/v2/reports/a/b", "/test/v2/reports"] {
            assert_eq!(route(&Method::GET, path), Err(Refusal::ResourceNotFound), "{path}");
        }
    }
}
