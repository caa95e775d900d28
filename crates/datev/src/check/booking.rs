//! Rows of a booking batch.

use super::{
    Code,
    accounts::AccountRules,
    dates::{DateRules, check_full_date},
    file::LineReport,
    header::HeaderFacts,
};
use crate::{
    AccountKind, AccountNumber, Column, Row,
    column::{BOOKING_BATCH, Rule},
    read::units,
    value::is_eu_vat_id,
};

/// Checks rows of a booking batch, one after the other.
pub(super) struct BookingChecker {
    accounts: AccountRules,
    dates: DateRules,
    locked: Option<bool>,
    currency: String,
    /// Since version 7 rows carry the lock flag.
    has_lock_flag: bool,
    /// Whether a row before had an account that DATEV would repeat.
    has_account_before: bool,
}

fn column(position: u16) -> &'static Column {
    &BOOKING_BATCH[usize::from(position) - 1]
}

impl BookingChecker {
    pub(super) fn new(facts: &HeaderFacts) -> Self {
        Self {
            accounts: AccountRules { length: facts.account_length, chart: facts.chart },
            dates: DateRules { fiscal_year: facts.fiscal_year, period: facts.period },
            locked: facts.locked,
            currency: facts.currency.clone(),
            has_lock_flag: facts.version >= 7,
            has_account_before: false,
        }
    }

    /// Whether the form of this field is judged here.
    pub(super) const fn judges(position: u16) -> bool {
        matches!(position, 1..=13 | 37 | 38 | 40 | 41 | 114..=120 | 123 | 124)
    }

    pub(super) fn check(&mut self, row: &Row<'_>, lines: &mut LineReport<'_>) {
        check_amount(&row.text(1), lines);
        require(2, Code::SideFlag, row, lines);
        self.check_currency(row, lines);
        let accounts = self.check_accounts(row, lines);
        self.accounts.key(accounts, row, lines);
        self.dates.check(&row.text(10), lines);
        check_document_numbers(row, lines);
        check_forms(row, lines);
        check_pairs(row, lines);
        self.check_lock(row, lines);
        check_service_date(row, lines);
        self.check_due_date(accounts, row, lines);
    }

    /// Fields 3 to 6.
    fn check_currency(&self, row: &Row<'_>, lines: &mut LineReport<'_>) {
        let currency = row.text(3);
        for position in [3, 6] {
            form(position, Code::Currency, row, lines);
        }
        let filled = (4..=6).filter(|&position| !row.text(position).is_empty()).count();
        let is_foreign = !currency.is_empty() && *currency != *self.currency;
        if filled > 0 && (filled < 3 || !is_foreign) {
            lines.field(Code::CurrencyTriple, column(4), &currency);
        }
        for (position, decimals) in [(4, 6), (5, 2)] {
            let text = row.text(position);
            let is_number = column(position).rule.allows(&text) && units(&text, decimals) != Some(0);
            if !text.is_empty() && !is_number {
                lines.field(Code::BaseAmount, column(position), &text);
            }
        }
    }

    fn check_accounts(
        &mut self,
        row: &Row<'_>,
        lines: &mut LineReport<'_>,
    ) -> Option<(AccountNumber, AccountNumber)> {
        let (account, contra) = (row.text(7), row.text(8));
        let first = if account.is_empty() {
            let code = if self.has_account_before { Code::AccountDragged } else { Code::AccountMissing };
            lines.field(code, column(7), "");
            None
        } else {
            self.has_account_before = true;
            self.accounts.account(column(7), &account, lines)
        };
        let second = if contra.is_empty() {
            lines.field(Code::AccountMissing, column(8), "");
            None
        } else {
            self.accounts.account(column(8), &contra, lines)
        };
        let pair = first.zip(second);
        if pair.is_some_and(|(first, second)| first == second) {
            lines.field(Code::AccountSame, column(8), &contra);
        }
        pair
    }

    /// Field 114.
    fn check_lock(&self, row: &Row<'_>, lines: &mut LineReport<'_>) {
        let text = row.text(114);
        let flag = match &*text {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        if flag.is_none() && self.has_lock_flag {
            lines.field(Code::LockFlag, column(114), &text);
        }
        if flag.zip(self.locked).is_some_and(|(row, header)| row != header) {
            lines.field(Code::LockDiffers, column(114), &text);
        }
    }

    /// Field 117.
    fn check_due_date(
        &self,
        accounts: Option<(AccountNumber, AccountNumber)>,
        row: &Row<'_>,
        lines: &mut LineReport<'_>,
    ) {
        let text = row.text(117);
        if text.is_empty() {
            return;
        }
        let is_personal = |account: AccountNumber| {
            self.accounts.length.is_none_or(|length| account.kind(length).is_ok_and(AccountKind::is_personal))
        };
        let has_personal = accounts.is_none_or(|(first, second)| is_personal(first) || is_personal(second));
        if !has_personal || !row.text(12).is_empty() {
            lines.field(Code::DueDate, column(117), &text);
        }
    }
}

/// Field 1.
fn check_amount(text: &str, lines: &mut LineReport<'_>) {
    let is_exact = column(1).rule.allows(text);
    if is_exact && units(text, 2) != Some(0) {
        return;
    }
    let unsigned = text.trim_start_matches(['-', '+']);
    let code = if text.is_empty() {
        Code::AmountMissing
    } else if unsigned.len() < text.len() {
        Code::AmountNegative
    } else if text.contains('.') && text.contains(',') || text.contains(['\'', ' ', '\u{a0}']) {
        Code::AmountThousands
    } else if text.contains('.') {
        Code::AmountDot
    } else if units(text, 2) == Some(0) {
        Code::AmountZero
    } else if has_other_decimals(text) {
        Code::AmountNoDecimals
    } else {
        Code::AmountFormat
    };
    lines.field(code, column(1), text);
}

/// A number of at most ten digits whose decimals are none or one.
fn has_other_decimals(text: &str) -> bool {
    Rule::Decimal { digits: 10, decimals_least: 0, decimals_most: 1 }.allows(text)
}

/// Fields 11 and 12.
fn check_document_numbers(row: &Row<'_>, lines: &mut LineReport<'_>) {
    for (position, length, too_long) in
        [(11, 36, Code::DocumentNumberLength), (12, 12, Code::DocumentNumber2Length)]
    {
        let text = row.text(position);
        if text.chars().count() > length {
            lines.field(too_long, column(position), &text);
        }
        if column(position).rule.allows(&text) {
            continue;
        }
        let is_underscore_only = column(position).rule.allows(&text.replace('_', ""));
        let code =
            if is_underscore_only { Code::DocumentNumberUnderscore } else { Code::DocumentNumberCharacters };
        lines.field(code, column(position), &text);
    }
}

/// Fields with a finding of their own for a wrong form.
fn check_forms(row: &Row<'_>, lines: &mut LineReport<'_>) {
    let discount = row.text(13);
    if !discount.is_empty() && (!column(13).rule.allows(&discount) || units(&discount, 2) == Some(0)) {
        lines.field(Code::Discount, column(13), &discount);
    }
    if !row.text(17).is_empty() && row.text(105).is_empty() {
        lines.field(Code::BankWithoutMandate, column(17), &row.text(17));
    }
    for position in [37, 38] {
        form(position, Code::CostCentre, row, lines);
        too_long(position, row, lines);
    }
    for position in [40, 123] {
        let text = row.text(position);
        if !text.is_empty() && !is_eu_vat_id(&text) {
            lines.field(Code::EuVatId, column(position), &text);
        }
    }
    for position in [41, 124] {
        form(position, Code::EuRate, row, lines);
    }
    form(118, Code::ReversalFlag, row, lines);
    form(119, Code::TaxRate, row, lines);
    form(120, Code::Country, row, lines);
}

/// Fields 21 to 36 and 48 to 87: kind and content.
fn check_pairs(row: &Row<'_>, lines: &mut LineReport<'_>) {
    for kind in (21..36).step_by(2).chain((48..87).step_by(2)) {
        let is_empty = |position: u16| row.field(position).is_none_or(|field| field.is_empty());
        if is_empty(kind) != is_empty(kind + 1) {
            let filled = if is_empty(kind) { kind + 1 } else { kind };
            lines.field(Code::PairIncomplete, column(filled), &row.text(filled));
        }
    }
}

/// Fields 115 to 117.
fn check_service_date(row: &Row<'_>, lines: &mut LineReport<'_>) {
    for position in 115..=117 {
        check_full_date(position, &row.text(position), lines);
    }
    let filled = [115, 116].map(|position| !row.text(position).is_empty());
    if filled[0] != filled[1] {
        let position = if filled[0] { 115 } else { 116 };
        lines.field(Code::ServiceDateWithoutPeriod, column(position), &row.text(position));
    }
}

/// A field that must be filled and have its form.
fn require(position: u16, code: Code, row: &Row<'_>, lines: &mut LineReport<'_>) {
    let text = row.text(position);
    if text.is_empty() || !column(position).rule.allows(&text) {
        lines.field(code, column(position), &text);
    }
}

/// The form of a field, if it is filled.
fn form(position: u16, code: Code, row: &Row<'_>, lines: &mut LineReport<'_>) {
    let text = row.text(position);
    if !text.is_empty() && !column(position).rule.allows(&text) {
        lines.field(code, column(position), &text);
    }
}

fn too_long(position: u16, row: &Row<'_>, lines: &mut LineReport<'_>) {
    let text = row.text(position);
    if !column(position).is_short_enough(&text) {
        lines.field(Code::TooLong, column(position), &text);
    }
}
