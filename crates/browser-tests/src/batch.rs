//! A booking batch that was downloaded: judged by `kontor datev check`, and added up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use datev::{PostingReader, Side};
use tokio::process::Command;

use crate::place;

/// The provider account of SKR03.
const PROVIDER: &str = "1210";

/// Lets the program say whether DATEV would take a file without a word.
pub async fn check(file: &Path) -> Result<()> {
    let output = Command::new(place::kontor()?).args(["datev", "check"]).arg(file).output().await?;
    let told = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{}: {told}", file.display());
    Ok(())
}

/// What a batch moves on the provider account, in cents by contra account: onto it is positive. Only postings of these
/// settlements count.
pub fn sums(file: &Path, settlements: &BTreeSet<String>) -> Result<BTreeMap<String, i64>> {
    let mut reader = PostingReader::new(BufReader::new(File::open(file)?))?;
    let mut sums = BTreeMap::new();
    while let Some(posting) = reader.next_posting()? {
        if !settlements.contains(posting.settlement_reference.as_ref()) {
            continue;
        }
        let account = posting.account.to_string();
        ensure!(account == PROVIDER, "a posting on {account}: {}", posting.text);
        let amount = i64::try_from(posting.amount.minor()).context("an amount")?;
        let amount = if posting.side == Side::Debit { amount } else { -amount };
        *sums.entry(posting.contra_account.to_string()).or_default() += amount;
    }
    sums.retain(|_, sum| *sum != 0);
    Ok(sums)
}
