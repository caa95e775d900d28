//! The configuration: a TOML file becomes the rules of the ledger and the settings of DATEV, or a list of everything
//! that is wrong in it.

mod account;
mod client;
mod commented;
mod document;
mod error;
mod kontor;
mod nearest;
mod position;
mod problem;
mod rates;
mod rules;
mod stores;
mod texts;
mod values;

use std::io::{self, Read};

use datev::{AdviserNumber, ClientError, ClientNumber};
use exports::datev::DatevSettings;
use exports::datev::review::Severity;
use ledger::chart::Chart;
use ledger::rules::Rules;
use toml::de::DeTable;

pub use commented::commented;
pub use error::ConfigurationError;
pub use kontor::Handling;
pub use position::Position;
pub use problem::{Form, Need, Problem, Type, What};

use document::{Problems, Section};

/// No configuration is larger, in bytes: it would hold a rate for each day of many years in many currencies.
const LARGEST: usize = 1 << 20;

/// A file that is no TOML says so in at most so many places, once a line; what follows a slip is often its echo.
const MOST_SYNTAX_PROBLEMS: usize = 20;

/// The sections of a file.
const SECTIONS: &[&str] = &["client", "document-numbers", "account", "store", "texts", "rate", "kontor"];

/// What a configuration file says.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The rules by which movements become entries.
    pub rules: Rules,
    /// What DATEV wants to know besides.
    pub datev: DatevSettings,
    /// What Kontor does with the entries.
    pub handling: Handling,
    /// What can be booked but deserves a word, in the order of the file.
    pub warnings: Vec<Problem>,
}

impl Configuration {
    /// Reads the text of a file. If anything in it is refused, everything that is wrong is named, not just the first.
    /// A file that is no TOML at all is told so before anything else.
    pub fn read(text: &str) -> Result<Self, ConfigurationError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut problems = Problems::of(text);
        let read = read_text(text, &mut problems);
        let problems = problems.into_list();
        match read {
            Some((rules, datev, handling))
                if problems.iter().all(|problem| problem.severity() == Severity::Warning) =>
            {
                Ok(Self { rules, datev, handling, warnings: problems })
            }
            _ => Err(ConfigurationError { problems }),
        }
    }

    /// Reads the bytes of a file, which must be UTF-8.
    pub fn read_bytes(bytes: &[u8]) -> Result<Self, ConfigurationError> {
        match std::str::from_utf8(bytes) {
            // What was cut because it is too large may end in the middle of a letter.
            Err(error) if bytes.len() <= LARGEST => {
                Err(ConfigurationError::not_utf8(bytes, error.valid_up_to()))
            }
            Err(_) => Err(ConfigurationError::of_file(Position::START, What::TooLarge { most: LARGEST })),
            Ok(text) => Self::read(text),
        }
    }

    /// Reads a file that is open, and no more of it than is needed to see that it is too large. The outer error is the
    /// reader's, the inner one the file's.
    pub fn read_from(file: impl Read) -> io::Result<Result<Self, ConfigurationError>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(LARGEST).unwrap_or(u64::MAX);
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Self::read_bytes(&bytes))
    }

    /// The defaults of a chart, as if a file named nothing but it: Berater 1001, Mandant 1, calendar year, account
    /// length 4, Europe/Berlin, and the accounts that the chart proposes. A chart of one's own proposes none and is
    /// refused.
    pub fn of_chart(chart: Chart) -> Result<Self, ConfigurationError> {
        Self::read(&format!("[client]\nchart = \"{}\"\n", chart.name()))
    }

    /// The same for another Beraternummer or Mandantennummer; a number outside its range is refused.
    pub fn with_numbers(mut self, adviser: Option<u32>, client: Option<u32>) -> Result<Self, ClientError> {
        if let Some(adviser) = adviser {
            self.datev.adviser = AdviserNumber::new(adviser)?;
        }
        if let Some(client) = client {
            self.datev.client = ClientNumber::new(client)?;
        }
        Ok(self)
    }
}

fn read_text(text: &str, problems: &mut Problems<'_>) -> Option<(Rules, DatevSettings, Handling)> {
    if text.len() > LARGEST {
        problems.add_at(Position::START, "", What::TooLarge { most: LARGEST });
        return None;
    }
    let (document, slips) = DeTable::parse_recoverable(text);
    let mut last_line = 0;
    for slip in slips.iter().take(MOST_SYNTAX_PROBLEMS) {
        let span = slip.span().unwrap_or(0..0);
        let line = problems.position(span.start).line;
        if line != last_line {
            problems.add(span, "", What::Syntax { message: slip.message().to_owned() });
        }
        last_line = line;
    }
    if !slips.is_empty() {
        return None;
    }
    let root = Section::root(document.get_ref());
    root.refuse_unknown(SECTIONS, problems);
    let client = client::read(&root, problems);
    let handling = kontor::read(&root, problems);
    let (rules, datev) = rules::read(&root, client, problems)?;
    Some((rules, datev, handling))
}
