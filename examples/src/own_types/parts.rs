//! [`Part`]: a table as a file of a multipart body.

use declarest::{Call, Part, PartSink, api};

/// Imports.
#[api]
pub trait Imports: Send + Sync {
    /// Takes a table in.
    #[post("/imports")]
    fn import(&self, #[part] into: &str, #[part] table: Table) -> Call<()>;
}

/// A table. As a part it is a CSV file (RFC 4180).
#[derive(Debug, Clone)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Part for Table {
    fn add(self, parts: &mut PartSink<'_>) {
        let row = |row: &Vec<String>| {
            let cells: Vec<String> =
                row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            cells.join(",") + "\r\n"
        };
        let csv: String = self.rows.iter().map(row).collect();
        parts.part(csv, Some(&format!("{}.csv", self.name)), Some("text/csv; charset=utf-8"));
    }
}
