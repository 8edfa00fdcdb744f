//! The rows that were not taken, as a workbook beside the file: as they were, with a column of reasons, so that they can
//! be mended there and imported again.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::file::Raw;
use super::plan::Plan;
use super::table::Table;
use crate::domain::text::Lang;
use crate::report::cell::Cell;
use crate::report::table::{Column, Table as Printed};
use crate::report::workbook::{Sheet, Workbook};

/// The heading of the reasons; the import passes it over.
pub const REASON: &str = "Lý do từ chối";

/// The workbook of what was not taken; none where all was.
pub fn workbook(table: &Table, plan: &Plan, lang: Lang, made: NaiveDateTime) -> Option<Workbook> {
    let mut columns = vec![Column::text(REASON)];
    columns.extend(table.headings.iter().map(|heading| Column::text(heading.as_str())));
    let mut printed = Printed::new(columns);
    for row in plan.rows.iter().filter(|row| !row.verdict.reasons().is_empty()) {
        let reasons = row.verdict.reasons().iter().map(|reason| reason.text.get(lang));
        let mut cells = vec![Cell::text(reasons.collect::<Vec<_>>().join(" "))];
        let source = table.rows.iter().find(|(line, _)| *line == row.line);
        cells.extend(source.iter().flat_map(|(_, raws)| raws.iter().map(cell)));
        printed.push(cells);
    }
    (!printed.rows.is_empty()).then(|| Workbook {
        title: REASON.to_string(),
        author: String::new(),
        made,
        sheets: vec![Sheet::list(
            "Từ chối",
            "Các dòng chưa nhập được: sửa rồi nhập lại tệp này",
            printed,
        )],
    })
}

fn cell(raw: &Raw) -> Cell {
    match raw {
        Raw::Empty => Cell::Blank,
        Raw::Text(text) | Raw::Error(text) => Cell::text(text.as_str()),
        Raw::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Cell::Text(format!("{number:.0}")),
        Raw::Number(number) => Cell::decimal(*number),
        Raw::Day(day) => Cell::Date(*day),
        Raw::Flag(flag) => Cell::text(if *flag { "có" } else { "không" }),
    }
}

/// `danh-sach.xls` → `danh-sach-tu-choi.xlsx`, beside it.
pub fn path_beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    file.with_file_name(format!("{stem}-tu-choi.xlsx"))
}
