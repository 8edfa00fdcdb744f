//! How cells of a sheet look: one set of formats, made once a sheet.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::POINTS;
use crate::report::doc::{Align, Cell, RowStyle};

/// What tells one format of a body from another.
type Key = (Option<&'static str>, Align, RowStyle);

/// The formats of a sheet.
pub struct Looks {
    pub title: Format,
    pub subtitle: Format,
    pub heading: Format,
    pub section: Format,
    pub nothing: Format,
    pub note: Format,
    pub total_words: Format,
    body: Format,
    made: RefCell<HashMap<Key, Rc<Format>>>,
}

impl Looks {
    pub fn new() -> Looks {
        let plain = Format::new()
            .set_font_name("Times New Roman")
            .set_font_size(f64::from(POINTS))
            .set_text_wrap();
        let body = plain
            .clone()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter);
        let title = plain
            .clone()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter);
        let shade = Color::RGB(0xE7EEF7);
        Looks {
            subtitle: title.clone().set_italic(),
            title: title.set_bold().set_font_size(14),
            heading: body
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(shade),
            section: body.clone().set_bold().set_align(FormatAlign::Left),
            nothing: body.clone().set_italic().set_align(FormatAlign::Center),
            note: plain.set_align(FormatAlign::Left).set_align(FormatAlign::Top),
            total_words: body.clone().set_bold(),
            body,
            made: RefCell::default(),
        }
    }

    /// The format of a cell in the body of a table. A list has few of them and many cells, so each is made once.
    pub fn body(&self, cell: &Cell, align: Align, style: RowStyle) -> Rc<Format> {
        let code = number_format(cell);
        let mut made = self.made.borrow_mut();
        Rc::clone(
            made.entry((code, align, style))
                .or_insert_with(|| Rc::new(self.made_for(code, align, style))),
        )
    }

    /// The format of a sum of cells like `cell`.
    pub fn sum(&self, cell: &Cell) -> Rc<Format> {
        self.body(cell, Align::Right, RowStyle::Total)
    }

    fn made_for(&self, code: Option<&'static str>, align: Align, style: RowStyle) -> Format {
        let format = self.body.clone().set_align(match align {
            Align::Left => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
            Align::Right => FormatAlign::Right,
        });
        let format = match style {
            RowStyle::Total => format.set_bold(),
            RowStyle::Sub if align == Align::Left => format.set_indent(1),
            _ => format,
        };
        match code {
            Some(code) => format.set_num_format(code),
            None => format,
        }
    }
}

/// Excel's code for how a value is shown, with Vietnamese points and commas (42A) where the program heeds the language
/// of a format; others take them from the system's settings.
fn number_format(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Count(_) | Cell::Money(_) => Some("[$-42A]#,##0"),
        Cell::Millions(_) => Some("[$-42A]#,##0.0"),
        Cell::Percent { .. } => Some("[$-42A]0.0%"),
        Cell::Date(_) => Some("dd/mm/yyyy"),
        Cell::Year(_) => Some("0"),
        Cell::Text(_) => Some("@"),
        _ => None,
    }
}
