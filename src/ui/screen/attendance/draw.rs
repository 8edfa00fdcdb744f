//! How the attendance grid looks: the list, the line, and below it whom the line means or what the list adds up to.

use super::columns::{View, gender, short};
use super::{AttendanceScreen, Typing};
use crate::domain::text::{Lang, Text};
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::Focus;
use crate::ui::grid::attendance::line::Hit;
use crate::ui::grid::attendance::{Naming, Sheet, Totals};
use crate::ui::theme::Role;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// Rows below the list: the line and three more.
pub const BELOW: u16 = 4;
/// From this height on a blank row stands above the line.
const ROOMY: u16 = 20;

/// The part of the room that the list has.
pub fn list_area(area: Rect) -> Rect {
    let blank = u16::from(area.height >= ROOMY);
    Rect {
        height: area.height.saturating_sub(BELOW + blank),
        ..area
    }
}

impl AttendanceScreen {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>) {
        let Some(sheet) = &self.sheet else {
            let said = self.fault.as_ref().map_or("", |said| said.get(canvas.lang));
            canvas.text(1, 1, said, Role::Warning);
            return;
        };
        let list = list_area(Rect::new(0, 0, canvas.width(), canvas.height()));
        let signs = (canvas.theme.signs.yes, canvas.theme.signs.no);
        let view = View {
            sheet,
            cols: &self.cols,
            pending: &self.reading.rows,
            naming: (self.naming, self.days()),
            lang: canvas.lang,
            signs,
        };
        if sheet.rows().is_empty() {
            self.draw_empty(canvas);
        } else {
            canvas.within(list, |part| self.table.draw(part, &view));
        }
        let y = canvas.height().saturating_sub(BELOW);
        self.draw_line(canvas, sheet, y);
        if self.reading.hits.is_empty() {
            self.draw_said(canvas, sheet, y + 1);
            draw_totals(canvas, &self.totals, y + 2);
        } else {
            self.draw_hits(canvas, sheet, y + 1);
        }
    }

    fn draw_empty(&self, canvas: &mut Canvas<'_>) {
        let lines = [
            Text::new("Chưa có ai trong danh sách.", "Nobody is on the list yet."),
            Text::new(
                "Gõ họ tên để thêm từng người, hoặc chép từ lớp trước, từ một HTX, theo chức vụ.",
                "Type a name to add people one by one, or copy an earlier list, a cooperative's, a role's.",
            ),
        ];
        for (y, line) in (1..).zip(lines) {
            canvas.text(1, y, line.get(canvas.lang), Role::Dim);
        }
    }

    /// The words before the line.
    pub(super) fn prompt(&self, sheet: &Sheet, lang: Lang) -> String {
        if self.typing() == Typing::Number {
            let name = sheet.rows().get(self.at).map_or("", |row| row.who.name.as_str());
            let number = self.at + 1;
            return match lang {
                Lang::Vi => format!("Số chứng nhận, {number} {name}: "),
                Lang::En => format!("Certificate number, {number} {name}: "),
            };
        }
        let what = match self.naming {
            Naming::Absent => Text::new("Vắng", "Absent"),
            Naming::Present => Text::new("Có mặt", "Present"),
        };
        let what = what.get(lang);
        let day = match self.days() {
            crate::ui::grid::attendance::Days::One(day) => format!(" {}", sheet.session.day_label(day)),
            crate::ui::grid::attendance::Days::All => String::new(),
        };
        match lang {
            Lang::Vi => format!("{what}{day} (số thứ tự): "),
            Lang::En => format!("{what}{day} (numbers): "),
        }
    }

    fn draw_line(&self, canvas: &mut Canvas<'_>, sheet: &Sheet, y: u16) {
        let x = canvas.text(1, y, &self.prompt(sheet, canvas.lang), Role::Heading);
        let edit = self.edit();
        edit.draw(canvas, x, y, Role::Text, Focus::Here);
        if edit.is_empty() && self.typing() == Typing::Line {
            let hint = Text::new(
                "4 11 25, hoặc tên người đến thêm",
                "4 11 25, or the name of somebody who came by",
            );
            canvas.text(x + 2, y, hint.get(canvas.lang), Role::Dim);
        }
    }

    /// What is wrong, what is meant, or what was done last.
    fn draw_said(&self, canvas: &mut Canvas<'_>, sheet: &Sheet, y: u16) {
        let alert = canvas.theme.signs.alert;
        if let Some(doubt) = &self.doubt {
            let name = sheet.rows().get(doubt.at).map_or("", |row| row.who.name.as_str());
            let said = format!("{alert} {} {name}: {}", doubt.at + 1, doubt.said.get(canvas.lang));
            canvas.text(1, y, &said, Role::Warning);
        } else if let Some(wrong) = &self.reading.wrong {
            canvas.text(1, y, &format!("{alert} {}", wrong.get(canvas.lang)), Role::Error);
        } else if !self.reading.rows.is_empty() {
            let names: Vec<String> = self
                .reading
                .rows
                .iter()
                .filter_map(|at| Some(format!("{} {}", at + 1, sheet.rows().get(*at)?.who.name)))
                .collect();
            // The last typed is what one looks for: where not all have room, the first go.
            let room = usize::from(canvas.width().saturating_sub(4));
            let mut from = 0;
            while from + 1 < names.len() && names[from..].join(", ").width() > room {
                from += 1;
            }
            let cut = if from > 0 { canvas.theme.signs.ellipsis } else { "" };
            canvas.text(1, y, &format!("{cut}{}", names[from..].join(", ")), Role::Strong);
        } else if let Some(said) = &self.said {
            canvas.text(1, y, said.get(canvas.lang), Role::Dim);
        }
    }

    fn draw_hits(&self, canvas: &mut Canvas<'_>, sheet: &Sheet, y: u16) {
        let rows = usize::from(BELOW - 1);
        let top = self.reading.pointer.saturating_sub(rows - 1);
        for (line, (at, hit)) in (y..).zip(self.reading.hits.iter().enumerate().skip(top).take(rows)) {
            let (name, detail) = describe(hit, sheet, &self.reading.phone, canvas.lang);
            let pointer = if at == self.reading.pointer {
                canvas.theme.signs.pointer
            } else {
                " "
            };
            let x = canvas.text(1, line, &format!("{pointer} {name}"), Role::Strong);
            canvas.text(x + 2, line, &detail, Role::Dim);
            if at == self.reading.pointer {
                canvas.shade(0, line, canvas.width(), Role::Selected);
            }
        }
        let (above, below) = (top > 0, top + rows < self.reading.hits.len());
        let edge = canvas.width().saturating_sub(1);
        let [up, down] = canvas.theme.signs.more;
        if above {
            canvas.text(edge, y, up, Role::Dim);
        }
        if below {
            canvas.text(edge, y + BELOW - 2, down, Role::Dim);
        }
    }
}

fn describe(hit: &Hit, sheet: &Sheet, phone: &str, lang: Lang) -> (String, String) {
    match hit {
        Hit::Listed(at) => {
            let row = sheet.rows().get(*at);
            let name = row.map_or("", |row| row.who.name.as_str());
            let detail = match lang {
                Lang::Vi => format!("đã có trong danh sách, số {}", at + 1),
                Lang::En => format!("on the list already, number {}", at + 1),
            };
            (name.to_owned(), detail)
        }
        Hit::Person { name, detail, .. } => (name.clone(), detail.clone()),
        Hit::New(name) => {
            let how = if phone.is_empty() {
                Text::new(
                    "chưa có hồ sơ: ghi tên vào danh sách",
                    "not on record: put the name on the list",
                )
            } else {
                Text::new(
                    "chưa có hồ sơ: lập hồ sơ với số điện thoại này",
                    "not on record: a new record with this telephone",
                )
            };
            (format!("+ {name}"), how.get(lang).to_owned())
        }
    }
}

fn draw_totals(canvas: &mut Canvas<'_>, totals: &Totals, y: u16) {
    let lang = canvas.lang;
    let mut facts = vec![match lang {
        Lang::Vi => format!("Có mặt {}/{}", totals.present, totals.listed),
        Lang::En => format!("Present {}/{}", totals.present, totals.listed),
    }];
    let mut fact = |count: usize, text: Text| {
        if count > 0 {
            facts.push(format!("{} {count}", text.get(lang)));
        }
    };
    fact(totals.absent, Text::new("vắng", "absent"));
    fact(totals.open, Text::new("chưa điểm danh", "not called"));
    fact(totals.women, Text::new("nữ", "women"));
    fact(totals.sex_unknown, Text::new("chưa rõ giới", "sex unknown"));
    fact(
        totals.first_managers,
        Text::new("nữ quản lý lần đầu", "women managers for the first time"),
    );
    fact(totals.certificates, Text::new("chứng nhận", "certificates"));
    canvas.text(1, y, &facts.join(" · "), Role::Strong);
    let mut parts: Vec<String> = Vec::new();
    if totals.days.len() > 1 {
        let days: Vec<String> = totals.days.iter().map(usize::to_string).collect();
        parts.push(format!(
            "{} {}",
            Text::new("từng ngày", "day by day").get(lang),
            days.join(" ")
        ));
    }
    parts.extend(totals.kinds.iter().map(|(kind, count)| {
        let label = short("attendee_kind", Some(*kind), lang);
        let unknown = Text::new("chưa rõ đối tượng", "kind unknown").get(lang);
        format!("{} {count}", if label.is_empty() { unknown } else { label })
    }));
    canvas.text(1, y + 1, &parts.join(" · "), Role::Dim);
}

/// `nữ`, `nam` of a row, for what is said of it.
pub fn sex(sheet: &Sheet, at: usize, lang: Lang) -> &'static str {
    sheet.rows().get(at).map_or("", |row| gender(row, lang))
}
