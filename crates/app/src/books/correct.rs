//! What changed after a month had left: new rows plainly, changed rows reversed and written anew.

use std::cell::RefCell;
use std::io;

use datev::{FileName, Posting, PostingReader};
use exports::datev::correction::{DocumentNumbers, correction, write_correction};
use exports::datev::{BatchExport, TextChanges};
use jiff::Timestamp;
use ledger::calendar::Month;
use ledger::entry::Entry;
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
use super::sheet::Sheet;
use super::walk::walk;
use crate::access::{Actor, Permission};
use crate::context::App;
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
type Today = (Vec<Posting<'static>>, Vec<(i64, String)>);

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
        let (now, settlements) = self.now()?;
        let handling = self.books.configuration.handling;
        let numbers =
            if handling.follow_document_numbers { DocumentNumbers::Follow } else { DocumentNumbers::Keep };
        let rows = correction(before, now, numbers).map_err(AppError::failed("comparing postings"))?;
        if rows.is_empty() {
            return Err(nothing(self.month).into());
        }
        let (files, _) = self.write(&rows, out)?;
        let sheet = Sheet {
            month: self.month.to_string(),
            postings: files.iter().map(|file| file.postings).sum(),
            turnover: files.iter().map(|file| file.debit.saturating_add(file.credit)).sum(),
            ..Sheet::default()
        };
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
        drop(export.finish().map_err(AppError::failed(MAKING))?);
        let mut postings = Vec::new();
        for path in paths.into_inner() {
            let file = std::fs::File::open(path).map_err(AppError::failed(MAKING))?;
            let reader = PostingReader::new(io::BufReader::new(file)).map_err(AppError::failed(MAKING))?;
            for posting in reader {
                postings.push(posting.map_err(AppError::failed(MAKING))?);
            }
        }
        Ok((postings, super::make::settlements(self.books, &runs, self.month)))
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
