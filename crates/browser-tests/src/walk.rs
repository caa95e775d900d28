//! A walk: a house and a browser of its own, closed and stopped however it ends.

use std::panic::AssertUnwindSafe;
use std::panic::resume_unwind;

use anyhow::{Context as _, Result};
use futures_util::FutureExt as _;

use crate::browser::Browser;
use crate::demo::Demo;
use crate::place;

/// Starts a demo and a browser of a language, does the steps, and leaves nothing behind. Where a step fails, a picture and
/// the source of the page are left in `target/browser-tests/` under the name of the walk.
pub async fn walk(
    name: &str,
    language: &str,
    steps: impl AsyncFnOnce(&Browser, &Demo) -> Result<()>,
) -> Result<()> {
    let demo = Demo::start(language).await?;
    let browser = Browser::open(demo.url()?, language).await?;
    let outcome = AssertUnwindSafe(steps(&browser, &demo)).catch_unwind().await;
    if !matches!(outcome, Ok(Ok(()))) {
        // The failure of the step is what is told, even where no trace of it can be left.
        let _traced = trace(&browser, name).await;
    }
    let closed = browser.close().await;
    match outcome {
        Err(panic) => resume_unwind(panic),
        Ok(outcome) => outcome.with_context(|| format!("the walk «{name}»"))?,
    }
    closed?;
    demo.stop().await
}

async fn trace(browser: &Browser, name: &str) -> Result<()> {
    let folder = place::traces()?;
    let path = browser.path().await?;
    let source = browser.session()?.source().await?;
    std::fs::write(folder.join(format!("{name}.html")), format!("<!-- {path} -->\n{source}"))?;
    std::fs::write(folder.join(format!("{name}.png")), browser.picture().await?)?;
    Ok(())
}
