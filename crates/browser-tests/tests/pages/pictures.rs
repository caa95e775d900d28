//! The pictures of the documents: taken of the demo, so that they show what is there. `KONTOR_PICTURES=update cargo test -p
//! browser-tests pictures` puts them into `docs/images/`; otherwise they are only taken.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::place;
use browser_tests::walk::walk;

use crate::words::GERMAN;

/// No picture of a page is larger than this (bytes).
const LARGEST: usize = 200 * 1024;

fn folder() -> Result<PathBuf> {
    if std::env::var("KONTOR_PICTURES").is_ok_and(|word| word == "update") {
        return Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/images"));
    }
    place::traces()
}

async fn take(browser: &Browser, name: &str) -> Result<()> {
    // The focus of the last press is not part of the page.
    browser.run("document.activeElement?.blur(); window.scrollTo(0, 0)", Vec::new()).await?;
    let picture = browser.picture().await?;
    ensure!(picture.starts_with(b"\x89PNG") && picture.len() < LARGEST, "{name} has {} bytes", picture.len());
    let folder = folder()?;
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(format!("{name}.png")), picture)?)
}

#[tokio::test]
async fn the_pictures_of_the_documents_are_taken() -> Result<()> {
    walk("pictures", "de", async |browser, demo| {
        browser.resize(1280, 860).await?;
        browser.log_in(&demo.email()?, &demo.password()?).await?;
        browser.arrives_at("Dashboard").await?;
        take(browser, "dashboard").await?;
        browser.dark(true).await?;
        take(browser, "dashboard-dark").await?;
        browser.dark(false).await?;
        browser.resize(360, 740).await?;
        take(browser, "dashboard-narrow").await?;
        browser.resize(1280, 860).await?;

        browser.press(&format!("+ {}", GERMAN.connect_new)).await?;
        browser.press("Amazon Pay").await?;
        let spare = demo.spare()?;
        browser.fill(GERMAN.name, "Teeladen Wien").await?;
        browser.fill(GERMAN.seller_id, &spare.merchant_id).await?;
        browser.fill(GERMAN.public_key_id, &spare.public_key_id).await?;
        browser.choose_files(GERMAN.private_key, &[&spare.private_key_file]).await?;
        take(browser, "connect").await?;

        browser.press(GERMAN.entries).await?;
        browser.arrives_at(GERMAN.entries).await?;
        take(browser, "entries").await?;
        browser.press(GERMAN.export_dashboard).await?;
        browser.arrives_at(GERMAN.export_dashboard).await?;
        take(browser, "export").await
    })
    .await
}
