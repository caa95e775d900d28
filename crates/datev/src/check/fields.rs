//! What is asked of every field of every row: quotes, control characters, length, form.

use super::{Code, file::LineReport};
use crate::{Column, Row, Rule, read::Field};

/// Checks all fields of a row. The form of fields that `is_judged_elsewhere` names is left to others.
pub(super) fn check(
    row: &Row<'_>,
    columns: &'static [Column],
    is_judged_elsewhere: impl Fn(u16) -> bool,
    lines: &mut LineReport<'_>,
) {
    for (column, field) in columns.iter().zip(row.fields()) {
        if !field.is_empty() {
            check_filled(column, &field, is_judged_elsewhere(column.position), lines);
        }
    }
}

fn check_filled(column: &'static Column, field: &Field<'_>, is_judged: bool, lines: &mut LineReport<'_>) {
    let text = field.text();
    match (column.is_quoted(), field.is_quoted()) {
        (true, false) => lines.field(Code::TextUnquoted, column, &text),
        (false, true) => lines.field(Code::ValueQuoted, column, &text),
        _ => {}
    }
    if field.has_stray_quote() {
        lines.field(Code::StrayQuote, column, &text);
    }
    if text.chars().any(char::is_control) {
        return lines.field(Code::ControlCharacter, column, &text);
    }
    if is_judged {
        return;
    }
    if !column.is_short_enough(&text) {
        lines.field(Code::TooLong, column, &text);
    }
    if column.rule != Rule::Text && !column.rule.allows(&text) {
        lines.field(Code::Form, column, &text);
    }
}
