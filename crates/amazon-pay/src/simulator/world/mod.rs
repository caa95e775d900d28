//! The merchant's world in memory, with a clock of its own that starts at the real time and can be moved forward.

mod books;
mod deeds;
mod payments;
mod refund_report;
mod reports;
mod schedules;

use jiff::{SignedDuration, Timestamp};

use crate::generate::{Settings, SettingsError, Style};
use crate::key::Environment;

pub use deeds::{DeedError, Sale};

pub(super) use books::{Beginning, Books};
pub(super) use payments::{ChargeRecord, Permission, RefundRecord};
pub(super) use reports::Filter;
pub(super) use schedules::period;

/// Sandbox data lie in the last month.
const SANDBOX_MONTHS: u32 = 1;
const SANDBOX_ROWS: u64 = 200;

/// The merchant's two environments.
#[derive(Debug)]
pub(super) struct World {
    pub(super) live: Books,
    pub(super) sandbox: Books,
    /// How far the clock of the world is ahead of the real one.
    shift: SignedDuration,
    /// How many orders were numbered here.
    sales: u64,
}

impl World {
    /// Plays the seeded past; see [`Settings`]. The first day follows from the number of months.
    pub(super) fn open(
        settings: Settings,
        style: Style,
        now: Timestamp,
        polls: u32,
    ) -> Result<Self, SettingsError> {
        let sandbox = Settings {
            live: false,
            months: SANDBOX_MONTHS,
            rows: SANDBOX_ROWS,
            settlements: None,
            seed: settings.seed.wrapping_add(1),
            ..settings.clone()
        };
        let open = |settings| Books::open(Beginning { settings, style, now, polls });
        Ok(Self { live: open(settings)?, sandbox: open(sandbox)?, shift: SignedDuration::ZERO, sales: 0 })
    }

    pub(super) fn books_mut(&mut self, environment: Environment) -> &mut Books {
        match environment {
            Environment::Live => &mut self.live,
            Environment::Sandbox => &mut self.sandbox,
        }
    }

    pub(super) fn books(&self, environment: Environment) -> &Books {
        match environment {
            Environment::Live => &self.live,
            Environment::Sandbox => &self.sandbox,
        }
    }

    /// The time in the world when it is `now` outside.
    pub(super) fn time(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(self.shift).unwrap_or(now)
    }

    /// Does what has come due, and gives the time in the world.
    pub(super) fn catch_up(&mut self, now: Timestamp) -> Timestamp {
        let time = self.time(now);
        self.live.catch_up(time);
        self.sandbox.catch_up(time);
        time
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ProcessingStatus, ReportType};
    use crate::report::{SettlementReport, SettlementRow};

    fn now() -> Timestamp {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn world() -> World {
        World::open(Settings::default(), Style::default(), now(), 2).unwrap()
    }

    /// The rows of the newest settlement report: kind and net amount.
    fn newest(world: &World) -> Vec<(String, i64)> {
        let report =
            world.live.reports.all().filter(|report| report.report_type == ReportType::Settlement).last();
        let document = report.unwrap().report_document_id.clone().unwrap();
        let bytes = world.live.reports.document(document.as_str()).unwrap();
        let mut report = SettlementReport::open(bytes.as_ref()).unwrap();
        let (mut row, mut rows) = (SettlementRow::default(), Vec::new());
        while report.read(&mut row).unwrap() {
            rows.push((row.transaction_type().name().to_owned(), row.net()));
        }
        rows
    }

    #[test]
    fn the_past_holds_settlements_up_to_today_and_reports_of_every_status() {
        let world = world();
        let reports: Vec<_> = world.live.reports.all().collect();
        assert!(reports.len() >= 25, "{}", reports.len());
        assert!(reports.is_sorted_by_key(|report| report.created_time));
        for status in ProcessingStatus::KNOWN {
            assert!(reports.iter().any(|report| report.processing_status == *status), "{status}");
        }
        let settled: Vec<_> =
            reports.iter().filter(|report| report.report_type == ReportType::Settlement).collect();
        assert_eq!(settled.last().unwrap().end_time.unwrap().to_string().get(..10), Some("2026-11-23"));
        assert!(settled.windows(2).all(|pair| pair[0].end_time == pair[1].start_time), "the chain is closed");
        assert!(world.live.disbursements.len() > 60);
    }

    #[test]
    fn a_day_passes_and_a_settlement_is_made() {
        let mut world = world();
        let before = world.live.reports.count();
        world.sell(Environment::Live, 11_900, "", "", now()).unwrap();
        world.move_clock(SignedDuration::from_hours(24), now()).unwrap();
        assert_eq!(world.live.reports.count(), before + 1);
        let rows = newest(&world);
        assert_eq!(rows.first().map(|(kind, _)| kind.as_str()), Some("Transfer"));
        assert!(rows.contains(&("Capture".to_owned(), 11_639)), "{rows:?}");
        assert_eq!(world.live.disbursements.last().unwrap().amount, 11_639);
        // The payout is a movement of the next settlement; after that nothing happens any more.
        world.move_clock(SignedDuration::from_hours(10 * 24), now()).unwrap();
        assert_eq!(world.live.reports.count(), before + 2);
        assert_eq!(newest(&world), [("Transfer".to_owned(), -11_639)]);
    }

    #[test]
    fn a_settlement_closed_by_hand_holds_what_was_done_by_hand() {
        let mut world = world();
        world.close_settlement(now());
        let sale = world.sell(Environment::Live, 5_000, "R-7", "Shop", now()).unwrap();
        let other = world.sell(Environment::Live, 9_000, "", "", now()).unwrap();
        assert_eq!(other.order_number, "SIM-1001");
        world.refund(&sale.charge_id, Some(2_000), now()).unwrap();
        world.refund(&sale.charge_id, None, now()).unwrap();
        world.charge_back(&other.charge_id, now()).unwrap();
        world.close_settlement(now());
        let rows = newest(&world);
        let count = |kind: &str| rows.iter().filter(|(found, _)| found == kind).count();
        assert_eq!((count("Capture"), count("Refund"), count("Chargeback")), (2, 2, 1), "{rows:?}");
        let charge = world.live.payments.charge(&sale.charge_id).unwrap();
        assert_eq!((charge.payment.amount, charge.refunded), (5_000, 5_000));
        assert!(world.time(now()) > now(), "two settlements within a minute need some time to pass");
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        let mut world = world();
        assert_eq!(world.sell(Environment::Live, 0, "", "", now()), Err(DeedError::Amount));
        assert_eq!(world.sell(Environment::Live, 1, "a\nb", "", now()), Err(DeedError::Text));
        assert!(matches!(world.refund("P00", None, now()), Err(DeedError::UnknownCharge { .. })));
        assert_eq!(world.move_clock(SignedDuration::from_secs(-1), now()), Err(DeedError::Leap));
        assert_eq!(world.move_clock(SignedDuration::from_hours(367 * 24), now()), Err(DeedError::Leap));
    }
}
