//! How the attendance grid looks: its line, whom that means, what the list adds up to.

use super::columns::{Col, View, short};
use super::{Attendance, Typing};
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::LineEdit;
use crate::ui::grid::attendance::line::Hit;
use crate::ui::grid::attendance::{Days, Naming};
use crate::ui::keymap::Offer;
use crate::ui::screen::grid::{Frame, Hits, Look};
use crate::ui::theme::Role;
use crate::ui::widget::table::Rows;
use chrono::NaiveDate;
use unicode_width::UnicodeWidthStr;

impl Attendance {
    fn name(&self, at: usize) -> &str {
        let row = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(at));
        row.map_or("", |row| row.who.name.as_str())
    }
}

impl Look for Attendance {
    fn event(&self) -> Option<(&str, Option<NaiveDate>)> {
        let session = &self.sheet.as_ref()?.event;
        Some((&session.title, session.from))
    }

    fn is_unsaved(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.is_changed())
    }

    fn view<'a>(&'a self, _: &Frame, lang: Lang, signs: [&'static str; 2]) -> Box<dyn Rows + 'a> {
        Box::new(View {
            sheet: self.sheet.as_ref(),
            cols: &self.cols,
            pending: &self.reading.rows,
            naming: (self.naming, self.days()),
            lang,
            signs,
        })
    }

    fn without_rows(&self, lang: Lang) -> Vec<&'static str> {
        let lines = [
            Text::new("Chưa có ai trong danh sách.", "Nobody is on the list yet."),
            Text::new(
                "Gõ họ tên để thêm từng người; hoặc chép từ lớp trước, HTX, chức vụ; hoặc nhập tệp.",
                "Type names to add people; or copy an earlier list, a cooperative's, a role's; or a file.",
            ),
        ];
        lines.iter().map(|line| line.get(lang)).collect()
    }

    fn prompt(&self, frame: &Frame, lang: Lang) -> String {
        if self.typing() == Typing::Number {
            let (name, number) = (self.name(frame.at), frame.at + 1);
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
        let day = match (self.days(), &self.sheet) {
            (Days::One(day), Some(sheet)) => format!(" {}", sheet.event.day_label(day)),
            _ => String::new(),
        };
        match lang {
            Lang::Vi => format!("{what}{day} (số thứ tự): "),
            Lang::En => format!("{what}{day} (numbers): "),
        }
    }

    fn hint(&self, _: &Frame, lang: Lang) -> String {
        if self.typing() == Typing::Number || !self.line.is_empty() {
            return String::new();
        }
        let hint = Text::new(
            "4 11 25, hoặc tên người đến thêm",
            "4 11 25, or the name of somebody who came by",
        );
        hint.get(lang).to_owned()
    }

    fn edit(&self) -> &LineEdit {
        match self.typing() {
            Typing::Line => &self.line,
            Typing::Number => &self.number,
        }
    }

    fn hits(&self) -> Hits {
        Hits {
            count: self.reading.hits.len(),
            pointer: self.reading.pointer,
        }
    }

    fn hit(&self, at: usize, lang: Lang) -> (String, String) {
        match self.reading.hits.get(at) {
            Some(Hit::Listed(at)) => {
                let detail = match lang {
                    Lang::Vi => format!("đã có trong danh sách, số {}", at + 1),
                    Lang::En => format!("on the list already, number {}", at + 1),
                };
                (self.name(*at).to_owned(), detail)
            }
            Some(Hit::Person { name, detail, .. }) => (name.clone(), detail.clone()),
            Some(Hit::New(name)) => {
                let how = if self.reading.phone.is_empty() {
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
            None => Default::default(),
        }
    }

    fn row_name(&self, at: usize, _: Lang) -> String {
        format!("{} {}", at + 1, self.name(at))
    }

    fn wrong(&self) -> Option<&Message> {
        self.reading.wrong.as_ref()
    }

    /// Those named by number. The last typed is what one looks for: where not all have room, the first go.
    fn note(&self, canvas: &Canvas<'_>) -> Option<(String, Role)> {
        let mut room = usize::from(canvas.width().saturating_sub(4));
        let mut names: Vec<String> = Vec::new();
        for at in self.reading.rows.iter().rev() {
            let name = self.row_name(*at, canvas.lang);
            let wide = name.width() + if names.is_empty() { 0 } else { 2 };
            if wide > room && !names.is_empty() {
                break;
            }
            room = room.saturating_sub(wide);
            names.push(name);
        }
        if names.is_empty() {
            return None;
        }
        let cut = if names.len() < self.reading.rows.len() {
            canvas.theme.signs.ellipsis
        } else {
            ""
        };
        names.reverse();
        Some((format!("{cut}{}", names.join(", ")), Role::Strong))
    }

    fn totals(&self, lang: Lang) -> [String; 2] {
        let totals = &self.totals;
        let mut facts = vec![match lang {
            Lang::Vi => format!("Có mặt {}/{}", totals.present, totals.listed),
            Lang::En => format!("Present {}/{}", totals.present, totals.listed),
        }];
        for (count, text) in [
            (totals.absent, Text::new("vắng", "absent")),
            (totals.open, Text::new("chưa điểm danh", "not called")),
            (totals.women, Text::new("nữ", "women")),
            (totals.sex_unknown, Text::new("chưa rõ giới", "sex unknown")),
            (
                totals.first_managers,
                Text::new("nữ quản lý lần đầu", "women managers for the first time"),
            ),
            (totals.certificates, Text::new("chứng nhận", "certificates")),
        ] {
            if count > 0 {
                facts.push(format!("{} {count}", text.get(lang)));
            }
        }
        let mut parts: Vec<String> = Vec::new();
        if totals.days.len() > 1 {
            let days: Vec<String> = totals.days.iter().map(usize::to_string).collect();
            let label = Text::new("từng ngày", "day by day").get(lang);
            parts.push(format!("{label} {}", days.join(" ")));
        }
        parts.extend(totals.kinds.iter().map(|(kind, count)| {
            let label = short("attendee_kind", Some(*kind), lang);
            let unknown = Text::new("chưa rõ đối tượng", "kind unknown").get(lang);
            format!("{} {count}", if label.is_empty() { unknown } else { label })
        }));
        [facts.join(" · "), parts.join(" · ")]
    }

    fn offers(&self, frame: &Frame) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        if !self.reading.hits.is_empty() {
            return vec![
                named(Action::Accept, "thêm", "add"),
                named(Action::Down, "chọn", "choose"),
                named(Action::AddRow, "lập hồ sơ mới", "new record"),
                Action::Back.into(),
            ];
        }
        let mut offers: Vec<Offer> = frame.offer_of_warning().into_iter().collect();
        match self.focus {
            Col::Number => offers.push(Action::FillSeries.into()),
            Col::Certificate | Col::Kind | Col::Gender => {
                offers.extend([named(Action::StateNext, "đổi", "change"), Action::FillDown.into()]);
            }
            _ if self.totals.listed == 0 => {
                let from_file = named(Action::Import, "nhập từ tệp", "from a file");
                return vec![
                    Action::CopyList.into(),
                    from_file,
                    Action::Save.into(),
                    Action::Back.into(),
                ];
            }
            _ => {}
        }
        offers.extend([
            Action::AllPresent.into(),
            Action::AllAbsent.into(),
            Action::Save.into(),
            named(Action::TogglePresent, "có/vắng", "present/absent"),
            Action::CopyList.into(),
            named(Action::NextPane, "cột sau", "next column"),
            Action::DeleteRow.into(),
            Action::Undo.into(),
            Action::Back.into(),
        ]);
        offers
    }
}
