//! What is to be done with a client, each with the link that mends it.

use app::Permission;
use app::dashboard::Dashboard;
use app::notices::NoticeKind;
use store::notices::Notice;

use super::Frame;
use crate::{
    address::Place,
    component::{Finding, Findings, Tone},
};

/// So many notices are shown one by one.
const NOTICES: usize = 6;
/// So many months are shown one by one.
const MONTHS: usize = 3;

/// What is open, the most urgent first.
pub(super) fn findings(frame: &Frame, seen: &Dashboard) -> Findings {
    let t = &frame.t;
    let mut all: Vec<Finding> = seen.notices.iter().map(|notice| of_notice(frame, notice)).collect();
    all.sort_by_key(|finding| match finding.tone {
        Tone::Bad => 0,
        Tone::Warn => 1,
        Tone::Busy | Tone::Good | Tone::Quiet => 2,
    });
    let more = all.len().saturating_sub(NOTICES);
    all.truncate(NOTICES);
    if more > 0 {
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        all.push(
            Finding::new(Tone::Warn, t.more_notices(more))
                .mend(t.place_connections(), frame.at(Place::Connections)),
        );
    }
    all.extend(exports(frame, seen));
    Findings(all)
}

/// A notice with the link that mends it.
pub(super) fn of_notice(frame: &Frame, notice: &Notice) -> Finding {
    let t = &frame.t;
    let kind = NoticeKind::parse(&notice.kind);
    let tone = match kind {
        Some(
            NoticeKind::ConnectionStopped
            | NoticeKind::KeyRefused
            | NoticeKind::ReportRefused
            | NoticeKind::NotDelivered,
        ) => Tone::Bad,
        Some(NoticeKind::BatchReady) => Tone::Good,
        Some(NoticeKind::Gap | NoticeKind::UnknownKinds | NoticeKind::NinetyDays) | None => Tone::Warn,
    };
    let sentence = t.pick(&notice.german, &notice.english);
    let title = kind.map(|kind| kind.text(t.language()));
    let finding = match title {
        Some(title) => Finding::new(tone, title).note(sentence),
        None => Finding::new(tone, sentence),
    };
    match kind {
        Some(NoticeKind::KeyRefused) if frame.may(Permission::Connect) => {
            finding.mend(t.connection_replace_key(), format!("{}/key", notice.path))
        }
        Some(NoticeKind::Gap | NoticeKind::ReportRefused | NoticeKind::NinetyDays)
            if frame.has(Place::Uploads) =>
        {
            finding.mend(t.upload_report(), frame.at(Place::Uploads))
        }
        Some(NoticeKind::UnknownKinds) if frame.has(Place::Entries) => {
            finding.mend(t.look_at_it(), frame.below(Place::Entries, "?kind=unknown"))
        }
        _ => finding.mend(t.look_at_it(), &notice.path),
    }
}

/// What keeps finished months from leaving, or which of them are ready.
fn exports(frame: &Frame, seen: &Dashboard) -> Vec<Finding> {
    let t = &frame.t;
    let months = &seen.due.months;
    if seen.months.is_some() && !seen.due.confirmed {
        let finding = Finding::new(Tone::Warn, t.accounts_to_confirm()).note(t.accounts_to_confirm_note());
        return vec![if frame.has(Place::ClientSettings) {
            finding.mend(t.accounts_confirm(), frame.at(Place::ClientSettings))
        } else {
            finding
        }];
    }
    let mend = |finding: Finding| {
        if frame.has(Place::Export) && frame.may(Permission::Export) {
            finding.mend(t.export_it(), frame.at(Place::Export))
        } else {
            finding
        }
    };
    if months.len() > MONTHS {
        let count = u64::try_from(months.len()).unwrap_or(u64::MAX);
        let ends = months.first().zip(months.last());
        let span = ends
            .map_or_else(String::new, |(first, last)| format!("{} – {}", t.month(*first), t.month(*last)));
        return vec![mend(Finding::new(Tone::Quiet, t.months_to_export(count)).note(span))];
    }
    let one = |month| mend(Finding::new(Tone::Quiet, t.month_to_export(t.month(month))));
    months.iter().map(one).collect()
}
