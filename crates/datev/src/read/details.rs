//! The rare columns of a posting, read back.

use super::day_month_year;
use super::posting::{Fields, ReadError, account, decimal, eu_tax};
use crate::{
    AdvanceKind, Details, DocumentLink, DunningCase, Info, ServiceDate, ShortDocumentNumber, Taxation,
};

/// All rare columns, or none where none is filled.
pub(super) fn details(fields: &Fields<'_>) -> Result<Option<Box<Details<'static>>>, ReadError> {
    let details = Details {
        document_number_2: fields.require(12, |text| ShortDocumentNumber::new(text.to_owned()).ok())?,
        discount: fields.optional(13, decimal)?,
        item_block: fields.optional(15, flag)?,
        address_number: fields.text(16),
        partner_bank: fields.optional(17, |text| text.parse().ok())?,
        dunning_case: fields.optional(18, dunning_case)?,
        interest_block: fields.optional(19, flag)?,
        document_link: fields.optional(20, |text| DocumentLink::parse(text).ok())?,
        document_info: pairs(fields, 21, 8),
        cost_quantity: fields.optional(39, decimal)?,
        taxation: fields.optional(42, taxation)?,
        reverse_charge_supplement: fields.optional(44, |text| text.parse().ok())?,
        key_49_type: fields.optional(45, |text| text.parse().ok())?,
        key_49_number: fields.optional(46, |text| text.parse().ok())?,
        key_49_supplement: fields.optional(47, |text| text.parse().ok())?,
        additional_info: pairs(fields, 48, 20),
        pieces: fields.optional(88, |text| text.parse().ok())?,
        weight: fields.optional(89, decimal)?,
        payment_method: fields.optional(90, |text| text.parse().ok())?,
        receivable_kind: fields.text(91),
        assessment_year: fields.optional(92, |text| text.parse().ok())?,
        assigned_due_date: fields.optional(93, day_month_year)?,
        discount_type: fields.optional(94, |text| text.parse().ok())?,
        origin: fields.text(102),
        posting_guid: fields.text(103),
        cost_date: fields.optional(104, day_month_year)?,
        mandate: fields.text(105),
        discount_block: fields.optional(106, flag)?,
        partner_name: fields.text(107),
        participant_number: fields.optional(108, |text| text.parse().ok())?,
        identification_number: fields.text(109),
        subscriber_number: fields.text(110),
        item_block_until: fields.optional(111, day_month_year)?,
        special_balance_label: fields.text(112),
        special_balance: fields.optional(113, flag)?,
        service: service(fields)?,
        due_date: fields.optional(117, day_month_year)?,
        asset_comparison: fields.optional(122, |text| text.parse().ok())?,
        eu_origin: eu_tax(fields, 123)?,
        discount_account: fields.optional(125, account)?,
        ..advance_payment(fields)?
    };
    Ok((details != Details::default()).then(|| Box::new(details)))
}

/// Fields 96 to 101.
fn advance_payment(fields: &Fields<'_>) -> Result<Details<'static>, ReadError> {
    Ok(Details {
        advance_kind: fields.optional(96, advance_kind)?,
        advance_key: fields.optional(97, |text| text.parse().ok())?,
        advance_country: fields.optional(98, |text| text.try_into().ok())?,
        advance_reverse_charge_case: fields.optional(99, |text| text.parse().ok())?,
        advance_rate: fields.optional(100, decimal)?,
        advance_account: fields.optional(101, account)?,
        ..Details::default()
    })
}

/// Fields 115 and 116.
fn service(fields: &Fields<'_>) -> Result<Option<ServiceDate>, ReadError> {
    match fields.optional(115, day_month_year)? {
        Some(date) => Ok(Some(ServiceDate { date, tax_period: fields.require(116, day_month_year)? })),
        None => Ok(None),
    }
}

fn pairs(fields: &Fields<'_>, first: u16, count: usize) -> Vec<Info<'static>> {
    (first..)
        .step_by(2)
        .take(count)
        .map(|position| Info { kind: fields.text(position), content: fields.text(position + 1) })
        .filter(|pair| !pair.kind.is_empty() || !pair.content.is_empty())
        .collect()
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

fn dunning_case(text: &str) -> Option<DunningCase> {
    DunningCase::ALL.into_iter().find(|case| text == case.number().to_string())
}

fn taxation(text: &str) -> Option<Taxation> {
    Taxation::ALL.into_iter().find(|taxation| text == taxation.letter())
}

fn advance_kind(text: &str) -> Option<AdvanceKind> {
    AdvanceKind::ALL.into_iter().find(|kind| text == kind.letters())
}
