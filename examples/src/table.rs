//! Text in columns.

use std::fmt;

use openai_admin::Timestamp;

/// Rows of cells, printed in aligned columns.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
    /// Columns from this one on are aligned to the right.
    right_from: usize,
    indent: usize,
}

impl Table {
    /// A table with all columns aligned to the left.
    pub(crate) fn new() -> Self {
        Self { right_from: usize::MAX, ..Self::default() }
    }

    /// The same with the columns from this one on aligned to the right.
    pub(crate) fn right_from(self, column: usize) -> Self {
        Self { right_from: column, ..self }
    }

    /// The same with blanks before every line.
    pub(crate) fn indent(self, indent: usize) -> Self {
        Self { indent, ..self }
    }

    /// Adds a row.
    pub(crate) fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Adds a line of text outside of the columns.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.rows.push(vec![text.into()]);
    }

    /// Adds a line below the rows so far, as wide as the columns.
    pub(crate) fn rule(&mut self) {
        self.rows.push(Vec::new());
    }

    fn width(&self, column: usize) -> usize {
        // A heading may be longer than its column.
        let cells = self.rows.iter().filter(|row| row.len() > 1).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            if column >= self.right_from { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        cells.collect::<Vec<_>>().join("  ")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        let whole = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
        for (number, row) in self.rows.iter().enumerate() {
            let line = if row.is_empty() { "─".repeat(whole) } else { self.line(row, &widths) };
            let break_before = if number == 0 { "" } else { "\n" };
            write!(f, "{break_before}{:indent$}{}", "", line.trim_end(), indent = self.indent)?;
        }
        Ok(())
    }
}

/// A day, `2026-11-20`.
pub(crate) fn date(time: Timestamp) -> String {
    time.to_string().chars().take("2026-11-20".len()).collect()
}

/// Whole days from one moment to a later one.
pub(crate) fn days_between(earlier: Timestamp, later: Timestamp) -> i64 {
    later.unix().saturating_sub(earlier.unix()).max(0) / 86_400
}

/// `1 key`, `2 keys`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new().right_from(1).indent(2);
        table.row(["name", "cost"]);
        table.rule();
        table.row(["Ada", "1.50"]);
        table.row(["Grace Hopper", "12.00"]);
        assert_eq!(
            table.to_string(),
            "  name           cost\n  ───────────────────\n  Ada            1.50\n  Grace Hopper  12.00"
        );
    }

    #[test]
    fn a_heading_widens_no_column() {
        let mut table = Table::new();
        table.heading("a long heading");
        table.row(["a", "b"]);
        assert_eq!(table.to_string(), "a long heading\na  b");
    }

    #[test]
    fn days_are_whole_and_never_negative() {
        let at = Timestamp::from_unix;
        assert_eq!(days_between(at(0), at(86_399)), 0);
        assert_eq!(days_between(at(0), at(86_400)), 1);
        assert_eq!(days_between(at(9), at(0)), 0);
        assert_eq!(date(at(1_711_471_533)), "2024-03-26");
    }
}
