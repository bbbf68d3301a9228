//! What the operator's exports hold, read by other programs' means: a CSV reader and a workbook reader.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use super::program::Program;

/// A row: its cells by column, the empty ones left out.
pub type Row = BTreeMap<String, String>;

/// An edition as the operator exports it: the same rows in a CSV file and in a workbook.
pub struct Edition {
    /// One row for each comment.
    pub rows: Vec<Row>,
    /// Comments left out, by reason, as the manifest says.
    pub left_out: Value,
    /// Everything that is in the files, the manifest too, for looking for what must not be there.
    pub everything: String,
}

impl Edition {
    /// Exports `edition` twice and reads both files.
    ///
    /// # Panics
    /// When they differ, or their manifests count wrong.
    pub fn export(program: &Program, edition: &str) -> Self {
        let (csv, csv_manifest) = export(program, edition, "csv");
        let (xlsx, xlsx_manifest) = export(program, edition, "xlsx");
        let rows = csv_rows(&csv);
        assert_eq!(rows, workbook_rows(&xlsx), "the workbook and the CSV file of the {edition} edition differ");
        for manifest in [&csv_manifest, &xlsx_manifest] {
            assert_eq!(manifest["edition"], edition);
            assert_eq!(manifest["rows"], rows.len());
        }
        assert_eq!(csv_manifest["rows_sha256"], xlsx_manifest["rows_sha256"]);
        let text = std::fs::read_to_string(&csv).expect("the CSV file");
        let everything = format!("{text}\n{csv_manifest}\n{}", workbook_text(&xlsx));
        Self { rows, left_out: csv_manifest["left_out"].clone(), everything }
    }

    /// The row of a comment.
    ///
    /// # Panics
    /// When there is none.
    pub fn row(&self, reference: &str) -> &Row {
        let row = self.rows.iter().find(|row| row.get("reference").is_some_and(|it| it == reference));
        row.unwrap_or_else(|| panic!("{reference} is not among {:?}", self.rows))
    }
}

fn export(program: &Program, edition: &str, format: &str) -> (std::path::PathBuf, Value) {
    let file = program.file(&format!("{edition}.{format}"));
    let path = file.to_str().expect("a path");
    let said = program.run(&["export", "--edition", edition, "--format", format, "--out", path]);
    assert!(said.starts_with(path), "{said}");
    let manifest = std::fs::read_to_string(format!("{path}.manifest.json")).expect("the manifest");
    (file, serde_json::from_str(&manifest).expect("JSON"))
}

fn row(columns: &[String], cells: impl Iterator<Item = String>) -> Row {
    columns.iter().cloned().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect()
}

fn csv_rows(file: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(file).expect("the CSV file");
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let records = reader.records().map(|record| record.expect("a row"));
    records.map(|record| row(&columns, record.iter().map(str::to_owned))).collect()
}

fn workbook_rows(file: &Path) -> Vec<Row> {
    let mut workbook: Xlsx<_> = open_workbook(file).expect("the workbook");
    let sheet = workbook.worksheet_range("Comments").expect("the sheet");
    let mut lines = sheet.rows();
    let columns: Vec<String> = lines.next().expect("a header").iter().map(Data::to_string).collect();
    lines.map(|cells| row(&columns, cells.iter().map(Data::to_string))).collect()
}

/// Every cell of every sheet.
fn workbook_text(file: &Path) -> String {
    let mut workbook: Xlsx<_> = open_workbook(file).expect("the workbook");
    let sheets = workbook.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.cells().map(|(_, _, cell)| cell.to_string()));
    cells.collect::<Vec<_>>().join("\n")
}
