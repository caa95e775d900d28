//! What a demo says: where to look, and by what to enter.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;

use app::{Language, say};
use ledger::calendar::Month;
use serde::Serialize;
use web::server::Site;

use super::batches::Written;
use super::folder::Folder;
use super::play::Play;
use crate::edge;
use crate::output::Output;

/// Where everything is.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    format: &'static str,
    version: u32,
    url: String,
    email: &'static str,
    password: String,
    spare: Spare,
    client: String,
    /// The simulator's address.
    simulator: String,
    data: PathBuf,
    #[serde(skip)]
    control_page: String,
    #[serde(skip)]
    goes_away: bool,
    #[serde(skip)]
    story: Story,
}

/// A merchant who is not connected yet.
#[derive(Debug, Serialize)]
struct Spare {
    merchant_id: String,
    public_key_id: String,
    private_key_file: PathBuf,
}

/// What has happened.
#[derive(Debug)]
struct Story {
    merchant: String,
    fetched: u64,
    uploaded: u64,
    exported: Vec<Month>,
    to_export: Option<Month>,
}

impl Story {
    fn of(play: &Play) -> Self {
        Self {
            merchant: play.simulator.merchant().merchant_id().to_owned(),
            fetched: play.fetched,
            uploaded: play.uploaded,
            exported: play.exported.clone(),
            to_export: play.to_export,
        }
    }

    fn show(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        let Self { merchant, fetched, uploaded, exported, to_export } = self;
        let connected = say!(
            language,
            "Ein Simulator spielt Amazon Pay. Händler {merchant} ist angebunden; {fetched} Abrechnungsberichte kamen mit seinem \
             Schlüssel,\n{uploaded} ältere durch Hochladen.",
            "A simulator plays Amazon Pay. Merchant {merchant} is connected; {fetched} settlement reports came by his key,\n\
             {uploaded} older ones by upload."
        );
        writeln!(out, "{connected}")?;
        let first = exported.last().map(ToString::to_string).unwrap_or_default();
        if let Some(last) = exported.first() {
            let text = say!(
                language,
                "Exportiert sind die Monate {first} bis {last}.",
                "The months {first} to {last} are exported."
            );
            writeln!(out, "{text}")?;
        }
        if let Some(month) = to_export {
            let text = say!(language, "Zu exportieren ist noch {month}.", "Still to be exported: {month}.");
            writeln!(out, "{text}")?;
        }
        Ok(())
    }
}

impl Told {
    /// Writes the key of the second merchant, and gathers what there is to tell.
    pub(super) fn of(play: &Play, site: &Site, folder: &Folder) -> anyhow::Result<Self> {
        let spare = play.spare()?;
        let private_key_file = folder.path().join(format!("AmazonPay_{}.pem", spare.public_key_id()));
        edge::write_secret(&private_key_file, spare.pem().as_bytes())?;
        Ok(Self {
            format: "kontor.demo",
            version: 1,
            url: site.origin().to_owned(),
            email: play.email,
            password: play.password.clone(),
            spare: Spare {
                merchant_id: spare.merchant_id().to_owned(),
                public_key_id: spare.public_key_id().to_string(),
                private_key_file,
            },
            client: play.client.to_string(),
            simulator: play.simulator.endpoint().to_owned(),
            data: folder.path().to_owned(),
            control_page: play.simulator.control_page(),
            goes_away: folder.is_temporary(),
            story: Story::of(play),
        })
    }

    /// For programs, on one line.
    pub(super) fn show_json(&self) -> anyhow::Result<()> {
        let mut out = Output::lock();
        serde_json::to_writer(&mut out, self)?;
        writeln!(out)?;
        Ok(out.flush()?)
    }

    /// For people.
    pub(super) fn show(&self, language: Language) -> anyhow::Result<()> {
        let mut out = Output::lock();
        self.write(language, &mut out)?;
        Ok(out.flush()?)
    }

    fn write(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        line(out, "Kontor", &self.url)?;
        line(out, language.pick("E-Mail", "E-mail"), &self.email)?;
        line(out, language.pick("Passwort", "Password"), &self.password)?;
        writeln!(out)?;
        self.story.show(language, out)?;
        let invitation = language.pick(
            "Selbst anbinden: «+ Neue Schnittstelle anbinden» → Amazon Pay, mit dem zweiten Händler:",
            "To connect one yourself: «+ Connect a new provider» → Amazon Pay, with the second merchant:",
        );
        writeln!(out, "\n{invitation}")?;
        line(out, language.pick("Verkäufer-ID", "Merchant ID"), &self.spare.merchant_id)?;
        line(out, language.pick("Public Key-ID", "Public Key ID"), &self.spare.public_key_id)?;
        line(out, language.pick("Private Key", "Private key"), &self.spare.private_key_file.display())?;
        writeln!(out)?;
        line(out, "Simulator", &self.control_page)?;
        line(out, language.pick("Daten", "Data"), &self.data.display())?;
        let end = match (self.goes_away, language) {
            (true, Language::De) => "Strg+C (die Daten gehen mit)",
            (true, Language::En) => "Ctrl+C (the data go with it)",
            (false, Language::De) => "Strg+C",
            (false, Language::En) => "Ctrl+C",
        };
        line(out, language.pick("Beenden", "To end it"), &end)
    }
}

fn line(out: &mut impl Write, name: &str, value: &dyn Display) -> io::Result<()> {
    writeln!(out, "{:<16}{value}", format!("{name}:"))
}

/// What a demo without pages has done.
pub(super) fn show_batches(play: &Play, written: &Written, language: Language) -> anyhow::Result<()> {
    let mut out = Output::lock();
    let story = Story { to_export: None, ..Story::of(play) };
    let exported = play.to_export.into_iter().chain(story.exported.iter().copied()).collect();
    Story { exported, ..story }.show(language, &mut out)?;
    let Written { folder, files, postings, errors } = written;
    let place = folder.display();
    let summary = say!(
        language,
        "{files} Dateien mit {postings} Buchungen: {place}\nGeprüft nach den Regeln von DATEV: {errors} Fehler.",
        "{files} files with {postings} postings: {place}\nChecked by DATEV's rules: {errors} errors."
    );
    writeln!(out, "{summary}")?;
    Ok(out.flush()?)
}

/// Where to look after a demo without pages.
pub(super) fn show_further(folder: &Folder, written: &Written, language: Language) -> anyhow::Result<()> {
    let mut out = Output::lock();
    let (place, data) = (written.folder.display(), folder.path().display());
    let further = say!(
        language,
        "Weiter: kontor datev check {place}/EXTF_*.csv\n        kontor documents list --data {data}\n        kontor verify --data {data}\n        kontor serve --data {data}",
        "Go on: kontor datev check {place}/EXTF_*.csv\n       kontor documents list --data {data}\n       kontor verify --data {data}\n       kontor serve --data {data}"
    );
    writeln!(out, "{further}")?;
    Ok(out.flush()?)
}
