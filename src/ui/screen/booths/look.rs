//! How the booth grid looks: the line of the cell, what may be meant, what the booths add up to.

use super::columns::View;
use super::{Booths, Direction};
use crate::domain::catalog;
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::line_edit::LineEdit;
use crate::ui::grid::booths::{Column, Exhibitor, Row, totals};
use crate::ui::keymap::Offer;
use crate::ui::screen::grid::{Frame, Hits, Look};
use crate::ui::theme::Role;
use crate::ui::widget::table::Rows;
use crate::vietnamese::number::{format_count, format_money_short};
use chrono::NaiveDate;

impl Booths {
    fn row(&self, at: usize) -> Option<&Row> {
        self.sheet.as_ref()?.rows().get(at)
    }
}

impl Look for Booths {
    fn event(&self) -> Option<(&str, Option<NaiveDate>)> {
        let fair = &self.sheet.as_ref()?.event;
        Some((&fair.title, fair.from))
    }

    fn is_unsaved(&self) -> bool {
        self.is_touched() || self.sheet.as_ref().is_some_and(|sheet| sheet.is_changed())
    }

    fn view<'a>(&'a self, frame: &Frame, lang: Lang, _: [&'static str; 2]) -> Box<dyn Rows + 'a> {
        let typed = self.is_touched().then(|| self.edit.text());
        Box::new(View {
            sheet: self.sheet.as_ref(),
            cols: &self.cols,
            typing: (frame.at, self.focus, typed),
            lang,
        })
    }

    fn without_rows(&self, _: Lang) -> Vec<&'static str> {
        Vec::new()
    }

    fn prompt(&self, frame: &Frame, lang: Lang) -> String {
        let number = match self.row(frame.at) {
            Some(row) => row.number().to_owned(),
            None => self.sheet.as_ref().map(|sheet| sheet.next_number()).unwrap_or_default(),
        };
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

    /// The value that stands in the cell.
    fn hint(&self, frame: &Frame, lang: Lang) -> String {
        if self.is_touched() {
            return String::new();
        }
        let value = self.row(frame.at).map(|row| self.focus.show(row, lang));
        let value = value.unwrap_or_default();
        if self.focus == Column::Exhibitor && value.is_empty() {
            let hint = Text::new(
                "mã, tên không dấu, điện thoại hoặc tên mới",
                "code, name, telephone, or a new name",
            );
            return hint.get(lang).to_owned();
        }
        value
    }

    fn edit(&self) -> &LineEdit {
        &self.edit
    }

    fn hits(&self) -> Hits {
        Hits {
            count: self.hits.len(),
            pointer: self.pointer,
        }
    }

    fn hit(&self, at: usize, lang: Lang) -> (String, String) {
        let Some(hit) = self.hits.get(at) else {
            return Default::default();
        };
        let name = match &hit.exhibitor {
            Exhibitor::Name(name) => format!("+ {name}"),
            known => known.name().to_owned(),
        };
        let detail = match (&hit.exhibitor, &hit.booth) {
            (_, Some(number)) => match lang {
                Lang::Vi => format!("{} · đã có ở gian {number}", hit.code),
                Lang::En => format!("{} · in booth {number} already", hit.code),
            },
            (Exhibitor::Name(_), None) => Text::new("ghi tên này", "take this name").get(lang).to_owned(),
            _ => hit.code.clone(),
        };
        (name, detail)
    }

    fn row_name(&self, at: usize, lang: Lang) -> String {
        let number = self.row(at).map_or("", Row::number);
        format!("{} {number}", Text::new("Gian", "Booth").get(lang))
    }

    fn wrong(&self) -> Option<&Message> {
        self.wrong.as_ref()
    }

    fn note(&self, canvas: &Canvas<'_>) -> Option<(String, Role)> {
        self.focus.list()?;
        Some((self.focus.choices(canvas.lang).join("  "), Role::Dim))
    }

    fn totals(&self, lang: Lang) -> [String; 2] {
        let totals = &self.totals;
        let mut facts = vec![match lang {
            Lang::Vi => format!("{} gian", totals.booths),
            Lang::En => format!("{} booths", totals.booths),
        }];
        facts.extend(self.plan.map(|plan| plan.compare(totals.booths, lang)));
        let list = catalog::list("booth_state");
        for (state, count) in totals::STATES.iter().zip(totals.states) {
            let code = list.and_then(|list| list.get(state));
            let label = code.map_or(*state, |code| code.short().get(lang));
            if count > 0 {
                facts.push(format!("{} {count}", label.to_lowercase()));
            }
        }
        let mut sums: Vec<String> = Vec::new();
        if totals.ocop > 0 {
            sums.push(format!("OCOP {}", totals.ocop));
        }
        if totals.revenue > 0 {
            let word = Text::new("doanh thu", "takings").get(lang);
            sums.push(format!("{word} {}", format_money_short(totals.revenue)));
        }
        if totals.contracts > 0 {
            let value = format_money_short(totals.contract_value);
            let word = Text::new("hợp đồng", "contracts").get(lang);
            sums.push(format!("{} {word} ({value})", format_count(totals.contracts)));
        }
        if totals.visitors > 0 {
            let word = Text::new("lượt khách", "visitors").get(lang);
            sums.push(format!("{} {word}", format_count(totals.visitors)));
        }
        [facts.join(" · "), sums.join(" · ")]
    }

    fn offers(&self, frame: &Frame) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        let mut offers: Vec<Offer> = frame.offer_of_warning().into_iter().collect();
        // On the row below the last one there is nothing to go on with until something is typed.
        let there = frame.at < self.rows();
        if there || !self.edit.is_empty() {
            offers.push(named(Action::NextField, "ô sau", "next cell"));
        }
        if !self.hits.is_empty() {
            offers.push(named(Action::Down, "chọn", "choose"));
        }
        offers.push(match self.direction {
            Direction::Right => named(Action::EnterDirection, "Enter xuống", "Enter down"),
            Direction::Down => named(Action::EnterDirection, "Enter sang phải", "Enter right"),
        });
        offers.push(Action::Save.into());
        if there {
            offers.push(Action::StateNext.into());
        }
        offers.push(named(Action::DittoField, "như trên", "as above"));
        if there {
            offers.push(Action::FillDown.into());
        }
        offers.extend([
            named(Action::CopyList, "từ hội chợ trước", "from a fair"),
            Action::FillSeries.into(),
        ]);
        if there {
            offers.push(Action::DeleteRow.into());
        }
        offers.push(Action::Back.into());
        offers
    }
}
