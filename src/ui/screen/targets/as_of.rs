//! Which day the targets are looked at: typed as any day is typed. It closes with the day.

use chrono::NaiveDate;

use crate::domain::text::{Message, Text};
use crate::ui::form::LineEdit;
use crate::ui::form::mask::Mask;
use crate::ui::screen::Answer;
use crate::ui::screen::prompt::Prompt;
use crate::vietnamese::date::{Near, format_date, read_date};

const TITLE: Text = Text::new("Tính đến ngày nào?", "As of which day?");
const HINT: Text = Text::new("Như 31/12/2025; để trống là hôm nay.", "As 31/12/2025; empty is today.");

/// Over the day in force.
pub fn ask(as_of: NaiveDate, today: NaiveDate) -> Prompt {
    let edit = LineEdit::new().with_mask(Mask::Date).with_text(&format_date(as_of));
    let read = move |text: &str| match text {
        "" => Ok(Answer::new(today)),
        text => read_date(text, today, Near::Past)
            .map(Answer::new)
            .map_err(|wrong| Message::new(wrong.vi(), wrong.en())),
    };
    Prompt::new(TITLE, HINT, edit, Box::new(read))
}
