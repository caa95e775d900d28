//! A list as a file: what a page shows as a table, as CSV or as a workbook.

use app::AppError;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use rust_xlsxwriter::{Format as Style, Workbook, XlsxError};
use serde::Deserialize;

use crate::component::Table;
use crate::server::Problem;
use crate::text::Words;

/// Which kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    /// Separated by semicolons, UTF-8 with the mark by which Excel knows it.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

/// The list as a file to save; `name` has no ending.
pub(crate) fn answer(t: &Words, table: &Table, name: &str, format: Format) -> Result<Response, Problem> {
    let (bytes, kind, ending) = match format {
        Format::Csv => (csv(t, table).into_bytes(), "text/csv; charset=utf-8", "csv"),
        Format::Xlsx => {
            let bytes = xlsx(t, table).map_err(AppError::failed("write a workbook"))?;
            (bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
    };
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

fn lines(t: &Words, table: &Table) -> Vec<Vec<String>> {
    let shown: Vec<bool> = table.columns.iter().map(crate::component::Column::in_files).collect();
    let heads = table.columns.iter().filter(|column| column.in_files()).map(|column| column.label.clone());
    let mut lines = vec![heads.collect()];
    for row in &table.rows {
        let cells = row.cells.iter().zip(&shown).filter(|(_, shown)| **shown);
        lines.push(cells.map(|(cell, _)| cell.text(t)).collect());
    }
    lines
}

fn csv(t: &Words, table: &Table) -> String {
    let mut text = String::from('\u{feff}');
    for line in lines(t, table) {
        let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A cell that a program of tables would take for a formula gets an apostrophe before it (OWASP, CSV Injection); a plain
/// number with its sign stays one.
fn quoted(cell: &str) -> String {
    let number = cell.chars().all(|letter| letter.is_ascii_digit() || "+-.,".contains(letter));
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
    let mark = if formula { "'" } else { "" };
    if formula || cell.contains([';', '"', '\n', '\r', ',']) {
        format!("\"{mark}{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Cells are written as texts, which no program takes for formulas.
fn xlsx(t: &Words, table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Style::new().set_bold();
    for (row, line) in (0_u32..).zip(lines(t, table)) {
        for (column, cell) in (0_u16..).zip(line) {
            if row == 0 {
                sheet.write_string_with_format(row, column, cell, &bold)?;
            } else {
                sheet.write_string(row, column, cell)?;
            }
        }
    }
    sheet.autofit();
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::component::{Cell, Column};

    fn table(t: &Words) -> Table {
        let columns = vec![Column::text("Name"), Column::number("Summe"), Column::acts()];
        let row = |text: &str, sum: &str| {
            vec![Cell::Text(text.to_owned()), Cell::Text(sum.to_owned()), Cell::Empty]
        };
        Table::new(t, "", columns).rows([
            row("=HYPERLINK(\"x\")", "-3,20"),
            row("Müller; Söhne", "1"),
            row("@cmd", "+1"),
        ])
    }

    #[test]
    fn no_cell_of_a_csv_is_a_formula() {
        let t = crate::sample::german();
        assert_eq!(
            csv(&t, &table(&t)),
            "\u{feff}Name;Summe\r\n\"'=HYPERLINK(\"\"x\"\")\";\"-3,20\"\r\n\"Müller; Söhne\";1\r\n\"'@cmd\";+1\r\n"
        );
    }

    #[test]
    fn a_workbook_is_a_zip_of_its_own_kind() {
        let t = crate::sample::german();
        assert_eq!(xlsx(&t, &table(&t)).unwrap().get(..2), Some(&b"PK"[..]));
    }
}
