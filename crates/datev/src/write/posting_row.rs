//! A posting into a row, after every rule that DATEV asks of it.

use super::{FieldChange, FieldProblem, PostingError, Row, Template, details_row};
use crate::{
    AccountLength, AccountNumber, Batch, Chart, EuTax, Foreign, Header, KeyFacts, Posting, TaxKey, check_key,
    column::BOOKING_BATCH,
};

/// What the header asks of every row.
#[derive(Debug, Clone)]
pub(super) struct RowRules {
    batch: Batch,
    length: AccountLength,
    chart: Option<Chart>,
    /// Accounts and key that were found in order lately: the rows of a batch repeat a handful of them.
    approved: [Option<Booking>; 8],
    next: usize,
}

/// What the charts are asked about.
type Booking = (AccountNumber, AccountNumber, Option<TaxKey>);

/// The error of a field of the booking batch, by position.
pub(super) fn problem(position: u16, problem: impl Into<FieldProblem>) -> PostingError {
    PostingError { column: &BOOKING_BATCH[usize::from(position) - 1], problem: problem.into() }
}

impl RowRules {
    pub(super) fn new(header: &Header, batch: Batch) -> Self {
        Self {
            batch,
            length: header.account_length,
            chart: header.known_chart(),
            approved: [None; 8],
            next: 0,
        }
    }

    /// Appends the row.
    pub(super) fn write(
        &mut self,
        posting: &Posting<'_>,
        template: &Template,
        out: &mut Vec<u8>,
    ) -> Result<Vec<FieldChange>, PostingError> {
        self.check_date(posting)?;
        self.check_accounts(posting)?;
        check_key_needs(posting)?;
        let details = posting.details.as_deref();
        let mut row = template.row(out);
        row.cents(1, posting.amount.minor());
        row.plain_text(2, posting.side.letter());
        if let Some(foreign) = &posting.foreign {
            self.write_foreign(foreign, &mut row)?;
        }
        row.number(7, posting.account.get().into());
        row.number(8, posting.contra_account.get().into());
        if let Some(key) = posting.key {
            row.number(9, key.get().into());
        }
        row.day_month(10, posting.date);
        row.plain_text(11, posting.document_number.as_str());
        if let Some(details) = details {
            details_row::before_text(details, &mut row)?;
        }
        row.text(14, &posting.text);
        if let Some(details) = details {
            details_row::before_cost_centres(details, &mut row)?;
        }
        restricted_text(&mut row, 37, &posting.cost_centre_1)?;
        restricted_text(&mut row, 38, &posting.cost_centre_2)?;
        if let Some(quantity) = details.and_then(|details| details.cost_quantity) {
            row.decimal(39, quantity, 12);
        }
        if let Some(tax) = &posting.eu_destination {
            eu_tax(&mut row, 40, tax);
        }
        if let Some(taxation) = details.and_then(|details| details.taxation) {
            row.plain_text(42, taxation.letter());
        }
        number(&mut row, 43, posting.reverse_charge_case, 1..=999)?;
        if let Some(details) = details {
            details_row::before_order_number(details, posting, &mut row)?;
        }
        row.text(95, &posting.order_number);
        if let Some(details) = details {
            details_row::before_general_reversal(details, self.has_personal_account(posting), &mut row)?;
        }
        row.plain_text(118, if posting.general_reversal { "1" } else { "0" });
        if let Some(tax) = posting.tax_rate {
            row.decimal(119, tax.rate, 1);
            row.plain_text(120, tax.country.as_ref().map_or("", |country| country.as_str()));
        }
        row.text(121, &posting.settlement_reference);
        if let Some(details) = details {
            details_row::to_the_end(details, &mut row)?;
        }
        Ok(row.finish())
    }

    fn check_date(&self, posting: &Posting<'_>) -> Result<(), PostingError> {
        let (date, Batch { from, to, .. }) = (posting.date, self.batch);
        if from <= date && date <= to {
            return Ok(());
        }
        Err(problem(10, FieldProblem::OutsidePeriod { date, from, to }))
    }

    fn check_accounts(&mut self, posting: &Posting<'_>) -> Result<(), PostingError> {
        let booking = (posting.account, posting.contra_account, posting.key);
        if self.approved.contains(&Some(booking)) {
            return Ok(());
        }
        self.judge_accounts(booking)?;
        self.approved[self.next] = Some(booking);
        self.next = (self.next + 1) % self.approved.len();
        Ok(())
    }

    fn judge_accounts(&self, (account, contra_account, key): Booking) -> Result<(), PostingError> {
        for (position, number) in [(7, account), (8, contra_account)] {
            number.kind(self.length).map_err(|error| problem(position, error))?;
            if self.chart.is_some_and(|chart| !chart.is_postable(self.length, number)) {
                return Err(problem(position, FieldProblem::NotPostable { account: number }));
            }
        }
        if account == contra_account {
            return Err(problem(8, FieldProblem::SameAccount { account }));
        }
        match (self.chart, key) {
            (Some(chart), Some(key)) => check_key(chart, self.length, account, contra_account, key)
                .map_err(|key_problem| problem(9, key_problem)),
            _ => Ok(()),
        }
    }

    fn has_personal_account(&self, posting: &Posting<'_>) -> bool {
        [posting.account, posting.contra_account]
            .into_iter()
            .any(|account| account.kind(self.length).is_ok_and(crate::AccountKind::is_personal))
    }

    fn write_foreign(&self, foreign: &Foreign, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
        if foreign.currency == self.batch.currency {
            return Err(problem(3, FieldProblem::NotForeign { currency: foreign.currency }));
        }
        if foreign.rate.units() == 0 {
            return Err(problem(4, FieldProblem::Zero));
        }
        row.plain_text(3, foreign.currency.as_str());
        row.decimal(4, foreign.rate, 1);
        row.cents(5, foreign.base_amount.minor());
        row.plain_text(6, self.batch.currency.as_str());
        Ok(())
    }
}

/// The fields that a key needs beside itself.
fn check_key_needs(posting: &Posting<'_>) -> Result<(), PostingError> {
    let Some(key) = posting.key else { return Ok(()) };
    let needs = KeyFacts::of(key).map_or(&[][..], |facts| facts.needs);
    let is_filled = |position: u16| match position {
        40 => posting.eu_destination.is_some(),
        41 => posting.eu_destination.as_ref().is_some_and(|tax| tax.rate.is_some()),
        43 => posting.reverse_charge_case.is_some(),
        119 => posting.tax_rate.is_some(),
        _ => true,
    };
    match needs.iter().find(|&&position| !is_filled(position)) {
        Some(&needs) => Err(problem(9, FieldProblem::KeyNeeds { key, needs })),
        None => Ok(()),
    }
}

/// Country with VAT id, and the rate behind it.
pub(super) fn eu_tax(row: &mut Row<'_, '_>, position: u16, tax: &EuTax<'_>) {
    row.plain_text(position, tax.vat_id.as_str());
    if let Some(rate) = tax.rate {
        row.decimal(position + 1, rate, 2);
    }
}

/// A text of a restricted set of characters: refused rather than changed.
pub(super) fn restricted_text(row: &mut Row<'_, '_>, position: u16, text: &str) -> Result<(), PostingError> {
    if !text.is_empty() && !BOOKING_BATCH[usize::from(position) - 1].allows(text) {
        return Err(problem(position, FieldProblem::Text { found: text.to_owned() }));
    }
    row.plain_text(position, text);
    Ok(())
}

/// A whole number, if there is one, within its range.
pub(super) fn number(
    row: &mut Row<'_, '_>,
    position: u16,
    number: Option<impl Into<u64>>,
    range: std::ops::RangeInclusive<u64>,
) -> Result<(), PostingError> {
    let Some(number) = number.map(Into::into) else { return Ok(()) };
    if !range.contains(&number) {
        return Err(problem(position, FieldProblem::Number { number }));
    }
    row.number(position, number);
    Ok(())
}
