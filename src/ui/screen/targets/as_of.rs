//! Which day the targets are looked at: typed as any day is typed. It closes with the day.

use chrono::NaiveDate;

use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::LineEdit;
use crate::ui::form::line_edit::{Focus, Outcome};
use crate::ui::form::mask::Mask;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;
use crate::vietnamese::date::{Near, format_date, read_date};

const TITLE: Text = Text::new("Tính đến ngày nào?", "As of which day?");
const HINT: Text = Text::new("Như 31/12/2025; để trống là hôm nay.", "As 31/12/2025; empty is today.");

/// The popup.
pub struct AsOf {
    edit: LineEdit,
    today: NaiveDate,
    wrong: Option<Message>,
}

impl AsOf {
    /// Over the day in force.
    pub fn new(as_of: NaiveDate, today: NaiveDate) -> AsOf {
        let mut edit = LineEdit::new().with_mask(Mask::Date).with_text(&format_date(as_of));
        edit.select_all();
        AsOf {
            edit,
            today,
            wrong: None,
        }
    }

    fn take(&mut self) -> Vec<Command> {
        let text = self.edit.text().trim();
        let day = match text {
            "" => Ok(self.today),
            text => read_date(text, self.today, Near::Past),
        };
        match day {
            Ok(day) => vec![Command::Close(Answer::new(day))],
            Err(wrong) => {
                self.wrong = Some(Message::new(wrong.vi(), wrong.en()));
                Vec::new()
            }
        }
    }
}

impl Screen for AsOf {
    fn contexts(&self) -> &'static [Context] {
        Context::Form.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if matches!(input.action(), Some(Action::NextField | Action::Save)) {
            return self.take();
        }
        match self.edit.update(input, &cx.prefs.typing) {
            Outcome::Pass => match input.action() {
                Some(Action::PreviousField) => Vec::new(),
                _ => vec![Command::Pass],
            },
            Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
            _ => {
                self.wrong = None;
                Vec::new()
            }
        }
    }

    fn layout(&mut self, area: ratatui::layout::Rect) {
        self.edit.layout(area.width.min(12), 1);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.edit.draw(canvas, 0, 0, Role::Text, Focus::Here);
        match &self.wrong {
            Some(wrong) => canvas.text(0, 1, wrong.get(canvas.lang), Role::Error),
            None => canvas.text(0, 1, HINT.get(canvas.lang), Role::Dim),
        };
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang)).typing(self.edit.typing_here())
    }

    fn offers(&self) -> Vec<Offer> {
        let take = Text::new("xem", "show");
        vec![Offer::named(Action::NextField, take), Action::Back.into()]
    }

    fn extent(&self) -> Extent {
        Extent::Popup { width: 44, height: 2 }
    }
}
