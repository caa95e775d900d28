//! What changed after a month had left: new rows plainly, changed rows reversed and written anew.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use datev::{FileName, Posting, PostingReader, Side};
use exports::datev::correction::{DocumentNumbers, correction, write_correction};
use exports::datev::{BatchExport, TextChanges};
use jiff::Timestamp;
use ledger::calendar::Month;
use ledger::entry::Entry;
use ledger::money::Currency;
use store::Database;
use store::batches::{self, Batch, BatchFile, BatchState, Content};
use store::id::{BatchId, ClientId, ConnectionId};
use tokio::sync::mpsc::Sender;

use super::batch::StoredFile;
use super::export::{begin, write};
use super::lines::{fingerprint, lines};
use super::load::{Books, Days};
use super::make::{Made, files, hash_of};
use super::pieces::{Piece, PieceOutput};
use super::refused;
use super::sheet::ProviderAccount;
use super::walk::walk;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::convert::run::Run;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Makes the correction batch of a month that has left, of one connection or of all as it left.
pub async fn correct(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<Batch, AppError> {
    actor.may(Permission::Export, client)?;
    let mut transaction = app.database.read().await?;
    let books = Books::load(&mut transaction, client, connection, Days::All).await?;
    let all =
        batches::of_months(&mut transaction, client, (month, month), super::months::BATCHES_MAX).await?;
    let mut standing: Vec<Batch> = all
        .into_iter()
        .filter(|batch| batch.begun.connection.as_ref() == connection && batch.state != BatchState::Withdrawn)
        .collect();
    standing.sort_by_key(|batch| batch.begun.correction);
    let Some(last) = standing.last() else {
        return Err(not_exported(month).into());
    };
    let number = last.begun.correction + 1;
    let mut handed_out = Vec::new();
    for batch in &standing {
        let of_postings = batches::files(&mut transaction, &batch.begun.id).await?;
        handed_out.extend(
            of_postings
                .into_iter()
                .filter(|file| file.kind == "postings")
                .map(|file| (batch.begun.id.clone(), file.number)),
        );
    }
    drop(transaction);
    let batch = begin(app, actor, client, month, connection, number, books.version).await?;
    let created = batch.created_at;
    write(app, actor, batch, move |database, out| {
        Correction { books: &books, database, month, number, created }.make(&handed_out, out)
    })
    .await
}

fn not_exported(month: Month) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "not-exported",
        format!("Der Monat {month} ist noch nicht exportiert; es gibt nichts zu berichtigen."),
        format!("{month} is not exported yet; there is nothing to correct."),
    )
}

fn nothing(month: Month) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "nothing-to-correct",
        format!("Im Monat {month} hat sich seit dem Export nichts geändert, was zu berichtigen wäre."),
        format!("Nothing in {month} has changed since the export that would have to be corrected."),
    )
}

/// The postings of a month, and the settlements that they come from.
struct Today {
    postings: Vec<Posting<'static>>,
    runs: Vec<Run>,
    changes: TextChanges,
}

struct Correction<'b> {
    books: &'b Books,
    database: &'b Database,
    month: Month,
    number: u32,
    created: Timestamp,
}

impl Correction<'_> {
    fn make(&self, handed_out: &[(BatchId, i64)], out: Sender<Piece>) -> Result<Made, AppError> {
        const READING: &str = "reading what was handed out";
        let mut before = Vec::new();
        for (batch, file) in handed_out {
            let stored = StoredFile::new(self.database.clone(), batch, *file);
            let reader = PostingReader::new(io::BufReader::new(stored)).map_err(AppError::failed(READING))?;
            for posting in reader {
                before.push(posting.map_err(AppError::failed(READING))?);
            }
        }
        let Today { postings: now, runs, changes } = self.now()?;
        let settlements = super::make::settlements(self.books, &runs, self.month);
        let handling = self.books.configuration.handling;
        let numbers =
            if handling.follow_document_numbers { DocumentNumbers::Follow } else { DocumentNumbers::Keep };
        let rows = correction(before, now, numbers).map_err(AppError::failed("comparing postings"))?;
        if rows.is_empty() {
            return Err(nothing(self.month).into());
        }
        let (files, _) = self.write(&rows, out)?;
        let postings = files.iter().map(|file| file.postings).sum();
        let accounts = self.accounts(&rows)?;
        // What the month is today stands on the sheet, so that the balance after the correction can be compared.
        let made = (&*runs, &changes, postings, accounts, &*files);
        let sheet = super::make::sheet(self.books, self.month, self.created, made).map_err(refused)?;
        let lines = lines(self.books, &self.books.configuration.rules, self.month).map_err(refused)?;
        let content = Content {
            postings: sheet.postings,
            fingerprint: fingerprint(&lines),
            sheet: serde_json::to_string(&sheet).map_err(AppError::failed("writing a sheet"))?,
            sha256: hash_of(&files),
        };
        Ok(Made { files, content, settlements })
    }

    /// What the month is today, as it would be read back.
    fn now(&self) -> Result<Today, AppError> {
        const MAKING: &str = "making the month as it is today";
        let scratch = tempfile::tempdir().map_err(AppError::failed(MAKING))?;
        let paths = RefCell::new(Vec::new());
        let configuration = &self.books.configuration;
        let local = configuration.rules.client().zone.zone().to_datetime(self.created);
        let folder = scratch.path().join("files");
        std::fs::create_dir_all(&folder).map_err(AppError::failed(MAKING))?;
        let open = |name: &FileName| {
            let path = folder.join(name);
            paths.borrow_mut().push(path.clone());
            std::fs::File::create(path).map(io::BufWriter::new)
        };
        let export = BatchExport::new(&configuration.rules, &configuration.datev, local, open);
        let nobody = |_: &Entry<'_>| Ok(());
        let (runs, export, _) =
            walk(self.books, self.database, self.month, scratch.path(), export, nobody).map_err(refused)?;
        let (_, changes, _) = export.finish().map_err(AppError::failed(MAKING))?;
        let mut postings = Vec::new();
        for path in paths.into_inner() {
            let file = std::fs::File::open(path).map_err(AppError::failed(MAKING))?;
            let reader = PostingReader::new(io::BufReader::new(file)).map_err(AppError::failed(MAKING))?;
            for posting in reader {
                postings.push(posting.map_err(AppError::failed(MAKING))?);
            }
        }
        Ok(Today { postings, runs, changes })
    }

    /// The sums on each provider account that the correction posts, in the currency of its rows.
    fn accounts(&self, rows: &[Posting<'_>]) -> Result<Vec<ProviderAccount>, AppError> {
        const SUMMING: &str = "summing a correction";
        let base = self.books.configuration.rules.client().base_currency;
        let mut accounts: BTreeMap<(u32, Currency), ProviderAccount> = BTreeMap::new();
        for row in rows {
            let currency = match &row.foreign {
                Some(foreign) => Currency::parse(foreign.currency.as_str()).unwrap_or(base),
                None => base,
            };
            let account = accounts.entry((row.account.get(), currency)).or_insert_with(|| ProviderAccount {
                account: row.account.get().to_string(),
                currency,
                debit: 0,
                credit: 0,
            });
            let amount = i64::try_from(row.amount.minor()).map_err(AppError::failed(SUMMING))?;
            // A general reversal takes back from the side on which it was posted.
            let signed = if row.general_reversal { amount.saturating_neg() } else { amount };
            let sum = if row.side == Side::Debit { &mut account.debit } else { &mut account.credit };
            *sum = sum.checked_add(signed).ok_or("a sum is too large").map_err(AppError::failed(SUMMING))?;
        }
        Ok(accounts.into_values().collect())
    }

    fn write(
        &self,
        rows: &[Posting<'_>],
        out: Sender<Piece>,
    ) -> Result<(Vec<BatchFile>, TextChanges), AppError> {
        let configuration = &self.books.configuration;
        let local = configuration.rules.client().zone.zone().to_datetime(self.created);
        let output = RefCell::new(PieceOutput::new(out));
        let names = RefCell::new(Vec::new());
        let open = |name: &FileName| {
            names.borrow_mut().push((name.to_string(), "postings"));
            Ok(output.borrow_mut().create())
        };
        let number = u16::try_from(self.number).unwrap_or(u16::MAX);
        let (rules, settings) = (&configuration.rules, &configuration.datev);
        let (written, changes) = write_correction(rows, number, rules, settings, local, open)
            .map_err(AppError::failed("writing a correction"))?;
        let digests = output.into_inner().finish()?;
        Ok((files(&names.into_inner(), &digests, &written), changes))
    }
}
