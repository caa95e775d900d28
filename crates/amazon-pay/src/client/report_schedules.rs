//! Report schedules (Amazon Pay, "Managing report schedules").

use serde::Deserialize;
use serde_json::json;

use super::reports::comma_separated;
use super::send::Call;
use super::{Client, Error, IdempotencyKey, RefusalCause};
use crate::model::{NewReportSchedule, ReportSchedule, ReportScheduleId, ReportType, compact};
use crate::sign::canonical_query_of_pairs;

const PATH: &str = "/report-schedules";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schedules {
    report_schedules: Vec<ReportSchedule>,
}

/// One schedule comes in the wrapper of the list in the documentation's sample, and bare in the official .NET SDK.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneSchedule {
    Wrapped(Schedules),
    Bare(ReportSchedule),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    report_schedule_id: ReportScheduleId,
}

impl Client {
    /// Get Report Schedules: those of these kinds of report, or all where none is given.
    ///
    /// # Errors
    /// As every call.
    pub async fn report_schedules(&self, types: &[ReportType]) -> Result<Vec<ReportSchedule>, Error> {
        let types = comma_separated(types.iter().map(ReportType::as_str));
        let parameter = (!types.is_empty()).then_some(("reportTypes", types.as_str()));
        let query = canonical_query_of_pairs(parameter);
        let reply = self.send(&Call::get("Get Report Schedules", PATH, query)).await?;
        Ok(reply.read::<Schedules>()?.report_schedules)
    }

    /// Get Report Schedule By Id.
    ///
    /// # Errors
    /// As every call; [`NotFound`](RefusalCause::NotFound) where there is none with this id.
    pub async fn report_schedule(&self, id: &ReportScheduleId) -> Result<ReportSchedule, Error> {
        let reply = self.send(&Call::get_one("Get Report Schedule By Id", PATH, id.as_str())).await?;
        let schedule = match reply.read()? {
            OneSchedule::Bare(schedule) => Some(schedule),
            OneSchedule::Wrapped(list) => {
                list.report_schedules.into_iter().find(|schedule| schedule.report_schedule_id == *id)
            }
        };
        schedule.ok_or_else(|| reply.unreadable("there is no schedule with this id in it"))
    }

    /// Create Report Schedule. There can be one for each kind of report.
    ///
    /// # Errors
    /// As every call.
    pub async fn create_report_schedule(
        &self,
        schedule: &NewReportSchedule,
        key: &IdempotencyKey,
    ) -> Result<ReportScheduleId, Error> {
        let body = json!({
            "reportType": schedule.report_type,
            "scheduleFrequency": schedule.schedule_frequency,
            "nextReportCreationTime": compact(schedule.next_report_creation_time),
            "deleteExistingSchedule": schedule.delete_existing_schedule,
        });
        let reply = self.send(&Call::post("Create Report Schedule", PATH, &body, key)).await?;
        Ok(reply.read::<Created>()?.report_schedule_id)
    }

    /// Cancel Report Schedule.
    ///
    /// # Errors
    /// As every call; [`NotFound`](RefusalCause::NotFound) where there is none with this id.
    pub async fn cancel_report_schedule(&self, id: &ReportScheduleId) -> Result<(), Error> {
        match self.send(&Call::delete("Cancel Report Schedule", PATH, id.as_str())).await {
            // The answer to an earlier attempt was lost, not the attempt.
            Err(Error::Refused(refusal))
                if refusal.cause == RefusalCause::NotFound && refusal.attempts > 1 =>
            {
                Ok(())
            }
            answer => answer.map(|_reply| ()),
        }
    }
}
