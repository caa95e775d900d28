//! From the open month to the file that was downloaded, checked and added up.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::patience::until;
use browser_tests::settlements::{Row, sums};
use browser_tests::{batch, settlements::Reports};
use jiff::civil::Date;

use crate::words::Words;

/// The first day of the month in an address that ends in `/export/2026-10`.
fn month_of(address: &str) -> Option<Date> {
    let (_, month) = address.rsplit_once("/export/")?;
    format!("{month}-01").parse().ok()
}

/// Opens the newest month that is wholly covered and has not left, or not for this connection.
async fn open_month(browser: &Browser, words: &Words) -> Result<Date> {
    browser.press(words.export_dashboard).await?;
    browser.arrives_at(words.export_dashboard).await?;
    let (month, address) = until("a month to export", async || {
        let rows = browser.rows().await?;
        let is_open = |text: &str| text.contains(words.wholly_covered) && text.contains(words.not_exported);
        Ok(rows
            .into_iter()
            .filter(|(text, _)| is_open(text))
            .find_map(|(_, links)| links.into_iter().find_map(|link| Some((month_of(&link)?, link)))))
    })
    .await?;
    browser.goto(&address).await?;
    Ok(month)
}

/// The preview shows every row of the month.
async fn preview(browser: &Browser, words: &Words, rows: &[&Row]) -> Result<()> {
    browser.press(words.preview).await?;
    browser.sees(words.totals).await?;
    browser.sees(&words.rows_of_the_reports(rows.len())).await
}

/// Exports the open month, of one connection where there are several, and proves the file by what Amazon has of the
/// merchant.
pub(crate) async fn export(
    browser: &Browser,
    words: &Words,
    connection: Option<&str>,
    reports: &Reports,
) -> Result<()> {
    let month = open_month(browser, words).await?;
    let here = browser.path().await?;
    let rows = reports.rows()?;
    let of_month: Vec<&Row> = rows.iter().filter(|row| row.day.first_of_month() == month).collect();
    ensure!(of_month.len() > 50, "only {} rows in {month}", of_month.len());
    if let Some(connection) = connection {
        browser.choose(words.scope, connection).await?;
    } else {
        preview(browser, words, &of_month).await?;
        browser.goto(&here).await?;
    }
    browser.press(&words.export_month(month)).await?;
    browser.sees(words.handed_over).await?;
    browser.press_in_row("EXTF_Buchungsstapel", words.download).await?;
    let file = browser.download("EXTF_Buchungsstapel").await?;
    batch::check(&file).await?;
    let settlements: BTreeSet<String> = rows.iter().map(|row| row.settlement.clone()).collect();
    let (found, expected) = (batch::sums(&file, &settlements)?, sums(&rows, month));
    ensure!(
        !expected.is_empty() && found == expected,
        "the file moves {found:?}, Amazon's reports {expected:?}"
    );
    let size = file.metadata()?.len();
    ensure!(size > 0, "{} is empty", file.display());
    file.file_name().context("a name").map(drop)
}
