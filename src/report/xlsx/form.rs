//! Sheets to be filled in: lists to choose from, explanations at the headings, columns of words that stay words.

use rust_xlsxwriter as excel;

use super::{column, value};
use crate::report::doc::{Align, Cell};
use crate::report::workbook::{Sheet, SheetKind, Workbook};

/// The hidden sheet that holds what may be chosen: a list inside a rule may only be 255 characters long.
pub const CHOICES_TAB: &str = "Danh mục";

/// Explains the headings and keeps telephone numbers and codes as words, leading zeros and all.
pub fn prepare(sheet: &Sheet, first: u32, page: &mut excel::Worksheet) -> Result<(), excel::XlsxError> {
    let SheetKind::Form { hints, .. } = &sheet.kind else {
        return Ok(());
    };
    let font = excel::Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(f64::from(super::POINTS));
    for (i, head) in sheet.table.columns.iter().enumerate() {
        let words = matches!(head.align, Align::Left | Align::Center);
        let look = if words {
            font.clone().set_num_format("@")
        } else {
            font.clone()
        };
        page.set_column_format(column(i), &look)?;
    }
    for hint in hints.iter().filter(|hint| hint.column < sheet.table.columns.len()) {
        let lines = (hint.text.chars().count() / 28 + hint.text.lines().count() + 1) as u32;
        let note = excel::Note::new(value::limited(&hint.text))
            .add_author_prefix(false)
            .set_width(240);
        page.insert_note(first - 1, column(hint.column), &note.set_height(lines.min(24) * 18))?;
    }
    Ok(())
}

/// Writes the lists of all forms on one hidden sheet and ties the columns to them.
pub fn add_choice_lists(file: &mut excel::Workbook, book: &Workbook, tabs: &[String]) -> Result<(), excel::XlsxError> {
    let forms = book
        .sheets
        .iter()
        .zip(tabs)
        .filter_map(|(sheet, tab)| match &sheet.kind {
            SheetKind::Form { rows, choices, .. } => Some((sheet, tab, *rows, choices)),
            _ => None,
        });
    let mut lists: Vec<&[String]> = Vec::new();
    for (sheet, tab, rows, choices) in forms {
        let first = super::Layout::new(sheet, tab).first;
        let page = file.worksheet_from_name(tab)?;
        for choice in choices.iter().filter(|choice| !choice.values.is_empty()) {
            let rule = rule(lists.len(), choice.values.len())?;
            lists.push(&choice.values);
            let at = column(choice.column);
            page.add_data_validation(first, at, first + rows.max(1) - 1, at, &rule)?;
        }
    }
    if lists.is_empty() {
        return Ok(());
    }
    let page = file.add_worksheet();
    page.set_name(CHOICES_TAB)?.set_hidden(true);
    let look = excel::Format::new().set_num_format("@");
    for (i, values) in lists.iter().enumerate() {
        for (row, text) in values.iter().enumerate() {
            value::put(page, (row as u32, column(i)), &Cell::text(text.as_str()), &look)?;
        }
    }
    Ok(())
}

/// A rule that offers a list and warns about anything else, which the import will ask about.
fn rule(list: usize, length: usize) -> Result<excel::DataValidation, excel::XlsxError> {
    let letters = excel::utility::column_number_to_name(column(list));
    let source = format!("='{CHOICES_TAB}'!${letters}$1:${letters}${length}");
    excel::DataValidation::new()
        .allow_list_formula(excel::Formula::new(source))
        .set_error_style(excel::DataValidationErrorStyle::Warning)
        .set_error_title("Không có trong danh mục")?
        .set_error_message("Hãy chọn trong danh sách. Giữ nguyên thì khi nhập chương trình sẽ hỏi lại.")
}
