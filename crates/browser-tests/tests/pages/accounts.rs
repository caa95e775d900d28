//! Kontierung: what every client has to say once, before its first export.

use anyhow::Result;
use browser_tests::browser::Browser;

use crate::words::Words;

/// Enters the numbers of the adviser, chooses SKR03 and confirms its accounts.
pub(crate) async fn assign_accounts(browser: &Browser, words: &Words) -> Result<()> {
    browser.press(words.client_data).await?;
    browser.arrives_at(words.client_data).await?;
    browser.fill(words.adviser_number, "29098").await?;
    browser.fill(words.client_number, "55003").await?;
    browser.choose(words.chart, "SKR03").await?;
    browser.tick(words.accounts_confirmed).await?;
    browser.tick(words.fees_confirmed).await?;
    browser.press(words.save).await?;
    browser.sees(words.saved).await
}
