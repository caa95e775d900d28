//! One environment of the merchant: the account with everything that was made of it.

use axum::body::Bytes;
use jiff::{SignedDuration, Span, Timestamp};

use super::payments::Payments;
use super::refund_report::refund_report;
use super::reports::{Draft, Outcome, Reports};
use super::schedules::Schedules;
use crate::generate::{
    Account, Disbursement, Settings, SettingsError, Settlement, SettlementHead, Style, Transaction, World,
    write_csv,
};
use crate::key::Environment;
use crate::model::ReportType;
use crate::report::Currency;
use crate::simulator::letters::Letters;

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Seeded settlements end about three in the morning (UTC), so the seeded days are over by then.
const NIGHT: SignedDuration = SignedDuration::from_mins(3 * 60 + 2);

/// What an environment is made from.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct Beginning {
    pub(in crate::simulator) settings: Settings,
    pub(in crate::simulator) style: Style,
    pub(in crate::simulator) now: Timestamp,
    pub(in crate::simulator) polls: u32,
}

/// The account, its payments, reports, disbursements and schedules.
#[derive(Debug)]
pub(in crate::simulator) struct Books {
    pub(in crate::simulator) environment: Environment,
    pub(in crate::simulator) currency: Currency,
    pub(in crate::simulator) account: Account,
    pub(in crate::simulator) payments: Payments,
    pub(in crate::simulator) reports: Reports,
    pub(in crate::simulator) schedules: Schedules,
    /// Oldest first.
    pub(in crate::simulator) disbursements: Vec<Disbursement>,
    pub(in crate::simulator) letters: Letters,
    /// The rows of all settlements; kept in the sandbox only, where reports are made of them on demand.
    rows: Vec<Transaction>,
    next_close: Timestamp,
    style: Style,
    polls: u32,
}

impl Books {
    /// Plays the seeded months up to now.
    pub(in crate::simulator) fn open(beginning: Beginning) -> Result<Self, SettingsError> {
        let Beginning { mut settings, style, now, polls } = beginning;
        let after_last = now.saturating_sub(NIGHT).unwrap_or(now).to_zoned(jiff::tz::TimeZone::UTC).date();
        settings.first_day = after_last.saturating_sub(Span::new().months(settings.months));
        let environment = if settings.live { Environment::Live } else { Environment::Sandbox };
        let currency = settings.currency;
        // An even and an odd number, so that no report has the same id in both environments.
        let letters = Letters::new(settings.seed.wrapping_mul(2).wrapping_add(u64::from(settings.live)));
        let mut world = World::new(settings)?;
        let settlements: Vec<Settlement> = world.by_ref().collect();
        let account = world.into_account();
        let mut books = Self {
            environment,
            currency,
            next_close: account.start().saturating_add(DAY).unwrap_or(now),
            account,
            payments: Payments::default(),
            reports: Reports::default(),
            schedules: Schedules::default(),
            disbursements: Vec::new(),
            letters,
            rows: Vec::new(),
            style,
            polls,
        };
        let mut drafts: Vec<Draft> =
            settlements.into_iter().filter_map(|settlement| books.learn_settlement(settlement)).collect();
        drafts.extend(books.other_reports(now));
        drafts.sort_by_key(|draft| draft.created);
        for draft in drafts {
            books.file(draft);
        }
        books.catch_up(now);
        Ok(books)
    }

    fn file(&mut self, draft: Draft) -> Option<String> {
        self.reports.file(draft, &mut self.letters)
    }

    /// Takes note of everything in a settlement; the report on it, which only the live environment has.
    fn learn_settlement(&mut self, settlement: Settlement) -> Option<Draft> {
        for row in &settlement.transactions {
            self.payments.learn(row);
        }
        self.disbursements.extend(settlement.disbursements.iter().cloned());
        if self.environment == Environment::Live {
            return Some(self.settlement_report(&settlement));
        }
        self.rows.extend(settlement.transactions);
        None
    }

    fn settlement_report(&self, settlement: &Settlement) -> Draft {
        // Writing to memory cannot fail.
        let written = write_csv(settlement, Vec::new(), self.style);
        let outcome = written.map_or(Outcome::Failed, |document| Outcome::Completed(document.into()));
        let SettlementHead { start, end, .. } = settlement.head;
        Draft { kind: ReportType::Settlement, start, end, created: end, outcome, polls: 0 }
    }

    /// What lies beside the settlement reports from the beginning: weekly refund reports, one report that failed, one
    /// that was cancelled because there was nothing to report, one that is still in progress.
    fn other_reports(&self, now: Timestamp) -> Vec<Draft> {
        let ago = |hours: i64| now.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
        let draft = |kind: ReportType, hours: i64, polls| {
            let (start, created) = (ago(hours + 7 * 24), ago(hours));
            let outcome = self.content(&kind, start, created);
            Draft { kind, start, end: created, created, outcome, polls }
        };
        if self.environment == Environment::Sandbox {
            return vec![Draft { start: ago(30 * 24), ..draft(ReportType::SandboxSettlement, 5, 0) }];
        }
        let weekly = (1..=4).map(|week| draft(ReportType::Refund, week * 7 * 24, 0));
        let failed = Draft { outcome: Outcome::Failed, ..draft(ReportType::OrderReference, 75, 0) };
        let cancelled = draft(ReportType::BillingAgreement, 51, 0);
        let running = draft(ReportType::Refund, 1, self.polls.max(1));
        weekly.chain([failed, cancelled, running]).collect()
    }

    /// What a report of this kind over this time says.
    fn content(&self, kind: &ReportType, start: Timestamp, end: Timestamp) -> Outcome {
        let document = match kind {
            ReportType::Refund => refund_report(self.payments.refunds_between(start, end)),
            ReportType::SandboxSettlement => self.sandbox_settlement(start, end),
            // The columns of the other kinds are published nowhere, so there is never anything to report.
            _ => None,
        };
        document.map_or(Outcome::Cancelled, Outcome::Completed)
    }

    fn sandbox_settlement(&self, start: Timestamp, end: Timestamp) -> Option<Bytes> {
        let rows = self.rows.iter().chain(self.account.transactions());
        let transactions: Vec<Transaction> =
            rows.filter(|row| row.posted >= start && row.posted <= end).cloned().collect();
        if transactions.is_empty() {
            return None;
        }
        let head = SettlementHead {
            seller_id: self.account.seller_id().to_owned(),
            settlement_id: self.account.settlement_id(),
            start,
            end,
        };
        let settlement = Settlement { head, transactions, disbursements: Vec::new() };
        write_csv(&settlement, Vec::new(), self.style).ok().map(Bytes::from)
    }

    /// Files a report that somebody asked for, and gives its id.
    pub(in crate::simulator) fn order_report(
        &mut self,
        kind: ReportType,
        start: Timestamp,
        end: Timestamp,
        now: Timestamp,
    ) -> Option<String> {
        let outcome = self.content(&kind, start, end);
        self.file(Draft { kind, start, end, created: now, outcome, polls: self.polls })
    }

    /// Does what has come due by now: the settlement of each day on which something happened, and scheduled reports.
    pub(in crate::simulator) fn catch_up(&mut self, now: Timestamp) {
        while self.next_close < now {
            let at = self.next_close;
            self.order_due_reports(at);
            if self.account.rows() > 0 && self.environment == Environment::Live {
                self.close_settlement(at);
            }
            self.next_close = at.saturating_add(DAY).unwrap_or(Timestamp::MAX);
        }
        self.order_due_reports(now);
    }

    fn order_due_reports(&mut self, now: Timestamp) {
        for due in self.schedules.due(now) {
            self.order_report(due.kind, due.start, due.at, due.at);
        }
    }

    /// Closes the open settlement, files the report on it, and gives its id.
    pub(in crate::simulator) fn close_settlement(&mut self, at: Timestamp) -> String {
        let settlement = self.account.close_settlement(at);
        self.disbursements.extend(settlement.disbursements.iter().cloned());
        let report = self.settlement_report(&settlement);
        self.file(report);
        settlement.head.settlement_id
    }
}
