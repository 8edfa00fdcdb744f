//! What the whole way leaves behind, whichever way it was gone: the week's document and workbook, and in them the
//! figures of one visit, a session of ten of whom eight came, a fair of three booths.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, open_workbook_auto};

use super::binary::sohoi;

fn exported(folder: &Path, ending: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let found: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|known| known == ending))
        .collect();
    assert_eq!(found.len(), 1, "{ending}: {found:?}");
    found[0].clone()
}

/// A figure of the sheet of all figures, by its code.
fn figure(book: &Path, code: &str) -> f64 {
    let mut book = open_workbook_auto(book).unwrap();
    for name in book.sheet_names() {
        let sheet = book.worksheet_range(&name).unwrap();
        for row in sheet.rows() {
            if row.iter().any(|cell| cell == &Data::String(code.to_string())) {
                let number = row.iter().find_map(|cell| match cell {
                    Data::Float(number) => Some(*number),
                    Data::Int(number) => Some(*number as f64),
                    _ => None,
                });
                return number.unwrap_or(0.0);
            }
        }
    }
    panic!("{code} is in no sheet");
}

/// Looks at what was exported into a folder from the logbook `data`.
pub fn check(folder: &Path, data: &Path) {
    let book = exported(folder, "xlsx");
    assert!(exported(folder, "docx").metadata().unwrap().len() > 4000);
    for (code, wanted) in [
        ("VISITS", 1.0),
        ("COOPS_VISITED", 1.0),
        ("ISSUES_OPENED", 1.0),
        ("TRAIN_SESSIONS", 1.0),
        ("TRAIN_ATTEND", 8.0),
        ("TRAIN_ATTEND_WOMEN", 8.0),
        ("FAIRS_HELD", 1.0),
        ("BOOTHS_SHOWN", 3.0),
    ] {
        assert_eq!(figure(&book, code), wanted, "{code}");
    }
    let visits: serde_json::Value = serde_json::from_str(&sohoi(data, &["list", "visit", "--format", "json"])).unwrap();
    assert_eq!(visits[0]["difficulty_text"][0], "thiếu vốn lưu động");
    sohoi(data, &["check"]);
}
