//! Accounts and the tax key of a posting.

use super::{Code, file::LineReport};
use crate::{
    AccountLength, AccountNumber, Chart, Column, Function, KeyFacts, KeyProblem, Row, TaxKey, check_key,
    column::BOOKING_BATCH,
};

/// What the accounts of a file are held against.
pub(super) struct AccountRules {
    pub(super) length: Option<AccountLength>,
    pub(super) chart: Option<Chart>,
}

impl AccountRules {
    /// An account number; a finding where it is none, or too long for the account length.
    pub(super) fn account(
        &self,
        column: &'static Column,
        text: &str,
        lines: &mut LineReport<'_>,
    ) -> Option<AccountNumber> {
        let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let number =
            text.parse().ok().filter(|_| is_number).and_then(|number| AccountNumber::new(number).ok());
        let Some(number) = number else {
            lines.field(Code::AccountFormat, column, text);
            return None;
        };
        if self.length.is_some_and(|length| number.kind(length).is_err()) {
            lines.field(Code::AccountLength, column, text);
            return None;
        }
        self.function(number, column, text, lines);
        Some(number)
    }

    /// Tells accounts that must not be posted.
    fn function(
        &self,
        number: AccountNumber,
        column: &'static Column,
        text: &str,
        lines: &mut LineReport<'_>,
    ) {
        let (Some(chart), Some(length)) = (self.chart, self.length) else { return };
        if chart.is_postable(length, number) {
            return;
        }
        let is_reserved = chart.function(length, number) == Some(Function::Reserved);
        let code = if is_reserved { Code::AccountReserved } else { Code::AccountCollective };
        lines.field(code, column, text);
    }

    /// The key of field 9 against both accounts.
    pub(super) fn key(
        &self,
        accounts: Option<(AccountNumber, AccountNumber)>,
        row: &Row<'_>,
        lines: &mut LineReport<'_>,
    ) {
        let text = row.text(9);
        let column = &BOOKING_BATCH[8];
        // Some programs write "0" where no key is wanted.
        if text.is_empty() || text.bytes().all(|byte| byte == b'0') {
            return;
        }
        let key = text.parse().ok().filter(|_| column.allows(&text)).and_then(|key| TaxKey::new(key).ok());
        let Some(key) = key else { return lines.field(Code::KeyFormat, column, &text) };
        if let (Some(chart), Some(length), Some((account, contra))) = (self.chart, self.length, accounts)
            && let Err(problem) = check_key(chart, length, account, contra, key)
        {
            lines.field(key_code(problem, key), column, &text);
        }
        let needs = KeyFacts::of(key).map_or(&[][..], |facts| facts.needs);
        if needs.iter().any(|&position| row.text(position).is_empty()) {
            lines.field(Code::KeyNeeds, column, &text);
        }
    }
}

/// Key 20 has no tax digit: DATEV's own samples reverse postings on automatic accounts with it.
fn key_code(problem: KeyProblem, key: TaxKey) -> Code {
    match problem {
        _ if key == TaxKey::GENERAL_REVERSAL => Code::KeyOldReversal,
        KeyProblem::OnAutomaticAccount { .. } => Code::KeyOnAutomatic,
        KeyProblem::NoKeyPossible { .. } => Code::KeyNotPossible,
        KeyProblem::OutputKeyOnInputAccount { .. } | KeyProblem::InputKeyOnOutputAccount { .. } => {
            Code::KeyDirection
        }
    }
}
