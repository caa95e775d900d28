//! The provider account of a client month by month, from the sums alone: what lay there, what moved, and what the rest
//! consists of; and the chain of its settlements.

use jiff::civil::Date;
use ledger::calendar::DateRange;
use ledger::entry::Entry;
use store::id::{ClientId, ConnectionId};
use store::payouts::{self, Payout};

use super::load::{Books, Days};
use super::make::findings;
use super::months::LAST;
use super::refused;
use super::sheet::SheetFinding;
use super::walk::walk;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::convert::proof::{self, Month, Settlement};
use crate::language::Language;
use crate::refusal::AppError;

/// The provider account of one merchant.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The merchant.
    pub seller: String,
    /// The connection, where there is one.
    pub connection: Option<ConnectionId>,
    /// Every month in each currency, the oldest first.
    pub months: Vec<Month>,
    /// Every settlement in each of its currencies, in the order of the chain.
    pub settlements: Vec<Settlement>,
    /// What the chain says: gaps, and payouts that differ.
    pub findings: Vec<SheetFinding>,
}

/// The statements of all merchants of a client. No row is read: a month costs the same whatever it holds.
///
/// # Errors
/// Refused in words where there are no settings, or where an equation does not hold.
pub async fn statements(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Statement>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let books = Books::load(&mut transaction, client, None, Days::All).await?;
    drop(transaction);
    let (database, created) = (app.database.clone(), app.now());
    let making = move || {
        const MAKING: &str = "making the statement of a provider account";
        let scratch = tempfile::tempdir().map_err(AppError::failed(MAKING))?;
        let nobody = |_: &Entry<'_>| Ok(());
        // Nothing falls into the last month there can be, so everything is counted by its sums.
        let walked = walk(&books, &database, LAST, scratch.path(), nobody, nobody);
        let (runs, _, _) = walked.map_err(refused)?;
        let mut statements = Vec::with_capacity(runs.len());
        for (chain, run) in books.chains.iter().zip(&runs) {
            let build = |language| {
                let made = proof::Made {
                    run,
                    seller: &chain.seller,
                    repeated: Vec::new(),
                    configuration: &books.configuration,
                    period: DateRange::default(),
                    created,
                    files: Vec::new(),
                    changes: exports::datev::TextChanges::default(),
                };
                proof::build(made, language).map_err(refused)
            };
            let (german, english) = (build(Language::De)?, build(Language::En)?);
            statements.push(Statement {
                seller: chain.seller.clone(),
                connection: chain.connection.clone(),
                findings: findings(&german, &english).collect(),
                months: german.months,
                settlements: german.settlements,
            });
        }
        Ok(statements)
    };
    tokio::task::spawn_blocking(making).await.map_err(AppError::failed("making a statement"))?
}

/// What the provider says that it paid out, on the days from one to another in the client's zone.
pub async fn listed_payouts(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    (first, last): (Date, Date),
) -> Result<Vec<Payout>, AppError> {
    actor.may(Permission::See, client)?;
    let zone = crate::zone::of_client(app, client).await?;
    let begin = |day: Date| day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    let from = begin(first).map_err(AppError::failed("finding the beginning of a day"))?;
    let until = last.tomorrow().and_then(begin).map_err(AppError::failed("finding the end of a day"))?;
    Ok(payouts::of_client(&mut app.database.read().await?, client, from, until).await?)
}
