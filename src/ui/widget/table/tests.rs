//! The table as a screen works it: laid out, walked, marked, drawn.

use super::*;
use crate::domain::text::Lang;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Code, Key};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use std::cell::Cell;

/// Many rows that count how often they are asked.
struct Many {
    count: usize,
    asked: Cell<usize>,
}

impl Rows for Many {
    fn len(&self) -> usize {
        self.count
    }

    fn id(&self, row: usize) -> RowId {
        row as RowId + 1000
    }

    fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.asked.set(self.asked.get() + 1);
        match column {
            0 => format!("HTX{row:03}").into(),
            1 => "HTX Dược liệu An Khang".into(),
            _ => format!("{}", row * 10).into(),
        }
    }
}

fn table() -> Table {
    Table::new(vec![
        Column::fixed("Mã", 7),
        Column::text("Tên", 8, 20),
        Column::number("Thành viên", 10),
    ])
}

fn press(table: &mut Table, rows: &dyn Rows, action: Action) -> Outcome {
    table.update(
        &Input::Key {
            key: Key::plain(Code::F(5)),
            action: Some(action),
        },
        rows,
    )
}

fn drawn(table: &mut Table, rows: &dyn Rows, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    table.layout(area, rows);
    let mut buffer = Buffer::empty(area);
    table.draw(&mut Canvas::new(&mut buffer, area, &Theme::plain(), Lang::Vi), rows);
    let line = |y| {
        (0..width)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    (0..height).map(line).collect()
}

#[test]
fn columns_are_aligned_and_cut_by_width() {
    let rows = Many {
        count: 2,
        asked: Cell::new(0),
    };
    let mut table = table();
    table.set_sorted(Some((0, Direction::Down)));
    assert_eq!(
        drawn(&mut table, &rows, 41, 4),
        [
            "  Mã▼     Tên                  Thành viên",
            "▶ HTX000  HTX Dược liệu An…             0",
            "  HTX001  HTX Dược liệu An…            10",
            "",
        ]
    );
}

#[test]
fn a_hundred_thousand_rows_are_asked_only_for_those_in_sight() {
    let rows = Many {
        count: 100_000,
        asked: Cell::new(0),
    };
    let mut table = table();
    drawn(&mut table, &rows, 60, 20);
    press(&mut table, &rows, Action::Last);
    let seen = drawn(&mut table, &rows, 60, 20);
    assert!(seen[19].starts_with("▶ HTX999… "), "{}", seen[19]);
    assert!(rows.asked.get() < 200, "{}", rows.asked.get());
}

#[test]
fn the_cursor_moves_by_row_and_page_and_stays_inside() {
    let rows = Many {
        count: 50,
        asked: Cell::new(0),
    };
    let mut table = table();
    drawn(&mut table, &rows, 60, 11);
    for (action, row) in [
        (Action::Up, 0),
        (Action::PageDown, 9),
        (Action::Last, 49),
        (Action::Down, 49),
        (Action::PageUp, 40),
        (Action::First, 0),
    ] {
        press(&mut table, &rows, action);
        assert_eq!(table.row(), row, "{action:?}");
    }
    assert_eq!(press(&mut table, &rows, Action::Open), Outcome::Open(0));
}

#[test]
fn marks_hold_on_to_their_rows() {
    let rows = Many {
        count: 5,
        asked: Cell::new(0),
    };
    let mut table = table();
    drawn(&mut table, &rows, 60, 10);
    press(&mut table, &rows, Action::Down);
    press(&mut table, &rows, Action::Mark);
    press(&mut table, &rows, Action::Mark);
    assert_eq!(table.marks().iter().copied().collect::<Vec<_>>(), [1001, 1002]);
    assert_eq!(table.place(&rows), "●2 · 4/5");
    assert!(drawn(&mut table, &rows, 60, 10)[2].starts_with(" ●HTX001"));
    press(&mut table, &rows, Action::MarkAll);
    assert_eq!(table.marks().len(), 5);
    press(&mut table, &rows, Action::MarkAll);
    assert!(table.marks().is_empty());
}

#[test]
fn columns_without_room_scroll_into_sight_with_the_cursor() {
    let rows = Many {
        count: 1,
        asked: Cell::new(0),
    };
    let mut table = table();
    assert_eq!(drawn(&mut table, &rows, 20, 2)[0], "  Mã      Tên");
    press(&mut table, &rows, Action::Right);
    press(&mut table, &rows, Action::Right);
    assert!(drawn(&mut table, &rows, 20, 2)[0].contains("Thành viên"));
}

#[test]
fn an_empty_table_in_no_room_at_all_does_not_mind() {
    let rows = Many {
        count: 0,
        asked: Cell::new(0),
    };
    let mut table = table();
    for width in 0..12 {
        for height in 0..4 {
            drawn(&mut table, &rows, width, height);
            for action in [Action::Down, Action::Last, Action::Mark, Action::MarkAll, Action::Right] {
                press(&mut table, &rows, action);
            }
            assert_eq!(press(&mut table, &rows, Action::Open), Outcome::Pass);
        }
    }
}
