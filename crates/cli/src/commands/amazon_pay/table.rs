//! Columns of text, as wide as their widest entry.

/// Lays rows out under a heading; the columns named in `right` are set to the right.
pub(super) fn table(heading: &[&str], rows: &[Vec<String>], right: &[usize]) -> String {
    let heading: Vec<String> = heading.iter().map(|name| (*name).to_owned()).collect();
    let all = || std::iter::once(&heading).chain(rows);
    let width = |column: usize| {
        all().filter_map(|row| row.get(column)).map(|entry| entry.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heading.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let entries = row.iter().zip(&widths).enumerate().map(|(column, (entry, width))| {
            if right.contains(&column) { format!("{entry:>width$}") } else { format!("{entry:<width$}") }
        });
        entries.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    all().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_entry() {
        let rows = [vec!["ä".to_owned(), "1.00".to_owned()], vec!["long".to_owned(), "119.00".to_owned()]];
        assert_eq!(table(&["A", "Sum"], &rows, &[1]), "A        Sum\nä       1.00\nlong  119.00");
        assert_eq!(table(&["A"], &[], &[]), "A");
    }
}
