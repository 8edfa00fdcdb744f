//! How the booth grid looks: the sheet, the line of the cell, and below it what may be meant or what it adds up to.

use super::{BoothScreen, Direction, Hit};
use crate::domain::text::{Lang, Text};
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::Focus;
use crate::ui::grid::booths::{Column, Exhibitor, Sheet, totals};
use crate::ui::theme::Role;
use crate::vietnamese::number::{format_count, format_money_short};
use ratatui::layout::Rect;

/// Rows below the sheet: the cell's line and three more.
pub const BELOW: u16 = 4;
/// From this height on a blank row stands above the line.
const ROOMY: u16 = 20;

/// The part of the room that the sheet has.
pub fn sheet_area(area: Rect) -> Rect {
    let blank = u16::from(area.height >= ROOMY);
    Rect {
        height: area.height.saturating_sub(BELOW + blank),
        ..area
    }
}

impl BoothScreen {
    pub(super) fn draw_all(&self, canvas: &mut Canvas<'_>) {
        let Some(sheet) = &self.sheet else {
            let said = self.fault.as_ref().map_or("", |said| said.get(canvas.lang));
            canvas.text(1, 1, said, Role::Warning);
            return;
        };
        let area = sheet_area(Rect::new(0, 0, canvas.width(), canvas.height()));
        let view = self.view(sheet);
        canvas.within(area, |part| self.table.draw(part, &view));
        let y = canvas.height().saturating_sub(BELOW);
        let x = canvas.text(1, y, &self.prompt(sheet, canvas.lang), Role::Heading);
        self.edit.draw(canvas, x, y, Role::Text, Focus::Here);
        if !self.is_touched() {
            self.draw_value(canvas, sheet, x + 2, y);
        }
        if self.hits.is_empty() {
            self.draw_said(canvas, sheet, y + 1);
            self.draw_totals(canvas, y + 2);
        } else {
            self.draw_hits(canvas, y + 1);
        }
    }

    /// The words before the cell's line.
    pub(super) fn prompt(&self, sheet: &Sheet, lang: Lang) -> String {
        let number = sheet
            .rows()
            .get(self.at)
            .map_or_else(|| sheet.next_number(), |row| row.number().to_owned());
        let label = self.focus.field().label.get(lang);
        let arrow = match self.direction {
            Direction::Right => "→",
            Direction::Down => "↓",
        };
        match lang {
            Lang::Vi => format!("Gian {number} {arrow} {label}: "),
            Lang::En => format!("Booth {number} {arrow} {label}: "),
        }
    }

    /// The value that stands in the cell, while nothing is typed over it.
    fn draw_value(&self, canvas: &mut Canvas<'_>, sheet: &Sheet, x: u16, y: u16) {
        let value = sheet
            .rows()
            .get(self.at)
            .map(|row| self.focus.show(row, canvas.lang))
            .unwrap_or_default();
        let hint = if self.focus == Column::Exhibitor && value.is_empty() {
            Text::new(
                "mã, tên không dấu, điện thoại hoặc tên mới",
                "code, name, telephone, or a new name",
            )
            .get(canvas.lang)
            .to_owned()
        } else {
            value
        };
        canvas.text(x, y, &hint, Role::Dim);
    }

    fn draw_said(&self, canvas: &mut Canvas<'_>, sheet: &Sheet, y: u16) {
        let alert = canvas.theme.signs.alert;
        if let Some(doubt) = &self.doubt {
            let number = sheet.rows().get(doubt.at).map_or("", |row| row.number());
            let said = match canvas.lang {
                Lang::Vi => format!("{alert} Gian {number}: {}", doubt.said.vi),
                Lang::En => format!("{alert} Booth {number}: {}", doubt.said.en),
            };
            canvas.text(1, y, &said, Role::Warning);
        } else if let Some(wrong) = &self.wrong {
            canvas.text(1, y, &format!("{alert} {}", wrong.get(canvas.lang)), Role::Error);
        } else if self.focus.list().is_some() {
            canvas.text(1, y, &self.focus.choices(canvas.lang).join("  "), Role::Dim);
        } else if let Some(said) = &self.said {
            canvas.text(1, y, said.get(canvas.lang), Role::Dim);
        }
    }

    fn draw_hits(&self, canvas: &mut Canvas<'_>, y: u16) {
        let rows = usize::from(BELOW - 1);
        let top = self.pointer.saturating_sub(rows - 1);
        for (line, (at, hit)) in (y..).zip(self.hits.iter().enumerate().skip(top).take(rows)) {
            let pointer = if at == self.pointer {
                canvas.theme.signs.pointer
            } else {
                " "
            };
            let x = canvas.text(1, line, &format!("{pointer} {}", hit.name()), Role::Strong);
            canvas.text(x + 2, line, &hit.detail(canvas.lang), Role::Dim);
            if at == self.pointer {
                canvas.shade(0, line, canvas.width(), Role::Selected);
            }
        }
        let edge = canvas.width().saturating_sub(1);
        if top + rows < self.hits.len() {
            canvas.text(edge, y + BELOW - 2, canvas.theme.signs.more[1], Role::Dim);
        }
    }

    fn draw_totals(&self, canvas: &mut Canvas<'_>, y: u16) {
        let lang = canvas.lang;
        let mut facts = vec![match lang {
            Lang::Vi => format!("{} gian", self.totals.booths),
            Lang::En => format!("{} booths", self.totals.booths),
        }];
        facts.extend(self.plan.map(|plan| plan.compare(self.totals.booths, lang)));
        let list = crate::domain::catalog::list("booth_state");
        for (state, count) in totals::STATES
            .iter()
            .zip(self.totals.states)
            .filter(|(_, count)| *count > 0)
        {
            let label = list
                .and_then(|list| list.get(state))
                .map_or(*state, |code| code.short().get(lang));
            facts.push(format!("{} {count}", label.to_lowercase()));
        }
        canvas.text(1, y, &facts.join(" · "), Role::Strong);
        let totals = &self.totals;
        let mut sums: Vec<String> = Vec::new();
        if totals.ocop > 0 {
            sums.push(format!("OCOP {}", totals.ocop));
        }
        if totals.revenue > 0 {
            sums.push(format!(
                "{} {}",
                Text::new("doanh thu", "takings").get(lang),
                format_money_short(totals.revenue)
            ));
        }
        if totals.contracts > 0 {
            let value = format_money_short(totals.contract_value);
            let word = Text::new("hợp đồng", "contracts").get(lang);
            sums.push(format!("{} {word} ({value})", format_count(totals.contracts)));
        }
        if totals.visitors > 0 {
            sums.push(format!(
                "{} {}",
                format_count(totals.visitors),
                Text::new("lượt khách", "visitors").get(lang)
            ));
        }
        canvas.text(1, y + 1, &sums.join(" · "), Role::Dim);
    }
}

impl Hit {
    fn name(&self) -> String {
        match &self.exhibitor {
            Exhibitor::Name(name) => format!("+ {name}"),
            known => known.name().to_owned(),
        }
    }

    fn detail(&self, lang: Lang) -> String {
        match (&self.exhibitor, &self.booth) {
            (_, Some(number)) => match lang {
                Lang::Vi => format!("{} · đã có ở gian {number}", self.code),
                Lang::En => format!("{} · in booth {number} already", self.code),
            },
            (Exhibitor::Name(_), None) => Text::new("ghi tên này", "take this name").get(lang).to_owned(),
            _ => self.code.clone(),
        }
    }
}
