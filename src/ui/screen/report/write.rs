//! What only the officer can write in a report, typed over the preview: remarks and proposals, a line for each. Leaving
//! keeps it, however one leaves.

use crate::domain::period::Period;
use crate::domain::text::{Lang, Message, Text};
use crate::report::weekly::WeeklySummary;
use crate::report::weekly::remarks::{self, Remarks};
use crate::store::{Store, Warnings};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::{Read, Work};
use crate::ui::form::LineEdit;
use crate::ui::form::line_edit::{Focus, Lines, Outcome};
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

const HINT: Text = Text::new("Mỗi ý một dòng.", "One line for each.");
const KEPT: Text = Text::new("Đã giữ phần viết của báo cáo.", "Your words are kept with the report.");

/// Which part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Remarks on the week.
    Remarks,
    /// Proposals to others.
    Proposals,
}

impl Part {
    fn key(self) -> &'static str {
        match self {
            Part::Remarks => remarks::REMARKS,
            Part::Proposals => remarks::PROPOSALS,
        }
    }

    fn title(self) -> Text {
        match self {
            Part::Remarks => Text::new("Nhận xét của tuần", "Remarks on the week"),
            Part::Proposals => Text::new("Kiến nghị với cấp trên", "Proposals"),
        }
    }
}

/// Where words belong: a part of a report on a period of a unit.
#[derive(Clone, Debug)]
pub struct Place {
    /// What the part is called.
    pub title: String,
    /// The report's code.
    pub report: &'static str,
    /// Its period.
    pub period: Period,
    /// Its unit.
    pub unit: String,
    /// The part's key.
    pub part: &'static str,
}

/// The editor of one part.
pub struct Write {
    place: Place,
    edit: LineEdit,
    /// What is kept already.
    kept: String,
}

impl Write {
    /// A part of the weekly summary, over what was written before.
    pub fn of_week(part: Part, summary: &WeeklySummary, written: &Remarks, lang: Lang) -> Write {
        let lines = match part {
            Part::Remarks => &written.remarks,
            Part::Proposals => &written.proposals,
        };
        let place = Place {
            title: part.title().get(lang).to_string(),
            report: remarks::WEEKLY,
            period: summary.period,
            unit: summary.unit.clone(),
            part: part.key(),
        };
        Write::new(place, lines)
    }

    /// A part of any report, over what was written before.
    pub fn new(place: Place, written: &[String]) -> Write {
        let kept = written.join("\n");
        Write {
            place,
            edit: LineEdit::new().with_lines(Lines::Many).with_text(&kept),
            kept,
        }
    }

    fn is_changed(&self) -> bool {
        self.edit.text().trim() != self.kept.trim()
    }

    fn entry(&self, read: &dyn Read) -> crate::domain::entry::Entry {
        let place = &self.place;
        remarks::entry(
            read,
            place.report,
            place.period,
            &place.unit,
            place.part,
            self.edit.text(),
        )
    }

    fn leave(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        self.edit.leave(&cx.prefs.typing);
        if !self.is_changed() {
            return vec![Command::Pop];
        }
        let entry = self.entry(cx.read);
        vec![Command::Save(Work::transaction(move |txn| {
            txn.save(entry, Warnings::Accept)?;
            Ok(Message::from(KEPT))
        }))]
    }
}

impl Screen for Write {
    fn contexts(&self) -> &'static [Context] {
        Context::Form.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match input {
            Input::Saved(Ok(_)) => {
                self.kept = self.edit.text().to_owned();
                return vec![Command::Pop];
            }
            Input::Saved(Err(_)) => return Vec::new(),
            _ => {}
        }
        // The keys of a form that lead on stay in the text: Down goes a line down, Enter begins a line.
        let input = match (input, input.action()) {
            (Input::Key { key, .. }, Some(Action::NextField)) => {
                let action = match key.code {
                    crate::ui::keymap::Code::Enter => Action::NewLine,
                    _ => Action::Down,
                };
                &Input::Key {
                    key: *key,
                    action: Some(action),
                }
            }
            (Input::Key { key, .. }, Some(Action::PreviousField)) => &Input::Key {
                key: *key,
                action: Some(Action::Up),
            },
            _ => input,
        };
        match self.edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => match input.action() {
                Some(Action::Back | Action::Save) => self.leave(cx),
                Some(Action::Up | Action::Down) => Vec::new(),
                _ => vec![Command::Pass],
            },
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        self.edit.layout(area.width, area.height.saturating_sub(2));
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        canvas.text(0, 0, HINT.get(canvas.lang), Role::Dim);
        let (width, height) = (canvas.width(), canvas.height());
        canvas.within(Rect::new(0, 2, width, height.saturating_sub(2)), |part| {
            self.edit.draw(part, 0, 0, Role::Text, Focus::Here);
        });
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new(self.place.title.clone()).typing(self.edit.typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        let keep = Text::new("giữ và về", "keep and go back");
        let mut offers = vec![
            Offer::named(Action::Back, keep),
            Offer::named(Action::NewLine, Text::new("dòng mới", "new line")),
        ];
        if self.is_changed() {
            offers.push(Action::Undo.into());
        }
        offers.push(Offer::named(Action::Save, keep));
        offers
    }

    fn extent(&self) -> Extent {
        Extent::Popup { width: 70, height: 12 }
    }

    fn keep_draft(&mut self, store: &Store) {
        if !self.is_changed() {
            return;
        }
        let entry = self.entry(&store.reader());
        let mut txn = store.txn();
        // On the way out nobody can be told.
        if txn.save(entry, Warnings::Accept).is_ok() && txn.commit().is_ok() {
            self.kept = self.edit.text().to_owned();
        }
    }
}
