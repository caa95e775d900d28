use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Settlement, SettlementHead, Transaction};
use crate::report::{AmountText, Currency, SETTLEMENT_COLUMNS};

/// The clothes of a report: every variation that was seen in real files or in the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether the file begins with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether lines end in CR LF instead of LF.
    pub carriage_return: bool,
    /// Whether a space stands between the time and its offset.
    pub space_before_offset: bool,
    /// The offset from UTC in which times are written.
    pub offset: Offset,
}

impl Default for Style {
    /// As the real files are: with a byte order mark, LF, a space before the offset; in UTC.
    fn default() -> Self {
        Self { byte_order_mark: true, carriage_return: false, space_before_offset: true, offset: Offset::UTC }
    }
}

/// Writes a settlement report row by row. Give it a buffered target.
#[derive(Debug)]
pub struct ReportWriter<W> {
    out: W,
    style: Style,
    settlement_id: String,
    line: String,
}

impl<W: Write> ReportWriter<W> {
    /// Writes everything before the rows.
    pub fn new(out: W, head: &SettlementHead, style: Style) -> io::Result<Self> {
        let mut writer = Self { out, style, settlement_id: head.settlement_id.clone(), line: String::new() };
        if style.byte_order_mark {
            writer.line.push('\u{feff}');
        }
        for title in ["Amazon Payments Advanced", "Settlement Report"] {
            writer.text(title);
            writer.line.push(',');
            writer.end_line()?;
        }
        writer.named_line("SellerId", &head.seller_id)?;
        writer.named_time("SettlementStartDate", head.start)?;
        writer.named_time("SettlementEndDate", head.end)?;
        for name in SETTLEMENT_COLUMNS {
            writer.text(name);
        }
        writer.line.push(',');
        writer.end_line()?;
        Ok(writer)
    }

    /// Writes one row.
    pub fn write(&mut self, row: &Transaction) -> io::Result<()> {
        self.time(row.posted);
        let settlement_id = std::mem::take(&mut self.settlement_id);
        self.text(&settlement_id);
        self.settlement_id = settlement_id;
        for text in [
            &row.transaction_id,
            &row.seller_reference_id,
            row.transaction_type.as_ref(),
            &row.order.order_reference_id,
            &row.order.seller_order_id,
            &row.order.store_name,
            row.currency.as_str(),
            row.description.as_ref(),
        ] {
            self.text(text);
        }
        for amount in [row.amount, row.percentage_fee, row.fixed_fee, row.total_fee(), row.net()] {
            self.amount(amount, row.currency);
        }
        self.end_line()
    }

    /// Gives the target back, flushed.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn named_line(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.text(name);
        self.text(value);
        self.end_line()
    }

    fn named_time(&mut self, name: &str, time: Timestamp) -> io::Result<()> {
        self.text(name);
        self.time(time);
        self.end_line()
    }

    /// A field in quotes, behind a comma unless it is the first of its line.
    fn text(&mut self, text: &str) {
        self.open_field();
        let mut parts = text.split('"');
        self.line.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.line.push_str("\"\"");
            self.line.push_str(part);
        }
        self.line.push('"');
    }

    /// An amount; none at all is a bare 0, as real files have it.
    fn amount(&mut self, amount: i64, currency: Currency) {
        self.open_field();
        if amount == 0 {
            self.line.push('0');
        } else {
            self.line.push_str(&AmountText(amount, currency).to_string());
        }
        self.line.push('"');
    }

    fn time(&mut self, time: Timestamp) {
        let offset = self.style.offset;
        let local = offset.to_datetime(time);
        let minutes = offset.seconds() / 60;
        self.open_field();
        let two = |line: &mut String, number: i32, before: &str| {
            line.push_str(before);
            for digit in [number / 10 % 10, number % 10] {
                line.extend(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)));
            }
        };
        let line = &mut self.line;
        two(line, i32::from(local.year()) / 100, "");
        two(line, i32::from(local.year()), "");
        two(line, i32::from(local.month()), "-");
        two(line, i32::from(local.day()), "-");
        two(line, i32::from(local.hour()), "T");
        two(line, i32::from(local.minute()), ":");
        two(line, i32::from(local.second()), ":");
        if self.style.space_before_offset {
            line.push(' ');
        }
        two(line, minutes.abs() / 60, if minutes < 0 { "-" } else { "+" });
        two(line, minutes.abs() % 60, "");
        line.push('"');
    }

    fn open_field(&mut self) {
        let first = self.line.is_empty() || self.line == "\u{feff}";
        self.line.push_str(if first { "\"" } else { ",\"" });
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push_str(if self.style.carriage_return { "\r\n" } else { "\n" });
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

/// Writes a whole settlement as a report.
pub fn write_csv<W: Write>(settlement: &Settlement, out: W, style: Style) -> io::Result<W> {
    let mut writer = ReportWriter::new(out, &settlement.head, style)?;
    for transaction in &settlement.transactions {
        writer.write(transaction)?;
    }
    writer.finish()
}
