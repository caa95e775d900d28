//! Kleinunternehmer (§ 19 UStG): no VAT on sales, no input tax back.

use datev::{AccountLength, Chart, Function, KeyDirection, KeyFacts, TaxKey};
use ledger::kind::Purpose;
use ledger::rules::{Assignment, Rules, Taxation};

use super::{Account, Remark};

/// Keys of self-assessed tax that take no input tax back (DATEV Kontenrahmen 2026, page of keys).
const WITHOUT_DEDUCTION: [u16; 8] = [92, 95, 6506, 6507, 6511, 6512, 6521, 6522];

/// A key or an automatic account that takes input tax back, or revenue that shows VAT.
pub(super) fn remark(
    rules: &Rules,
    chart: Option<(Chart, Account)>,
    length: AccountLength,
    purpose: Purpose,
    assignment: &Assignment,
) -> Option<Remark> {
    if rules.client().taxation != Taxation::SmallBusiness {
        return None;
    }
    deduction_by_key(assignment).or_else(|| {
        let (chart, account) = chart?;
        deduction_by_account(chart, length, purpose, account)
            .or_else(|| taxed_sale(chart, length, purpose, account))
    })
}

fn deduction_by_key(assignment: &Assignment) -> Option<Remark> {
    let key = TaxKey::new(assignment.tax_key?.value()).ok()?;
    let facts = KeyFacts::of(key)?;
    let purchase = matches!(facts.direction, KeyDirection::Input | KeyDirection::Both);
    (purchase && !WITHOUT_DEDUCTION.contains(&facts.key)).then_some(Remark::DeductionByKey { key })
}

/// The automatic accounts of § 13b UStG «ohne Vorsteuer» are the only ones of the purchase side that fit.
fn deduction_by_account(
    chart: Chart,
    length: AccountLength,
    purpose: Purpose,
    account: Account,
) -> Option<Remark> {
    let (without_deduction, instead) = match chart {
        Chart::Skr03 => (3130..=3149, 3143),
        Chart::Skr04 => (5930..=5949, 5943),
    };
    let automatic = chart.function(length, account.number) == Some(Function::AutomaticInput);
    let deducts =
        automatic && !without_deduction.contains(&account.printed) && matches!(purpose, Purpose::Fee(_));
    deducts.then_some(Remark::DeductionByAccount { account: account.number, instead })
}

/// Revenue at 7 % or 19 % would owe the VAT that it shows (§ 14c UStG).
fn taxed_sale(chart: Chart, length: AccountLength, purpose: Purpose, account: Account) -> Option<Remark> {
    let (reduced, full, instead) = match chart {
        Chart::Skr03 => (8300..=8319, 8400..=8419, 8192),
        Chart::Skr04 => (4300..=4319, 4400..=4419, 4184),
    };
    let taxed = (reduced.contains(&account.printed) || full.contains(&account.printed))
        && chart.is_automatic(length, account.number)
        && purpose.concerns_customer();
    taxed.then_some(Remark::TaxedSale { account: account.number, instead })
}
