//! Reports by upload: many at once, each with its verdict; what is broken stays outside, and the bytes come back as they were.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::demo::Demo;
use browser_tests::settlements::Reports;
use browser_tests::walk::walk;

use crate::accounts::assign_accounts;
use crate::export::export;
use crate::words::{ENGLISH, GERMAN, Words};

fn name(path: &Path) -> Result<&str> {
    path.file_name().and_then(|name| name.to_str()).context("a name")
}

/// A report that breaks off in the middle, one whose last amount is another, and a file that is no report.
fn broken(report: &Path, folder: &Path) -> Result<[PathBuf; 3]> {
    let bytes = std::fs::read(report)?;
    let files = ["cut.csv", "changed.csv", "letter.csv"].map(|name| folder.join(name));
    let [cut, changed, letter] = &files;
    std::fs::write(cut, bytes.get(..bytes.len() * 2 / 3).context("two thirds")?)?;
    let mut other = bytes.clone();
    let digit = other.iter_mut().rev().find(|byte| byte.is_ascii_digit()).context("a digit")?;
    *digit = if *digit == b'9' { b'8' } else { *digit + 1 };
    std::fs::write(changed, other)?;
    std::fs::write(letter, "Dear Sir or Madam,\n")?;
    Ok(files)
}

async fn go_to_uploads(browser: &Browser, words: &Words) -> Result<()> {
    browser.press(words.uploads).await?;
    browser.arrives_at(words.uploads).await
}

/// A client of the merchant's own, from the list of clients.
async fn make_client(browser: &Browser, demo: &Demo, words: &Words, name: &str) -> Result<()> {
    browser.press(words.account).await?;
    browser.press(words.all_clients).await?;
    browser.fill(words.client_name, name).await?;
    browser.fill(words.client_owner, &demo.email()?).await?;
    browser.press(words.create_client).await?;
    browser.arrives_at("Dashboard").await
}

async fn send(browser: &Browser, words: &Words, files: &[&Path]) -> Result<()> {
    browser.choose_files(words.reports, files).await?;
    browser.press(words.upload).await
}

async fn upload(browser: &Browser, demo: &Demo, words: &Words) -> Result<()> {
    let reports = Reports::fetch(&demo.simulator()?, &demo.spare()?).await?;
    let good: Vec<&Path> = reports.files.iter().map(PathBuf::as_path).collect();
    let first = *good.first().context("a report")?;
    browser.log_in(&demo.email()?, &demo.password()?).await?;
    go_to_uploads(browser, words).await?;
    send(browser, words, &[first]).await?;
    browser.row_says(name(first)?, words.of_another_merchant).await?;

    make_client(browser, demo, words, "Zweiter Laden").await?;
    go_to_uploads(browser, words).await?;
    send(browser, words, &good).await?;
    for report in &good {
        browser.row_says(name(report)?, words.new).await?;
    }
    send(browser, words, &[first]).await?;
    browser.row_says(name(first)?, words.already_known).await?;

    browser.press(words.see_the_report).await?;
    browser.press(words.download_the_original).await?;
    let downloaded = std::fs::read(browser.download(".csv").await?)?;
    let same = |report: &&Path| std::fs::read(report).is_ok_and(|bytes| bytes == downloaded);
    ensure!(good.iter().any(same), "the bytes that came back are none of those that went in");

    go_to_uploads(browser, words).await?;
    let folder = tempfile::tempdir()?;
    let [cut, changed, letter] = broken(first, folder.path())?;
    send(browser, words, &[&cut, &changed, &letter]).await?;
    for file in [&cut, &changed, &letter] {
        browser.row_says(name(file)?, words.refused).await?;
    }
    assign_accounts(browser, words).await?;
    export(browser, words, None, &reports).await
}

#[tokio::test]
async fn reports_are_uploaded_many_at_once_and_broken_ones_stay_outside() -> Result<()> {
    walk("upload-de", "de", async |browser, demo| upload(browser, demo, &GERMAN).await).await
}

#[tokio::test]
async fn the_same_in_english() -> Result<()> {
    walk("upload-en", "en", async |browser, demo| upload(browser, demo, &ENGLISH).await).await
}

#[tokio::test]
async fn the_same_without_scripts() -> Result<()> {
    walk("upload-no-scripts", "de", async |browser, demo| {
        browser.scripts(false).await?;
        upload(browser, demo, &GERMAN).await
    })
    .await
}
