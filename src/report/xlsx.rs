//! A [`Workbook`] as an Excel file: typed cells, frozen headings, filters, widths that hold Vietnamese words, ready to
//! print on A4.
//!
//! Every formula carries its result, because a program that only reads the file shows what was stored. The same
//! workbook gives the same bytes.

mod chart;
mod form;
mod look;
mod size;
mod value;

use std::collections::HashSet;

use chrono::{Datelike, Timelike};
use rust_xlsxwriter as excel;

use super::doc::{Cell, NOTHING_HAPPENED, Orientation, Row, RowStyle};
use super::error::ReportError;
use super::printable::one_line;
use super::workbook::{Sheet, SheetKind, Workbook};
use look::Looks;
use value::put;

/// The rows that a sheet can hold.
pub const ROW_LIMIT: usize = 1_048_576;
/// The size of letters on a sheet, in points.
const POINTS: u32 = 12;
const A4: u8 = 9;

/// The bytes of the xlsx file.
///
/// # Errors
/// When a sheet has more rows than Excel can hold, or the archive cannot be put together.
pub fn write(book: &Workbook) -> Result<Vec<u8>, ReportError> {
    for sheet in &book.sheets {
        let rows = sheet.table.rows.len() + sheet.titles.len() + sheet.notes.len() + 8;
        if rows > ROW_LIMIT {
            return Err(ReportError::TooManyRows { rows, limit: ROW_LIMIT });
        }
    }
    build(book).map_err(|error| ReportError::Xlsx(error.to_string()))
}

fn build(book: &Workbook) -> Result<Vec<u8>, excel::XlsxError> {
    let mut file = excel::Workbook::new();
    file.set_properties(&properties(book)?);
    let names = tab_names(book);
    for (sheet, name) in book.sheets.iter().zip(&names) {
        let page = file.add_worksheet();
        page.set_name(name)?;
        Layout::new(sheet, name).fill(page)?;
    }
    if book.sheets.is_empty() {
        file.add_worksheet();
    }
    form::add_choice_lists(&mut file, book, &names)?;
    file.save_to_buffer()
}

fn properties(book: &Workbook) -> Result<excel::DocProperties, excel::XlsxError> {
    let made = book.made;
    // Outside Excel's calendar (before 1900) the day is not worth a failed export.
    let year = u16::try_from(made.year()).unwrap_or(1900).clamp(1900, 9999);
    let (month, day) = (made.month() as u8, made.day() as u8);
    let date = excel::ExcelDateTime::from_ymd(year, month, day)?;
    let date = date.and_hms(made.hour() as u16, made.minute() as u8, f64::from(made.second()))?;
    let properties = excel::DocProperties::new().set_title(one_line(&book.title).into_owned());
    Ok(properties
        .set_author(one_line(&book.author).into_owned())
        .set_creation_datetime(&date))
}

/// A sheet's rows, from the top.
struct Layout<'a> {
    sheet: &'a Sheet,
    /// The name on the tab, for formulas and charts.
    tab: &'a str,
    looks: Looks,
    widths: Vec<f64>,
    /// The first row of the headings, and the first below them.
    heading: u32,
    first: u32,
}

impl<'a> Layout<'a> {
    fn new(sheet: &'a Sheet, tab: &'a str) -> Layout<'a> {
        let above = sheet.titles.len() as u32;
        let heading = if above == 0 { 0 } else { above + 1 };
        let heading_rows = if sheet.table.has_groups() { 2 } else { 1 };
        let widths = size::widths(&sheet.table);
        Layout {
            sheet,
            tab,
            looks: Looks::new(),
            widths,
            heading,
            first: heading + heading_rows,
        }
    }

    fn fill(&self, page: &mut excel::Worksheet) -> Result<(), excel::XlsxError> {
        page.set_default_row_height(size::line_height());
        for (i, width) in self.widths.iter().enumerate() {
            page.set_column_width(column(i), *width)?;
        }
        for (i, title) in self.sheet.titles.iter().enumerate() {
            let look = if i == 0 {
                (&self.looks.title, 14)
            } else {
                (&self.looks.subtitle, POINTS)
            };
            self.across(page, i as u32, title, look)?;
        }
        self.headings(page)?;
        let after = self.rows(page)?;
        let after = self.totals(page, after)?;
        let after = self.notes(page, after)?;
        let width = size::pixels(&self.widths);
        let place = chart::Place {
            tab: self.tab,
            first: self.first,
            below: after + 1,
            width,
        };
        chart::draw(self.sheet, &place, page)?;
        form::prepare(self.sheet, self.first, page)?;
        self.view_and_print(page, after)
    }

    /// A line over the whole width, as high as its words need when set at `points`.
    fn across(
        &self,
        page: &mut excel::Worksheet,
        row: u32,
        text: &str,
        (look, points): (&excel::Format, u32),
    ) -> Result<(), excel::XlsxError> {
        let text = value::limited(&one_line(text));
        let last = column(self.widths.len().saturating_sub(1));
        page.set_row_height(row, size::height(&text, points, self.widths.iter().sum()))?;
        if last > 0 {
            page.merge_range(row, 0, row, last, &text, look)?;
        } else {
            page.write_string_with_format(row, 0, text, look)?;
        }
        Ok(())
    }

    fn headings(&self, page: &mut excel::Worksheet) -> Result<(), excel::XlsxError> {
        let (table, look) = (&self.sheet.table, &self.looks.heading);
        let lower = self.first - 1;
        let mut at = 0;
        for (span, group) in table.groups() {
            if let Some(group) = group {
                let (from, to) = (column(at), column(at + span - 1));
                if span > 1 {
                    page.merge_range(self.heading, from, self.heading, to, &value::limited(group), look)?;
                } else {
                    page.write_string_with_format(self.heading, from, value::limited(group), look)?;
                }
            }
            for i in at..at + span {
                let heading = value::limited(&table.columns[i].heading);
                if group.is_none() && lower > self.heading {
                    page.merge_range(self.heading, column(i), lower, column(i), &heading, look)?;
                } else {
                    page.write_string_with_format(lower, column(i), heading, look)?;
                }
            }
            at += span;
        }
        let heights = table.columns.iter().zip(&self.widths);
        let height = heights
            .map(|(c, width)| size::height(&c.heading, POINTS, *width))
            .fold(0.0, f64::max);
        page.set_row_height(lower, height)?;
        Ok(())
    }

    /// Writes the rows and tells the first row after them.
    fn rows(&self, page: &mut excel::Worksheet) -> Result<u32, excel::XlsxError> {
        let table = &self.sheet.table;
        if table.rows.is_empty() && !table.columns.is_empty() && !matches!(self.sheet.kind, SheetKind::Form { .. }) {
            self.across(page, self.first, NOTHING_HAPPENED, (&self.looks.nothing, POINTS))?;
            return Ok(self.first + 1);
        }
        let mut at = self.first;
        for row in &table.rows {
            if row.style == RowStyle::Section {
                let text = table.cell(row, 0).to_string();
                self.across(page, at, &text, (&self.looks.section, POINTS))?;
            } else {
                self.row(page, at, row)?;
            }
            at += 1;
        }
        Ok(at)
    }

    fn row(&self, page: &mut excel::Worksheet, at: u32, row: &Row) -> Result<(), excel::XlsxError> {
        let table = &self.sheet.table;
        let mut height = match row.style {
            // Room for a hand, and thirty rows with the foot on two pages.
            RowStyle::ToFill => size::line_height() * 1.1,
            _ => size::line_height(),
        };
        for (i, width) in self.widths.iter().enumerate() {
            let cell = table.cell(row, i);
            if let Cell::Text(text) = cell {
                height = height.max(size::height(text, POINTS, *width));
            }
            let look = self.looks.body(cell, table.align(i, cell), row.style);
            put(page, (at, column(i)), cell, &look)?;
        }
        if height > size::line_height() {
            page.set_row_height(at, height)?;
        }
        Ok(())
    }

    /// Writes the sums, if any are asked for, and tells the first row after them.
    fn totals(&self, page: &mut excel::Worksheet, at: u32) -> Result<u32, excel::XlsxError> {
        let table = &self.sheet.table;
        if self.sheet.totals.is_empty() || table.rows.is_empty() {
            return Ok(at);
        }
        let label = self.sheet.table.naming_column();
        for i in 0..table.columns.len() {
            let place = (at, column(i));
            if self.sheet.totals.contains(&i) {
                value::put_sum(page, place, self.first, table, i, &self.looks)?;
            } else {
                let text = if i == label { "Cộng" } else { "" };
                page.write_string_with_format(place.0, place.1, text, &self.looks.total_words)?;
            }
        }
        Ok(at + 1)
    }

    fn notes(&self, page: &mut excel::Worksheet, at: u32) -> Result<u32, excel::XlsxError> {
        let mut at = at + 1;
        for note in &self.sheet.notes {
            self.across(page, at, note, (&self.looks.note, POINTS))?;
            at += 1;
        }
        Ok(at)
    }

    fn view_and_print(&self, page: &mut excel::Worksheet, after: u32) -> Result<(), excel::XlsxError> {
        let columns = self.sheet.table.columns.len();
        if columns > 0 {
            // A wide list keeps the name of its row in sight.
            page.set_freeze_panes(
                self.first,
                if columns > 8 {
                    column(self.sheet.table.naming_column() + 1)
                } else {
                    0
                },
            )?;
            page.set_repeat_rows(self.heading, self.first - 1)?;
            let last = self.first + self.sheet.table.rows.len() as u32;
            if self.sheet.kind == SheetKind::List && !self.sheet.table.rows.is_empty() {
                page.autofilter(self.first - 1, 0, last - 1, column(columns - 1))?;
            }
        }
        page.set_paper_size(A4);
        match self.sheet.orientation {
            Orientation::Portrait => page.set_portrait(),
            Orientation::Landscape => page.set_landscape(),
        };
        // Of any height, one page wide. Margins in inches: left, right, top, bottom, header, footer.
        page.set_print_fit_to_pages(1, u16::from(!self.sheet.charts.is_empty()))
            .set_print_center_horizontally(true);
        page.set_margins(0.79, 0.59, 0.79, 0.79, 0.35, 0.35)
            .set_header("&C&\"Times New Roman\"&13&P");
        if self.sheet.charts.is_empty() && columns > 0 {
            page.set_print_area(0, 0, after.saturating_sub(1).max(self.first), column(columns - 1))?;
        }
        Ok(())
    }
}

/// A column's number as Excel counts it; tables are far narrower than 16,384 columns.
fn column(i: usize) -> u16 {
    u16::try_from(i).unwrap_or(u16::MAX)
}

/// The sheets' names as tabs can hold them: at most 31 characters, none of `[]:*?/\`, no two alike.
fn tab_names(book: &Workbook) -> Vec<String> {
    let mut taken = HashSet::from([form::CHOICES_TAB.to_lowercase()]);
    let name = |(i, sheet): (usize, &Sheet)| {
        let plain: String = one_line(&sheet.name)
            .chars()
            .map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c })
            .collect();
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = if plain.is_empty() {
            format!("Trang {}", i + 1)
        } else {
            plain
        };
        let numbered = |n: usize| if n == 1 { String::new() } else { format!(" ({n})") };
        let fitted = |n: usize| {
            let end = numbered(n);
            let room = 31 - end.encode_utf16().count();
            super::printable::shortened(&plain, room).into_owned() + &end
        };
        // Among as many candidates as there are sheets, and two, one is free.
        let free = (1..).map(fitted).find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or_default()
    };
    book.sheets.iter().enumerate().map(name).collect()
}

#[cfg(test)]
mod tests;
