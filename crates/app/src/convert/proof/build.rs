//! Puts the proof together and checks every equation; what fails is refused before anything is handed over.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ledger::assign::NotBooked as Reason;
use ledger::calendar::DateRange;
use ledger::kind::{MovementKind, Purpose};
use ledger::money::{Currency, Money, MoneyError};
use ledger::proof::{self, Equation, MonthProof, Opening, PayoutsOf, SettlementTally, Tally};

use super::super::error::ConvertError;
use super::super::run::Run;
use super::findings::findings;
use super::{
    Amount, Check, Client, Document, Explained, Fee, File, Kind, Month, NotBooked, Period, Proof, Settled,
    Settlement, SettlementMonth, Totals,
};
use crate::configuration::Configuration;
use crate::language::Language;

/// Everything that a run has made.
#[derive(Debug)]
pub struct Made<'a> {
    /// What was counted and found.
    pub run: &'a Run,
    /// The merchant.
    pub seller: &'a str,
    /// Reports given a second time.
    pub repeated: Vec<String>,
    /// The client.
    pub configuration: &'a Configuration,
    /// The booking dates that were asked for.
    pub period: DateRange,
    /// When.
    pub created: Timestamp,
    /// The files, none for a mere print.
    pub files: Vec<File>,
    /// What the export had to change.
    pub changes: exports::datev::TextChanges,
}

/// Puts the proof together.
pub fn build(made: Made<'_>, language: Language) -> Result<Proof, ConvertError> {
    let mut builder = Builder { made: &made, checks: Vec::new() };
    let settlements = builder.settlements()?;
    let months = builder.months()?;
    builder.files()?;
    let checks = builder.checks;
    Ok(Proof {
        format: super::FORMAT,
        version: super::VERSION,
        created: made.created.to_string(),
        seller_id: made.seller.to_owned(),
        client: client(made.configuration),
        period: Period { from: made.period.from.map(text), to: made.period.until.map(text) },
        documents: made.run.documents.iter().map(document).collect(),
        repeated_documents: made.repeated.clone(),
        settlements,
        months,
        findings: findings(made.run, &made.changes, language),
        files: made.files,
        checks,
    })
}

fn text(date: Date) -> String {
    date.to_string()
}

fn client(configuration: &Configuration) -> Client {
    let (client, datev) = (configuration.rules.client(), &configuration.datev);
    Client {
        berater: datev.adviser.get(),
        mandant: datev.client.get(),
        chart: client.chart.name().to_owned(),
        account_length: client.account_length.digits(),
        zone: client.zone.zone().iana_name().unwrap_or("UTC").to_owned(),
        base_currency: client.base_currency.to_string(),
    }
}

fn document(document: &super::super::movement_source::Document) -> Document {
    Document {
        name: document.name.clone(),
        sha256: document.sha256.clone(),
        bytes: document.bytes,
        settlement: document.settlement.clone(),
        rows: document.rows,
    }
}

struct Builder<'a> {
    made: &'a Made<'a>,
    checks: Vec<Check>,
}

impl Builder<'_> {
    fn zone(&self) -> &TimeZone {
        self.made.configuration.rules.client().zone.zone()
    }

    fn check(&mut self, name: String, equation: Equation) -> Result<(), ConvertError> {
        if !equation.holds() {
            return Err(ConvertError::Unproved { what: name, equation: Box::new(equation) });
        }
        let (left, right) = (equation.left.into(), equation.right.into());
        self.checks.push(Check { name, left, right, holds: true });
        Ok(())
    }

    fn settlements(&mut self) -> Result<Vec<Settlement>, ConvertError> {
        let mut settlements = Vec::new();
        for tally in &self.made.run.settlements {
            for currency in tally.currencies() {
                let total = tally.total(currency)?;
                self.check(format!("settlement {} {currency}: net", tally.id), total.equation()?)?;
                settlements.push(self.settlement(tally, &total)?);
            }
        }
        Ok(settlements)
    }

    fn settlement(&self, tally: &SettlementTally, total: &Tally) -> Result<Settlement, ConvertError> {
        let currency = total.currency();
        let owed = total.before_payouts()?;
        let payable = if owed.is_negative() { Money::zero(currency) } else { owed };
        let months = tally.parts().filter(|(_, part)| part.currency() == currency);
        Ok(Settlement {
            settlement: tally.id.clone(),
            start: tally.start.to_string(),
            end: tally.end.to_string(),
            currency: currency.to_string(),
            payable: payable.into(),
            paid: self.paid(&tally.id, currency)?.into(),
            totals: totals(total),
            months: months
                .map(|(month, part)| SettlementMonth { month: month.to_string(), totals: totals(part) })
                .collect(),
        })
    }

    fn paid(&self, settlement: &str, currency: Currency) -> Result<Money, MoneyError> {
        let payouts = self.made.run.chain.payouts.get(&currency).into_iter().flatten();
        let own = payouts.filter(|((of, _), _)| of.as_deref() == Some(settlement));
        own.map(|(_, amount)| *amount).try_fold(Money::zero(currency), Money::checked_sub)
    }

    fn months(&mut self) -> Result<Vec<Month>, ConvertError> {
        let settlements = &self.made.run.settlements;
        let currencies: BTreeSet<Currency> =
            settlements.iter().flat_map(SettlementTally::currencies).collect();
        let mut months = Vec::new();
        for currency in currencies {
            for month in self.months_of(currency)? {
                self.check(format!("month {} {currency}: closing balance", month.month), month.equation()?)?;
                if self.asked_for(month.month) {
                    months.push(self.month(&month));
                }
            }
        }
        Ok(months)
    }

    fn months_of(&self, currency: Currency) -> Result<Vec<MonthProof>, ConvertError> {
        let run = self.made.run;
        let mut opening = run.chain.openings.get(&currency).copied().unwrap_or(Opening::nothing(currency));
        if self.reserve_had_account(currency) {
            opening.reserve = Money::zero(currency);
        }
        let nothing = PayoutsOf::new();
        let payouts = run.chain.payouts.get(&currency).unwrap_or(&nothing);
        Ok(proof::months(&run.settlements, currency, opening, payouts, self.zone())?)
    }

    /// What was held back before the first report then lay on that account, not on the provider account.
    fn reserve_had_account(&self, currency: Currency) -> bool {
        let Some(start) = self.made.run.settlements.iter().map(|settlement| settlement.start).min() else {
            return false;
        };
        let day = self.zone().to_datetime(start).date();
        let rules = &self.made.configuration.rules;
        let rule = rules.rule(Purpose::Contra(MovementKind::Reserve), "", currency, day);
        rule.is_some_and(|rule| rule.assignment.is_some())
    }

    fn asked_for(&self, month: ledger::calendar::Month) -> bool {
        let DateRange { from, until } = self.made.period;
        from.is_none_or(|from| from <= month.last()) && until.is_none_or(|until| month.first() <= until)
    }

    fn month(&self, month: &MonthProof) -> Month {
        let settled = |settled: &proof::SettledAmount| Settled {
            settlement: settled.settlement.clone(),
            state: if settled.paid { "difference" } else { "unpaid" },
            amount: settled.amount.into(),
        };
        Month {
            month: month.month.to_string(),
            currency: month.opening.currency().to_string(),
            opening: month.opening.into(),
            closing: month.closing.into(),
            closing_explained: Explained {
                reserve: month.reserve.into(),
                carried_over: month.carried_over.into(),
                not_yet_settled: month.not_settled.into(),
                settled: month.settled.iter().map(settled).collect(),
            },
            covered_until: self.covered_until(month.month).map(|instant| instant.to_string()),
            totals: totals(&month.tally),
        }
    }

    /// How far into the month the settlements reach.
    fn covered_until(&self, month: ledger::calendar::Month) -> Option<Timestamp> {
        let last = self.made.run.settlements.iter().map(|settlement| settlement.end).max()?;
        let begin = month.first().to_zoned(self.zone().clone()).ok()?.timestamp();
        (last > begin).then(|| last.min(month.end_in(self.zone())))
    }

    /// What stands in the files is what the entries change on the provider account: summed on its own way, from what
    /// was written. Files count in hundredths, whatever the currency.
    fn files(&mut self) -> Result<(), ConvertError> {
        let batches = self.made.files.iter().filter_map(|file| file.batch.as_ref());
        let written = batches.map(|batch| i128::from(batch.debit) - i128::from(batch.credit)).sum::<i128>();
        if self.made.files.is_empty() {
            return Ok(());
        }
        let mut counted = 0_i128;
        let mut currencies = BTreeSet::new();
        for tally in &self.made.run.settlements {
            for (_, part) in tally.parts() {
                currencies.insert(part.currency());
                counted += hundredths(part.on_provider);
            }
        }
        let single = currencies.first().filter(|_| currencies.len() == 1).copied();
        // ISO 4217 calls a sum over several currencies XXX, no currency.
        let currency = single.filter(|single| single.decimals() == 2).or_else(|| Currency::parse("XXX"));
        let currency = currency.unwrap_or(Currency::EUR);
        let money = |sum: i128| {
            i64::try_from(sum)
                .map(|minor| Money::new(minor, currency))
                .map_err(|_| MoneyError::Overflow(currency))
        };
        let equation = Equation { name: "files", left: money(written)?, right: money(counted)? };
        self.check("files: debit less credit".to_owned(), equation)
    }
}

/// An amount in hundredths, as DATEV writes it whatever its currency has.
pub(crate) fn hundredths(money: Money) -> i128 {
    let minor = i128::from(money.minor());
    match money.currency().decimals() {
        0 => minor * 100,
        3 => minor / 10,
        _ => minor,
    }
}

fn totals(tally: &Tally) -> Totals {
    let not_booked = |(reason, rows, sum): (Reason, u64, Money)| NotBooked {
        reason: reason.name(),
        rows,
        sum: sum.into(),
    };
    let kind = |(kind, sum): (MovementKind, &proof::KindSum)| Kind {
        kind: kind.name(),
        rows: sum.rows,
        gross: sum.gross.into(),
        fees: sum.fees.into(),
    };
    Totals {
        rows: tally.rows,
        booked_rows: tally.booked_rows,
        entries: tally.entries,
        net: Amount::from(tally.net),
        on_provider: tally.on_provider.into(),
        not_booked: tally.not_booked().map(not_booked).collect(),
        kinds: tally.kinds().map(kind).collect(),
        fees: tally.fees().map(|(kind, sum)| Fee { kind: kind.name(), sum: sum.into() }).collect(),
    }
}
