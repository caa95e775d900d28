//! Judging a page: can everybody use it, is it quiet, light and narrow enough.

use std::sync::OnceLock;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use testkit::tools;

use crate::browser::Browser;

/// No page loads more than this, compressed, in all (bytes).
const HEAVIEST: u64 = 150 * 1024;
/// Windows of telephone, tablet and small laptop: width and height, in points.
const WINDOWS: [(u32, u32); 3] = [(360, 740), (820, 1180), (1120, 720)];
/// The window of all else.
const WINDOW: (u32, u32) = (1280, 900);

const AXE: &str = "/axe-core/axe.min.js";
const RUN_AXE: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"] }).then(
  (results) => done(results.violations.map((violation) => ({
    id: violation.id,
    impact: violation.impact,
    help: violation.help,
    places: violation.nodes.slice(0, 5).map((node) => `${node.target.join(" ")} | ${node.html.slice(0, 160)} | ${node.any.concat(node.all).map((check) => check.message).join("; ")}`),
  }))),
  (error) => done([{ id: "axe", impact: "critical", help: String(error), places: [] }]),
);
"#;

fn axe() -> Result<&'static str> {
    static SOURCE: OnceLock<String> = OnceLock::new();
    if let Some(source) = SOURCE.get() {
        return Ok(source);
    }
    let path = format!("{}{AXE}", tools::node_modules("axe")?.display());
    let source = std::fs::read_to_string(&path).context(path)?;
    Ok(SOURCE.get_or_init(|| source))
}

/// What axe finds serious or critical on the page, a line each.
pub async fn barriers(browser: &Browser) -> Result<Vec<String>> {
    browser.run(axe()?, Vec::new()).await?;
    let found = browser.session()?.execute_async(RUN_AXE, Vec::new()).await?;
    let serious = |violation: &&Value| matches!(violation["impact"].as_str(), Some("serious" | "critical"));
    let all = found.json().as_array().context("a list")?;
    Ok(all.iter().filter(serious).map(|violation| format!("{violation:#}")).collect())
}

/// What the console says that is not good: errors, and what the content security policy refused.
pub async fn complaints(browser: &Browser) -> Result<Vec<String>> {
    let entries = browser.session()?.browser_log().await?;
    let bad = |level: &str, message: &str| level == "SEVERE" || message.contains("Content Security Policy");
    Ok(entries
        .into_iter()
        .filter(|entry| bad(&entry.level, &entry.message))
        .map(|entry| format!("{} {}", entry.level, entry.message))
        .collect())
}

/// So many bytes the page has loaded in all, as they came over the line, whether from the cache or not.
pub async fn weight(browser: &Browser) -> Result<u64> {
    const WEIGHT: &str = r#"
        const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
        return all.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    "#;
    browser.run(WEIGHT, Vec::new()).await?.as_u64().context("a number")
}

/// What stands out to the right of a window, if the whole page can be moved sideways by it.
pub async fn too_wide(browser: &Browser, width: u32) -> Result<Option<String>> {
    const WIDE: &str = r#"
        const [width] = arguments;
        const page = document.scrollingElement;
        if (page.scrollWidth <= width) return null;
        const out = [...document.body.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > width + 1);
        return `at ${width} points it is ${page.scrollWidth} wide: ` + out.slice(0, 6).map((part) => part.outerHTML.slice(0, 120)).join(" … ");
    "#;
    Ok(browser.run(WIDE, vec![json!(width)]).await?.as_str().map(str::to_owned))
}

/// Judges the page where the browser is: in light and dark, wide and narrow.
pub async fn judge(browser: &Browser) -> Result<()> {
    let path = browser.path().await?;
    let mut findings = Vec::new();
    for complaint in complaints(browser).await? {
        findings.push(format!("the console: {complaint}"));
    }
    let weight = weight(browser).await?;
    ensure!(weight > 0, "{path}: the browser does not tell what the page weighs");
    if weight > HEAVIEST {
        findings.push(format!("it loads {weight} bytes, more than {HEAVIEST}"));
    }
    for dark in [false, true] {
        browser.dark(dark).await?;
        let scheme = if dark { "dark" } else { "light" };
        findings.extend(barriers(browser).await?.into_iter().map(|barrier| format!("{scheme}: {barrier}")));
    }
    browser.dark(false).await?;
    for (width, height) in WINDOWS {
        browser.resize(width, height).await?;
        findings.extend(too_wide(browser, width).await?);
    }
    browser.resize(WINDOW.0, WINDOW.1).await?;
    if findings.is_empty() {
        return Ok(());
    }
    bail!("{path}:\n{}", findings.join("\n"))
}
