//! Master data of customers and suppliers (category 16).

use std::{borrow::Cow, collections::HashSet, io::Write};

use jiff::civil::Date;

use super::{FieldChange, FieldProblem, PostingError, Row, Template, WriteError, batch::ROWS_MAX};
use crate::value::is_iban;
use crate::{
    AccountNumber, Category, Column, ColumnType, Country, Header, HeaderError, Rule,
    column::DEBTORS_CREDITORS,
};

/// A customer or supplier. The common fields are typed; every other column can be given by its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessPartner<'a> {
    /// Field 1, a personal account.
    pub account: AccountNumber,
    /// Fields 2 to 7: the name stands in the column of its type, or DATEV shows none.
    pub name: PartnerName<'a>,
    /// Field 8, Kurzbezeichnung, cut at 15 characters.
    pub short_name: Cow<'a, str>,
    /// Fields 9 and 10: EU country, and the VAT id without it.
    pub vat_id: Option<(Country, Cow<'a, str>)>,
    /// Fields 15, 16, 18 to 20 and 26.
    pub address: Option<PostalAddress<'a>>,
    /// Field 33, cut at 60 characters.
    pub email: Cow<'a, str>,
    /// Any other column, by position.
    pub further: Vec<(u16, Value<'a>)>,
}

impl<'a> BusinessPartner<'a> {
    /// A partner with account, name and short name.
    pub fn new(account: AccountNumber, name: PartnerName<'a>, short_name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            account,
            name,
            short_name: short_name.into(),
            vat_id: None,
            address: None,
            email: Cow::Borrowed(""),
            further: Vec::new(),
        }
    }
}

/// A name with its type (Adressattyp, field 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartnerName<'a> {
    /// `2`: field 2, cut at 50 characters.
    Company(Cow<'a, str>),
    /// `1`: fields 4 and 5, each cut at 30 characters.
    Person {
        /// Field 4.
        family: Cow<'a, str>,
        /// Field 5.
        given: Cow<'a, str>,
    },
    /// `0`: field 6, cut at 50 characters.
    Unknown(Cow<'a, str>),
}

/// Where a partner has his street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostalAddress<'a> {
    /// Field 16, cut at 36 characters.
    pub street: Cow<'a, str>,
    /// Field 18, cut at 10 characters.
    pub postcode: Cow<'a, str>,
    /// Field 19, cut at 30 characters.
    pub town: Cow<'a, str>,
    /// Field 20.
    pub country: Option<Country>,
}

/// The value of a column that is named by its position; its type must be the column's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// For columns of text: free text is cut, other text is refused where it does not fit.
    Text(Cow<'a, str>),
    /// For columns of numbers and amounts, in the smallest unit of the column's decimals.
    Number(u64),
    /// For columns of accounts.
    Account(AccountNumber),
    /// For columns of dates.
    Date(Date),
}

/// Writes customers and suppliers, format version 5.
#[must_use = "the file is complete only after `finish`"]
#[derive(Debug)]
pub struct MasterDataWriter<W: Write> {
    output: W,
    header: Header,
    template: Template,
    /// A repeated account would overwrite the earlier row.
    written: HashSet<AccountNumber>,
    rows: u32,
    line: Vec<u8>,
}

impl<W: Write> MasterDataWriter<W> {
    /// Begins a file with its header and names.
    ///
    /// # Errors
    /// Refuses a header that is not of debtors and creditors, or that DATEV would refuse.
    pub fn new(mut output: W, header: Header) -> Result<Self, WriteError> {
        let expected = Category::DebtorsCreditors;
        if header.category != expected {
            let (found, expected) = (header.category.number(), expected.number());
            return Err(HeaderError::Category { found, expected }.into());
        }
        header.check()?;
        let mut line = Vec::new();
        header.write(&DEBTORS_CREDITORS, &mut line);
        output.write_all(&line)?;
        let template = Template::new(&DEBTORS_CREDITORS, &[]);
        Ok(Self { output, header, template, written: HashSet::new(), rows: 0, line })
    }

    /// Writes one partner and gives what was changed in the texts so that they fit.
    ///
    /// # Errors
    /// Refuses an account that is not personal or was written before, and values that their column does not take.
    pub fn write(&mut self, partner: &BusinessPartner<'_>) -> Result<Vec<FieldChange>, WriteError> {
        if self.rows == ROWS_MAX {
            return Err(WriteError::Full);
        }
        let row = u64::from(self.rows) + 1;
        let changes = self.fill(partner).map_err(|error| WriteError::Row { row, error })?;
        self.rows += 1;
        self.written.insert(partner.account);
        self.output.write_all(&self.line)?;
        Ok(changes)
    }

    /// Gives the output back.
    ///
    /// # Errors
    /// Fails where the output fails.
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.output.flush()?;
        Ok(self.output)
    }

    fn fill(&mut self, partner: &BusinessPartner<'_>) -> Result<Vec<FieldChange>, PostingError> {
        let account = partner.account;
        let kind = account.kind(self.header.account_length).map_err(|error| problem(1, error))?;
        if !kind.is_personal() {
            return Err(problem(1, FieldProblem::NotPersonal { account }));
        }
        if self.written.contains(&account) {
            return Err(problem(1, FieldProblem::Repeated { account }));
        }
        let mut values = common_values(partner);
        values.extend(partner.further.iter().cloned());
        values.sort_by_key(|(position, _)| *position);
        self.line.clear();
        let mut row = self.template.row(&mut self.line);
        let mut before = 0;
        for (position, value) in &values {
            let column = usize::from(*position).checked_sub(1).and_then(|index| DEBTORS_CREDITORS.get(index));
            let column =
                column.ok_or_else(|| problem(1, FieldProblem::Number { number: (*position).into() }))?;
            if *position == before {
                return Err(PostingError { column, problem: FieldProblem::Excludes { other: *position } });
            }
            before = *position;
            write_value(&mut row, column, value).map_err(|problem| PostingError { column, problem })?;
        }
        Ok(row.finish())
    }
}

fn problem(position: usize, problem: impl Into<FieldProblem>) -> PostingError {
    PostingError { column: &DEBTORS_CREDITORS[position - 1], problem: problem.into() }
}

/// The typed fields of a partner by position.
fn common_values<'a>(partner: &'a BusinessPartner<'_>) -> Vec<(u16, Value<'a>)> {
    let text = |text: &'a str| Value::Text(Cow::Borrowed(text));
    let mut values = vec![(1, Value::Account(partner.account)), (8, text(&partner.short_name))];
    match &partner.name {
        PartnerName::Company(name) => values.extend([(2, text(name)), (7, text("2"))]),
        PartnerName::Person { family, given } => {
            values.extend([(4, text(family)), (5, text(given)), (7, text("1"))]);
        }
        PartnerName::Unknown(name) => values.extend([(6, text(name)), (7, text("0"))]),
    }
    if let Some((country, id)) = &partner.vat_id {
        values.extend([(9, text(country.as_str())), (10, text(id))]);
    }
    if let Some(address) = &partner.address {
        values.extend([(15, text("STR")), (16, text(&address.street)), (18, text(&address.postcode))]);
        values.extend([(19, text(&address.town)), (26, Value::Number(1))]);
        values.extend(address.country.as_ref().map(|country| (20, text(country.as_str()))));
    }
    values.push((33, text(&partner.email)));
    values.retain(|(_, value)| !matches!(value, Value::Text(text) if text.is_empty()));
    values
}

fn write_value(row: &mut Row<'_, '_>, column: &Column, value: &Value<'_>) -> Result<(), FieldProblem> {
    let position = column.position;
    match (value, column.kind) {
        (Value::Text(text), ColumnType::Text) if column.name.starts_with("IBAN") && !is_iban(text) => {
            return Err(FieldProblem::Text { found: text.to_string() });
        }
        (Value::Text(text), ColumnType::Text) if column.rule == Rule::Text => row.text(position, text),
        (Value::Text(text), ColumnType::Text) if column.allows(text) => row.plain_text(position, text),
        (Value::Text(text), ColumnType::Text) => return Err(FieldProblem::Text { found: text.to_string() }),
        (&Value::Number(number), ColumnType::Number | ColumnType::Amount) => {
            let digits = u32::from(column.max_length) + u32::from(column.decimals);
            if 10_u64.checked_pow(digits).is_some_and(|limit| number >= limit) {
                return Err(FieldProblem::Number { number });
            }
            row.scaled(position, number, column.decimals);
        }
        (Value::Account(account), ColumnType::Account) => row.number(position, account.get().into()),
        (&Value::Date(date), ColumnType::Date) if (2000..=2099).contains(&date.year()) => {
            row.day_month_year(position, date);
        }
        (&Value::Date(date), ColumnType::Date) => return Err(FieldProblem::Date { date }),
        _ => return Err(FieldProblem::Type),
    }
    Ok(())
}
