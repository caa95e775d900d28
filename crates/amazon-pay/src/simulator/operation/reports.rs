use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Call, can_be_created, report_type};
use crate::model::{ProcessingStatus, Report, ReportType};
use crate::simulator::fields::Fields;
use crate::simulator::page::{self, Microseconds};
use crate::simulator::refusal::Refusal;
use crate::simulator::reply::Reply;
use crate::simulator::world::{Books, Filter};

/// Where a list goes on: what it was narrowed to at the beginning, and the place of the last report that was shown.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    kinds: Vec<ReportType>,
    statuses: Vec<ProcessingStatus>,
    since: Option<Microseconds>,
    until: Option<Microseconds>,
    size: usize,
    before: usize,
}

impl Cursor {
    fn begin(call: &Call<'_>) -> Result<Self, Refusal> {
        let kinds = call.query.list("reportTypes").into_iter().map(|text| report_type("reportTypes", text));
        let statuses = call.query.list("processingStatuses").into_iter().map(|text| {
            match ProcessingStatus::from(text) {
                ProcessingStatus::Other(_) => Err(Refusal::InvalidParameterValue("processingStatuses")),
                known => Ok(known),
            }
        });
        let cursor = Self {
            kinds: kinds.collect::<Result<_, _>>()?,
            statuses: statuses.collect::<Result<_, _>>()?,
            since: call.query.instant("createdSince")?.map(Microseconds::of),
            until: call.query.instant("createdUntil")?.map(Microseconds::of),
            size: page::size(&call.query)?,
            before: usize::MAX,
        };
        match (cursor.since, cursor.until) {
            (Some(since), Some(until)) if since > until => {
                Err(Refusal::InvalidParameterValue("createdSince"))
            }
            _ => Ok(cursor),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    reports: Vec<Report>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_token: Option<String>,
}

pub(super) fn list(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    let mut cursor = match page::cursor::<Cursor>(&call.query)? {
        Some(cursor) if page::is_size(cursor.size) => cursor,
        Some(_) => return Err(Refusal::InvalidParameterValue("nextToken")),
        None => Cursor::begin(call)?,
    };
    let filter = Filter {
        kinds: std::mem::take(&mut cursor.kinds),
        statuses: std::mem::take(&mut cursor.statuses),
        since: cursor.since.map(Microseconds::instant),
        until: cursor.until.map(Microseconds::instant),
    };
    let Books { reports, letters, .. } = books;
    let (reports, next) = reports.page(&filter, cursor.before, cursor.size, call.time, letters);
    let token =
        |before| page::token(&Cursor { kinds: filter.kinds, statuses: filter.statuses, before, ..cursor });
    Reply::ok(&Page { reports, next_token: next.map(token).transpose()? })
}

pub(super) fn one(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    let Books { reports, letters, .. } = books;
    let report = reports.get(call.id, call.time, letters).ok_or(Refusal::ResourceNotFound)?;
    Reply::ok(&report)
}

pub(super) fn create(call: &Call<'_>, books: &mut Books) -> Result<Reply, Refusal> {
    let mut fields = Fields::of(call.body)?;
    let kind = report_type("reportType", &fields.text("reportType")?)?;
    let (start, end) = (fields.instant("startTime")?, fields.instant("endTime")?);
    fields.finish()?;
    if !can_be_created(&kind, call.environment) {
        return Err(Refusal::InvalidParameterValue("reportType"));
    }
    if start >= end {
        return Err(Refusal::InvalidParameterValue("startTime"));
    }
    let id = books.order_report(kind, start, end, call.time).ok_or(Refusal::InternalServerError)?;
    Reply::created(&json!({ "reportId": id }))
}
