//! One transaction of an entry: who, why, by which references.

use super::statement::BANK;
use super::values::{amount, credit, keep, signed, text_at};
use super::xml::Xml;
use crate::error::ReadError;
use crate::money::Amount;
use crate::reference::provided;
use crate::statement::{Details, Party, Transaction};

/// What stands in a transaction, in whatever order.
#[derive(Default)]
pub(super) struct Found {
    line: u64,
    amount: Option<Amount>,
    credit: Option<bool>,
    debtor: Party,
    creditor: Party,
    details: Details,
    /// Words of the bank, where there is no remittance information.
    additional: String,
}

/// What is known of the entry around it.
pub(super) struct Known<'a> {
    /// The account of the statement.
    pub(super) own: &'a str,
    /// Is the entry money onto the account?
    pub(super) credit: bool,
    /// What the entry says itself.
    pub(super) entry: &'a Details,
}

/// Reads the transaction that is open.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<Found, ReadError> {
    let mut found = Found { line: xml.line(), ..Found::default() };
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Refs" => references(xml, &mut found.details)?,
            "Amt" => found.amount = Some(amount(xml, &child)?),
            "CdtDbtInd" => found.credit = Some(credit(xml)?),
            "AmtDtls" => transaction_amount(xml, &mut found.amount)?,
            "BkTxCd" => found.details.code = code(xml)?,
            "RltdPties" => parties(xml, &mut found)?,
            "RltdAgts" => agents(xml, &mut found)?,
            "RmtInf" => remittance(xml, &mut found.details)?,
            "RtrInf" => found.details.return_reason = return_reason(xml)?,
            "AddtlTxInf" => found.additional = xml.text()?,
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

impl Found {
    pub(super) fn finish(self, known: &Known<'_>) -> Transaction {
        let Self { line, amount, credit, debtor, creditor, mut details, additional } = self;
        let credit = credit.unwrap_or(known.credit);
        details.counterparty = other_side(debtor, creditor, credit, known.own);
        keep(&mut details.text, additional);
        keep(&mut details.bank_reference, known.entry.bank_reference.clone());
        keep(&mut details.code, known.entry.code.clone());
        keep(&mut details.reference, known.entry.reference.clone());
        Transaction { line, amount: amount.map(|amount| signed(amount, credit)), details }
    }
}

/// The party that is not the account holder. In a returned payment debtor and creditor stay those of the original one, so
/// the account decides before the direction does.
fn other_side(debtor: Party, creditor: Party, credit: bool, own: &str) -> Party {
    let nobody = Party::default();
    let (own_debtor, own_creditor) = (is_own(&debtor, own), is_own(&creditor, own));
    match (debtor == nobody, creditor == nobody) {
        (false, true) if !own_debtor => debtor,
        (true, false) if !own_creditor => creditor,
        (false, false) if own_debtor && !own_creditor => creditor,
        (false, false) if own_creditor && !own_debtor => debtor,
        (false, false) if credit => debtor,
        (false, false) => creditor,
        _ => nobody,
    }
}

fn is_own(party: &Party, own: &str) -> bool {
    !own.is_empty() && party.account == own
}

fn references(xml: &mut Xml<'_>, details: &mut Details) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "AcctSvcrRef" => details.bank_reference = xml.text()?,
            "EndToEndId" => details.end_to_end_id = provided(xml.text()?),
            "MndtId" => details.mandate = xml.text()?,
            "InstrId" => details.reference = provided(xml.text()?),
            "PmtInfId" => keep(&mut details.reference, provided(xml.text()?)),
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// `AmtDtls/TxAmt/Amt`: the amount of the transaction in version 02, where it has none of its own.
fn transaction_amount(xml: &mut Xml<'_>, found: &mut Option<Amount>) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        if child.name != "TxAmt" {
            xml.skip()?;
            continue;
        }
        while let Some(child) = xml.child()? {
            match child.name.as_str() {
                "Amt" => {
                    let amount = amount(xml, &child)?;
                    found.get_or_insert(amount);
                }
                _ => xml.skip()?,
            }
        }
    }
    Ok(())
}

/// The code of the bank's own list, such as `NTRF+166+9310`, else domain, family and sub-family: `PMNT-RCDT-ESCT`.
pub(super) fn code(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let (mut proprietary, mut domain) = (String::new(), Vec::new());
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Prtry" => proprietary = text_at(xml, &["Cd"])?,
            "Domn" => {
                while let Some(child) = xml.child()? {
                    match child.name.as_str() {
                        "Cd" => domain.insert(0, xml.text()?),
                        "Fmly" => family(xml, &mut domain)?,
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    keep(&mut proprietary, domain.join("-"));
    Ok(proprietary)
}

fn family(xml: &mut Xml<'_>, codes: &mut Vec<String>) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Cd" | "SubFmlyCd" => codes.push(xml.text()?),
            _ => xml.skip()?,
        }
    }
    Ok(())
}

fn parties(xml: &mut Xml<'_>, found: &mut Found) -> Result<(), ReadError> {
    const NAME: &[&str] = &["Nm", "Pty/Nm"];
    const ACCOUNT: &[&str] = &["Id/IBAN", "Id/Othr/Id"];
    let (mut last_debtor, mut last_creditor) = (String::new(), String::new());
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Dbtr" => found.debtor.name = text_at(xml, NAME)?,
            "DbtrAcct" => found.debtor.account = text_at(xml, ACCOUNT)?,
            "UltmtDbtr" => last_debtor = text_at(xml, NAME)?,
            "Cdtr" => creditor(xml, found)?,
            "CdtrAcct" => found.creditor.account = text_at(xml, ACCOUNT)?,
            "UltmtCdtr" => last_creditor = text_at(xml, NAME)?,
            _ => xml.skip()?,
        }
    }
    keep(&mut found.debtor.name, last_debtor);
    keep(&mut found.creditor.name, last_creditor);
    Ok(())
}

/// The creditor's name, and the creditor id of a direct debit, which is an identification of a private person by form.
fn creditor(xml: &mut Xml<'_>, found: &mut Found) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Nm" => found.creditor.name = xml.text()?,
            "Pty" => creditor(xml, found)?,
            "Id" => found.details.creditor_id = text_at(xml, &["PrvtId/Othr/Id"])?,
            _ => xml.skip()?,
        }
    }
    Ok(())
}

fn agents(xml: &mut Xml<'_>, found: &mut Found) -> Result<(), ReadError> {
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "DbtrAgt" => found.debtor.bank = text_at(xml, BANK)?,
            "CdtrAgt" => found.creditor.bank = text_at(xml, BANK)?,
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// Verwendungszweck: unstructured lines one after the other, the structured reference on its own.
fn remittance(xml: &mut Xml<'_>, details: &mut Details) -> Result<(), ReadError> {
    let mut lines = Vec::new();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Ustrd" => lines.push(xml.text()?),
            "Strd" => {
                while let Some(child) = xml.child()? {
                    match child.name.as_str() {
                        "CdtrRefInf" => {
                            let reference = text_at(xml, &["Ref"])?;
                            if !reference.is_empty() {
                                details.reference = reference;
                            }
                        }
                        "AddtlRmtInf" => lines.push(xml.text()?),
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    lines.retain(|line| !line.is_empty());
    details.text = lines.join(" ");
    Ok(())
}

/// Code and words of a return.
fn return_reason(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut words = Vec::new();
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Rsn" => words.insert(0, text_at(xml, &["Cd", "Prtry"])?),
            "AddtlInf" => words.push(xml.text()?),
            _ => xml.skip()?,
        }
    }
    words.retain(|word| !word.is_empty());
    Ok(words.join(" "))
}
