//! The lower part of a form: what is wrong at the field under the cursor, what can be chosen there, who is alike, a hint,
//! and what saving will cause. It always takes the same rows, so that nothing above it jumps.

use super::Words;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Text};
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::form::Form;
use crate::ui::form::chooser::Source;
use crate::ui::form::ditto::Earlier;
use crate::ui::form::engine::Mode;
use crate::ui::form::field::Editor;
use crate::ui::form::flow::{Among, Jump};
use crate::ui::form::line_edit::{Focus, LineEdit};
use crate::ui::form::picks::Hit;
use crate::ui::screen::Tone;
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const NOTE: Text = Text::new("Ghi chú cho ô này:", "Note on this field:");
const GO_TO: Text = Text::new("Đến ô:", "Go to field:");
const STILL_OPEN: Text = Text::new("Còn phải xem:", "Still open:");
const NOTHING_OPEN: Text = Text::new(
    "Không còn ô nào thiếu hay phải xem lại. Esc về.",
    "Nothing is left open. Esc goes back.",
);
const ALIKE: Text = Text::new("Có thể đã có:", "May be there already:");
const BEFORE: Text = Text::new("Trước khi sửa:", "Before the change:");
const NEW_NAME: Text = Text::new(
    "Tên mới, sẽ thêm khi lưu; hoặc chọn ↓",
    "A new name, added on saving; or choose ↓",
);

/// Rows of the panel in an area.
pub(super) fn height(area: Rect) -> u16 {
    (area.height / 3).clamp(5, 9)
}

/// Brings the cursor of what is typed here into sight.
pub(super) fn layout(form: &mut Form, area: Rect) {
    let room = area.width.saturating_sub(24).max(8);
    match form.mode_mut() {
        Mode::Note(line) => _ = line.layout(room, 1),
        Mode::Jump(jump) => _ = jump.query.layout(room, 1),
        Mode::Fields => {}
    }
}

pub(super) fn draw(form: &Form, words: &Words, canvas: &mut Canvas<'_>) {
    match form.mode() {
        Mode::Note(line) => draw_asked(NOTE, line, canvas),
        Mode::Jump(jump) => draw_jump(form, jump, canvas),
        Mode::Fields => draw_field(form, words, canvas),
    }
}

fn draw_asked(asked: Text, line: &LineEdit, canvas: &mut Canvas<'_>) {
    let end = canvas.text(1, 0, asked.get(canvas.lang), Role::Strong);
    let width = canvas.width().saturating_sub(end + 2);
    canvas.shade(end + 1, 0, width, Role::Focus);
    line.draw(canvas, end + 1, 0, Role::Focus, Focus::Here);
}

fn draw_jump(form: &Form, jump: &Jump, canvas: &mut Canvas<'_>) {
    let lang = canvas.lang;
    let label = |at: usize| form.cells()[at].field.label.get(lang);
    if let Among::Open(said) = &jump.among {
        let lines = jump.hits.iter().map(|at| {
            let here = said.iter().filter(|(open, _)| open == at);
            let words: Vec<&str> = here.map(|(_, said)| said.get(lang)).collect();
            format!("{}: {}", label(*at), words.join(" "))
        });
        let lines: Vec<String> = lines.collect();
        draw_open(&lines, jump, canvas);
        return;
    }
    draw_asked(GO_TO, &jump.query, canvas);
    let labels: Vec<String> = jump.hits.iter().map(|at| label(*at).to_owned()).collect();
    draw_grid(&labels, Some(jump.at), 1, canvas);
}

/// What is still open, a line a field, scrolled so that the pointer is seen.
fn draw_open(lines: &[String], jump: &Jump, canvas: &mut Canvas<'_>) {
    draw_asked(STILL_OPEN, &jump.query, canvas);
    if lines.is_empty() && jump.query.is_empty() {
        canvas.text(1, 1, NOTHING_OPEN.get(canvas.lang), Role::Good);
        return;
    }
    let rows = usize::from(canvas.height().saturating_sub(1));
    let first = (jump.at + 1).saturating_sub(rows);
    let width = canvas.width().saturating_sub(2);
    for (y, (at, line)) in (1..).zip(lines.iter().enumerate().skip(first).take(rows)) {
        let here = at == jump.at;
        let role = if here { Role::Selected } else { Role::Text };
        if here {
            let sign = canvas.theme.signs.pointer;
            canvas.text(0, y, sign, role);
        }
        canvas.text_in(1, y, width, line, role);
    }
    if lines.len() > first + rows {
        let more = format!("+{}", lines.len() - first - rows);
        canvas.text_right(canvas.width(), canvas.height() - 1, &more, Role::Dim);
    }
}

fn draw_field(form: &Form, words: &Words, canvas: &mut Canvas<'_>) {
    let mut row = draw_remarks(form, canvas);
    row = draw_alike(form, row, canvas);
    row = draw_before(form, words, row, canvas);
    let cell = &form.cells()[form.at()];
    if let Some(note) = form.note_of(cell) {
        row = draw_wrapped(&format!("{} {note}", NOTE.get(canvas.lang)), row, canvas);
    }
    if let Editor::Choice(chooser) = &cell.editor {
        let (hits, at) = chooser.hits();
        let pointer = (chooser.is_open() && !chooser.is_new_name()).then_some(at);
        if chooser.is_new_name() {
            canvas.text_in(
                1,
                row,
                canvas.width().saturating_sub(2),
                NEW_NAME.get(canvas.lang),
                Role::Dim,
            );
            row += 1;
        }
        // A register without anything typed is no list to read; a code list is.
        let worth = !matches!(chooser.source(), Source::Records(_) | Source::Units) || chooser.is_open();
        if worth {
            draw_hits(hits, pointer, row, canvas);
            return;
        }
    }
    let hint = form.hint().get(canvas.lang).to_owned();
    for said in [(!hint.is_empty()).then_some(hint), causes(form, canvas.lang)]
        .into_iter()
        .flatten()
    {
        row = draw_wrapped(&said, row, canvas);
    }
}

/// A remark in as many rows as it takes; the row behind it.
fn draw_wrapped(said: &str, mut row: u16, canvas: &mut Canvas<'_>) -> u16 {
    for line in wrap(said, usize::from(canvas.width().saturating_sub(2))) {
        canvas.text(1, row, &line, Role::Dim);
        row += 1;
    }
    row
}

fn draw_remarks(form: &Form, canvas: &mut Canvas<'_>) -> u16 {
    let mut row = 0;
    for remark in form.remarks() {
        let role = match remark.tone {
            Tone::Bad => Role::Error,
            _ => Role::Warning,
        };
        let said = format!("{} {}", canvas.theme.signs.alert, remark.said.get(canvas.lang));
        for line in wrap(&said, usize::from(canvas.width().saturating_sub(2))) {
            canvas.text(1, row, &line, role);
            row += 1;
        }
    }
    row
}

/// What the field held before it was changed, in a record that is edited.
fn draw_before(form: &Form, words: &Words, row: u16, canvas: &mut Canvas<'_>) -> u16 {
    let edited = form.beside().is_some_and(|beside| beside.of == Earlier::AsStored);
    let was = words.beside.get(form.at()).map(String::as_str).unwrap_or_default();
    if !edited || was.is_empty() || !form.is_changed(&form.cells()[form.at()]) {
        return row;
    }
    let said = format!("{} {was}", BEFORE.get(canvas.lang));
    canvas.text_in(1, row, canvas.width().saturating_sub(2), &said, Role::Changed);
    row + 1
}

fn draw_alike(form: &Form, mut row: u16, canvas: &mut Canvas<'_>) -> u16 {
    for hit in form.alike() {
        let said = format!("{} {}", ALIKE.get(canvas.lang), in_words(hit));
        canvas.text_in(1, row, canvas.width().saturating_sub(2), &said, Role::Warning);
        row += 1;
    }
    row
}

fn in_words(hit: &Hit) -> String {
    let detail = if hit.detail.is_empty() {
        String::new()
    } else {
        format!(" · {}", hit.detail)
    };
    format!("{} {}{detail}", hit.key, hit.label).trim_start().to_owned()
}

/// "Khi lưu sẽ ghi thêm 1 khó khăn, vướng mắc."
fn causes(form: &Form, lang: Lang) -> Option<String> {
    let each = form.causes().iter().filter_map(|(key, count)| {
        let label = kind(key)?.label().get(lang);
        Some(format!("{count} {}", crate::ui::form::show::lower_first(label)))
    });
    let list: Vec<String> = each.collect();
    let said = Text::new("Khi lưu sẽ ghi theo:", "Saving also records:");
    (!list.is_empty()).then(|| format!("{} {}.", said.get(lang), list.join(", ")))
}

fn draw_hits(hits: &[Hit], pointer: Option<usize>, top: u16, canvas: &mut Canvas<'_>) {
    let labels: Vec<String> = hits.iter().map(in_words).collect();
    draw_grid(&labels, pointer, top, canvas);
}

/// Labels in as many columns as there is room, down and then right; scrolled by columns so that the pointer is seen.
fn draw_grid(labels: &[String], pointer: Option<usize>, top: u16, canvas: &mut Canvas<'_>) {
    let rows = usize::from(canvas.height().saturating_sub(top));
    if rows == 0 || labels.is_empty() {
        return;
    }
    let widest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let whole = usize::from(canvas.width().saturating_sub(1));
    let width = (widest + 3).clamp(12, whole.max(12));
    let columns = (whole / width).max(1);
    let page = rows * columns;
    let first = pointer.map_or(0, |at| at / page * page);
    for (place, label) in labels.iter().enumerate().skip(first).take(page) {
        let (column, row) = ((place - first) / rows, (place - first) % rows);
        let x = u16::try_from(column * width).unwrap_or(0);
        let y = top + u16::try_from(row).unwrap_or(0);
        let here = pointer == Some(place);
        let role = if here { Role::Selected } else { Role::Text };
        if here {
            let sign = canvas.theme.signs.pointer;
            canvas.text(x, y, sign, role);
        }
        canvas.text_in(x + 1, y, u16::try_from(width - 2).unwrap_or(0), label, role);
    }
    if labels.len() > first + page {
        let more = format!("+{}", labels.len() - first - page);
        let y = canvas.height() - 1;
        canvas.text_right(canvas.width(), y, &more, Role::Dim);
    }
}
