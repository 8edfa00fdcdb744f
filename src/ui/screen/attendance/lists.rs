//! What the attendance grid takes from lists: whole lists of people to invite, and codes.

use super::{Attendance, Col};
use crate::domain::catalog;
use crate::domain::text::{Message, Text};
use crate::store::StoreError;
use crate::ui::grid::attendance::{Who, invite, row};
use crate::ui::screen::grid::{Body, Frame, pick, pick_code};
use crate::ui::screen::{Command, Cx};
use crate::ui::widget::picker::{Choice, Item, PickList};

/// What a pick list was opened for.
pub enum Asked {
    Sources(Vec<invite::Offered>),
    Kind,
    Certificate,
}

impl Attendance {
    pub(super) fn copy_list(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let Some(sheet) = &self.sheet else {
            return Ok(Vec::new());
        };
        let sources = invite::sources(cx.read, &sheet.event, cx.prefs.lang)?;
        let items = sources.iter().enumerate();
        let items = items.map(|(at, source)| Item::new(at.to_string(), source.label.clone(), source.note.clone()));
        let list = PickList::new(items.collect(), Choice::One);
        let title = Text::new("Chép danh sách từ", "Copy the list from").get(cx.prefs.lang);
        self.asked = Some(Asked::Sources(sources));
        Ok(pick(title, list))
    }

    /// The codes of the cursor's column; the lists to copy from where it has none.
    pub(super) fn open_list(&mut self, cx: &Cx<'_>) -> Result<Vec<Command>, StoreError> {
        let (asked, key) = match self.focus {
            Col::Certificate => (Asked::Certificate, "certificate"),
            Col::Kind => (Asked::Kind, "attendee_kind"),
            _ => return self.copy_list(cx),
        };
        let Some(list) = catalog::list(key) else {
            return Ok(Vec::new());
        };
        self.asked = Some(asked);
        Ok(pick_code(list, Choice::One, &[], cx.prefs.lang))
    }

    pub(super) fn take_chosen(&mut self, frame: &mut Frame, keys: &[String], cx: &Cx<'_>) -> Result<(), StoreError> {
        let (Some(asked), Some(key)) = (self.asked.take(), keys.first()) else {
            return Ok(());
        };
        let at = frame.at;
        match asked {
            Asked::Sources(sources) => {
                let source = key.parse::<usize>().ok().and_then(|at| sources.get(at));
                if let (Some(source), Some(sheet)) = (source, &self.sheet) {
                    let people = invite::people(cx.read, &sheet.event, &source.source)?;
                    self.invite(frame, people, &source.label);
                }
            }
            Asked::Kind => {
                let kind = row::code("attendee_kind", Some(key));
                self.step(frame, |sheet| sheet.put_kind(at, kind));
            }
            Asked::Certificate => {
                let certificate = row::code("certificate", Some(key));
                self.step(frame, |sheet| sheet.put_certificate(at, certificate));
            }
        }
        Ok(())
    }

    fn invite(&mut self, frame: &mut Frame, people: Vec<Who>, from: &str) {
        let all = people.len();
        let mut added = 0;
        let first = self.step(frame, |sheet| {
            let (first, count) = sheet.add(people);
            added = count;
            first
        });
        if let Some(first) = first {
            self.go(frame, first, None);
        }
        let known = all - added;
        frame.said = Some(Message::new(
            format!("Thêm {added} người từ {from}; {known} người đã có sẵn."),
            format!("Added {added} from {from}; {known} were there already."),
        ));
    }
}
