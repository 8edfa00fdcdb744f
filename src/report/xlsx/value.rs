//! Values into cells: numbers as numbers, days as days, words never as formulas.

use std::borrow::Cow;

use chrono::Datelike;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::look::Looks;
use crate::report::cell::{Cell, scaled};
use crate::report::doc::Table;
use crate::report::printable::{printable, shortened};

/// The characters that a cell can hold.
const TEXT_LIMIT: usize = 32_767;
/// Excel keeps fifteen digits of a number; longer ones are written as words.
const EXACT: u64 = 999_999_999_999_999;

/// Text as a cell can hold it.
pub fn limited(text: &str) -> String {
    shortened(&printable(text), TEXT_LIMIT).into_owned()
}

/// Writes one value.
pub fn put(page: &mut Worksheet, (row, col): (u32, u16), cell: &Cell, look: &Format) -> Result<(), XlsxError> {
    let number = match cell {
        Cell::Count(n) | Cell::Money(n) if n.unsigned_abs() <= EXACT => Some(*n as f64),
        Cell::Millions(n) if n.unsigned_abs() <= EXACT => Some(*n as f64 / 1e6),
        Cell::Percent { part, whole } if *whole != 0 => Some(*part as f64 / *whole as f64),
        Cell::Year(year) => Some(f64::from(*year)),
        Cell::Decimal { digits, places } if digits.unsigned_abs() <= EXACT => scaled(*digits, *places).parse().ok(),
        Cell::Date(date) => {
            if let Some(day) = excel_day(*date) {
                page.write_datetime_with_format(row, col, &day, look)?;
                return Ok(());
            }
            None
        }
        Cell::Blank => {
            page.write_blank(row, col, look)?;
            return Ok(());
        }
        _ => None,
    };
    match number {
        Some(number) => page.write_number_with_format(row, col, number, look)?,
        None => {
            let text = cell.to_string();
            let look = if is_formula_like(&text) {
                Cow::Owned(look.clone().set_quote_prefix())
            } else {
                Cow::Borrowed(look)
            };
            page.write_string_with_format(row, col, limited(&text), &look)?
        }
    };
    Ok(())
}

/// Writes the sum of a column as a formula that follows the filters, with its result.
pub fn put_sum(
    page: &mut Worksheet,
    (row, col): (u32, u16),
    first: u32,
    table: &Table,
    column: usize,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let cells = || table.rows.iter().map(|line| table.cell(line, column));
    let sum: i128 = cells().filter_map(Cell::amount).map(i128::from).sum();
    let like = cells().find(|cell| cell.amount().is_some()).unwrap_or(&Cell::Count(0));
    let result = match like {
        Cell::Millions(_) => (sum as f64 / 1e6).to_string(),
        _ => sum.to_string(),
    };
    let range = format!("{}:{}", row_col_to_cell(first, col), row_col_to_cell(row - 1, col));
    let formula = Formula::new(format!("=SUBTOTAL(109,{range})")).set_result(result);
    page.write_formula_with_format(row, col, formula, &looks.sum(like))?;
    Ok(())
}

/// A day that Excel's calendar has; the others are written as words.
fn excel_day(date: chrono::NaiveDate) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

/// What Excel would run as a formula if it were typed again.
fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}
