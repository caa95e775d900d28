//! What a person does with a page and sees of it: the vocabulary of the walks.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::extensions::query::ElementQueryable as _;
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::driver::Driver;
use crate::patience::until;

/// Finds what a person would point at by its name: in an open dialog before anything else, whole names before beginnings.
const BY_NAME: &str = r#"
const [kinds, name] = arguments;
const place = document.querySelector("dialog[open]") || document;
const text = (part) => (part.getAttribute("aria-label") || part.textContent).replace(/\s+/g, " ").trim();
const all = [...place.querySelectorAll(kinds)].filter((part) => part.checkVisibility({ visibilityProperty: true }));
return all.find((part) => text(part) === name) || all.find((part) => text(part).startsWith(name)) || null;
"#;

/// Finds the control of a label: one that names it, or the texts that it says it is called by.
const BY_LABEL: &str = r#"
const [name] = arguments;
const place = document.querySelector("dialog[open]") || document;
const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
const names = (control) => [
  control.getAttribute("aria-label"),
  (control.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent).join(" "),
  ...[...control.labels].map((label) => label.textContent),
].map(plain);
const all = [...place.querySelectorAll("input:not([type=hidden]), select, textarea")];
return all.find((control) => names(control).includes(name))
  || all.find((control) => names(control).some((own) => own.startsWith(name))) || null;
"#;

/// What a button or a link may be.
const PRESSED: &str = "button, a[href], summary, input[type=submit], [role=button], [role=tab]";

/// A browser at a house.
#[derive(Debug)]
pub struct Browser {
    driver: Driver,
    site: String,
}

impl Browser {
    /// Opens a browser for the pages of a site.
    pub async fn open(site: String, language: &str) -> Result<Self> {
        Ok(Self { driver: Driver::start(language).await?, site })
    }

    /// Closes it.
    pub async fn close(self) -> Result<()> {
        self.driver.quit().await
    }

    /// The browser itself, for what has no word here.
    pub fn session(&self) -> Result<&WebDriver> {
        self.driver.session()
    }

    /// Goes to a page by its address.
    pub async fn goto(&self, path: &str) -> Result<()> {
        Ok(self.session()?.goto(format!("{}{path}", self.site)).await?)
    }

    /// The address of the page, without the site.
    pub async fn path(&self) -> Result<String> {
        let url = self.session()?.current_url().await?.to_string();
        Ok(url.strip_prefix(&self.site).unwrap_or(&url).to_owned())
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.session()?.execute(script, arguments).await?.json().clone())
    }

    async fn find(&self, script: &str, arguments: Vec<Value>) -> Result<Option<WebElement>> {
        let found = self.session()?.execute(script, arguments).await?;
        if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
    }

    /// The field with a label.
    pub async fn field(&self, label: &str) -> Result<WebElement> {
        until(&format!("the field «{label}»"), async || self.find(BY_LABEL, vec![json!(label)]).await).await
    }

    /// Writes into a field in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.field(label).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses files for a field; the input itself may be hidden behind a button.
    pub async fn choose_files(&self, label: &str, files: &[&Path]) -> Result<()> {
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        Ok(self.field(label).await?.send_keys(paths.join("\n")).await?)
    }

    /// Chooses an entry of a list by its text.
    pub async fn choose(&self, label: &str, entry: &str) -> Result<()> {
        let list = self.field(label).await?;
        let entry = list.query(By::XPath(format!("./option[normalize-space(.)='{entry}']"))).first().await?;
        Ok(entry.click().await?)
    }

    /// Ticks a box, unless it is ticked.
    pub async fn tick(&self, label: &str) -> Result<()> {
        let tick = self.field(label).await?;
        if !tick.is_selected().await? {
            tick.scroll_into_view().await?;
            tick.click().await?;
        }
        Ok(())
    }

    /// What stands in a field.
    pub async fn value(&self, label: &str) -> Result<String> {
        Ok(self.field(label).await?.value().await?.unwrap_or_default())
    }

    /// Presses a button or follows a link, once it can be.
    pub async fn press(&self, name: &str) -> Result<()> {
        until(&format!("something to press named «{name}»"), async || {
            let Some(found) = self.find(BY_NAME, vec![json!(PRESSED), json!(name)]).await? else {
                return Ok(None);
            };
            if !found.is_enabled().await? {
                return Ok(None);
            }
            found.scroll_into_view().await?;
            found.click().await?;
            Ok(Some(()))
        })
        .await
        .with_context(|| format!("pressing «{name}»"))
    }

    /// Is there a button or link of this name now?
    pub async fn offers(&self, name: &str) -> Result<bool> {
        Ok(self.find(BY_NAME, vec![json!(PRESSED), json!(name)]).await?.is_some())
    }

    /// Waits until a text can be seen on the page.
    pub async fn sees(&self, text: &str) -> Result<()> {
        until(&format!("the text «{text}»"), async || Ok(self.shows(text).await?.then_some(()))).await
    }

    /// Can a text be seen now? Spaces and breaks are all the same.
    pub async fn shows(&self, text: &str) -> Result<bool> {
        Ok(self.text().await?.contains(text))
    }

    /// All that can be read on the page, with single spaces.
    pub async fn text(&self) -> Result<String> {
        let text = self.run("return document.body.innerText", Vec::new()).await?;
        let text = text.as_str().context("a text")?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until a row of a table that names something says something of it; gives the whole row.
    pub async fn row_says(&self, name: &str, text: &str) -> Result<String> {
        const ROWS: &str = r#"
            const [name] = arguments;
            const plain = (row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join(" | ");
            return [...document.querySelectorAll("tbody tr")].map(plain).filter((row) => row.includes(name));
        "#;
        let what = format!("a row of «{name}» with «{text}»");
        until(&what, async || {
            let rows: Vec<String> = serde_json::from_value(self.run(ROWS, vec![json!(name)]).await?)?;
            if let Some(row) = rows.iter().find(|row| row.contains(text)) {
                return Ok(Some(row.clone()));
            }
            ensure!(rows.is_empty(), "it says {rows:?}");
            Ok(None)
        })
        .await
    }

    /// Presses a link or a button in the first row that names something.
    pub async fn press_in_row(&self, name: &str, pressed: &str) -> Result<()> {
        const IN_ROW: &str = r#"
            const [kinds, name, pressed] = arguments;
            const plain = (part) => part.textContent.replace(/\s+/g, " ").trim();
            const row = [...document.querySelectorAll("tbody tr")].find((row) => plain(row).includes(name));
            return row ? [...row.querySelectorAll(kinds)].find((part) => plain(part) === pressed) || null : null;
        "#;
        until(&format!("«{pressed}» in a row of «{name}»"), async || {
            let arguments = vec![json!(PRESSED), json!(name), json!(pressed)];
            let Some(found) = self.find(IN_ROW, arguments).await? else { return Ok(None) };
            found.scroll_into_view().await?;
            found.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// The rows of all lists, each with its texts and the addresses of its links.
    pub async fn rows(&self) -> Result<Vec<(String, Vec<String>)>> {
        const ROWS: &str = r#"
            const plain = (row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join(" | ");
            const links = (row) => [...row.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
            return [...document.querySelectorAll("tbody tr")].map((row) => [plain(row), links(row)]);
        "#;
        Ok(serde_json::from_value(self.run(ROWS, Vec::new()).await?)?)
    }

    /// Waits until the page has this heading.
    pub async fn arrives_at(&self, heading: &str) -> Result<()> {
        until(&format!("a page headed «{heading}»"), async || {
            let found = self.find(BY_NAME, vec![json!("h1"), json!(heading)]).await?;
            Ok(found.map(drop))
        })
        .await
    }

    /// Waits for another page than the one at an address.
    pub async fn leaves(&self, path: &str) -> Result<()> {
        until(&format!("another page than {path}"), async || Ok((self.path().await? != path).then_some(())))
            .await
    }

    /// Presses keys where the focus is.
    pub async fn type_keys(&self, keys: impl AsRef<str> + Send) -> Result<()> {
        Ok(self.session()?.action_chain().send_keys(keys.as_ref()).perform().await?)
    }

    /// Presses one key where the focus is.
    pub async fn key(&self, key: Key) -> Result<()> {
        Ok(self.session()?.action_chain().send_keys(key).perform().await?)
    }

    /// Goes on by the tabulator until what has the focus is called so: its label, or its text.
    pub async fn tab_to(&self, name: &str) -> Result<()> {
        const FOCUS: &str = r#"
            const part = document.activeElement;
            const called = (part.getAttribute("aria-labelledby") || "").split(" ");
            const texts = called.map((id) => document.getElementById(id)?.textContent || "");
            const labels = part.labels ? [...part.labels].map((label) => label.textContent) : [];
            const text = part.getAttribute("aria-label") || texts.join(" ") || labels.join(" ") || part.textContent;
            return part === document.body ? "" : text.replace(/\s+/g, " ").trim();
        "#;
        let mut passed = Vec::new();
        for _ in 0..120 {
            self.key(Key::Tab).await?;
            let focus = self.run(FOCUS, Vec::new()).await?;
            let focus = focus.as_str().unwrap_or_default().to_owned();
            if focus == name || focus.starts_with(name) {
                return Ok(());
            }
            passed.push(focus);
        }
        ensure!(false, "the tabulator does not lead to «{name}», but through {passed:?}");
        Ok(())
    }

    /// Waits for a download with a part in its name, until it is whole.
    pub async fn download(&self, part: &str) -> Result<PathBuf> {
        let folder = self.driver.downloads();
        until(&format!("a download named …{part}…"), async || {
            let files: Vec<PathBuf> =
                std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
            let is_partial = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "crdownload");
            if files.iter().any(is_partial) {
                return Ok(None);
            }
            Ok(files.into_iter().find(|path| path.to_string_lossy().contains(part)))
        })
        .await
    }

    /// Lets the page have no scripts from now on, or have them again.
    pub async fn scripts(&self, allowed: bool) -> Result<()> {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await
    }

    /// Makes the window so wide and high, in points.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await
    }

    /// Lets the browser's system be dark, or light.
    pub async fn dark(&self, dark: bool) -> Result<()> {
        let value = if dark { "dark" } else { "light" };
        let scheme = json!({ "name": "prefers-color-scheme", "value": value });
        // Colours change at once, so that nobody judges one between two.
        let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        self.command("Emulation.setEmulatedMedia", json!({ "features": [scheme, still] })).await
    }

    async fn command(&self, method: &str, parameters: Value) -> Result<()> {
        self.session()?.cdp().send_raw(method, parameters).await.map(drop).context(method.to_owned())
    }

    /// A picture of what can be seen, as PNG.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.session()?.screenshot_as_png().await?)
    }

    /// Enters by the form of the login, whatever its language.
    pub async fn log_in(&self, email: &str, password: &str) -> Result<()> {
        self.goto("/login").await?;
        let [email_label, password_label, button] = match self.language().await?.as_str() {
            "en" => ["E-mail", "Password", "Log in"],
            _ => ["E-Mail", "Passwort", "Anmelden"],
        };
        self.fill(email_label, email).await?;
        self.fill(password_label, password).await?;
        self.press(button).await?;
        until("the first page after the login", async || {
            Ok((!self.path().await?.starts_with("/login")).then_some(()))
        })
        .await
    }

    /// The language of the page.
    pub async fn language(&self) -> Result<String> {
        let language = self.run("return document.documentElement.lang", Vec::new()).await?;
        Ok(language.as_str().unwrap_or_default().to_owned())
    }
}
