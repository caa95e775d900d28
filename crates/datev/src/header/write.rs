//! A header into its line, and the names of the columns below it.

use super::Header;
use crate::{
    Column,
    category::column_name,
    column::HEADER,
    write::{Row, Template},
};

impl Header {
    /// Appends the header line and the line of names.
    pub(crate) fn write(&self, columns: &[Column], out: &mut Vec<u8>) {
        let template = Template::new(&HEADER, &[]);
        let mut row = template.row(out);
        row.plain_text(1, "EXTF");
        row.number(2, 700);
        row.number(3, self.category.number().into());
        row.plain_text(4, self.category.name());
        row.number(5, self.format_version.into());
        self.write_instant(&mut row);
        row.plain_text(8, &self.origin);
        row.plain_text(9, &self.exported_by);
        row.plain_text(10, &self.imported_by);
        row.number(11, self.adviser.get().into());
        row.number(12, self.client.get().into());
        row.year_month_day(13, self.fiscal_year_begin);
        row.number(14, self.account_length.digits().into());
        if let Some(batch) = self.batch {
            row.year_month_day(15, batch.from);
            row.year_month_day(16, batch.to);
        }
        row.plain_text(17, &self.label);
        row.plain_text(18, &self.initials);
        if let Some(batch) = self.batch {
            row.number(19, batch.posting_type.number().into());
            row.number(20, batch.purpose.number().into());
            row.number(21, batch.locked.into());
            row.plain_text(22, batch.currency.as_str());
        }
        row.plain_text(27, &self.chart);
        if let Some(industry) = self.industry {
            row.number(28, industry.into());
        }
        row.text(31, &self.application);
        row.finish();
        self.write_names(columns, out);
    }

    fn write_instant(&self, row: &mut Row<'_, '_>) {
        let time = self.created;
        row.digits(6, |out| {
            out.extend_from_slice(
                format!(
                    "{:04}{:02}{:02}{:02}{:02}{:02}{:03}",
                    time.year(),
                    time.month(),
                    time.day(),
                    time.hour(),
                    time.minute(),
                    time.second(),
                    time.millisecond()
                )
                .as_bytes(),
            );
        });
    }

    fn write_names(&self, columns: &[Column], out: &mut Vec<u8>) {
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                out.push(b';');
            }
            let name = column_name(column, self.category, self.format_version);
            out.extend_from_slice(&encoding_rs::WINDOWS_1252.encode(name).0);
        }
        out.extend_from_slice(b"\r\n");
    }
}
