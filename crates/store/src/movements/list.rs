//! Lists of movements, page by page: by key and never by offset, so that the last page is as quick as the first.

use jiff::Timestamp;

use super::position::Position;
use super::{Identifier, Movement, movement_columns};
use crate::id::ConnectionId;
use crate::{Argument, Row, StoreError, Transaction, arguments};

/// By which way a list is walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// By the time at which they were posted, the oldest first.
    Oldest,
    /// By the time at which they were posted, the newest first.
    Newest,
    /// Those with a gross amount, with either sign, in minor units; the newest first.
    Amount(u64),
    /// Those with a number, by it. Several are walked one after the other; a row that has the text in two of them comes
    /// once.
    Identifiers {
        /// Which numbers are looked up.
        names: Vec<Identifier>,
        /// The text.
        text: String,
        /// Whether the number may go on after the text.
        prefix: bool,
    },
}

/// Which movements are wanted; what is left open matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Posted at this instant or later.
    pub from: Option<Timestamp>,
    /// Posted before this instant.
    pub until: Option<Timestamp>,
    /// Of a kind, by its name in the ledger.
    pub kind: Option<String>,
    /// Of a shop.
    pub store: Option<String>,
    /// Of a currency.
    pub currency: Option<String>,
    /// Of a connection.
    pub connection: Option<ConnectionId>,
    /// Of a settlement.
    pub settlement: Option<i64>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Movement>,
    /// Where it goes on; none at the end.
    pub next: Option<Position>,
}

/// The text of a statement that walks by time: `$1` client, `$2` to `$4` where it goes on, `$5` the other end of the time,
/// `$6` kind, `$7` shop, `$8` currency, `$9` connection, `$10` settlement, `$11` how many.
macro_rules! by_time {
    ($narrowed:literal, $later:literal, $end:literal, $direction:literal) => {
        concat!(
            "SELECT ",
            movement_columns!(),
            " FROM movement m CROSS JOIN settlement s WHERE m.client = $1 AND ",
            $narrowed,
            " AND (m.posted_at, m.settlement, m.line) ",
            $later,
            " ($2, $3, $4) AND m.posted_at ",
            $end,
            " $5 AND ($6 IS NULL OR m.kind = $6) AND ($7 IS NULL OR m.store = $7)
              AND ($8 IS NULL OR m.currency = $8) AND s.number = m.settlement AND s.kept
              AND ($9 IS NULL OR s.connection = $9) AND ($10 IS NULL OR s.number = $10)
              ORDER BY m.posted_at ",
            $direction,
            ", m.settlement ",
            $direction,
            ", m.line ",
            $direction,
            " LIMIT $11"
        )
    };
}

/// The same for the rows of one kind or shop. All columns of the index stand in one comparison: asked for by `=`, SQLite
/// walks by time instead and looks at every row (3.50, which knows nothing of how rare a kind is).
macro_rules! by_text {
    ($column:literal, $text:literal, $narrowed:literal, $later:literal, $end:literal, $direction:literal) => {
        concat!(
            "SELECT ",
            movement_columns!(),
            " FROM movement m CROSS JOIN settlement s WHERE (m.client, ",
            $column,
            ", m.posted_at, m.settlement, m.line) ",
            $later,
            " ($1, ",
            $text,
            ", $2, $3, $4) AND (m.client, ",
            $column,
            ", m.posted_at) ",
            $end,
            " ($1, ",
            $text,
            ", $5)",
            $narrowed,
            " AND ($6 IS NULL OR m.kind = $6) AND ($7 IS NULL OR m.store = $7)
              AND ($8 IS NULL OR m.currency = $8) AND s.number = m.settlement AND s.kept
              AND ($9 IS NULL OR s.connection = $9) AND ($10 IS NULL OR s.number = $10)
              ORDER BY m.client ",
            $direction,
            ", ",
            $column,
            " ",
            $direction,
            ", m.posted_at ",
            $direction,
            ", m.settlement ",
            $direction,
            ", m.line ",
            $direction,
            " LIMIT $11"
        )
    };
}

const OLDEST: [&str; 3] = [
    by_time!("$6 IS NULL", ">", "<", "ASC"),
    by_text!("m.kind", "$6", "", ">", "<", "ASC"),
    by_text!("m.store", "$7", " AND m.store <> ''", ">", "<", "ASC"),
];

const NEWEST: [&str; 3] = [
    by_time!("$6 IS NULL", "<", ">=", "DESC"),
    by_text!("m.kind", "$6", "", "<", ">=", "DESC"),
    by_text!("m.store", "$7", " AND m.store <> ''", "<", ">=", "DESC"),
];

/// `+ 0` keeps PostgreSQL from walking the settlements first: not knowing the amount when it makes its plan, it expects a
/// dozen rows of it, and would fetch and sort the thousands that a price has.
const BY_AMOUNT: &str = concat!(
    "SELECT ",
    movement_columns!(),
    " FROM movement_amount a CROSS JOIN movement m CROSS JOIN settlement s
      WHERE a.client = $1 AND a.amount = $12 AND (a.posted_at, a.settlement, a.line) < ($2, $3, $4) AND a.posted_at >= $5
      AND m.settlement = a.settlement AND m.line = a.line
      AND ($6 IS NULL OR m.kind = $6) AND ($7 IS NULL OR m.store = $7)
      AND ($8 IS NULL OR m.currency = $8) AND s.number = m.settlement + 0 AND s.kept
      AND ($9 IS NULL OR s.connection = $9) AND ($10 IS NULL OR s.number = $10)
      ORDER BY a.posted_at DESC, a.settlement DESC, a.line DESC LIMIT $11"
);

const BY_IDENTIFIER: &str = concat!(
    "SELECT ",
    movement_columns!(),
    ", i.text FROM movement_identifier i CROSS JOIN movement m CROSS JOIN settlement s
      WHERE i.client = $1 AND i.name = $2 AND (i.text, i.settlement, i.line) > ($3, $4, $5) AND i.text < $6
      AND m.settlement = i.settlement AND m.line = i.line
      AND m.posted_at >= $7 AND m.posted_at < $8
      AND ($9 IS NULL OR m.kind = $9) AND ($10 IS NULL OR m.store = $10)
      AND ($11 IS NULL OR m.currency = $11) AND s.number = m.settlement AND s.kept
      AND ($12 IS NULL OR s.connection = $12) AND ($13 IS NULL OR s.number = $13)
      ORDER BY i.text, i.settlement, i.line LIMIT $14"
);

/// A page of at most `most` movements of a client, after a position (none: from the beginning).
pub async fn page(
    transaction: &mut Transaction,
    client: i64,
    walk: &Walk,
    filter: &Filter,
    after: Option<&Position>,
    most: u32,
) -> Result<Page, StoreError> {
    match walk {
        Walk::Oldest | Walk::Newest | Walk::Amount(_) => {
            by_time(transaction, client, walk, filter, after, most).await
        }
        Walk::Identifiers { names, text, prefix } => {
            let mut search = Search { client, names, text, prefix: *prefix, filter, most, rows: Vec::new() };
            search.page(transaction, after).await
        }
    }
}

impl Filter {
    fn earliest(&self) -> i64 {
        self.from.map_or(i64::MIN + 1, Timestamp::as_microsecond)
    }

    fn latest(&self) -> i64 {
        self.until.map_or(i64::MAX, Timestamp::as_microsecond)
    }
}

async fn by_time(
    transaction: &mut Transaction,
    client: i64,
    walk: &Walk,
    filter: &Filter,
    after: Option<&Position>,
    most: u32,
) -> Result<Page, StoreError> {
    let place = match (&filter.kind, &filter.store) {
        (Some(_), _) => 1,
        (None, Some(store)) if !store.is_empty() => 2,
        (None, _) => 0,
    };
    let (sql, key, end) = if *walk == Walk::Oldest {
        let first = (filter.earliest() - 1, i64::MAX, i64::MAX);
        (OLDEST[place], key(after).map_or(first, |key| key.max(first)), filter.latest())
    } else {
        let last = (filter.latest(), i64::MIN, i64::MIN);
        (NEWEST[place], key(after).map_or(last, |key| key.min(last)), filter.earliest())
    };
    let mut arguments = arguments![
        client,
        key.0,
        key.1,
        key.2,
        end,
        filter.kind.as_deref(),
        filter.store.as_deref(),
        filter.currency.as_deref(),
        filter.connection.as_ref(),
        filter.settlement,
        most.saturating_add(1)
    ];
    let sql = if let Walk::Amount(amount) = walk {
        arguments.push(Argument::from(i64::try_from(*amount).unwrap_or(i64::MAX)));
        BY_AMOUNT
    } else {
        sql
    };
    let rows = transaction.fetch_all(sql, arguments).await?;
    let mut rows = rows.iter().map(Movement::read).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > limit(most);
    rows.truncate(limit(most));
    let last = rows.last().filter(|_| more).map(Movement::row);
    let next = rows.last().zip(last).map(|(movement, row)| Position {
        posted_at: row.posted_at,
        settlement: movement.settlement,
        line: row.line,
        ..Position::default()
    });
    Ok(Page { rows, next })
}

fn key(after: Option<&Position>) -> Option<(i64, i64, i64)> {
    after.map(|position| (position.posted_at, position.settlement, position.line))
}

fn limit(most: u32) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

struct Search<'a> {
    client: i64,
    names: &'a [Identifier],
    text: &'a str,
    prefix: bool,
    filter: &'a Filter,
    most: u32,
    rows: Vec<(Position, Movement)>,
}

impl Search<'_> {
    async fn page(
        &mut self,
        transaction: &mut Transaction,
        after: Option<&Position>,
    ) -> Result<Page, StoreError> {
        if self.text.is_empty() || self.text.contains('\0') {
            return Ok(Page { rows: Vec::new(), next: None });
        }
        let start = Position {
            text: self.text.to_owned(),
            settlement: i64::MIN,
            line: i64::MIN,
            ..Position::default()
        };
        for (place, name) in self.names.iter().enumerate() {
            let number = name.number();
            let from = match after {
                Some(position) if number < position.name => continue,
                Some(position) if number == position.name => position.clone(),
                _ => Position { name: number, ..start.clone() },
            };
            if self.look_up(transaction, place, from).await? {
                break;
            }
        }
        let more = self.rows.len() > limit(self.most);
        self.rows.truncate(limit(self.most));
        let next = self.rows.last().filter(|_| more).map(|(position, _)| position.clone());
        Ok(Page { rows: self.rows.drain(..).map(|(_, movement)| movement).collect(), next })
    }

    /// Looks one number up. Is the page full?
    async fn look_up(
        &mut self,
        transaction: &mut Transaction,
        place: usize,
        mut from: Position,
    ) -> Result<bool, StoreError> {
        let end = end_of(self.text, self.prefix);
        loop {
            let arguments = self.arguments(&from, &end);
            let rows = transaction.fetch_all(BY_IDENTIFIER, arguments).await?;
            for row in &rows {
                from = self.take(row, place, from.name)?;
            }
            if self.rows.len() > limit(self.most) {
                return Ok(true);
            }
            if rows.len() < limit(self.most.saturating_add(1)) {
                return Ok(false);
            }
        }
    }

    fn arguments(&self, from: &Position, end: &str) -> Vec<Argument> {
        let filter = self.filter;
        arguments![
            self.client,
            from.name,
            &from.text,
            from.settlement,
            from.line,
            end,
            filter.earliest(),
            filter.latest(),
            filter.kind.as_deref(),
            filter.store.as_deref(),
            filter.currency.as_deref(),
            filter.connection.as_ref(),
            filter.settlement,
            self.most.saturating_add(1)
        ]
    }

    /// Takes a row, unless it was found by an earlier number.
    fn take(&mut self, row: &Row, place: usize, name: u8) -> Result<Position, StoreError> {
        let movement = Movement::read(row)?;
        let bulk = movement.row();
        let text: String = row.get(18)?;
        let position = Position {
            name,
            text,
            posted_at: bulk.posted_at,
            settlement: movement.settlement,
            line: bulk.line,
        };
        let found = |earlier: &Identifier| {
            let text = earlier.of(&bulk);
            if self.prefix { text.starts_with(self.text) } else { text == self.text }
        };
        if !self.names[..place].iter().any(found) {
            self.rows.push((position.clone(), movement));
        }
        Ok(position)
    }
}

/// The first text in the order of bytes that no longer begins with a prefix; without a prefix, that is no longer equal.
fn end_of(text: &str, prefix: bool) -> String {
    if !prefix {
        return format!("{text}\u{1}");
    }
    let mut characters: Vec<char> = text.chars().collect();
    while let Some(last) = characters.pop() {
        let next = match last {
            '\u{D7FF}' => Some('\u{E000}'),
            _ => u32::from(last).checked_add(1).and_then(char::from_u32),
        };
        if let Some(next) = next {
            characters.push(next);
            return characters.into_iter().collect();
        }
    }
    char::MAX.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_before_the_next_text() {
        assert_eq!(end_of("P01", true), "P02");
        assert_eq!(end_of("a\u{D7FF}", true), "a\u{E000}");
        assert_eq!(end_of("a\u{10FFFF}", true), "b");
        assert_eq!(end_of("P01", false), "P01\u{1}");
    }
}
