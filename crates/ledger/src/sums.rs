//! Sums of a settlement by day, kind, currency, shop and sign: what pages show at once, without a row.
//!
//! Rows of one group have the same signs in every part, so the rules make of their sum what they would make of each row:
//! the same number of entries, on the same accounts and sides. Totals per account, months and proofs are computed from
//! them by the function that books single rows ([`crate::assign::Assigner::assign_sum`]).

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::kind::{FeeKind, MovementKind};
use crate::money::{Currency, Money, MoneyError};
use crate::movement::{Fees, Identifiers, Movement};

/// The signs of the parts of a row that become entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signs {
    /// Of the gross amount.
    pub gross: Ordering,
    /// Of the first part of the fee, with the gross amount of a row that is a mere fee.
    pub variable: Ordering,
    /// Of the second part of the fee.
    pub fixed: Ordering,
    /// Of both parts of the fee together.
    pub fee: Ordering,
}

impl Signs {
    /// The signs of a row.
    pub fn of(movement: &Movement<'_>) -> Result<Self, MoneyError> {
        let mut variable = movement.fees.variable.1;
        if movement.kind == MovementKind::Fee {
            variable = variable.checked_add(movement.gross)?;
        }
        let fixed = movement.fees.fixed.1;
        let fee = variable.checked_add(fixed)?;
        let sign = |money: Money| money.minor().cmp(&0);
        Ok(Self { gross: sign(movement.gross), variable: sign(variable), fixed: sign(fixed), fee: sign(fee) })
    }

    /// Reads four of `+`, `-` and `0`, as [`fmt::Display`] writes them.
    pub fn parse(text: &str) -> Option<Self> {
        let sign = |letter: &u8| match letter {
            b'+' => Some(Ordering::Greater),
            b'-' => Some(Ordering::Less),
            b'0' => Some(Ordering::Equal),
            _ => None,
        };
        let [gross, variable, fixed, fee] = text.as_bytes() else { return None };
        Some(Self { gross: sign(gross)?, variable: sign(variable)?, fixed: sign(fixed)?, fee: sign(fee)? })
    }
}

impl fmt::Display for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sign in [self.gross, self.variable, self.fixed, self.fee] {
            f.write_str(match sign {
                Ordering::Greater => "+",
                Ordering::Less => "-",
                Ordering::Equal => "0",
            })?;
        }
        Ok(())
    }
}

/// The rows of one group, summed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySum {
    /// The booking day in the client's zone.
    pub day: Date,
    /// What they are.
    pub kind: MovementKind,
    /// The document's word for the kind, where nobody knows it; empty elsewhere.
    pub kind_text: String,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The shop; empty where the document names none.
    pub store: String,
    /// The signs that every row of the group has.
    pub signs: Signs,
    /// For what the first part of the fees was charged.
    pub variable_kind: FeeKind,
    /// For what the second part of the fees was charged.
    pub fixed_kind: FeeKind,
    /// How many rows.
    pub rows: u64,
    /// The line of the first of them.
    pub first_line: u64,
    /// Sum of the gross amounts, in minor units.
    pub gross: i64,
    /// Sum of the first parts of the fees, in minor units.
    pub variable: i64,
    /// Sum of the second parts of the fees, in minor units.
    pub fixed: i64,
}

impl DaySum {
    /// The group as if it were one row.
    pub fn movement<'a>(&'a self, settlement: &'a str) -> Movement<'a> {
        let money = |minor| Money::new(minor, self.currency);
        Movement {
            line: self.first_line,
            settlement,
            kind: self.kind,
            kind_text: &self.kind_text,
            instant: Timestamp::UNIX_EPOCH,
            gross: money(self.gross),
            fees: Fees {
                variable: (self.variable_kind, money(self.variable)),
                fixed: (self.fixed_kind, money(self.fixed)),
            },
            identifiers: Identifiers::default(),
            store: &self.store,
        }
    }
}

/// What distinguishes groups; shops and words are numbered, so that counting a row copies no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Group {
    day: Date,
    kind: MovementKind,
    word: usize,
    currency: Currency,
    store: usize,
    signs: Signs,
    fees: (FeeKind, FeeKind),
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    rows: u64,
    first_line: u64,
    gross: Money,
    variable: Money,
    fixed: Money,
}

impl Sum {
    fn nothing(currency: Currency, first_line: u64) -> Self {
        let zero = Money::zero(currency);
        Self { rows: 0, first_line, gross: zero, variable: zero, fixed: zero }
    }
}

/// The sums of a settlement, while its rows are counted.
#[derive(Clone, Debug, Default)]
pub struct DaySums {
    texts: Vec<String>,
    groups: HashMap<Group, Sum>,
}

impl DaySums {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a row that is booked on `day`.
    pub fn count(&mut self, movement: &Movement<'_>, day: Date) -> Result<(), MoneyError> {
        let signs = Signs::of(movement)?;
        let word = if movement.kind == MovementKind::Unknown { movement.kind_text.trim() } else { "" };
        let (variable, fixed) = (movement.fees.variable, movement.fees.fixed);
        let group = Group {
            day,
            kind: movement.kind,
            word: self.number(word),
            currency: movement.currency(),
            store: self.number(movement.store),
            signs,
            fees: (variable.0, fixed.0),
        };
        let sum = self.groups.entry(group).or_insert_with(|| Sum::nothing(group.currency, movement.line));
        sum.rows += 1;
        sum.gross = sum.gross.checked_add(movement.gross)?;
        sum.variable = sum.variable.checked_add(variable.1)?;
        sum.fixed = sum.fixed.checked_add(fixed.1)?;
        Ok(())
    }

    /// How many groups there are, and how many texts (shops and words for kinds): whoever reads a file of strangers
    /// bounds both.
    pub fn size(&self) -> (usize, usize) {
        (self.groups.len(), self.texts.len())
    }

    /// The place of a text; a settlement has few.
    fn number(&mut self, text: &str) -> usize {
        self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
            self.texts.push(text.to_owned());
            self.texts.len() - 1
        })
    }

    /// The sums by day, kind, currency and shop.
    pub fn into_list(self) -> Vec<DaySum> {
        let text = |place: usize| self.texts.get(place).cloned().unwrap_or_default();
        let sum = |(group, sum): (&Group, &Sum)| DaySum {
            day: group.day,
            kind: group.kind,
            kind_text: text(group.word),
            currency: group.currency,
            store: text(group.store),
            signs: group.signs,
            variable_kind: group.fees.0,
            fixed_kind: group.fees.1,
            rows: sum.rows,
            first_line: sum.first_line,
            gross: sum.gross.minor(),
            variable: sum.variable.minor(),
            fixed: sum.fixed.minor(),
        };
        let mut list: Vec<DaySum> = self.groups.iter().map(sum).collect();
        list.sort_by(|one, other| order(one).cmp(&order(other)));
        list
    }
}

type Order<'s> = (Date, MovementKind, &'s str, Currency, &'s str, Signs, FeeKind, FeeKind);

fn order(sum: &DaySum) -> Order<'_> {
    let DaySum { day, kind, kind_text, currency, store, signs, variable_kind, fixed_kind, .. } = sum;
    (*day, *kind, kind_text, *currency, store, *signs, *variable_kind, *fixed_kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_read_as_they_are_written() {
        for text in ["++--", "-0+0", "0000"] {
            assert_eq!(Signs::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["", "+++", "+++++", "+ -0"] {
            assert_eq!(Signs::parse(wrong), None, "{wrong}");
        }
    }
}
