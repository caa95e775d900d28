use serde::Serialize;
use serde_json::json;

use super::{Call, can_be_created, report_type};
use crate::model::{ReportSchedule, ReportType, ScheduleFrequency};
use crate::simulator::fields::Fields;
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::world::{Books, period};

/// The documentation shows the same wrapper for a list and for a single schedule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wrapper<'a> {
    report_schedules: Vec<&'a ReportSchedule>,
}

pub(super) fn list(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let kinds = call.query.list("reportTypes").into_iter().map(|text| report_type("reportTypes", text));
    let kinds: Vec<ReportType> = kinds.collect::<Result<_, _>>()?;
    let wanted = |schedule: &&ReportSchedule| kinds.is_empty() || kinds.contains(&schedule.report_type);
    Reply::ok(&Wrapper { report_schedules: books.schedules.all().filter(wanted).collect() })
}

pub(super) fn one(call: &Call<'_>, books: &Books) -> Result<Reply, Refusal> {
    let schedule = books.schedules.get(call.id).ok_or(Refusal::ResourceNotFound)?;
    Reply::ok(&Wrapper { report_schedules: vec![schedule] })
}

pub(super) fn create(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    let mut fields = Fields::of(call.body)?;
    let kind = report_type("reportType", &fields.text("reportType")?)?;
    let frequency = ScheduleFrequency::from(fields.text("scheduleFrequency")?.as_str());
    let next = fields.instant("nextReportCreationTime")?;
    let replaces = fields.switch("deleteExistingSchedule")?;
    fields.finish()?;
    let cannot_be_scheduled =
        !can_be_created(&kind, call.environment) || kind == ReportType::MultiCurrencyPayments;
    if cannot_be_scheduled {
        return Err(Refusal::InvalidParameterValue("reportType"));
    }
    if matches!(frequency, ScheduleFrequency::Other(_)) || period(&frequency).is_none() {
        return Err(Refusal::InvalidParameterValue("scheduleFrequency"));
    }
    if next < call.time {
        return Err(Refusal::InvalidParameterValue("nextReportCreationTime"));
    }
    if !replaces && books.schedules.has(&kind) {
        return Err(Refusal::ScheduleExists);
    }
    let Books { schedules, letters, .. } = books;
    let id = schedules.set(&kind, frequency, next, letters).ok_or(Refusal::InternalServerError)?;
    Reply::created(&json!({ "reportScheduleId": id }))
}

pub(super) fn cancel(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    if books.schedules.cancel(call.id) { Ok(Reply::empty()) } else { Err(Refusal::ResourceNotFound) }
}
