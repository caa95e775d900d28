//! One statement: whose, from which balance to which, and its entries.

use jiff::civil::Date;

use super::entry;
use super::values::{amount, credit, day, keep, signed, text_at, value};
use super::xml::Xml;
use crate::account::{Account, Iban};
use crate::error::{Problem, ReadError, Wanted};
use crate::limits::Limits;
use crate::money::{Amount, Currency};
use crate::recognise::{Format, Left};
use crate::statement::{Balance, Statement};

/// Reads the statement that is open.
pub(super) fn read(
    xml: &mut Xml<'_>,
    format: Format,
    limits: &Limits,
    left: &mut Left,
) -> Result<Statement, ReadError> {
    let line = xml.line();
    let mut balances = Balances::default();
    let (mut id, mut number, mut holder) = (String::new(), String::new(), None);
    let (mut entries, mut not_booked) = (Vec::new(), Vec::new());
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Id" => id = xml.text()?,
            "ElctrncSeqNb" => number = xml.text()?,
            "LglSeqNb" => keep(&mut number, xml.text()?),
            "Acct" if holder.is_some() => return Err(xml.refuse(Problem::Twice)),
            "Acct" => holder = Some(read_holder(xml)?),
            "Bal" => balances.read(xml)?,
            "Ntry" => {
                let own =
                    holder.as_ref().map(|holder: &Holder| holder.account.to_string()).unwrap_or_default();
                let (entry, booked) = entry::read(xml, &own, limits, left)?;
                if booked { entries.push(entry) } else { not_booked.push(entry) }
            }
            _ => xml.skip()?,
        }
    }
    let holder = holder.ok_or_else(|| xml.refuse_closed(Problem::Missing { what: "Acct" }))?;
    let (opening, closing) = balances.choose(xml)?;
    let currency = holder.currency.unwrap_or(opening.amount.currency());
    let account = holder.account;
    Ok(Statement {
        format,
        member: None,
        line,
        id,
        number,
        account,
        currency,
        opening,
        closing,
        entries,
        not_booked,
    })
}

/// Whose statement it is.
struct Holder {
    account: Account,
    currency: Option<Currency>,
}

fn read_holder(xml: &mut Xml<'_>) -> Result<Holder, ReadError> {
    let (mut iban, mut other, mut bank, mut currency) = (None, String::new(), String::new(), None);
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Id" => {
                while let Some(child) = xml.child()? {
                    match child.name.as_str() {
                        "IBAN" => iban = Some(value(xml, Wanted::Iban, Iban::parse)?),
                        "Othr" => other = text_at(xml, &["Id"])?,
                        _ => xml.skip()?,
                    }
                }
            }
            "Ccy" => currency = Some(value(xml, Wanted::Currency, Currency::parse)?),
            "Svcr" => bank = text_at(xml, BANK)?,
            _ => xml.skip()?,
        }
    }
    let account = match iban {
        Some(iban) => Account::Iban(iban),
        None if other.is_empty() => return Err(xml.refuse_closed(Problem::Missing { what: "IBAN" })),
        None => Account::Local { bank, number: other },
    };
    Ok(Holder { account, currency })
}

/// Where the number of a bank stands: its BIC, or a national one such as the Bankleitzahl.
pub(super) const BANK: &[&str] =
    &["FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/ClrSysMmbId/MmbId", "FinInstnId/Othr/Id"];

/// The booked balances of a statement. German banks open with the closing balance before (PRCD) or with OPBD; ITBD
/// stands between the pages of a statement.
#[derive(Default)]
struct Balances {
    opening: Option<Balance>,
    previous: Option<Balance>,
    closing: Option<Balance>,
    intermediate: Vec<Balance>,
}

impl Balances {
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let line = xml.line();
        let (mut code, mut money, mut positive, mut date): (_, Option<Amount>, _, Option<Date>) =
            (String::new(), None, None, None);
        while let Some(child) = xml.child()? {
            match child.name.as_str() {
                "Tp" => code = text_at(xml, &["CdOrPrtry/Cd", "CdOrPrtry/Prtry"])?,
                "Amt" => money = Some(amount(xml, &child)?),
                "CdtDbtInd" => positive = Some(credit(xml)?),
                "Dt" => date = Some(day(xml)?),
                _ => xml.skip()?,
            }
        }
        let place = match code.as_str() {
            "OPBD" => &mut self.opening,
            "PRCD" => &mut self.previous,
            "CLBD" => &mut self.closing,
            "ITBD" => &mut None,
            // Available and expected balances prove nothing.
            _ => return Ok(()),
        };
        let missing = |what| xml.refuse_closed(Problem::Missing { what });
        let money = money.ok_or_else(|| missing("Amt"))?;
        let positive = positive.ok_or_else(|| missing("CdtDbtInd"))?;
        let date = date.ok_or_else(|| missing("Dt"))?;
        let balance = Balance { line, date, amount: signed(money, positive), intermediate: code == "ITBD" };
        if place.replace(balance).is_some() {
            return Err(xml.refuse_closed(Problem::Twice));
        }
        if code == "ITBD" {
            self.intermediate.push(balance);
        }
        Ok(())
    }

    fn choose(self, xml: &Xml<'_>) -> Result<(Balance, Balance), ReadError> {
        let mut pages = self.intermediate.into_iter();
        let opening = self.opening.or(self.previous).or_else(|| pages.next());
        let closing = self.closing.or_else(|| pages.next_back());
        let missing = |what| xml.refuse_closed(Problem::Missing { what });
        let opening = opening.ok_or_else(|| missing("Bal OPBD"))?;
        Ok((opening, closing.ok_or_else(|| missing("Bal CLBD"))?))
    }
}
