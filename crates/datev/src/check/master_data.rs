//! Rows of debtors and creditors, and of account labels.

use std::collections::HashSet;

use super::{Code, accounts::AccountRules, file::LineReport, header::HeaderFacts};
use crate::{
    AccountLength, Category, Row,
    column::{ACCOUNT_LABELS, DEBTORS_CREDITORS},
    value::is_iban,
};

/// The columns of IBANs.
const IBAN_POSITIONS: [u16; 10] = [45, 56, 67, 78, 89, 169, 180, 191, 202, 213];

/// So many accounts are remembered to find repeated ones: more than a file may have rows.
const REMEMBERED_MAX: usize = 200_000;

pub(super) struct MasterDataChecker {
    category: Category,
    length: Option<AccountLength>,
    seen: HashSet<u32>,
}

impl MasterDataChecker {
    pub(super) fn new(category: Category, facts: &HeaderFacts) -> Self {
        Self { category, length: facts.account_length, seen: HashSet::new() }
    }

    pub(super) fn check(&mut self, row: &Row<'_>, lines: &mut LineReport<'_>) {
        if self.category == Category::AccountLabels {
            let rules = AccountRules { length: self.length, chart: None };
            match &*row.text(1) {
                "" => lines.field(Code::AccountMissing, &ACCOUNT_LABELS[0], ""),
                text => {
                    rules.account(&ACCOUNT_LABELS[0], text, lines);
                }
            }
            return;
        }
        self.account(&row.text(1), lines);
        partner_name(row, lines);
        for position in IBAN_POSITIONS {
            let text = row.text(position);
            if !text.is_empty() && !is_iban(&text) {
                lines.field(Code::Iban, &DEBTORS_CREDITORS[usize::from(position) - 1], &text);
            }
        }
    }

    fn account(&mut self, text: &str, lines: &mut LineReport<'_>) {
        let is_number = text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_length_wrong =
            self.length.is_some_and(|length| text.len() != usize::from(length.digits()) + 1);
        let code = if text.is_empty() {
            Some(Code::PersonalMissing)
        } else if !is_number {
            Some(Code::PersonalFormat)
        } else if is_length_wrong {
            Some(Code::PersonalLength)
        } else if text.starts_with('0') {
            Some(Code::PersonalRange)
        } else {
            None
        };
        let is_repeated = match text.parse() {
            Ok(number) if self.seen.len() < REMEMBERED_MAX => !self.seen.insert(number),
            Ok(number) => self.seen.contains(&number),
            Err(_) => false,
        };
        let repeated = is_repeated.then_some(Code::AccountRepeated);
        for code in [code, repeated].into_iter().flatten() {
            lines.field(code, &DEBTORS_CREDITORS[0], text);
        }
    }
}

/// A name that stands in the column of another type than field 7 says.
fn partner_name(row: &Row<'_>, lines: &mut LineReport<'_>) {
    let columns_of_type: &[u16] = match &*row.text(7) {
        "2" => &[2],
        "1" => &[4, 5],
        _ => &[6],
    };
    let is_filled = |position: u16| !row.text(position).is_empty();
    if columns_of_type.iter().any(|&position| is_filled(position)) {
        return;
    }
    if let Some(position) = [2, 4, 5, 6].into_iter().find(|&position| is_filled(position)) {
        lines.field(Code::PartnerName, &DEBTORS_CREDITORS[usize::from(position) - 1], &row.text(position));
    }
}
