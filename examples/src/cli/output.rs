//! A list as a table, as lines for another program, or as JSON.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, Width};
use console::{Term, measure_text_width, truncate_str};
use serde::Serialize;
use serde_json::Value;

use crate::Failure;

/// Where a list is printed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// A terminal of so many columns.
    Terminal(u16),
    /// Another program: a line for each row, tabs between the columns, no heading.
    Pipe,
    /// JSON, for a program that wants all that the API says.
    Json,
}

impl Screen {
    /// What the standard output is. A terminal that does not tell its size has 80 columns.
    #[must_use]
    pub fn of_stdout() -> Self {
        let terminal = Term::stdout();
        if terminal.is_term() {
            return Self::Terminal(terminal.size_checked().map_or(80, |(_, columns)| columns));
        }
        Self::Pipe
    }
}

/// The narrowest column that text is wrapped in, unless a word is longer.
const NARROWEST: usize = 12;
/// Blanks between two columns.
const GAP: usize = 2;

/// A list: rows for people, values for programs.
#[derive(Debug, Default)]
pub(super) struct List {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    values: Vec<Value>,
    right: Vec<usize>,
    /// Columns that a narrow terminal does without, the first to go first.
    spare: Vec<usize>,
}

impl List {
    pub(super) fn new(heading: &[&'static str]) -> Self {
        Self { heading: heading.to_vec(), ..Self::default() }
    }

    /// The same with a column aligned to the right.
    pub(super) fn right(mut self, column: usize) -> Self {
        self.right.push(column);
        self
    }

    /// The same with a column that a narrow terminal does without.
    pub(super) fn spare(mut self, column: usize) -> Self {
        self.spare.push(column);
        self
    }

    /// Adds a row, and what it is in JSON.
    pub(super) fn add<C: Into<String>>(
        &mut self,
        cells: impl IntoIterator<Item = C>,
        value: impl Serialize,
    ) -> Result<(), Failure> {
        // A server's text must not move the cursor or break a line.
        let plain = |cell: C| cell.into().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.rows.push(cells.into_iter().map(plain).collect());
        self.values.push(serde_json::to_value(value).map_err(std::io::Error::from)?);
        Ok(())
    }

    /// Whether a list has so many rows.
    pub(super) fn has(&self, rows: usize) -> bool {
        self.rows.len() >= rows
    }

    /// The text for a screen, without a line break at its end.
    pub(super) fn print(&self, screen: Screen) -> Result<String, Failure> {
        Ok(match screen {
            Screen::Json => serde_json::to_string_pretty(&self.values).map_err(std::io::Error::from)?,
            Screen::Pipe => self.rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"),
            Screen::Terminal(_) if self.rows.is_empty() => "nothing".to_owned(),
            Screen::Terminal(columns) => self.fitted(usize::from(columns)),
        })
    }

    /// A table as wide as it is; where the terminal is too narrow, without the spare columns, with words wrapped, and
    /// at last a block of lines for each row.
    fn fitted(&self, columns: usize) -> String {
        let mut shown: Vec<usize> = (0..self.heading.len()).collect();
        for spare in self.spare.iter().map(Some).chain([None]) {
            if self.narrowest(&shown) <= columns {
                return self.table(&shown, columns);
            }
            shown.retain(|column| Some(column) != spare);
        }
        self.blocks(columns)
    }

    /// The cells of a column, and its name.
    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column)).map(String::as_str);
        cells.chain(self.heading.get(column).copied())
    }

    /// How narrow a column can be: a text is wrapped between words, an id is never broken.
    fn least(&self, column: usize) -> usize {
        let words = |cell: &str| cell.split(' ').map(measure_text_width).max().unwrap_or(0);
        let (word, whole) = self
            .cells(column)
            .fold((0, 0), |(word, whole), cell| (word.max(words(cell)), whole.max(measure_text_width(cell))));
        word.max(whole.min(NARROWEST))
    }

    fn narrowest(&self, shown: &[usize]) -> usize {
        shown.iter().map(|column| self.least(*column) + GAP).sum::<usize>().saturating_sub(GAP)
    }

    fn table(&self, shown: &[usize], columns: usize) -> String {
        let pick = |row: &[String]| {
            Row::from(shown.iter().filter_map(|column| row.get(*column)).collect::<Vec<_>>())
        };
        let heading: Vec<String> = self.heading.iter().map(|name| name.to_uppercase()).collect();
        let mut table = Table::new();
        table.load_style(NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        // The last column has a gap, too.
        table.set_width(u16::try_from(columns.saturating_add(GAP)).unwrap_or(u16::MAX));
        table.set_header(pick(&heading));
        table.add_rows(self.rows.iter().map(|row| pick(row)));
        for (column, index) in table.column_iter_mut().zip(shown) {
            column.set_padding((0, 2));
            let least = u16::try_from(self.least(*index) + GAP).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            if self.right.contains(index) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// A block of lines for each row: a name and a value a line, cut off at the edge.
    fn blocks(&self, columns: usize) -> String {
        let names = self.heading.iter().map(|name| name.len()).max().unwrap_or(0);
        let line = |(name, cell): (&&str, &String)| {
            truncate_str(&format!("{name:names$}  {cell}"), columns.max(1), "…").trim_end().to_owned()
        };
        let block = |row: &Vec<String>| self.heading.iter().zip(row).map(line).collect::<Vec<_>>().join("\n");
        self.rows.iter().map(block).collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        let mut list = List::new(&["id", "name", "cost"]).right(2);
        list.add(["key_1", "A name of several words", "1.50"], 1).unwrap();
        list.add(["key_2", "Grace\tHopper\n", "12.00"], 2).unwrap();
        list
    }

    #[test]
    fn a_wide_terminal_gets_a_table() {
        let expected = "\
ID     NAME                      COST
key_1  A name of several words   1.50
key_2  Grace Hopper             12.00";
        assert_eq!(list().print(Screen::Terminal(80)).unwrap(), expected);
    }

    #[test]
    fn a_narrow_terminal_gets_a_wrapped_table_and_a_narrower_one_blocks() {
        for columns in 1..80 {
            let text = list().print(Screen::Terminal(columns)).unwrap();
            let widest = text.lines().map(measure_text_width).max().unwrap();
            assert!(widest <= usize::from(columns), "{columns}:\n{text}");
        }
        let wrapped = list().print(Screen::Terminal(30)).unwrap();
        assert!(wrapped.starts_with("ID") && wrapped.lines().count() > 3, "{wrapped}");
        let spared = list().spare(2).print(Screen::Terminal(22)).unwrap();
        assert!(spared.starts_with("ID     NAME\nkey_1  A name of"), "{spared}");
        let blocks = list().print(Screen::Terminal(20)).unwrap();
        assert!(
            blocks.starts_with("id    key_1\nname  A name of sev…\ncost  1.50\n\nid    key_2"),
            "{blocks}"
        );
    }

    #[test]
    fn a_pipe_gets_a_line_a_row_and_a_program_gets_json() {
        assert_eq!(
            list().print(Screen::Pipe).unwrap(),
            "key_1\tA name of several words\t1.50\nkey_2\tGrace Hopper \t12.00"
        );
        assert_eq!(list().print(Screen::Json).unwrap(), "[\n  1,\n  2\n]");
    }

    #[test]
    fn an_empty_list_is_empty_for_a_program_and_said_to_a_person() {
        let list = List::new(&["id"]);
        assert_eq!(list.print(Screen::Pipe).unwrap(), "");
        assert_eq!(list.print(Screen::Json).unwrap(), "[]");
        assert_eq!(list.print(Screen::Terminal(80)).unwrap(), "nothing");
    }

    #[test]
    fn wide_characters_count_as_two() {
        let mut list = List::new(&["name", "x"]);
        list.add(["漢字", "1"], 1).unwrap();
        list.add(["abcd", "2"], 2).unwrap();
        assert_eq!(list.print(Screen::Terminal(80)).unwrap(), "NAME  X\n漢字  1\nabcd  2");
    }
}
