//! The fields of a form in rows: label, value, further fields of the same line, and earlier values at the right. In wide
//! windows the rows run on in a second column; what has no room scrolls with the cursor.

use super::Words;
use crate::domain::schema::{Field, FieldKind};
use crate::domain::text::{Lang, Text};
use crate::ui::canvas::Canvas;
use crate::ui::form::Form;
use crate::ui::form::ditto::{Beside, Earlier};
use crate::ui::form::engine::{Blocks, Mode};
use crate::ui::form::field::{Cell, Editor};
use crate::ui::form::line_edit::Focus;
use crate::ui::form::suggest::{rest, typed_part};
use crate::ui::screen::Tone;
use crate::ui::theme::Role;
use crate::vietnamese::date::{format_date, weekday_en, weekday_vi};
use chrono::Datelike;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The width from which a form has another column.
const COLUMN: u16 = 78;
/// Cells for earlier values.
const BESIDE: u16 = 25;
/// Rows of a text of several lines, with and without the cursor.
const LINES: (u16, u16) = (4, 2);

/// Where a cell stands in its line.
#[derive(Clone, Copy, Debug)]
struct Place {
    cell: usize,
    /// Column of its label, if it is not the first of the line.
    label: Option<u16>,
    x: u16,
    width: u16,
}

/// One line of the form, of one row or more.
#[derive(Clone, Debug)]
enum Line {
    /// The heading of a block.
    Heading(Text),
    /// Fields, and how many rows they take.
    Fields(Vec<Place>, u16),
}

/// The fields as laid out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    lines: Vec<(u16, Line)>,
    label: u16,
    column: u16,
    columns: u16,
    height: u16,
    scroll: u16,
    lang: Lang,
    /// Whether earlier values have room.
    beside: Option<u16>,
}

impl Sheet {
    /// Gives every field its place and brings the cursor into sight.
    pub(super) fn layout(&mut self, form: &mut Form, area: Rect, lang: Lang) {
        self.lang = lang;
        self.columns = (area.width / COLUMN).max(1);
        self.column = area.width / self.columns;
        let roomy = self.column >= 70;
        let earlier = form.beside().is_some_and(|beside| beside.of != Earlier::AsStored);
        self.beside = (earlier && roomy).then(|| self.column - BESIDE - 1);
        self.label = self.label_column(form);
        let header = u16::from(self.beside.is_some());
        self.height = area.height.saturating_sub(header);
        let right = self.beside.map_or(self.column - 1, |at| at - 1);
        self.place(form, right);
        let needed = self.labels_placed(form);
        if needed > self.label {
            // A field that had no room beside another one begins a line, with a longer label perhaps.
            self.label = needed;
            self.place(form, right);
        }
        self.follow(form);
    }

    /// As wide as the longest label that is sure to begin a line, as far as values keep their room.
    fn label_column(&self, form: &Form) -> u16 {
        let shown = |cell: &&Cell| !cell.field.beside && (cell.field.block.is_none() || form.blocks() == Blocks::Open);
        self.label_for(form.cells().iter().filter(shown))
    }

    /// The same for the labels that do begin a line.
    fn labels_placed(&self, form: &Form) -> u16 {
        let firsts = self.lines.iter().filter_map(|(_, line)| match line {
            Line::Fields(places, _) => places.first().map(|place| &form.cells()[place.cell]),
            Line::Heading(_) => None,
        });
        self.label_for(firsts)
    }

    fn label_for<'a>(&self, cells: impl Iterator<Item = &'a Cell>) -> u16 {
        let needs = |cell: &Cell| {
            let star = if cell.field.is_required() { 2 } else { 0 };
            cell.field.label.get(self.lang).width() + star
        };
        let widest = cells.map(needs).max().unwrap_or(0);
        let most = if self.column < 70 || self.beside.is_some() {
            24
        } else {
            30
        };
        u16::try_from(widest + 3).unwrap_or(most).clamp(14, most)
    }

    fn place(&mut self, form: &mut Form, right: u16) {
        self.lines.clear();
        let mut row = 0;
        let mut block: Option<Text> = None;
        let mut at = 0;
        while at < form.cells().len() {
            let field = form.cells()[at].field;
            if field.block.is_some() && form.blocks() == Blocks::Closed {
                at += 1;
                continue;
            }
            if field.block.is_some() && field.block != block {
                let heading = field.block.unwrap_or_default();
                self.lines.push((row, Line::Heading(heading)));
                row += 1;
            }
            block = field.block;
            let (places, next) = self.line_from(form, at, right);
            let height = places.iter().map(|place| rows_of(form, place)).max().unwrap_or(1);
            self.lines.push((row, Line::Fields(places, height)));
            row += height;
            at = next;
        }
    }

    /// The fields of one line, and the first cell behind it.
    fn line_from(&self, form: &Form, at: usize, right: u16) -> (Vec<Place>, usize) {
        let cells = form.cells();
        let goes_on = |next: usize| cells.get(next).is_some_and(|cell| cell.field.beside);
        let alone = !goes_on(at + 1);
        let first = cells[at].field;
        // Where no earlier value stands beside it, a field alone in its line has the whole line.
        let free = alone && form.earlier(&cells[at]).is_none();
        let right = if free { self.column - 1 } else { right };
        let room = right.saturating_sub(self.label);
        let width = if alone && !first.kind.is_number() {
            room
        } else {
            wanted(&first).min(room)
        };
        let mut places = vec![Place {
            cell: at,
            label: None,
            x: self.label,
            width,
        }];
        let mut x = self.label + width + 2;
        let mut next = at + 1;
        while goes_on(next) {
            let field = cells[next].field;
            let label = short_label(&cells[next - 1].field, &field, self.lang).width();
            let label = u16::try_from(label).unwrap_or(room);
            if x + label + 1 + wanted(&field).min(6) > right {
                break;
            }
            let width = wanted(&field).min(right.saturating_sub(x + label + 1));
            places.push(Place {
                cell: next,
                label: Some(x),
                x: x + label + 1,
                width,
            });
            x += label + 1 + width + 2;
            next += 1;
        }
        (places, next)
    }

    /// Scrolls so that the line with the cursor is seen whole.
    fn follow(&mut self, form: &Form) {
        let capacity = self.height.saturating_mul(self.columns);
        let here = self.lines.iter().find(|(_, line)| match line {
            Line::Fields(places, _) => places.iter().any(|place| place.cell == form.at()),
            Line::Heading(_) => false,
        });
        let total = self.lines.last().map_or(0, |(row, line)| row + line.height());
        if let Some((row, line)) = here {
            if *row < self.scroll {
                // The heading above comes along.
                self.scroll = row.saturating_sub(1);
            }
            let end = row + line.height();
            if end > self.scroll + capacity {
                self.scroll = end - capacity;
            }
        }
        self.scroll = self.scroll.min(total.saturating_sub(capacity));
    }

    /// Where a row is drawn: column and row of the canvas, if it is seen.
    fn spot(&self, row: u16) -> Option<(u16, u16)> {
        let row = row.checked_sub(self.scroll)?;
        let column = row / self.height.max(1);
        let header = u16::from(self.beside.is_some());
        (column < self.columns).then(|| (column * self.column, header + row % self.height.max(1)))
    }

    /// The field at a place of the sheet: the last one of the line whose label begins before it.
    pub(super) fn cell_at(&self, x: u16, y: u16) -> Option<usize> {
        self.lines.iter().find_map(|(row, line)| {
            let Line::Fields(places, height) = line else {
                return None;
            };
            let (left, top) = self.spot(*row)?;
            let inside = (left..left + self.column).contains(&x) && (top..top + height).contains(&y);
            let before = |place: &&Place| place.label.unwrap_or(0) <= x - left;
            places
                .iter()
                .rev()
                .find(|place| inside && before(place))
                .map(|place| place.cell)
        })
    }

    pub(super) fn draw(&self, form: &Form, words: &Words, canvas: &mut Canvas<'_>) {
        if let (Some(x), Some(beside)) = (self.beside, form.beside()) {
            canvas.text_in(x, 0, BESIDE, &beside_heading(beside, canvas.lang), Role::Dim);
        }
        for (row, line) in &self.lines {
            let Some((left, y)) = self.spot(*row) else { continue };
            match line {
                Line::Heading(heading) => {
                    let said = heading.get(canvas.lang);
                    canvas.text_in(left + 1, y, self.column - 2, said, Role::Heading);
                }
                Line::Fields(places, _) => self.draw_line(form, words, places, (left, y), canvas),
            }
        }
        let last = self.lines.last().map_or(0, |(row, line)| row + line.height());
        if last > self.scroll + self.height * self.columns {
            let more = canvas.theme.signs.more[1];
            canvas.text_right(canvas.width(), self.height, more, Role::Dim);
        }
        if self.scroll > 0 {
            let more = canvas.theme.signs.more[0];
            canvas.text_right(canvas.width(), u16::from(self.beside.is_some()), more, Role::Dim);
        }
    }

    fn draw_line(&self, form: &Form, words: &Words, places: &[Place], (left, y): (u16, u16), canvas: &mut Canvas<'_>) {
        let mut earlier: Vec<String> = Vec::new();
        let mut changed = false;
        for place in places {
            let cell = &form.cells()[place.cell];
            let label = cell.field.label.get(canvas.lang);
            let role = if place.cell == form.at() {
                Role::Strong
            } else {
                Role::Dim
            };
            match place.label {
                None => {
                    let star = if cell.field.is_required() { " *" } else { "" };
                    let room = (self.label - 2).saturating_sub(star.len() as u16);
                    let end = canvas.text_in(left + 1, y, room, label, role);
                    canvas.text(end, y, star, role);
                }
                Some(x) => {
                    let said = short_label(&form.cells()[place.cell - 1].field, &cell.field, canvas.lang);
                    canvas.text(left + x, y, said, role);
                }
            }
            self.draw_state(form, place, (left, y), canvas);
            draw_value(form, words, place, (left + place.x, y), canvas);
            let was = words.beside.get(place.cell).map(String::as_str).unwrap_or_default();
            if !was.is_empty() {
                let differs = form.is_changed(cell);
                changed |= differs;
                let named = match place.label {
                    Some(_) => {
                        let said = short_label(&form.cells()[place.cell - 1].field, &cell.field, canvas.lang);
                        format!("{said} {was}")
                    }
                    None => was.to_owned(),
                };
                earlier.push(named);
            }
        }
        if let (Some(x), false) = (self.beside, earlier.is_empty()) {
            let (sign, role) = if changed {
                (canvas.theme.signs.changed, Role::Changed)
            } else {
                (" ", Role::Dim)
            };
            let said = format!("{sign} {}", earlier.join("  "));
            canvas.text_in(left + x, y, BESIDE, &said, role);
        }
    }

    /// A sign before a value that is wrong or doubtful, that has a note, or is another one than before where that has
    /// no column.
    fn draw_state(&self, form: &Form, place: &Place, (left, y): (u16, u16), canvas: &mut Canvas<'_>) {
        let signs = canvas.theme.signs;
        let cell = &form.cells()[place.cell];
        let (sign, role) = match form.state(place.cell) {
            Some(Tone::Bad) => (signs.alert, Role::Error),
            Some(Tone::Warning) => (signs.alert, Role::Warning),
            _ if self.beside.is_none() && form.is_changed(cell) => (signs.changed, Role::Changed),
            _ if form.note_of(cell).is_some() => (signs.ellipsis, Role::Dim),
            _ => return,
        };
        canvas.text(left + place.x.saturating_sub(2), y, sign, role);
    }
}

impl Line {
    fn height(&self) -> u16 {
        match self {
            Line::Heading(_) => 1,
            Line::Fields(_, height) => *height,
        }
    }
}

/// The label of a field that stands behind another one: what it says anew ("Lao động", "nữ", "ổn định").
fn short_label(before: &Field, field: &Field, lang: Lang) -> &'static str {
    let (before, label) = (before.label.get(lang), field.label.get(lang));
    match label.strip_prefix(before) {
        Some(rest) if rest.starts_with(' ') => rest.trim_start(),
        _ => label,
    }
}

/// Cells that a field wants where it shares its line.
fn wanted(field: &Field) -> u16 {
    match field.kind {
        FieldKind::Count => 6,
        FieldKind::Year => 5,
        FieldKind::Decimal => 9,
        FieldKind::Date | FieldKind::Partial => 11,
        FieldKind::Money | FieldKind::Balance => 16,
        FieldKind::Phone => 13,
        FieldKind::Flag => 8,
        FieldKind::Choice(_) => 24,
        _ => 22,
    }
}

/// Rows that a field takes; the editor of the field with the cursor is laid out.
fn rows_of(form: &mut Form, place: &Place) -> u16 {
    let here = form.at() == place.cell && matches!(form.mode(), Mode::Fields);
    let cell = &mut form.cells_mut()[place.cell];
    match &mut cell.editor {
        Editor::Line(line) if cell.field.kind == FieldKind::Lines => {
            let most = if here { LINES.0 } else { LINES.1 };
            line.layout(place.width, most).clamp(1, most)
        }
        Editor::Line(line) => line.layout(place.width, 1),
        Editor::Choice(chooser) => {
            let taken: usize = chooser.chosen().iter().map(|chosen| chosen.label.width() + 2).sum();
            let room = place.width.saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX));
            // Where what is chosen leaves no room, what is typed stands alone.
            chooser.query_mut().layout(if room < 8 { place.width } else { room }, 1);
            1
        }
    }
}

fn draw_value(form: &Form, words: &Words, place: &Place, (x, y): (u16, u16), canvas: &mut Canvas<'_>) {
    let cell = &form.cells()[place.cell];
    if form.at() == place.cell && matches!(form.mode(), Mode::Fields) {
        draw_here(form, cell, place, (x, y), canvas);
        return;
    }
    if cell.is_empty() && cell.missing.is_none() {
        let ghost = words.ghosts.get(place.cell).map(String::as_str).unwrap_or_default();
        let said = if ghost.is_empty() {
            canvas.theme.signs.none
        } else {
            ghost
        };
        if cell.field.kind.is_number() {
            canvas.text_right(x + place.width, y, said, Role::Dim);
        } else {
            canvas.text_in(x, y, place.width, said, Role::Dim);
        }
        return;
    }
    match &cell.editor {
        Editor::Line(line) if cell.field.kind == FieldKind::Lines && cell.missing.is_none() => {
            line.draw(canvas, x, y, Role::Text, Focus::Elsewhere);
        }
        Editor::Line(_) if cell.field.kind.is_number() && place.width <= 16 => {
            canvas.text_right(x + place.width, y, &cell.shown(canvas.lang), Role::Text);
        }
        _ => {
            let end = canvas.text_in(x, y, place.width, &cell.shown(canvas.lang), Role::Text);
            draw_weekday(cell, end, x + place.width, y, canvas);
        }
    }
}

/// The day of the week behind a date that has room for it.
fn draw_weekday(cell: &Cell, end: u16, right: u16, y: u16, canvas: &mut Canvas<'_>) {
    let (FieldKind::Date, Some(value)) = (cell.field.kind, cell.value()) else {
        return;
    };
    let Some(date) = value.as_date() else { return };
    let said = match canvas.lang {
        Lang::Vi => weekday_vi(date.weekday()),
        Lang::En => weekday_en(date.weekday()),
    };
    if end + 3 + said.width() as u16 <= right {
        canvas.text(end + 3, y, said, Role::Dim);
    }
}

/// The field with the cursor.
fn draw_here(form: &Form, cell: &Cell, place: &Place, (x, y): (u16, u16), canvas: &mut Canvas<'_>) {
    draw_editor(form, cell, place, (x, y), canvas);
    if let (Some(missing), true) = (cell.missing, cell.content().text.is_empty()) {
        let room = place.width.saturating_sub(1);
        canvas.text_in(x + 1, y, room, missing.label().get(canvas.lang), Role::Dim);
    }
}

fn draw_editor(form: &Form, cell: &Cell, place: &Place, (x, y): (u16, u16), canvas: &mut Canvas<'_>) {
    match &cell.editor {
        Editor::Line(line) => {
            let rows = if cell.field.kind == FieldKind::Lines {
                rows_shown(form, place)
            } else {
                1
            };
            for row in 0..rows {
                canvas.shade(x, y + row, place.width, Role::Focus);
            }
            line.draw(canvas, x, y, Role::Focus, Focus::Here);
            if let Some(suggestion) = form.suggestion() {
                let typed = typed_part(cell.field.kind, line.text());
                let behind = rest(suggestion, typed);
                if let Some(at) = canvas.cursor() {
                    let (at, row) = (at.x - canvas.area().x, at.y - canvas.area().y);
                    canvas.text_in(at, row, (x + place.width).saturating_sub(at), behind, Role::Suggestion);
                }
            }
        }
        Editor::Choice(chooser) => {
            canvas.shade(x, y, place.width, Role::Focus);
            let labels: Vec<&str> = chooser.chosen().iter().map(|chosen| chosen.label.as_str()).collect();
            let mut said = labels.join(", ");
            let several = cell.field.kind.is_multiple();
            if !chooser.query().is_empty() && !several {
                said.clear();
            }
            let room = usize::from(place.width).saturating_sub(said.width());
            if room < 8 && !chooser.query().is_empty() {
                said.clear();
            }
            let end = canvas.text_in(x, y, place.width.saturating_sub(1), &said, Role::Focus);
            let gap = u16::from(!said.is_empty());
            chooser.query().draw(
                canvas,
                (end + gap).min(x + place.width.saturating_sub(1)),
                y,
                Role::Focus,
                Focus::Here,
            );
        }
    }
}

fn rows_shown(form: &Form, place: &Place) -> u16 {
    match &form.cells()[place.cell].editor {
        Editor::Line(line) => line.rows().clamp(1, LINES.0),
        Editor::Choice(_) => 1,
    }
}

fn beside_heading(beside: &Beside, lang: Lang) -> String {
    let said = match beside.of {
        Earlier::LastVisit => Text::new("lần trước", "last visit"),
        Earlier::LastFigures => Text::new("số liệu cũ", "figures of"),
        Earlier::AsStored => Text::default(),
    };
    let day = beside.on.map(|on| format!(" {}", format_date(on))).unwrap_or_default();
    format!("  {}{day}", said.get(lang))
}
