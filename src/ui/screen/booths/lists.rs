//! What the booth grid takes from lists: the booths of an earlier fair, and codes.

use super::{Booths, Column};
use crate::domain::catalog;
use crate::domain::id::Id;
use crate::domain::text::{Message, Text};
use crate::domain::value::Value;
use crate::store::{Order, StoreError};
use crate::ui::grid::booths::{Row, sheet};
use crate::ui::screen::grid::{Frame, pick, pick_code};
use crate::ui::screen::{Command, Cx};
use crate::ui::widget::picker::{Choice, Item, PickList};
use crate::vietnamese::date::format_date;

/// What a pick list was opened for.
pub enum Asked {
    Fairs(Vec<Id>),
    Codes,
}

impl Booths {
    /// Fairs that have booths, the latest first, to copy from.
    pub(super) fn copy_list(&mut self, frame: &mut Frame, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let (mut items, mut fairs) = (Vec::new(), Vec::new());
        for item in cx.read.dated("fair", "from", None, None, Order::Backward) {
            let item = item?;
            let mut booths = cx.read.refers(item.id, "booth", "fair", Order::Forward);
            if item.id != frame.event && booths.next().is_some() {
                let name = cx.read.name_of("fair", item.id)?;
                items.push(Item::new(fairs.len().to_string(), name, format_date(item.on)));
                fairs.push(item.id);
            }
        }
        if fairs.is_empty() {
            frame.said = Some(Message::new(
                "Chưa có hội chợ nào khác có gian hàng để chép.",
                "There is no other fair with booths to copy from.",
            ));
            return Ok(Vec::new());
        }
        self.asked = Some(Asked::Fairs(fairs));
        let title = Text::new("Chép gian hàng từ", "Copy booths from").get(cx.prefs.lang);
        Ok(pick(title, PickList::new(items, Choice::One)))
    }

    /// The codes of the cursor's column.
    pub(super) fn open_list(&mut self, at: usize, cx: &Cx<'_>) -> Vec<Command> {
        let Some(list) = self.focus.list().and_then(catalog::list) else {
            return Vec::new();
        };
        let choice = if self.focus == Column::Categories {
            Choice::Several
        } else {
            Choice::One
        };
        let row = self.sheet.as_ref().and_then(|sheet| sheet.rows().get(at));
        let value = row.and_then(|row| row.entry.get(self.focus.key()));
        let items = value.map_or(&[][..], |value| value.items());
        let codes = items.iter().filter_map(|item| item.as_text().map(str::to_owned));
        let chosen: Vec<String> = codes.collect();
        self.asked = Some(Asked::Codes);
        pick_code(list, choice, &chosen, cx.prefs.lang)
    }

    pub(super) fn take_chosen(&mut self, frame: &mut Frame, keys: &[String], cx: &Cx<'_>) -> Result<(), StoreError> {
        match self.asked.take() {
            Some(Asked::Fairs(fairs)) => {
                let place = keys.first().and_then(|key| key.parse::<usize>().ok());
                if let Some(fair) = place.and_then(|at| fairs.get(at)) {
                    let mut earlier = Vec::new();
                    for entry in sheet::entries(cx.read, *fair)? {
                        earlier.push(Row::read(entry, cx.read)?);
                    }
                    self.take_over(frame, &earlier);
                }
            }
            Some(Asked::Codes) => {
                let (at, column) = (frame.at, self.focus);
                let mut values: Vec<Value> = keys.iter().cloned().map(Value::Text).collect();
                let value = if column == Column::Categories {
                    (!values.is_empty()).then_some(Value::List(values))
                } else {
                    values.pop()
                };
                self.step(frame, |sheet| sheet.put(at, column, value));
                self.enter_cell();
            }
            None => {}
        }
        Ok(())
    }

    fn take_over(&mut self, frame: &mut Frame, earlier: &[Row]) {
        let mut count = 0;
        let first = self.step(frame, |sheet| {
            let (first, added) = sheet.copy_from(earlier);
            count = added;
            first
        });
        if let Some(first) = first {
            self.go_to(frame, first, Column::Exhibitor);
        }
        frame.said = Some(Message::new(
            format!("Đã chép {count} gian hàng, chưa kể đơn vị đã có."),
            format!("Copied {count} booths, leaving out exhibitors that are here."),
        ));
    }
}
