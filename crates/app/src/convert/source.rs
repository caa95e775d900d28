//! The reports that were given: recognised, put in the order of their periods, each settlement once.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use amazon_pay::report::{self, Peek, Preamble, ReportKind, SettlementReport};

use super::difference::{Side, first_difference};
use super::error::ConvertError;

/// A file that was given, or what came in on standard input.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name by which messages and the proof speak of it.
    pub name: String,
    /// Where the bytes lie.
    pub path: PathBuf,
}

/// A settlement report, recognised and not yet read.
#[derive(Clone, Debug)]
pub struct Report {
    /// Where it came from.
    pub source: Source,
    /// Whose money and of which period.
    pub preamble: Preamble,
    /// The settlement; none in a report without rows.
    pub settlement: Option<String>,
}

/// The reports of one run.
#[derive(Debug)]
pub struct Reports {
    /// The merchant to whom all of them belong.
    pub seller: String,
    /// The reports in the order of their periods.
    pub reports: Vec<Report>,
    /// Reports that were given a second time, with the same rows, and count once.
    pub repeated: Vec<Source>,
}

impl Source {
    /// A file.
    pub fn file(path: &Path) -> Self {
        Self { name: path.display().to_string(), path: path.to_owned() }
    }

    /// Standard input, laid down in a folder first, because every report is looked into before the first is read.
    pub fn standard_input(number: usize, folder: &Path) -> io::Result<Self> {
        let path = folder.join(format!("standard-input-{number}"));
        io::copy(&mut io::stdin().lock(), &mut File::create(&path)?)?;
        Ok(Self { name: "-".to_owned(), path })
    }

    /// Opens the bytes.
    pub fn open(&self) -> Result<File, ConvertError> {
        File::open(&self.path).map_err(|source| ConvertError::Open { name: self.name.clone(), source })
    }

    fn refused(&self, source: report::ReportError) -> ConvertError {
        ConvertError::Report { name: self.name.clone(), source: Box::new(source) }
    }
}

impl Reports {
    /// Looks into every source. Anything but settlement reports of one merchant is refused, in words.
    pub fn arrange(sources: Vec<Source>) -> Result<Self, ConvertError> {
        let mut reports = sources.into_iter().map(recognise).collect::<Result<Vec<_>, _>>()?;
        let seller = one_seller(&reports)?;
        reports.sort_by(|a, b| order(a).cmp(&order(b)));
        let (reports, repeated) = each_once(reports)?;
        Ok(Self { seller, reports, repeated })
    }
}

fn recognise(source: Source) -> Result<Report, ConvertError> {
    let Peek { kind, preamble, settlement_id, .. } =
        report::peek(source.open()?).map_err(|error| source.refused(error))?;
    match (kind, preamble) {
        (ReportKind::Settlement, Some(preamble)) => {
            Ok(Report { source, preamble, settlement: settlement_id })
        }
        (ReportKind::Refund, _) => Err(ConvertError::RefundReport { name: source.name }),
        _ => Err(ConvertError::NotAReport { name: source.name }),
    }
}

fn one_seller(reports: &[Report]) -> Result<String, ConvertError> {
    let Some(first) = reports.first() else { return Ok(String::new()) };
    match reports.iter().find(|other| other.preamble.seller_id != first.preamble.seller_id) {
        None => Ok(first.preamble.seller_id.clone()),
        Some(other) => Err(ConvertError::TwoSellers {
            first: (first.source.name.clone(), first.preamble.seller_id.clone()),
            second: (other.source.name.clone(), other.preamble.seller_id.clone()),
        }),
    }
}

fn order(report: &Report) -> (jiff::Timestamp, jiff::Timestamp, &Option<String>, &str) {
    (report.preamble.start, report.preamble.end, &report.settlement, &report.source.name)
}

/// The same settlement twice counts once; with other rows it is refused and the first difference named.
fn each_once(reports: Vec<Report>) -> Result<(Vec<Report>, Vec<Source>), ConvertError> {
    let mut kept: Vec<Report> = Vec::with_capacity(reports.len());
    let mut repeated = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports {
        let Some(settlement) = report.settlement.clone() else {
            kept.push(report);
            continue;
        };
        if let Some(place) = seen.get(&settlement) {
            same_rows(&kept[*place], &report, &settlement)?;
            repeated.push(report.source);
        } else {
            seen.insert(settlement, kept.len());
            kept.push(report);
        }
    }
    Ok((kept, repeated))
}

fn same_rows(first: &Report, second: &Report, settlement: &str) -> Result<(), ConvertError> {
    let open = |report: &Report| {
        SettlementReport::open(report.source.open()?).map_err(|error| report.source.refused(error))
    };
    match first_difference(open(first)?, open(second)?) {
        Ok(None) => Ok(()),
        Ok(Some(difference)) => Err(ConvertError::OtherRows {
            settlement: settlement.to_owned(),
            first: first.source.name.clone(),
            second: second.source.name.clone(),
            difference: Box::new(difference),
        }),
        Err(Side::First(error)) => Err(first.source.refused(error)),
        Err(Side::Second(error)) => Err(second.source.refused(error)),
    }
}
