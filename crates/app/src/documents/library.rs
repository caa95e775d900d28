//! Originalberichte: every document as it was received, with its proof, and its exact bytes.

use std::io::Write;

use ledger::kind::MovementKind;
use ledger::money::Currency;
use ledger::money::Money;
use ledger::proof::Equation;
use providers::amazon_pay::SettlementSums;
use store::documents::{self, Document};
use store::id::{ClientId, ConnectionId, DocumentId};
use store::movements::{self, Movement};
use store::payouts::{self, Payout};
use store::settlements::{self, Neighbour};

use super::client_of;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::convert::digest::Hashing;
use crate::refusal::{AppError, Refusal};
use crate::zone;

/// The greatest number of documents of one page.
pub const PAGE_MAX: u32 = 200;

/// Documents of a client, the newest first, before one of them (none: from the newest). An auditor sees those that reach
/// into his period.
pub async fn list(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: Option<&ConnectionId>,
    before: Option<&DocumentId>,
    most: u32,
) -> Result<Vec<Document>, AppError> {
    actor.may(Permission::See, client)?;
    let period = zone::period(app, actor, client).await?;
    let mut transaction = app.database.read().await?;
    let most = most.clamp(1, PAGE_MAX);
    Ok(documents::of_client(&mut transaction, client, connection, period, before, most).await?)
}

/// A document with what proves it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The document.
    pub document: Document,
    /// Sums of its rows by kind and currency.
    pub sums: Vec<KindSum>,
    /// Rows of the document against rows counted, and its net amount against what it does in the chain, by currency.
    pub equations: Vec<Equation>,
    /// The settlement before it in the chain.
    pub before: Option<Neighbour>,
    /// The settlement after it.
    pub after: Option<Neighbour>,
    /// What its rows owe, and so what the settlement after it pays, by currency.
    pub owed: Vec<Money>,
    /// Its payouts as the provider lists them.
    pub payouts: Vec<Payout>,
}

/// The rows of one kind and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSum {
    /// What they are.
    pub kind: MovementKind,
    /// How many rows.
    pub rows: u64,
    /// Sum of the gross amounts.
    pub gross: Money,
    /// Sum of the fees.
    pub fees: Money,
}

/// A document of a client, by its address.
pub async fn show(app: &App, actor: &Actor, client: &ClientId, id: &DocumentId) -> Result<Shown, AppError> {
    let document = find(app, actor, client, id).await?;
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    let mut shown = Shown {
        document,
        sums: Vec::new(),
        equations: Vec::new(),
        before: None,
        after: None,
        owed: Vec::new(),
        payouts: Vec::new(),
    };
    let Some(settlement) = &shown.document.settlement else { return Ok(shown) };
    let seller = &shown.document.received.seller;
    let (before, own, after) =
        settlements::neighbours(&mut transaction, number, seller, settlement.number).await?;
    let days = settlements::sums(&mut transaction, settlement.number).await?;
    for day in &days {
        let (gross, fees) = (Money::new(day.gross, day.currency), fees_of(day)?);
        match shown.sums.iter_mut().find(|sum| sum.kind == day.kind && sum.gross.currency() == day.currency) {
            Some(sum) => {
                sum.rows += day.rows;
                sum.gross = sum.gross.checked_add(gross).map_err(AppError::failed("adding sums"))?;
                sum.fees = sum.fees.checked_add(fees).map_err(AppError::failed("adding sums"))?;
            }
            None => shown.sums.push(KindSum { kind: day.kind, rows: day.rows, gross, fees }),
        }
    }
    let chain: SettlementSums = serde_json::from_str(&own.imported.chain)
        .map_err(AppError::failed("reading the sums of a settlement"))?;
    shown.equations = equations(&shown.sums, &chain)?;
    shown.owed =
        chain.currencies.iter().map(|(currency, sums)| Money::new(sums.payable(), *currency)).collect();
    shown.payouts =
        payouts::of_settlement(&mut transaction, client, seller, &own.imported.identifier).await?;
    shown.before = before;
    shown.after = after;
    Ok(shown)
}

fn fees_of(day: &ledger::sums::DaySum) -> Result<Money, AppError> {
    let variable = Money::new(day.variable, day.currency);
    variable.checked_add(Money::new(day.fixed, day.currency)).map_err(AppError::failed("adding sums"))
}

/// Two ways to the same figure: the sums by day, and what was counted for the chain.
fn equations(sums: &[KindSum], chain: &SettlementSums) -> Result<Vec<Equation>, AppError> {
    let net = |currency: Currency| {
        sums.iter()
            .filter(|sum| sum.gross.currency() == currency)
            .try_fold(Money::zero(currency), |net, sum| net.checked_add(sum.gross)?.checked_add(sum.fees))
    };
    let equation = |(currency, own): (&Currency, &providers::amazon_pay::ChainSums)| {
        let moved = own.owed.checked_sub(own.paid).and_then(|moved| moved.checked_add(own.returned));
        let right = moved.ok_or(ledger::money::MoneyError::Overflow(*currency))?;
        Ok(Equation {
            name: "net = owed - paid + returned",
            left: net(*currency)?,
            right: Money::new(right, *currency),
        })
    };
    let equations: Result<Vec<_>, ledger::money::MoneyError> =
        chain.currencies.iter().map(equation).collect();
    equations.map_err(AppError::failed("adding sums"))
}

/// Hands out the exact bytes of a document, piece by piece, and proves at the end that their hash is the document's.
pub async fn copy_bytes(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &DocumentId,
    out: impl Write,
) -> Result<Document, AppError> {
    let document = find(app, actor, client, id).await?;
    let mut out = Hashing::new(out);
    let mut number = 0;
    while let Some(piece) = piece(app, &document, number).await? {
        out.write_all(&piece).map_err(AppError::failed("handing out a document"))?;
        number += 1;
    }
    out.flush().map_err(AppError::failed("handing out a document"))?;
    let (sha256, bytes) = out.digest();
    if (sha256.as_str(), bytes) != (document.received.sha256.as_str(), document.received.bytes) {
        return Err(store::StoreError::Content { expected: "the bytes of a document", found: sha256 }.into());
    }
    Ok(document)
}

/// A document of a client, without its proof: for handing out its bytes by [`piece`].
pub async fn find(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &DocumentId,
) -> Result<Document, AppError> {
    actor.may(Permission::See, client)?;
    let period = zone::period(app, actor, client).await?;
    let mut transaction = app.database.read().await?;
    let found = documents::find(&mut transaction, client, id).await?;
    let seen = |document: &Document| {
        let (start, end) = (document.received.period_start, document.received.period_end);
        period.is_none_or(|(from, until)| end >= from && start < until)
    };
    found.filter(seen).ok_or_else(|| Refusal::not_found().into())
}

/// Rows of a document, after a line (0: from the first), at most `most`.
pub async fn rows(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    document: &Document,
    after: u64,
    most: u32,
) -> Result<Vec<Movement>, AppError> {
    actor.may(Permission::See, client)?;
    let Some(settlement) = &document.settlement else { return Ok(Vec::new()) };
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    Ok(movements::of_settlement(&mut transaction, number, settlement.number, after, most).await?)
}

/// A piece of the bytes of a document that [`find`] has given; counted from 0, none after the last.
pub async fn piece(app: &App, document: &Document, number: i64) -> Result<Option<Vec<u8>>, AppError> {
    let mut transaction = app.database.read().await?;
    Ok(documents::piece(&mut transaction, &document.received.id, number).await?)
}
