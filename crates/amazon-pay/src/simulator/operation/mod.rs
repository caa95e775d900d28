//! The twelve operations, each after the request was let in.

mod charges;
mod disbursements;
mod documents;
mod reports;
mod schedules;

use jiff::Timestamp;

use super::query::Query;
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::Operation;
use super::storage::Storage;
use super::world::World;
use crate::key::Environment;
use crate::model::ReportType;

/// A request that was let in.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) operation: Operation,
    pub(super) environment: Environment,
    /// The identifier in the path.
    pub(super) id: &'a str,
    pub(super) query: Query,
    pub(super) body: &'a [u8],
    /// The time in the world.
    pub(super) time: Timestamp,
    pub(super) handout: Handout<'a>,
}

/// How the address of a document is made.
#[derive(Debug)]
pub(super) struct Handout<'a> {
    pub(super) storage: &'a Storage,
    /// Scheme and host of the storage.
    pub(super) base: String,
    /// From when on the address works.
    pub(super) from: Timestamp,
    pub(super) compressed: bool,
}

/// Does what is asked for.
pub(super) fn perform(call: &Call<'_>, world: &mut World) -> Result<Reply, Refusal> {
    let books = world.books_mut(call.environment);
    match call.operation {
        Operation::Reports => reports::list(call, books),
        Operation::Report => reports::one(call, books),
        Operation::CreateReport => reports::create(call, books),
        Operation::Document => documents::one(call, books),
        Operation::Schedules => schedules::list(call, books),
        Operation::Schedule => schedules::one(call, books),
        Operation::CreateSchedule => schedules::create(call, books),
        Operation::CancelSchedule => schedules::cancel(call, books),
        Operation::Disbursements => disbursements::list(call, books),
        Operation::Charge => charges::charge(call, books),
        Operation::Refund => charges::refund(call, books),
        Operation::ChargePermission => charges::permission(call, books),
    }
}

/// The types of report that a query or a body names; an unknown one is refused.
fn report_type(name: &'static str, text: &str) -> Result<ReportType, Refusal> {
    match ReportType::from(text) {
        ReportType::Other(_) => Err(Refusal::InvalidParameterValue(name)),
        known => Ok(known),
    }
}

/// Whether reports of this type can be ordered in the environment (Amazon Pay API v2, "Reports"; for the captures the
/// official .NET SDK says that they are not offered at present).
fn can_be_created(kind: &ReportType, environment: Environment) -> bool {
    match environment {
        Environment::Sandbox => *kind == ReportType::SandboxSettlement,
        Environment::Live => {
            !matches!(kind, ReportType::Settlement | ReportType::SandboxSettlement | ReportType::Capture)
        }
    }
}
