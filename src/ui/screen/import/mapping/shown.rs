//! The lines of the map as they are shown, and what still has no column.

use super::{CHOICES, LEFT_OUT, Line, MappingScreen, label};
use crate::domain::text::{Lang, Message, Text};
use crate::import::decisions::Capitals;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Role;

impl MappingScreen {
    /// Required fields that no column fills.
    pub(super) fn missing(&self, lang: Lang) -> Vec<&'static str> {
        let given = |key: &str| self.table.targets.iter().flatten().any(|target| target.key() == key);
        let set_by_event = |key: &str| {
            self.event
                .as_ref()
                .is_some_and(|event| key == event.field() || key == "state")
        };
        // What kind of organisation it is, the name says too.
        let said_otherwise = |key: &str| self.kind.key() == "cooperative" && key == "kind";
        let fields = self.kind.fields().iter().filter(|field| !said_otherwise(field.key));
        fields
            .filter(|field| field.is_required() && field.key != "unit" && !given(field.key) && !set_by_event(field.key))
            .map(|field| field.label.get(lang))
            .collect()
    }

    pub(super) fn value(&self, line: Line, lang: Lang) -> (Text, String) {
        let rows = self.table.rows.len();
        match line {
            Line::Kind => {
                let label = self.kind.label().get(lang).to_owned();
                (Text::new("Nhập thành", "Import as"), label)
            }
            Line::Sheet => {
                let grids = &self.loaded.grids;
                let at = grids.iter().position(|grid| grid.name == self.table.sheet).unwrap_or(0) + 1;
                let name = if self.table.sheet.is_empty() {
                    "–"
                } else {
                    &self.table.sheet
                };
                (Text::new("Trang", "Sheet"), format!("{name} ({at}/{})", grids.len()))
            }
            Line::Heading => {
                let line = self.table.line;
                let value = Message::new(
                    format!("dòng {line}; bên dưới có {rows} dòng"),
                    format!("line {line}; {rows} rows below it"),
                );
                (Text::new("Tiêu đề ở", "Headings in"), value.get(lang).to_owned())
            }
            Line::Encoding => {
                let label = CHOICES
                    .iter()
                    .find(|(choice, _)| *choice == self.choice)
                    .map(|(_, label)| *label);
                let label = label.unwrap_or(CHOICES[0].1).get(lang);
                let old = match (self.table.converted.len(), lang) {
                    (0, _) => String::new(),
                    (count, Lang::Vi) => format!(": {count} ô mã cũ đã chuyển"),
                    (count, Lang::En) => format!(": {count} old cells converted"),
                };
                (Text::new("Mã chữ", "Encoding"), format!("{label}{old}"))
            }
            Line::Capitals => {
                let value = match self.capitals {
                    Capitals::AsTyped => Text::new("để nguyên", "as typed"),
                    Capitals::SetRight => Text::new("viết lại: Nguyễn Thị Hoa", "set right: Nguyễn Thị Hoa"),
                };
                (
                    Text::new("HỌ TÊN VIẾT HOA", "NAMES IN CAPITALS"),
                    value.get(lang).to_owned(),
                )
            }
            Line::Column(_) => (Text::default(), String::new()),
        }
    }

    pub(super) fn draw_column(&self, canvas: &mut Canvas<'_>, y: u16, column: usize) {
        let lang = canvas.lang;
        let [first, second, third] = places(canvas.width());
        canvas.text_in(first, y, second - first - 1, &self.heading_of(column, lang), Role::Text);
        let example = self.example(column).unwrap_or_default();
        canvas.text_in(second, y, third - second - 3, &example, Role::Dim);
        match self.table.targets.get(column).copied().flatten() {
            Some(target) => {
                canvas.text(third - 2, y, "→", Role::Good);
                canvas.text(third, y, label(&target, lang), Role::Strong);
            }
            None => _ = canvas.text(third, y, LEFT_OUT.get(lang), Role::Dim),
        }
    }
}

/// The columns of a line of the map, by the width there is.
pub(super) fn places(width: u16) -> [u16; 3] {
    let third = width.saturating_mul(3) / 5;
    [3, (third / 2).max(20), third]
}
