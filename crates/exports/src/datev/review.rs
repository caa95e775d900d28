//! What DATEV's charts and keys say about a client's rules, before the first posting is written.
//!
//! The ledger knows what a rule may not say in any chart; here stands what needs DATEV's tables: automatic, collective
//! and reserved accounts, accounts of the other chart, what an account is, and which keys fit. A chart of one's own has
//! free numbers: of it only the keys are asked.

mod area;
mod counterpart;
mod key;
mod remark;
mod small_business;

use datev::{Chart, Function};
use ledger::account::AccountClass;
use ledger::kind::{MovementKind, Purpose};
use ledger::rules::{AccountRule, Assignment, Rules};

pub use area::Area;
pub use remark::Remark;

/// How bad it is, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing may be booked by the rule.
    Refused,
    /// It may, but someone should know.
    Warning,
}

/// A rule that DATEV would not take, or take for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewProblem {
    /// Refused or worth a word.
    pub severity: Severity,
    /// The place of the rule among the client's own account rules; none for a proposal of the chart.
    pub rule: Option<usize>,
    /// What is wrong.
    pub remark: Remark,
}

/// Asks DATEV's tables about every rule. At most one thing is said about a rule, the worst.
pub fn review(rules: &Rules) -> Vec<ReviewProblem> {
    let review = Review::of(rules);
    let own = rules.own_accounts().len();
    let problem = |(place, rule): (usize, &AccountRule)| {
        let assignment = rule.assignment.as_ref()?;
        let purposes = Purpose::ALL.into_iter().filter(|purpose| rule.scope.covers(*purpose));
        let remarks = purposes.flat_map(|purpose| review.remarks(purpose, assignment));
        let remark = remarks.min_by_key(Remark::severity)?;
        Some(ReviewProblem { severity: remark.severity(), rule: (place < own).then_some(place), remark })
    };
    rules.accounts().iter().enumerate().filter_map(problem).collect()
}

/// The client in DATEV's terms.
struct Review<'r> {
    rules: &'r Rules,
    /// None in a chart of one's own.
    chart: Option<Chart>,
    length: datev::AccountLength,
}

/// An account of the general ledger in DATEV's terms.
#[derive(Clone, Copy)]
struct Account {
    /// At the client's full length.
    number: datev::AccountNumber,
    /// Its first four digits, which say what it is.
    printed: u16,
}

impl<'r> Review<'r> {
    fn of(rules: &'r Rules) -> Self {
        let chart = match rules.client().chart {
            ledger::chart::Chart::Skr03 => Some(Chart::Skr03),
            ledger::chart::Chart::Skr04 => Some(Chart::Skr04),
            ledger::chart::Chart::Own => None,
        };
        let length = u8::try_from(rules.client().account_length.digits()).ok();
        // Both crates allow four to eight digits.
        let length = length.and_then(|digits| datev::AccountLength::new(digits).ok());
        Self { rules, chart, length: length.unwrap_or(datev::AccountLength::FOUR) }
    }

    fn remarks(&self, purpose: Purpose, assignment: &Assignment) -> impl Iterator<Item = Remark> {
        let chart = self.chart.zip(self.account(assignment));
        let of_account = chart.and_then(|(chart, account)| self.account_remark(chart, purpose, account));
        let of_key = key::remark(chart, self.length, purpose, assignment);
        let of_business = small_business::remark(self.rules, chart, self.length, purpose, assignment);
        of_account.into_iter().chain(of_key).chain(of_business)
    }

    /// The account, if it is one of the general ledger.
    fn account(&self, assignment: &Assignment) -> Option<Account> {
        let length = self.rules.client().account_length;
        if assignment.account.class(length) != AccountClass::GeneralLedger {
            return None;
        }
        let number = datev::AccountNumber::new(assignment.account.value()).ok()?;
        let printed = assignment.account.value() / 10_u32.pow(length.digits() - 4);
        Some(Account { number, printed: u16::try_from(printed).ok()? })
    }

    fn account_remark(&self, chart: Chart, purpose: Purpose, account: Account) -> Option<Remark> {
        counterpart::wrong_chart(chart, self.length, purpose, account)
            .or_else(|| self.barred(chart, account))
            .or_else(|| self.automatic(chart, purpose, account))
            .or_else(|| area::misplaced(chart, self.length, purpose, account))
            .or_else(|| house_bank(chart, purpose, account))
            .or_else(|| area::private_payout(chart, purpose, account))
    }

    /// Collective and reserved accounts are filled or kept by DATEV.
    fn barred(&self, chart: Chart, account: Account) -> Option<Remark> {
        if chart.is_postable(self.length, account.number) {
            return None;
        }
        let number = account.number;
        let instead = counterpart::instead_of_barred(chart, account.printed);
        if chart.function(self.length, number) == Some(Function::Reserved) {
            return Some(Remark::Reserved { account: number, chart, instead });
        }
        let name = chart.name(self.length, number);
        Some(Remark::Collective { account: number, chart, name, instead })
    }

    /// An automatic account takes tax out of every amount: right for sales and fees, wrong for money on its way.
    fn automatic(&self, chart: Chart, purpose: Purpose, account: Account) -> Option<Remark> {
        let bears_tax = purpose.concerns_customer() || matches!(purpose, Purpose::Fee(_));
        let automatic = !bears_tax && chart.is_automatic(self.length, account.number);
        automatic.then_some(Remark::AutomaticWithoutTax { account: account.number, purpose })
    }
}

/// The house bank's own statement books there: as provider account the two would be mixed, as transit account each
/// payout would be booked twice.
fn house_bank(chart: Chart, purpose: Purpose, account: Account) -> Option<Remark> {
    let bank = match chart {
        Chart::Skr03 => 1200,
        Chart::Skr04 => 1800,
    };
    let concerned = match purpose {
        Purpose::Provider => true,
        Purpose::Contra(kind) => matches!(kind, MovementKind::Payout | MovementKind::Debt),
        Purpose::Fee(_) => false,
    };
    (concerned && account.printed == bank).then_some(Remark::HouseBank {
        account: account.number,
        chart,
        purpose,
    })
}

#[cfg(test)]
mod tests;
