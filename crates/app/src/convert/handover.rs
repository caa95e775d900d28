//! The files of a run: batches, account names, debtors, and the proof of them.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use datev::{FileName, WriteError, WrittenFile};
use exports::datev::{BatchExport, write_account_labels, write_debtors};
use exports::fee_list::FeeList;
use jiff::civil::DateTime;
use ledger::rules::FeeSumming;
use providers::amazon_pay::NoEarlierPayments;

use super::error::ConvertError;
use super::folder::{PROOF, Workplace};
use super::output::{Digests, Output};
use super::proof::{self, Proof};
use super::run::run;
use super::{HandedOut, Order, ReportSource, SINGLE_FEES};
use crate::progress::Progress;

/// Converts the reports into a folder and gives the proof. Nothing appears in the folder before all of it is proved.
pub fn hand_over(
    order: &Order<'_>,
    workplace: Workplace,
    progress: &dyn Progress,
) -> Result<Proof, ConvertError> {
    let rules = &order.configuration.rules;
    let settings = &order.configuration.datev;
    let created = local_time(order);
    let folder = workplace.result();
    let output = Output::new(folder.clone());
    let create = |name: &str| {
        let path = folder.join(name);
        output.create(name).map_err(|source| ConvertError::Write { path, source })
    };
    let batches = BatchExport::new(rules, settings, created, |name: &FileName| output.create(name.as_str()));
    let summed = rules.client().fee_summing != FeeSumming::Single;
    let single_fees: Box<dyn Write> =
        if summed { Box::new(create(SINGLE_FEES)?) } else { Box::new(io::sink()) };
    let single_fees = FeeList::new(single_fees);
    let (found, batches, single_fees) = run(
        ReportSource::new(order.reports, progress),
        order.way(&HandedOut::default(), &workplace.scratch()),
        &mut NoEarlierPayments,
        batches,
        single_fees,
    )?;
    drop(single_fees);
    let (written, changes, used) = batches.finish().map_err(export)?;
    // DATEV refuses a file without records.
    if used.first_day().is_some() {
        let labels = create("EXTF_Kontenbeschriftungen.csv")?;
        drop(write_account_labels(labels, &used, rules, settings, created).map_err(export)?);
    }
    if used.has_personal_accounts() {
        let debtors = create("EXTF_Debitoren.csv")?;
        drop(write_debtors(debtors, &used, rules, settings, created).map_err(export)?);
    }
    let digests = output.finish()?;
    let made = proof::Made {
        run: &found,
        seller: &order.reports.seller,
        repeated: order.reports.repeated.iter().map(|source| source.name.clone()).collect(),
        configuration: order.configuration,
        period: order.period,
        created: order.created,
        files: files(&digests, &written),
        changes,
    };
    let proof = proof::build(made, order.language)?;
    write_proof(&folder, &proof, order)?;
    workplace.publish()?;
    Ok(proof)
}

/// «Erzeugt am» is written in local time: the client's.
fn local_time(order: &Order<'_>) -> DateTime {
    order.configuration.rules.client().zone.zone().to_datetime(order.created)
}

fn export(error: WriteError) -> ConvertError {
    ConvertError::Export(Box::new(error))
}

/// All files made, with what stands in the batches.
fn files(digests: &Digests, written: &[WrittenFile]) -> Vec<proof::File> {
    let batch = |name: &str| {
        let written = written.iter().find(|written| written.name.as_str() == name)?;
        Some(proof::Batch {
            from: written.from.to_string(),
            to: written.to.to_string(),
            postings: written.totals.rows.into(),
            debit: written.totals.debit,
            credit: written.totals.credit,
        })
    };
    let file = |(name, (sha256, bytes)): (&String, &(String, u64))| proof::File {
        name: name.clone(),
        sha256: sha256.clone(),
        bytes: *bytes,
        batch: batch(name),
    };
    digests.iter().map(file).collect()
}

fn write_proof(folder: &Path, proof: &Proof, order: &Order<'_>) -> Result<(), ConvertError> {
    write(&folder.join("proof.txt"), |out| proof::write_text(proof, order.language, out))?;
    write(&folder.join(PROOF), |out| {
        serde_json::to_writer_pretty(&mut *out, proof)?;
        writeln!(out)
    })
}

fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), ConvertError> {
    let written = File::create(path).map(BufWriter::new).and_then(|mut out| {
        content(&mut out)?;
        out.flush()
    });
    written.map_err(|source| ConvertError::Write { path: path.to_owned(), source })
}
