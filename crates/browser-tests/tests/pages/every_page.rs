//! Every page that a link leads to is judged: everybody can use it, in light and dark, wide and narrow; it is light, and its
//! console is silent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Result, bail, ensure};
use browser_tests::browser::Browser;
use browser_tests::inspect::judge;
use browser_tests::walk::walk;

/// The addresses to which the links of the page lead, without those that hand out a file.
async fn links(browser: &Browser) -> Result<Vec<String>> {
    const LINKS: &str = r#"
        return [...document.querySelectorAll("a[href]:not([download])")]
            .filter((link) => link.origin === location.origin)
            .map((link) => link.pathname + link.search);
    "#;
    let found = browser.run(LINKS, Vec::new()).await?;
    Ok(serde_json::from_value(found)?)
}

/// Pages that differ only in what they show: identifiers, months, numbers and queries are all the same.
fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let part = |part: &str| {
        let shown = part.len() > 20 || part.bytes().any(|byte| byte.is_ascii_digit());
        if shown { "…".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn is_file(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    [".csv", ".xlsx", ".zip", ".json", ".txt", ".pdf"].iter().any(|ending| path.ends_with(ending))
        || path.starts_with("/assets/")
        || path.starts_with("/api/")
}

/// Follows all links from where the browser is and judges one page of each shape.
async fn judge_all(browser: &Browser) -> Result<BTreeMap<String, String>> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([browser.path().await?]);
    let mut judged = BTreeMap::new();
    let mut findings = Vec::new();
    while let Some(path) = open.pop_front() {
        if is_file(&path) || !seen.insert(shape(&path)) {
            continue;
        }
        browser.goto(&path).await?;
        if shape(&browser.path().await?) != shape(&path) {
            // A page that leads on to another, or a file that was handed out.
            open.push_back(browser.path().await?);
            continue;
        }
        if let Err(error) = judge(browser).await {
            findings.push(format!("{error:#}"));
        }
        open.extend(links(browser).await?);
        judged.insert(shape(&path), path);
    }
    ensure!(judged.len() > 8, "only {:?}", judged.keys());
    if !findings.is_empty() {
        bail!("{} of {} pages:\n{}", findings.len(), judged.len(), findings.join("\n"));
    }
    Ok(judged)
}

#[tokio::test]
async fn every_page_is_good_to_everybody() -> Result<()> {
    walk("every-page", "de", async |browser, demo| {
        browser.goto("/login").await?;
        judge(browser).await?;
        browser.log_in(&demo.email()?, &demo.password()?).await?;
        let judged = judge_all(browser).await?;
        println!("{} pages: {:?}", judged.len(), judged.values());
        Ok(())
    })
    .await
}

#[test]
fn pages_that_show_different_things_have_one_shape() {
    assert_eq!(
        shape("/clients/0199d1a0-7d1f-7000-8000-000000000000/entries?month=2026-10"),
        "/clients/…/entries"
    );
    assert_eq!(shape("/clients/a/export/2026-10"), "/clients/a/export/…");
    assert!(is_file("/clients/a/entries.csv?month=2026-10"));
}
