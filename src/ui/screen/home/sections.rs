//! The lines of home: which there are, and what each looks like.

use super::overview::{Overview, Todo, Urgency};
use super::{Home, NO_OFFICE};
use crate::domain::id::Id;
use crate::domain::known::name_of;
use crate::domain::record::kind;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::title::in_sentence;
use crate::report::weekly::layout::Shown;
use crate::report::weekly::{Column, Wanted};
use crate::store::{Draft, Read};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::theme::{Role, Signs};
use crate::ui::widget::roll;
use crate::vietnamese::number::{format_count, format_percent};
use chrono::Datelike;
use serde_json::Value as Json;
use unicode_width::UnicodeWidthStr;

/// The figures of the week that home shows, by their codes in the weekly summary.
pub const WEEK_LINES: [(&str, Text); 5] = [
    ("VISITS", Text::new("Lượt thăm HTX, THT", "Visits")),
    ("COOPS_VISITED", Text::new("HTX, THT được thăm", "Cooperatives visited")),
    (
        "TRAIN_ATTEND",
        Text::new("Lượt người dự tập huấn", "Attendances at training"),
    ),
    (
        "MANAGERS_TRAINED_FIRST",
        Text::new("Nữ quản lý bồi dưỡng lần đầu", "Women managers, first training"),
    ),
    (
        "BOOTHS_CONFIRMED",
        Text::new("Gian hàng đã xác nhận", "Booths confirmed"),
    ),
];

/// What to begin with in an empty logbook: three keys are enough.
pub const FIRST_STEPS: [(Action, Text); 5] = [
    (
        Action::NewVisit,
        Text::new(
            "ghi một lượt thăm; HTX chưa có thì tạo luôn",
            "record a visit; add a new cooperative on the way",
        ),
    ),
    (
        Action::NewTraining,
        Text::new(
            "ghi một lớp tập huấn và điểm danh",
            "record a training session and who came",
        ),
    ),
    (
        Action::Lookup,
        Text::new(
            "tra cứu HTX, THT, người, lớp",
            "look up a cooperative, a person, a session",
        ),
    ),
    (
        Action::Palette,
        Text::new("tìm mọi việc theo tên", "find anything by its name"),
    ),
    (
        Action::Help,
        Text::new(
            "xem các phím của màn hình đang mở",
            "see the keys of the screen you are on",
        ),
    ),
];

const WEEK: Text = Text::new("TUẦN NÀY", "THIS WEEK");
const COLUMNS: [Text; 4] = [
    Text::new("tuần này", "this"),
    Text::new("tuần trước", "last"),
    Text::new("năm", "year"),
    Text::new("chỉ tiêu năm", "target of the year"),
];
const TODO: Text = Text::new("VIỆC CẦN LÀM", "TO DO");
const NOTHING_TO_DO: Text = Text::new(
    "Không có việc nào đến hẹn, không có bản nháp.",
    "Nothing is due, no drafts.",
);
const LATEST: Text = Text::new("MỚI NHẤT", "LATEST");
const BEGIN: Text = Text::new("BẮT ĐẦU", "TO BEGIN");
const READING: Text = Text::new("đang đọc…", "reading…");
const DRAFT: Text = Text::new("Bản nháp", "Draft");
const LEFT_AT: Text = Text::new("dừng ở ô", "left at");
const SHORT_OF: Text = Text::new("còn thiếu", "short of");

/// One line of home; numbers are places in what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A space.
    Blank,
    /// The heading of the week, with the columns' names.
    WeekTitle,
    /// A figure of the week.
    Week(usize),
    /// The office is not set.
    NoOffice,
    /// The heading of what waits.
    TodoTitle,
    /// A draft.
    Draft(usize),
    /// Something to do.
    Todo(usize),
    /// Nothing waits.
    Nothing,
    /// The heading of the latest records.
    LatestTitle,
    /// One of them.
    Latest(usize),
    /// The heading of the first steps.
    StepsTitle,
    /// A first step.
    Step(usize),
    /// Still on its way.
    Reading,
}

impl Line {
    /// Whether the cursor stops there.
    pub fn stop(&self) -> roll::Line {
        match self {
            Line::Week(_) | Line::NoOffice | Line::Draft(_) | Line::Todo(_) | Line::Latest(_) => roll::Line::Stop,
            _ => roll::Line::Plain,
        }
    }
}

/// The lines of the week.
pub fn week(overview: Option<&Overview>) -> Vec<Line> {
    match overview {
        None => vec![Line::WeekTitle, Line::Reading],
        Some(Overview { week: None, .. }) => vec![Line::NoOffice],
        Some(_) => std::iter::once(Line::WeekTitle)
            .chain((0..WEEK_LINES.len()).map(Line::Week))
            .collect(),
    }
}

/// The lines of what waits: drafts first, they are what was being done.
pub fn todo(overview: Option<&Overview>, drafts: usize) -> Vec<Line> {
    let mut lines = vec![Line::TodoTitle];
    lines.extend((0..drafts).map(Line::Draft));
    match overview {
        None => lines.push(Line::Reading),
        Some(overview) if overview.todo.is_empty() && drafts == 0 => lines.push(Line::Nothing),
        Some(overview) => lines.extend((0..overview.todo.len()).map(Line::Todo)),
    }
    lines
}

/// The lines of the latest records.
pub fn latest(overview: Option<&Overview>) -> Vec<Line> {
    let found = overview.map_or(0, |overview| overview.latest.len());
    std::iter::once(Line::LatestTitle)
        .chain((0..found).map(Line::Latest))
        .collect()
}

/// The lines of an empty logbook.
pub fn first_steps(keys: usize) -> Vec<Line> {
    std::iter::once(Line::StepsTitle)
        .chain((0..keys).map(Line::Step))
        .collect()
}

/// What a draft is of and where it was left: "Lượt thăm HTX Bún khô An Bài · dừng ở ô “Khó khăn”".
pub fn draft_words(draft: &Draft, read: &dyn Read) -> Message {
    let Some(of_kind) = kind(&draft.kind) else {
        return Message::new(draft.kind.clone(), draft.kind.clone());
    };
    let label = of_kind.label();
    let mut said = Message::new(label.vi, label.en);
    if let Some(name) = draft_name(draft, read) {
        said = Message::new(format!("{} {name}", said.vi), format!("{} {name}", said.en));
    }
    // A form names the cell: the part it stands in, and the field.
    let focus = draft
        .focus
        .as_deref()
        .map(|cell| cell.rsplit('.').next().unwrap_or(cell));
    let focus = focus.and_then(|key| of_kind.field(key));
    if let Some(field) = focus {
        said = Message::new(
            format!("{} · {} “{}”", said.vi, LEFT_AT.vi, field.label.vi),
            format!("{} · {} “{}”", said.en, LEFT_AT.en, field.label.en),
        );
    }
    said
}

/// The name in a draft, if there is one yet: the cooperative or person it is about, or its own title as typed.
fn draft_name(draft: &Draft, read: &dyn Read) -> Option<String> {
    let about = ["cooperative", "person"].into_iter().find_map(|kind| {
        let id = typed(&draft.body, kind)?.parse::<Id>().ok()?;
        Some(name_of(read.known(), kind, Some(id))).filter(|name| !name.is_empty())
    });
    about.or_else(|| ["title", "name"].into_iter().find_map(|key| typed(&draft.body, key)))
}

/// What stands in a field of a draft: a form keeps its cells by part and key, with the text and the value of each; a grid
/// keeps what it is about by key.
fn typed(body: &Json, key: &str) -> Option<String> {
    let cell = &body["cells"][format!("0.{key}")];
    let found = [&cell["value"], &cell["text"], &body[key]];
    let text = found.into_iter().find_map(|value| value.as_str().map(str::trim))?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Draws a line on a canvas of one row.
pub fn draw(home: &Home, line: &Line, row: &mut Canvas<'_>) {
    let lang = row.lang;
    let overview = home.overview.get();
    match *line {
        Line::Blank => {}
        Line::WeekTitle => draw_week_title(row),
        Line::Week(at) => draw_week(overview, at, row),
        Line::NoOffice => _ = row.text(1, 0, NO_OFFICE.get(lang), Role::Warning),
        Line::TodoTitle => title(row, TODO),
        Line::Draft(at) => {
            if let Some(left) = home.drafts.get(at) {
                let sign = row.theme.signs.draft;
                draw_todo(row, (sign, Role::Changed), DRAFT.get(lang), left.what.get(lang));
            }
        }
        Line::Todo(at) => {
            if let Some(todo) = overview.and_then(|overview| overview.todo.get(at)) {
                let sign = sign(todo, &row.theme.signs);
                draw_todo(row, sign, todo.when.get(lang), todo.what.get(lang));
            }
        }
        Line::Nothing => _ = row.text(1, 0, NOTHING_TO_DO.get(lang), Role::Dim),
        Line::LatestTitle => title(row, LATEST),
        Line::Latest(at) => draw_latest(overview, at, row),
        Line::StepsTitle => title(row, BEGIN),
        Line::Step(at) => {
            if let Some((key, text)) = home.first_keys.get(at) {
                row.text_right(8, 0, key, Role::Key);
                row.text(10, 0, text.get(lang), Role::Text);
            }
        }
        Line::Reading => _ = row.text(1, 0, READING.get(lang), Role::Dim),
    }
}

fn title(row: &mut Canvas<'_>, text: Text) {
    row.text(0, 0, text.get(row.lang), Role::Heading);
}

fn sign(todo: &Todo, signs: &Signs) -> (&'static str, Role) {
    match todo.urgency {
        Urgency::Late => (signs.alert, Role::Warning),
        Urgency::Coming => (signs.open, Role::Dim),
    }
}

/// Sign, when, what: "! Quá hẹn 2 ngày  HTX May Đông Hải · xem lại hồ sơ vay".
fn draw_todo(row: &mut Canvas<'_>, (sign, role): (&str, Role), when: &str, what: &str) {
    let column = if row.width() < 70 { 15 } else { 17 };
    row.text(0, 0, sign, role);
    row.text_in(2, 0, column - 1, when, role);
    row.text(2 + column, 0, what, Role::Text);
}

/// Where the columns of figures end, and where the target begins, by the width there is.
struct Places {
    this: u16,
    last: u16,
    year: u16,
    target: u16,
}

fn places(width: u16) -> Places {
    let (this, step, year) = if width < 70 { (36, 7, 6) } else { (36, 11, 8) };
    Places {
        this,
        last: this + step,
        year: this + step + year,
        target: this + step + year + 2,
    }
}

fn draw_week_title(row: &mut Canvas<'_>) {
    title(row, WEEK);
    let lang = row.lang;
    let places = places(row.width());
    let narrow = row.width() < 70;
    let last = if narrow {
        Text::new("trước", "last")
    } else {
        COLUMNS[1]
    };
    row.text_right(places.this, 0, COLUMNS[0].get(lang), Role::Dim);
    row.text_right(places.last, 0, last.get(lang), Role::Dim);
    row.text_right(places.year, 0, COLUMNS[2].get(lang), Role::Dim);
    if !narrow {
        row.text(places.target, 0, COLUMNS[3].get(lang), Role::Dim);
    }
}

fn draw_week(overview: Option<&Overview>, at: usize, row: &mut Canvas<'_>) {
    let week = overview.and_then(|overview| overview.week.as_ref());
    let (Some((summary, sent)), Some((code, label))) = (week, WEEK_LINES.get(at)) else {
        return;
    };
    let shown = Shown::new(summary, sent.as_ref());
    let places = places(row.width());
    row.text_in(0, 0, places.this.saturating_sub(6), label.get(row.lang), Role::Text);
    let figure = |value: i64| {
        if value == 0 {
            "–".to_owned()
        } else {
            format_count(value)
        }
    };
    let this = shown.value(code, Column::This);
    row.text_right(
        places.this,
        0,
        &figure(this),
        if this == 0 { Role::Dim } else { Role::Strong },
    );
    row.text_right(places.last, 0, &figure(shown.value(code, Column::Previous)), Role::Dim);
    let year = shown.value(code, Column::Year);
    row.text_right(places.year, 0, &figure(year), Role::Text);
    if let Some(wanted) = summary.line(code).and_then(|line| line.target) {
        draw_target(row, places.target, year, wanted);
    }
}

/// "24 ███████████████▏····  79%", or "12–15  còn thiếu 3" where a range is wanted.
fn draw_target(row: &mut Canvas<'_>, x: u16, year: i64, wanted: Wanted) {
    let signs = row.theme.signs;
    let low = wanted.low.ceil() as i64;
    if let Some(high) = wanted.high {
        let range = format!("{}–{}", format_count(low), format_count(high as i64));
        let next = row.text(x, 0, &range, Role::Text) + 2;
        let short = format!("{} {}", SHORT_OF.get(row.lang), format_count(low - year));
        if year < low && usize::from(next) + short.width() <= usize::from(row.width()) {
            row.text(next, 0, &short, Role::Warning);
        } else if year >= low {
            row.text(next, 0, signs.done, Role::Good);
        }
        return;
    }
    if low <= 0 {
        return;
    }
    let next = row.text(x, 0, &format_count(low), Role::Text) + 1;
    let percent = format!("{}%", format_percent(year, low).trim_end_matches('%'));
    let reached = year >= low;
    let room = row.width().saturating_sub(next + 9).min(24);
    let after = if room >= 6 {
        row.text(next, 0, &bar(year, low, room, &signs), Role::Bar) + 1
    } else {
        next + 1
    };
    // Where there is no room for the share, the target alone says enough.
    if usize::from(after) + percent.len() > usize::from(row.width()) {
        return;
    }
    let end = row.text(after, 0, &percent, if reached { Role::Good } else { Role::Text });
    if reached {
        row.text(end + 1, 0, signs.done, Role::Good);
    }
}

/// A bar of `width` cells, filled by `part` of `whole` in eighths of a cell.
pub fn bar(part: i64, whole: i64, width: u16, signs: &Signs) -> String {
    let eighths = i64::from(width) * 8;
    let filled = part.clamp(0, whole).saturating_mul(eighths) / whole.max(1);
    let (full, rest) = ((filled / 8) as usize, (filled % 8) as usize);
    let mut bar = signs.bar[1].repeat(full);
    if rest > 0 {
        bar.push_str(signs.bar[1 + rest]);
    }
    let empty = usize::from(width) - full - usize::from(rest > 0);
    bar + &signs.bar[0].repeat(empty)
}

fn draw_latest(overview: Option<&Overview>, at: usize, row: &mut Canvas<'_>) {
    let Some(latest) = overview.and_then(|overview| overview.latest.get(at)) else {
        return;
    };
    let lang = row.lang;
    row.text_right(5, 0, &format!("{}/{}", latest.on.day(), latest.on.month()), Role::Dim);
    let sort = match lang {
        Lang::Vi => latest.sort.vi.to_owned(),
        Lang::En => in_sentence(latest.sort.en),
    };
    row.text_in(6, 0, 13, &sort, Role::Dim);
    let detail = latest.detail.words(lang);
    let room = row.width().saturating_sub(20);
    // The name is what the eye looks for; what became of it takes what is left.
    let (name, rest) = if room > 54 {
        (32, room - 34)
    } else {
        (room * 3 / 5, room * 2 / 5)
    };
    row.text_in(19, 0, name, &latest.name, Role::Text);
    row.text_in(19 + name + 2, 0, rest, &detail, Role::Dim);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Charset;

    #[test]
    fn a_bar_is_as_wide_as_asked_and_as_full_as_it_should_be() {
        let signs = Signs::of(Charset::Unicode);
        assert_eq!(bar(19, 24, 10, &signs), "███████▉··");
        assert_eq!(bar(0, 24, 4, &signs), "····");
        assert_eq!(bar(30, 24, 4, &signs), "████");
        assert_eq!(bar(1, 0, 3, &signs), "···");
        for part in 0..50 {
            assert_eq!(bar(part, 24, 9, &signs).chars().count(), 9);
        }
    }

    #[test]
    fn a_draft_is_named_by_what_was_typed() {
        let form = serde_json::json!({"cells": {
            "0.title": {"text": " Kỹ năng số ", "value": null},
            "0.cooperative": {"text": "", "value": "01983a6e-c3af-79fb-9ec7-11abb087ec8b"},
        }});
        assert_eq!(typed(&form, "title").as_deref(), Some("Kỹ năng số"));
        assert!(typed(&form, "cooperative").is_some_and(|id| id.parse::<Id>().is_ok()));
        assert_eq!(typed(&form, "name"), None);
        let grid = serde_json::json!({"training": "x", "title": "Quản trị HTX", "rows": []});
        assert_eq!(typed(&grid, "title").as_deref(), Some("Quản trị HTX"));
    }

    #[test]
    fn a_draft_says_at_which_field_it_was_left() {
        let store = crate::store::Store::memory();
        let draft = Draft {
            id: Id::now(),
            kind: "training".into(),
            focus: Some("0.venue".into()),
            body: serde_json::json!({"cells": {"0.title": {"text": "Kỹ năng số", "value": null}}}),
            changed_ms: 0,
        };
        assert_eq!(
            draft_words(&draft, &store.reader()).vi,
            "Lớp tập huấn Kỹ năng số · dừng ở ô “Địa điểm”"
        );
    }
}
