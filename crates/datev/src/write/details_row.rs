//! The rare columns of a posting, in the gaps between the common ones.

use jiff::civil::Date;

use super::{
    FieldProblem, PostingError, Row,
    posting_row::{eu_tax, number, problem, restricted_text},
};
use crate::{
    AccountNumber, Posting, TaxKey,
    posting::{Details, Info},
    windows_1252::fit,
};

/// Fields 12 and 13.
pub(super) fn before_text(details: &Details<'_>, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
    row.plain_text(12, details.document_number_2.as_str());
    if let Some(discount) = details.discount {
        if discount.units() == 0 {
            return Err(problem(13, FieldProblem::Zero));
        }
        row.decimal(13, discount, 1);
    }
    Ok(())
}

/// Fields 15 to 36.
pub(super) fn before_cost_centres(details: &Details<'_>, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
    flag(row, 15, details.item_block);
    restricted_text(row, 16, &details.address_number)?;
    if let Some(bank) = details.partner_bank {
        if bank > 999 {
            return Err(problem(17, FieldProblem::Number { number: bank.into() }));
        }
        if details.mandate.is_empty() {
            return Err(problem(17, FieldProblem::Needs { needs: 105 }));
        }
        row.padded(17, bank.into(), 3);
    }
    if let Some(case) = details.dunning_case {
        row.number(18, case.number().into());
    }
    flag(row, 19, details.interest_block);
    if let Some(link) = details.document_link {
        row.text(20, &link.text());
    }
    pairs(row, 21, &details.document_info, 8)
}

/// Fields 44 to 94.
pub(super) fn before_order_number(
    details: &Details<'_>,
    posting: &Posting<'_>,
    row: &mut Row<'_, '_>,
) -> Result<(), PostingError> {
    number(row, 44, details.reverse_charge_supplement, 1..=999)?;
    key_49(details, posting.key, row)?;
    pairs(row, 48, &details.additional_info, 20)?;
    number(row, 88, details.pieces, 1..=99_999_999)?;
    if let Some(weight) = details.weight {
        row.decimal(89, weight, 1);
    }
    number(row, 90, details.payment_method, 1..=99)?;
    restricted_text(row, 91, &details.receivable_kind)?;
    number(row, 92, details.assessment_year, 2000..=2099)?;
    date(row, 93, details.assigned_due_date)?;
    number(row, 94, details.discount_type, 1..=9)
}

/// Fields 45 to 47 belong to key 49.
fn key_49(details: &Details<'_>, key: Option<TaxKey>, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
    let filled = [
        (45, details.key_49_type.is_some()),
        (46, details.key_49_number.is_some()),
        (47, details.key_49_supplement.is_some()),
    ];
    if let Some((position, _)) =
        filled.into_iter().find(|(_, is_filled)| *is_filled && key != Some(TaxKey::INDIVIDUAL))
    {
        return Err(problem(position, FieldProblem::Needs { needs: 9 }));
    }
    number(row, 45, details.key_49_type, 1..=9)?;
    number(row, 46, details.key_49_number, 1..=99)?;
    number(row, 47, details.key_49_supplement, 1..=999)
}

/// Fields 96 to 117.
pub(super) fn before_general_reversal(
    details: &Details<'_>,
    has_personal_account: bool,
    row: &mut Row<'_, '_>,
) -> Result<(), PostingError> {
    advance_payment(details, row)?;
    restricted_text(row, 102, &details.origin)?;
    row.text(103, &details.posting_guid);
    date(row, 104, details.cost_date)?;
    row.text(105, &details.mandate);
    flag(row, 106, details.discount_block);
    row.text(107, &details.partner_name);
    if let Some(participant) = details.participant_number {
        if !(1..=9999).contains(&participant) {
            return Err(problem(108, FieldProblem::Number { number: participant.into() }));
        }
        row.padded(108, participant.into(), 4);
    }
    row.text(109, &details.identification_number);
    row.text(110, &details.subscriber_number);
    date(row, 111, details.item_block_until)?;
    row.text(112, &details.special_balance_label);
    flag(row, 113, details.special_balance);
    if let Some(service) = details.service {
        date(row, 115, Some(service.date))?;
        date(row, 116, Some(service.tax_period))?;
    }
    due_date(details, has_personal_account, row)
}

/// Fields 96 to 101.
fn advance_payment(details: &Details<'_>, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
    if let Some(kind) = details.advance_kind {
        row.plain_text(96, kind.letters());
    }
    number(row, 97, details.advance_key, 1..=9999)?;
    row.plain_text(98, details.advance_country.as_ref().map_or("", |country| country.as_str()));
    number(row, 99, details.advance_reverse_charge_case, 1..=999)?;
    if let Some(rate) = details.advance_rate {
        row.decimal(100, rate, 1);
    }
    number(row, 101, details.advance_account.map(AccountNumber::get), 1000..=99_999_999)
}

/// Field 117.
fn due_date(
    details: &Details<'_>,
    has_personal_account: bool,
    row: &mut Row<'_, '_>,
) -> Result<(), PostingError> {
    if details.due_date.is_some() && !has_personal_account {
        return Err(problem(117, FieldProblem::NeedsPersonalAccount));
    }
    if details.due_date.is_some() && !details.document_number_2.is_empty() {
        return Err(problem(117, FieldProblem::Excludes { other: 12 }));
    }
    date(row, 117, details.due_date)
}

/// Fields 122 to 125.
pub(super) fn to_the_end(details: &Details<'_>, row: &mut Row<'_, '_>) -> Result<(), PostingError> {
    number(row, 122, details.asset_comparison, 1..=5)?;
    if let Some(tax) = &details.eu_origin {
        eu_tax(row, 123, tax);
    }
    number(row, 125, details.discount_account.map(AccountNumber::get), 1..=99_999_999)
}

fn flag(row: &mut Row<'_, '_>, position: u16, flag: Option<bool>) {
    if let Some(flag) = flag {
        row.number(position, flag.into());
    }
}

fn date(row: &mut Row<'_, '_>, position: u16, date: Option<Date>) -> Result<(), PostingError> {
    let Some(date) = date else { return Ok(()) };
    if !(2000..=2099).contains(&date.year()) {
        return Err(problem(position, FieldProblem::Date { date }));
    }
    row.day_month_year(position, date);
    Ok(())
}

/// Pairs of kind and content from `first` on.
fn pairs(row: &mut Row<'_, '_>, first: u16, pairs: &[Info<'_>], max: usize) -> Result<(), PostingError> {
    if pairs.len() > max {
        return Err(problem(first, FieldProblem::TooManyPairs { count: pairs.len(), max }));
    }
    for (position, pair) in (first..).step_by(2).zip(pairs) {
        if fit(&pair.kind, 20).0.is_empty() || fit(&pair.content, 210).0.is_empty() {
            return Err(problem(position, FieldProblem::Pair));
        }
        row.text(position, &pair.kind);
        row.text(position + 1, &pair.content);
    }
    Ok(())
}
