//! One entry of a statement, with the transactions of a batch.

use super::details::{self, Known};
use super::values::{amount, boolean, credit, day, keep, signed, text_at};
use super::xml::Xml;
use crate::error::{Problem, ReadError, Wanted, shortened};
use crate::limits::Limits;
use crate::recognise::Left;
use crate::statement::{Details, Entry, Transaction};

/// What stands in an entry, in whatever order.
#[derive(Default)]
struct Found {
    amount: Option<crate::Amount>,
    credit: Option<bool>,
    booked: Option<bool>,
    reversal: bool,
    booking_date: Option<jiff::civil::Date>,
    value_date: Option<jiff::civil::Date>,
    text: String,
    details: Details,
    transactions: Vec<details::Found>,
}

/// Reads the entry that is open, and whether it is booked. `own` is the account of the statement.
pub(super) fn read(
    xml: &mut Xml<'_>,
    own: &str,
    limits: &Limits,
    left: &mut Left,
) -> Result<(Entry, bool), ReadError> {
    left.entry(limits).map_err(|problem| xml.refuse(problem))?;
    let line = xml.line();
    let mut found = Found::default();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Amt" => found.amount = Some(amount(xml, &child)?),
            "CdtDbtInd" => found.credit = Some(credit(xml)?),
            "RvslInd" => found.reversal = boolean(xml)?,
            "Sts" => found.booked = Some(status(xml)?),
            "BookgDt" => found.booking_date = Some(day(xml)?),
            "ValDt" => found.value_date = Some(day(xml)?),
            "AcctSvcrRef" => found.details.bank_reference = xml.text()?,
            "BkTxCd" => found.details.code = details::code(xml)?,
            "AddtlNtryInf" => found.text = xml.text()?,
            "NtryDtls" => read_details(xml, &mut found, limits, left)?,
            _ => xml.skip()?,
        }
    }
    finish(xml, found, line, own)
}

fn read_details(
    xml: &mut Xml<'_>,
    found: &mut Found,
    limits: &Limits,
    left: &mut Left,
) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "TxDtls" => {
                left.entry(limits).map_err(|problem| xml.refuse(problem))?;
                found.transactions.push(details::read(xml)?);
            }
            "Btch" => keep(&mut found.details.reference, text_at(xml, &["PmtInfId"])?),
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// `BOOK`, in version 02 as the text of the element and from 04 on in `Cd`. Is it booked?
fn status(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    let text = xml.text_or_first("Cd")?;
    match text.as_str() {
        "BOOK" => Ok(true),
        "PDNG" | "INFO" | "FUTR" => Ok(false),
        _ => Err(xml.refuse_closed(Problem::Value { found: shortened(&text), wanted: Wanted::Status })),
    }
}

fn finish(xml: &Xml<'_>, found: Found, line: u64, own: &str) -> Result<(Entry, bool), ReadError> {
    let missing = |what| xml.refuse_closed(Problem::Missing { what });
    let credit = found.credit.ok_or_else(|| missing("CdtDbtInd"))?;
    let amount = signed(found.amount.ok_or_else(|| missing("Amt"))?, credit);
    let booked = found.booked.ok_or_else(|| missing("Sts"))?;
    let date = found.booking_date.or(found.value_date).ok_or_else(|| missing("BookgDt"))?;
    let known = Known { own, credit, entry: &found.details };
    let mut transactions: Vec<Transaction> =
        found.transactions.into_iter().map(|transaction| transaction.finish(&known)).collect();
    let single = if transactions.len() == 1 { transactions.pop() } else { None };
    let details = single.map_or(found.details, |transaction| transaction.details);
    let entry = Entry {
        line,
        booking_date: date,
        value_date: found.value_date.unwrap_or(date),
        amount,
        reversal: found.reversal,
        booking_text: found.text,
        details,
        transactions,
    };
    Ok((entry, booked))
}
