//! A file opened: its sheets as rows of raw cells, within limits. What a file is, its first bytes say; its name may lie.

use std::fs;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, DataRef, Ods, OdsError, Reader, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use chrono::{Days, NaiveDate};

use super::fault::{Fault, Unit};
use super::lines;
use super::watch::{Go, Watch};
use super::{archive, compound};

/// The largest file that is opened.
pub const FILE_MEGABYTES: u64 = 20;
/// The most that a packed workbook may unpack to.
pub const UNPACKED_MEGABYTES: u64 = 200;
/// The most sheets.
pub const SHEETS: usize = 60;
/// The most filled rows of a sheet.
pub const ROWS: usize = 50_000;
/// The most columns of a sheet.
pub const COLUMNS: usize = 400;
/// The most filled cells of a file.
pub const CELLS: usize = 2_000_000;

/// The most cells, empty ones too, between the first and the last of sheets that are spread out when they are opened.
pub const SPREAD: usize = CELLS * 2;

/// One cell as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Nothing.
    Empty,
    /// Words, not yet out of their old encoding.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// True or false.
    Flag(bool),
    /// A formula that came to an error: `#REF!`.
    Error(String),
}

impl Raw {
    /// Words; blank ones are nothing.
    pub fn text(text: &str) -> Raw {
        if text.trim().is_empty() {
            Raw::Empty
        } else {
            Raw::Text(text.to_string())
        }
    }
}

/// A sheet: its filled rows with their line numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The name on its tab; empty for text.
    pub name: String,
    /// Line number from 1, and the cells from the first column.
    pub rows: Vec<(u32, Vec<Raw>)>,
}

/// Opens a file.
///
/// # Errors
/// Whatever keeps it from being a list within the limits.
pub fn open(path: &Path, watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    let unreadable = |error: std::io::Error| Fault::Unreadable(format!("{}: {error}", path.display()));
    if fs::metadata(path).map_err(unreadable)?.len() > FILE_MEGABYTES << 20 {
        return Err(Fault::TooLarge(FILE_MEGABYTES));
    }
    read(&fs::read(path).map_err(unreadable)?, watch)
}

/// Reads a file's bytes.
///
/// # Errors
/// See [`open`].
pub fn read(bytes: &[u8], watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    // The readers of others' formats are not ours: what they stumble over is a damaged file and no end of the program.
    let read = catch_unwind(AssertUnwindSafe(|| match bytes {
        [b'P', b'K', 3, 4, ..] => packed(bytes, watch),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => old(bytes, watch),
        _ => lines::read(bytes).map(|grid| vec![grid]),
    }));
    read.unwrap_or_else(|_| Err(Fault::Broken("?".to_string())))
}

fn packed(bytes: &[u8], watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    let parts = archive::parts(bytes)?;
    archive::measure(&parts)?;
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    if part("xl/workbook.xml").is_some() {
        return workbook(bytes, watch);
    }
    match part("content.xml") {
        Some(content) => {
            spread_of(&String::from_utf8_lossy(&content.unpacked()?))?;
            document(bytes, watch)
        }
        None => Err(Fault::Unknown),
    }
}

fn workbook(bytes: &[u8], watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    let fault = |error: XlsxError| match error {
        XlsxError::Password => Fault::Password,
        other => Fault::Broken(other.to_string()),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let names = visible(&book)?;
    let (mut grids, mut left) = (Vec::new(), CELLS);
    for name in names {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A chart has a tab and no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(other) => return Err(fault(other)),
        };
        let mut grid = Growing::new(name, watch);
        while let Some(cell) = cells.next_cell().map_err(fault)? {
            let (row, column) = cell.get_position();
            grid.put(row, column, raw(&owned(cell.get_value())), &mut left)?;
        }
        grids.push(grid.grid);
    }
    Ok(grids)
}

fn old(bytes: &[u8], watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    let fault = |error: XlsError| match error {
        XlsError::Password => Fault::Password,
        other => Fault::Broken(other.to_string()),
    };
    compound::measure(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(fault)?;
    grids_of(&mut book, fault, watch)
}

fn document(bytes: &[u8], watch: Watch<'_>) -> Result<Vec<Grid>, Fault> {
    let fault = |error: OdsError| match error {
        OdsError::Password => Fault::Password,
        other => Fault::Broken(other.to_string()),
    };
    let mut book = Ods::new(Cursor::new(bytes)).map_err(fault)?;
    grids_of(&mut book, fault, watch)
}

fn visible<'a, R: Reader<Cursor<&'a [u8]>>>(book: &R) -> Result<Vec<String>, Fault> {
    let sheets = book.sheets_metadata();
    if sheets.len() > SHEETS {
        return Err(Fault::TooMany(Unit::Sheets, SHEETS));
    }
    let shown = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    Ok(shown.map(|sheet| sheet.name.clone()).collect())
}

fn grids_of<'a, R: Reader<Cursor<&'a [u8]>>>(
    book: &mut R,
    fault: impl Fn(R::Error) -> Fault,
    watch: Watch<'_>,
) -> Result<Vec<Grid>, Fault> {
    let (mut grids, mut left) = (Vec::new(), CELLS);
    for name in visible(book)? {
        let range = book.worksheet_range(&name).map_err(&fault)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut grid = Growing::new(name, watch);
        for (row, column, data) in range.used_cells() {
            let (row, column) = (row as u32 + first_row, column as u32 + first_column);
            grid.put(row, column, raw(data), &mut left)?;
        }
        grids.push(grid.grid);
    }
    Ok(grids)
}

/// A sheet that is being read, cell by cell.
struct Growing<'w> {
    grid: Grid,
    watch: Watch<'w>,
}

impl<'w> Growing<'w> {
    fn new(name: String, watch: Watch<'w>) -> Growing<'w> {
        Growing {
            grid: Grid { name, rows: Vec::new() },
            watch,
        }
    }

    fn put(&mut self, row: u32, column: u32, raw: Raw, left: &mut usize) -> Result<(), Fault> {
        if raw == Raw::Empty {
            return Ok(());
        }
        let column = column as usize;
        if column >= COLUMNS {
            return Err(Fault::TooMany(Unit::Columns, COLUMNS));
        }
        *left = left.checked_sub(1).ok_or(Fault::TooMany(Unit::Cells, CELLS))?;
        let line = row.saturating_add(1);
        let rows = &mut self.grid.rows;
        if rows.last().is_none_or(|(last, _)| *last != line) {
            if rows.len() == ROWS {
                return Err(Fault::TooMany(Unit::Rows, ROWS));
            }
            if (self.watch)(rows.len() as u64, 0) == Go::Stop {
                return Err(Fault::Stopped);
            }
            rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            if cells.len() <= column {
                cells.resize(column + 1, Raw::Empty);
            }
            cells[column] = raw;
        }
        Ok(())
    }
}

fn owned(data: &DataRef<'_>) -> Data {
    data.clone().into()
}

fn raw(data: &Data) -> Raw {
    match data {
        Data::Empty | Data::DurationIso(_) => Raw::Empty,
        Data::Int(number) => Raw::Number(*number as f64),
        Data::Float(number) => Raw::Number(*number),
        Data::String(text) => Raw::text(text),
        Data::Bool(flag) => Raw::Flag(*flag),
        Data::DateTime(moment) if !moment.is_datetime() => Raw::Number(moment.as_f64()),
        Data::DateTime(moment) => {
            // In whichever of Excel's two calendars the workbook is kept.
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            let real = day.filter(|_| moment.as_f64() >= 1.0);
            real.map_or(Raw::Number(moment.as_f64()), Raw::Day)
        }
        Data::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            day.map_or_else(|| Raw::text(text), Raw::Day)
        }
        Data::Error(error) => Raw::Error(error.to_string()),
    }
}

/// The day of an Excel serial number.
pub fn serial_day(serial: f64) -> Option<NaiveDate> {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = serial.floor();
    (1.0..2_958_466.0)
        .contains(&days)
        .then(|| zero.checked_add_days(Days::new(days as u64)))?
}

/// Refuses a document whose repeated cells would fill more than is read: they are spread out when it is opened.
fn spread_of(content: &str) -> Result<(), Fault> {
    let repeats = |tag: &str, name: &str| -> usize {
        let value = tag.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1));
        value.and_then(|value| value.parse().ok()).unwrap_or(1)
    };
    for sheet in content.split("<table:table ").skip(1) {
        let (mut row_at, mut last_row, mut widest) = (0usize, 0usize, 0usize);
        for row in sheet.split("<table:table-row").skip(1) {
            let head = row.split('>').next().unwrap_or_default();
            row_at = row_at.saturating_add(repeats(head, "number-rows-repeated"));
            let (mut width, mut filled) = (0usize, 0usize);
            for cell in row.split("table-cell").skip(1) {
                let tag = cell.split('>').next().unwrap_or_default();
                width = width.saturating_add(repeats(tag, "number-columns-repeated"));
                if tag.contains("value-type") {
                    filled = width;
                }
            }
            if filled > 0 {
                (last_row, widest) = (row_at, widest.max(filled));
            }
        }
        if widest > COLUMNS {
            return Err(Fault::TooMany(Unit::Columns, COLUMNS));
        }
        if last_row.saturating_mul(widest) > SPREAD {
            return Err(Fault::TooMany(Unit::Cells, CELLS));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_the_day_that_excel_shows() {
        assert_eq!(serial_day(45_448.75).unwrap().to_string(), "2024-06-05");
        assert_eq!(serial_day(0.5), None);
        assert_eq!(serial_day(1e12), None);
    }

    #[test]
    fn a_document_that_repeats_a_filled_row_without_end_is_not_opened() {
        let row = |rows: usize, columns: usize| {
            format!(
                "<table:table x><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"string\"></table:table-cell></table:table-row>"
            )
        };
        assert!(spread_of(&row(3, 5)).is_ok());
        assert_eq!(spread_of(&row(1, 16_384)), Err(Fault::TooMany(Unit::Columns, COLUMNS)));
        assert_eq!(spread_of(&row(1_048_576, 300)), Err(Fault::TooMany(Unit::Cells, CELLS)));
    }
}
