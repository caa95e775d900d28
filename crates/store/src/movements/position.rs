//! Where a list of movements goes on: the key of the last row that was shown.

use std::fmt;
use std::str::FromStr;

/// The key of a row in the order of a list. Its text stands in addresses; what it says is nobody's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The number of the identifier by which the list is looked up; 0 where it goes by time.
    pub(crate) name: u8,
    /// The text of that identifier.
    pub(crate) text: String,
    /// When the row was posted, in microseconds UTC.
    pub(crate) posted_at: i64,
    /// Its settlement.
    pub(crate) settlement: i64,
    /// Its line.
    pub(crate) line: i64,
}

impl Position {
    /// Where a list by time goes on after a row.
    pub fn of(row: &super::Movement) -> Self {
        Self {
            posted_at: row.posted_at.as_microsecond(),
            settlement: row.settlement,
            line: i64::try_from(row.line).unwrap_or(i64::MAX),
            ..Self::default()
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, text, posted_at, settlement, line } = self;
        write!(formatter, "{name}.{posted_at}.{settlement}.{line}.{text}")
    }
}

/// A text that is no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no position in a list")]
pub struct NoPosition;

impl FromStr for Position {
    type Err = NoPosition;

    fn from_str(text: &str) -> Result<Self, NoPosition> {
        let parts: Vec<&str> = text.splitn(5, '.').collect();
        let [name, posted_at, settlement, line, text] = parts[..] else { return Err(NoPosition) };
        if text.contains('\0') {
            return Err(NoPosition);
        }
        let number = |text: &str| text.parse().map_err(|_| NoPosition);
        Ok(Self {
            name: name.parse().map_err(|_| NoPosition)?,
            text: text.to_owned(),
            posted_at: number(posted_at)?,
            settlement: number(settlement)?,
            line: number(line)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_is_written() {
        let position =
            Position { name: 2, text: "P01.5-ä".to_owned(), posted_at: -5, settlement: 7, line: 9 };
        assert_eq!(position.to_string().parse(), Ok(position));
        for wrong in ["", "1.2.3.4", "x.2.3.4.", "1.2.3.99999999999999999999."] {
            assert_eq!(wrong.parse::<Position>(), Err(NoPosition), "{wrong}");
        }
    }
}
