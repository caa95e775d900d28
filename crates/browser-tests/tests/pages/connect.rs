//! Connecting Amazon Pay in the browser: from the login to the first fetch.

use std::path::Path;

use anyhow::{Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::demo::{Demo, Spare};
use browser_tests::patience::until;
use browser_tests::settlements::Reports;
use browser_tests::walk::walk;
use thirtyfour::Key;

use crate::accounts::assign_accounts;
use crate::export::export;
use crate::words::{ENGLISH, GERMAN, Words};

/// What the new connection is called.
const LABEL: &str = "Zweiter Laden";

/// From the login to the form, as a merchant goes.
async fn go_to_the_form(browser: &Browser, demo: &Demo, words: &Words) -> Result<()> {
    browser.log_in(&demo.email()?, &demo.password()?).await?;
    browser.press(&format!("+ {}", words.connect_new)).await?;
    browser.arrives_at(words.connect_new).await?;
    browser.press("Amazon Pay").await?;
    browser.arrives_at(words.set_up_amazon_pay).await
}

async fn fill_in(browser: &Browser, spare: &Spare, words: &Words) -> Result<()> {
    browser.fill(words.name, LABEL).await?;
    browser.fill(words.seller_id, &spare.merchant_id).await?;
    browser.fill(words.public_key_id, &spare.public_key_id).await?;
    browser.choose_files(words.private_key, &[&spare.private_key_file]).await
}

/// The first fetch, watched until it has brought all that Amazon lists.
async fn watch_the_first_fetch(browser: &Browser, demo: &Demo, words: &Words) -> Result<Reports> {
    browser.sees(words.complete).await?;
    let reports = Reports::fetch(&demo.simulator()?, &demo.spare()?).await?;
    ensure!(reports.files.len() > 60, "{} reports", reports.files.len());
    browser.sees(&format!("{} {}", words.complete, reports.files.len())).await?;
    Ok(reports)
}

/// The whole way from the login to the file for the adviser.
async fn connect(browser: &Browser, demo: &Demo, words: &Words) -> Result<()> {
    go_to_the_form(browser, demo, words).await?;
    fill_in(browser, &demo.spare()?, words).await?;
    browser.press(words.finish).await?;
    browser.sees(words.key_is_right).await?;
    let reports = watch_the_first_fetch(browser, demo, words).await?;
    assign_accounts(browser, words).await?;
    export(browser, words, Some(LABEL), &reports).await
}

#[tokio::test]
async fn a_merchant_connects_with_a_key_and_hands_over_a_month() -> Result<()> {
    walk("connect-de", "de", async |browser, demo| connect(browser, demo, &GERMAN).await).await
}

#[tokio::test]
async fn the_same_in_english() -> Result<()> {
    walk("connect-en", "en", async |browser, demo| connect(browser, demo, &ENGLISH).await).await
}

/// Every wrong key is refused at its field, in words, and what was typed stays.
#[tokio::test]
async fn a_wrong_key_is_refused_in_words_and_what_was_typed_stays() -> Result<()> {
    const REFUSALS: [(&str, &str); 5] = [
        ("README.md", "Das ist kein privater Schlüssel"),
        ("public.pem", "Das ist ein öffentlicher Schlüssel"),
        ("encrypted-pkcs8.pem", "mit einem Kennwort verschlüsselt"),
        ("certificate.pem", "Das ist ein Zertifikat, kein privater Schlüssel"),
        ("rsa-pkcs8.pem", "Der Private Key gehört nicht zu dieser Public Key-ID"),
    ];
    walk("wrong-key", "de", async |browser, demo| {
        let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../amazon-pay/tests/keys").canonicalize()?;
        let spare = demo.spare()?;
        go_to_the_form(browser, demo, &GERMAN).await?;
        fill_in(browser, &spare, &GERMAN).await?;
        for (file, refusal) in REFUSALS {
            browser.choose_files(GERMAN.private_key, &[&keys.join(file)]).await?;
            browser.press(GERMAN.finish).await?;
            browser.sees(refusal).await?;
            ensure!(
                browser.value(GERMAN.seller_id).await? == spare.merchant_id,
                "{file}: the merchant is gone"
            );
            ensure!(
                browser.value(GERMAN.public_key_id).await? == spare.public_key_id,
                "{file}: the id is gone"
            );
            ensure!(browser.value(GERMAN.private_key).await?.is_empty(), "{file}: a key is never sent back");
        }
        browser.fill(GERMAN.seller_id, "A1B2C3D4E5F6G7").await?;
        browser.choose_files(GERMAN.private_key, &[&spare.private_key_file]).await?;
        browser.press(GERMAN.finish).await?;
        browser.sees(&format!("Der Schlüssel gehört zum Verkäufer {}", spare.merchant_id)).await?;
        browser.fill(GERMAN.seller_id, &spare.merchant_id).await?;
        browser.choose_files(GERMAN.private_key, &[&spare.private_key_file]).await?;
        browser.press(GERMAN.finish).await?;
        browser.sees(GERMAN.key_is_right).await
    })
    .await
}

/// Whoever uses no mouse comes from the login to the first fetch, and the key file is chosen where a person would press the
/// space bar.
#[tokio::test]
async fn the_keyboard_alone_is_enough() -> Result<()> {
    walk("keyboard", "de", async |browser, demo| {
        let spare = demo.spare()?;
        browser.goto("/login").await?;
        browser.tab_to("E-Mail").await?;
        browser.type_keys(demo.email()?).await?;
        browser.tab_to("Passwort").await?;
        browser.type_keys(demo.password()?).await?;
        browser.key(Key::Enter).await?;
        browser.arrives_at("Dashboard").await?;
        browser.tab_to("+ Neue Schnittstelle anbinden").await?;
        browser.key(Key::Enter).await?;
        browser.arrives_at(GERMAN.connect_new).await?;
        browser.tab_to("Amazon Pay").await?;
        browser.key(Key::Enter).await?;
        browser.arrives_at(GERMAN.set_up_amazon_pay).await?;
        browser.tab_to(GERMAN.seller_id).await?;
        browser.type_keys(&spare.merchant_id).await?;
        browser.tab_to(GERMAN.public_key_id).await?;
        browser.type_keys(&spare.public_key_id).await?;
        browser.tab_to(GERMAN.private_key).await?;
        // The window in which the system lets a file be chosen is not the page's.
        browser.choose_files(GERMAN.private_key, &[&spare.private_key_file]).await?;
        browser.tab_to(GERMAN.finish).await?;
        browser.key(Key::Enter).await?;
        browser.sees(GERMAN.key_is_right).await
    })
    .await
}

/// Without scripts nothing moves by itself, but everything can be done: the page is loaded anew to see how far the fetch is.
#[tokio::test]
async fn it_works_without_scripts() -> Result<()> {
    walk("no-scripts", "de", async |browser, demo| {
        browser.scripts(false).await?;
        go_to_the_form(browser, demo, &GERMAN).await?;
        fill_in(browser, &demo.spare()?, &GERMAN).await?;
        browser.press(GERMAN.finish).await?;
        browser.sees(GERMAN.key_is_right).await?;
        let scripted =
            browser.run("return document.documentElement.classList.contains('scripted')", vec![]).await?;
        ensure!(scripted == false, "a script of the page ran");
        until("the end of the first fetch", async || {
            browser.session()?.refresh().await?;
            Ok(browser.shows(GERMAN.complete).await?.then_some(()))
        })
        .await
    })
    .await
}
