//! The fields of the DATEV-Format: name, type, length, form and since which version.

mod account_labels;
mod booking_batch;
mod debtors_creditors;
mod header;
pub(crate) mod rule;

pub use account_labels::ACCOUNT_LABELS;
pub use booking_batch::BOOKING_BATCH;
pub use debtors_creditors::DEBTORS_CREDITORS;
pub use header::HEADER;
pub use rule::Rule;

/// The type of a field. It decides the quoting: text is always quoted, also when empty; all else is bare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Quoted text.
    Text,
    /// A number, with or without decimals.
    Number,
    /// A sum of money.
    Amount,
    /// A general ledger or personal account.
    Account,
    /// A date; its form is the column's rule.
    Date,
    /// A field that stays empty.
    Empty,
}

/// One field of a header line or of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The place in the row, from 1.
    pub position: u16,
    /// The name as DATEV spells it in the line of names.
    pub name: &'static str,
    /// The type.
    pub kind: ColumnType,
    /// The longest text in characters, or the most digits before the comma. 0 in the header: no length published.
    pub max_length: u16,
    /// The most digits after the comma.
    pub decimals: u8,
    /// Whether a row without it is refused.
    pub mandatory: bool,
    /// What may stand in it.
    pub rule: Rule,
    /// The format version that brought it.
    pub since: u8,
}

impl Column {
    /// Whether the field is written in quotes.
    pub const fn is_quoted(&self) -> bool {
        matches!(self.kind, ColumnType::Text)
    }

    /// Whether `text` (unquoted) may stand in this field: empty where it is not mandatory, else by rule and length.
    pub fn allows(&self, text: &str) -> bool {
        if text.is_empty() { !self.mandatory } else { self.rule.allows(text) && self.is_short_enough(text) }
    }

    /// Whether a text keeps the length of this field, in characters. Numbers are measured by their rule.
    pub fn is_short_enough(&self, text: &str) -> bool {
        !self.is_quoted() || self.max_length == 0 || text.chars().count() <= usize::from(self.max_length)
    }

    const fn new(position: u16, name: &'static str, kind: ColumnType, max_length: u16, rule: Rule) -> Self {
        Self { position, name, kind, max_length, decimals: 0, mandatory: false, rule, since: 1 }
    }

    const fn text(position: u16, name: &'static str, max_length: u16) -> Self {
        Self::new(position, name, ColumnType::Text, max_length, Rule::Text)
    }

    const fn number(position: u16, name: &'static str, digits: u16) -> Self {
        Self::new(position, name, ColumnType::Number, digits, Rule::Digits { least: 1, most: digits })
    }

    const fn account(position: u16, name: &'static str, digits: u16) -> Self {
        Self::new(position, name, ColumnType::Account, digits, Rule::Digits { least: 1, most: digits })
    }

    /// A number whose decimals may be missing.
    const fn decimal(position: u16, name: &'static str, digits: u16, decimals: u8) -> Self {
        let rule = Rule::Decimal { digits, decimals_least: 0, decimals_most: decimals };
        Self { decimals, ..Self::new(position, name, ColumnType::Number, digits, rule) }
    }

    /// A sum of money, always with all its decimals.
    const fn amount(position: u16, name: &'static str, digits: u16, decimals: u8) -> Self {
        let rule = Rule::Decimal { digits, decimals_least: decimals, decimals_most: decimals };
        Self { decimals, ..Self::new(position, name, ColumnType::Amount, digits, rule) }
    }

    const fn date(position: u16, name: &'static str) -> Self {
        Self::new(position, name, ColumnType::Date, 8, Rule::DayMonthYear)
    }

    const fn empty(position: u16, name: &'static str) -> Self {
        Self::new(position, name, ColumnType::Empty, 0, Rule::Nothing)
    }

    const fn mandatory(self) -> Self {
        Self { mandatory: true, ..self }
    }

    const fn since(self, version: u8) -> Self {
        Self { since: version, ..self }
    }

    const fn rule(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }

    const fn digits(self, least: u16, most: u16) -> Self {
        self.rule(Rule::Digits { least, most })
    }

    const fn one_of(self, values: &'static [&'static str]) -> Self {
        self.rule(Rule::OneOf(values))
    }

    const fn capitals(self, count: u8) -> Self {
        self.rule(Rule::Capitals(count))
    }
}
