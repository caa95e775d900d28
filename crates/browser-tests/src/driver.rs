//! A browser without a window, with a profile and a port of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::json;
use tempfile::TempDir;
use testkit::tools;
use thirtyfour::{
    CapabilitiesHelper as _, ChromiumLikeCapabilities as _, DesiredCapabilities, LoggingPrefsLogLevel,
    WebDriver,
};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// How long chromedriver may take to begin.
const PATIENCE: Duration = Duration::from_mins(1);
/// What chromedriver says when it listens, before its port.
const READY: &str = "started successfully on port ";
/// Pages may take long on a busy machine.
const SCRIPT_PATIENCE: Duration = Duration::from_mins(1);

/// Chromedriver and the browser it leads.
#[derive(Debug)]
pub struct Driver {
    program: Child,
    session: Option<WebDriver>,
    folder: TempDir,
}

impl Driver {
    /// Starts a browser that prefers a language.
    pub async fn start(language: &str) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("kontor-browser-").tempdir()?;
        let mut command = Command::from(tools::program("chromedriver")?);
        command.arg("--port=0").env("TMPDIR", folder.path()).env("LANGUAGE", language);
        let mut driver = command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn()?;
        let mut lines = BufReader::new(driver.stdout.take().context("its output")?).lines();
        let waiting = async {
            while let Some(line) = lines.next_line().await? {
                if let Some((_, rest)) = line.split_once(READY) {
                    return Ok(rest.trim_end_matches('.').parse::<u16>()?);
                }
            }
            anyhow::bail!("chromedriver ended before it began")
        };
        let port = tokio::time::timeout(PATIENCE, waiting).await.context("chromedriver did not begin")??;
        let capabilities = capabilities(folder.path(), language)?;
        let session = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        session.set_script_timeout(SCRIPT_PATIENCE).await?;
        session.set_page_load_timeout(SCRIPT_PATIENCE).await?;
        Ok(Self { program: driver, session: Some(session), folder })
    }

    /// The browser.
    pub fn session(&self) -> Result<&WebDriver> {
        self.session.as_ref().context("the browser was closed")
    }

    /// Where downloads come.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Closes the browser and ends its driver.
    pub async fn quit(mut self) -> Result<()> {
        if let Some(session) = self.session.take() {
            session.quit().await?;
        }
        self.program.kill().await?;
        Ok(())
    }
}

fn capabilities(folder: &Path, language: &str) -> Result<thirtyfour::ChromeCapabilities> {
    let mut wanted = DesiredCapabilities::chrome();
    wanted.set_binary(&program("chromium")?)?;
    for argument in [
        "--headless=new",
        // Tests run as root in a container, where the sandbox cannot be made; pages are our own.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
        "--force-color-profile=srgb",
        "--window-size=1280,900",
    ] {
        wanted.add_arg(argument)?;
    }
    wanted.add_arg(&format!("--user-data-dir={}", folder.join("profile").display()))?;
    wanted.add_arg(&format!("--lang={language}"))?;
    let downloads = folder.join("downloads");
    std::fs::create_dir_all(&downloads)?;
    wanted.add_experimental_option(
        "prefs",
        json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "intl.accept_languages": language,
            "credentials_enable_service": false,
        }),
    )?;
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    wanted.set("pageLoadStrategy", "normal")?;
    Ok(wanted)
}

fn program(name: &str) -> Result<String> {
    let command = tools::program(name)?;
    Ok(command.get_program().to_str().context("a path of letters")?.to_owned())
}
