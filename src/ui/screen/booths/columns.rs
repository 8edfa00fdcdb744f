//! The columns of the booth grid in a window's width, and what stands in their cells.

use crate::domain::text::{Lang, Text};
use crate::ui::grid::booths::{Column, Row, Sheet};
use crate::ui::theme::Role;
use crate::ui::widget::table::{self, RowId, Rows};
use std::borrow::Cow;

fn column(column: Column, lang: Lang) -> table::Column {
    let title = |vi, en| Text::new(vi, en).get(lang);
    let text = |vi, en, least, wanted| table::Column {
        grows: 0,
        ..table::Column::text(title(vi, en), least, wanted)
    };
    match column {
        Column::Number => table::Column::number(title("Số", "No."), 4),
        Column::Exhibitor => table::Column::text(title("Đơn vị trưng bày", "Exhibitor"), 16, 28),
        Column::Categories => text("Nhóm SP", "Groups", 9, 22),
        Column::Products => table::Column::text(title("Sản phẩm", "Products"), 9, 20),
        Column::Star => table::Column::fixed("OCOP", 5),
        Column::State => text("Tình trạng", "State", 12, 14),
        Column::Revenue => table::Column::number(title("Doanh thu", "Takings"), 10),
        Column::Contracts => table::Column::number(title("HĐ", "Ctr"), 4),
        Column::ContractValue => table::Column::number(title("Giá trị HĐ", "Contr. đ"), 10),
        Column::Visitors => table::Column::number(title("Khách", "Visits"), 6),
    }
}

/// The columns that have room: number and exhibitor always, the cursor's, those behind it, then those before it.
pub fn shown(focus: Column, width: u16, lang: Lang) -> (Vec<Column>, Vec<table::Column>) {
    let least = |it: Column| column(it, lang).least + 1;
    let mut room = width.saturating_sub(2 + least(Column::Number) + least(Column::Exhibitor));
    let rest = &Column::ALL[2..];
    // As far to the left as the cursor's column still has room, so that the sheet does not slide at every step.
    let at = rest.iter().position(|it| *it == focus).unwrap_or(0);
    let mut from = 0;
    while from < at && rest[from..=at].iter().map(|it| least(*it)).sum::<u16>() > room {
        from += 1;
    }
    let mut cols = vec![Column::Number, Column::Exhibitor];
    for it in &rest[from..] {
        if least(*it) > room {
            break;
        }
        room -= least(*it);
        cols.push(*it);
    }
    let columns = cols.iter().map(|it| column(*it, lang)).collect();
    (cols, columns)
}

/// The sheet as the table asks for it, the empty row behind the last included.
pub struct View<'a> {
    /// The sheet.
    pub sheet: Option<&'a Sheet>,
    /// The columns.
    pub cols: &'a [Column],
    /// The cell with the cursor, and what is typed into it so far (none while nothing is).
    pub typing: (usize, Column, Option<&'a str>),
    /// The language.
    pub lang: Lang,
}

impl View<'_> {
    fn row(&self, at: usize) -> Option<&Row> {
        self.sheet?.rows().get(at)
    }
}

impl Rows for View<'_> {
    fn len(&self) -> usize {
        self.sheet.map_or(0, |sheet| sheet.rows().len()) + 1
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId
    }

    fn cell(&self, at: usize, column: usize) -> Cow<'_, str> {
        let Some(col) = self.cols.get(column).copied() else {
            return "".into();
        };
        if let (here, focus, Some(typed)) = self.typing
            && (here, focus) == (at, col)
        {
            return typed.into();
        }
        match self.row(at) {
            Some(row) if !row.is_kept() && col == Column::State => Text::new("bỏ", "drop").get(self.lang).into(),
            Some(row) => col.show(row, self.lang).into(),
            None if col == Column::Number => self.sheet.map(|sheet| sheet.next_number()).unwrap_or_default().into(),
            None => "".into(),
        }
    }

    fn role(&self, at: usize, column: usize) -> Role {
        let col = self.cols.get(column).copied();
        let (here, focus, _) = self.typing;
        if at == here && col == Some(focus) {
            return Role::Focus;
        }
        match (self.row(at), col) {
            (None, _) => Role::Dim,
            (Some(row), _) if !row.is_kept() => Role::Dim,
            (Some(_), Some(Column::Exhibitor)) => Role::Strong,
            (Some(row), Some(Column::State)) if self.sheet.and_then(|sheet| sheet.stored(at)) != Some(row) => {
                Role::Changed
            }
            _ => Role::Text,
        }
    }
}
