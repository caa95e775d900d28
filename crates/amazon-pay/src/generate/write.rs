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
}

impl<W: Write> ReportWriter<W> {
    /// Writes everything before the rows.
    pub fn new(out: W, head: &SettlementHead, style: Style) -> io::Result<Self> {
        let mut writer = Self { out, style, settlement_id: head.settlement_id.clone() };
        if style.byte_order_mark {
            writer.out.write_all(b"\xEF\xBB\xBF")?;
        }
        writer.out.write_all(b"\"Amazon Payments Advanced\",")?;
        writer.end_line()?;
        writer.out.write_all(b"\"Settlement Report\",")?;
        writer.end_line()?;
        writer.named_line("SellerId", &head.seller_id)?;
        writer.named_line("SettlementStartDate", &time_text(head.start, style))?;
        writer.named_line("SettlementEndDate", &time_text(head.end, style))?;
        for name in SETTLEMENT_COLUMNS {
            write!(writer.out, "\"{name}\",")?;
        }
        writer.end_line()?;
        Ok(writer)
    }

    /// Writes one row.
    pub fn write(&mut self, row: &Transaction) -> io::Result<()> {
        let out = &mut self.out;
        write!(out, "\"{}\"", time_text(row.posted, self.style))?;
        for text in [
            self.settlement_id.as_str(),
            &row.transaction_id,
            &row.seller_reference_id,
            &row.transaction_type,
            &row.order.order_reference_id,
            &row.order.seller_order_id,
            &row.order.store_name,
            row.currency.as_str(),
            &row.description,
        ] {
            out.write_all(b",")?;
            quoted(out, text)?;
        }
        for amount in [row.amount, row.percentage_fee, row.fixed_fee, row.total_fee(), row.net()] {
            money(out, amount, row.currency)?;
        }
        self.end_line()
    }

    /// Gives the target back, flushed.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn named_line(&mut self, name: &str, value: &str) -> io::Result<()> {
        write!(self.out, "\"{name}\",")?;
        quoted(&mut self.out, value)?;
        self.end_line()
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.out.write_all(if self.style.carriage_return { b"\r\n" } else { b"\n" })
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

fn quoted(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    let mut parts = text.split('"');
    out.write_all(parts.next().unwrap_or_default().as_bytes())?;
    for part in parts {
        out.write_all(b"\"\"")?;
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}

/// An amount in quotes; none at all is a bare 0, as real files have it.
fn money(out: &mut impl Write, amount: i64, currency: Currency) -> io::Result<()> {
    if amount == 0 { out.write_all(b",\"0\"") } else { write!(out, ",\"{}\"", AmountText(amount, currency)) }
}

fn time_text(time: Timestamp, style: Style) -> String {
    let local = style.offset.to_datetime(time);
    let minutes = style.offset.seconds() / 60;
    let space = if style.space_before_offset { " " } else { "" };
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{space}{sign}{hours:02}{minutes:02}",
        local.year(),
        local.month(),
        local.day(),
        local.hour(),
        local.minute(),
        local.second()
    )
}
