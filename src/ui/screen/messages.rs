//! Every message of this session, the latest first: nothing that was said is lost because a key was pressed too soon.

use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen, Tone};
use crate::ui::theme::{Role, Signs};
use crate::ui::widget::roll::{Cursor, Line, Outcome, Roll};
use ratatui::layout::Rect;

const TITLE: Text = Text::new("Thông báo", "Messages");
const NONE: Text = Text::new(
    "Chưa có thông báo nào từ khi mở chương trình.",
    "No messages since the program was opened.",
);

/// The list of messages.
pub struct Messages {
    notices: Vec<Notice>,
    lang: Lang,
    /// The lines as they are wrapped: which message, whether it is its first line, the words.
    lines: Vec<(usize, Place, String)>,
    width: u16,
    roll: Roll,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Further,
}

impl Messages {
    /// Those told so far.
    pub fn new(cx: &Cx<'_>) -> Messages {
        Messages {
            notices: cx.notices.iter().rev().cloned().collect(),
            lang: cx.prefs.lang,
            lines: Vec::new(),
            width: 0,
            roll: Roll::default(),
        }
    }

    fn wrap_lines(&mut self) {
        if self.width == 0 {
            return;
        }
        let room = usize::from(self.width.saturating_sub(5));
        self.lines = Vec::new();
        for (at, notice) in self.notices.iter().enumerate() {
            for (row, line) in wrap(notice.said.get(self.lang), room).into_iter().enumerate() {
                let place = if row == 0 { Place::First } else { Place::Further };
                self.lines.push((at, place, line));
            }
        }
        let line = |(_, place, _): &(usize, Place, String)| match place {
            Place::First => Line::Stop,
            Place::Further => Line::Plain,
        };
        self.roll.set_lines(self.lines.iter().map(line).collect());
    }
}

fn sign(tone: Tone, signs: &Signs) -> (&'static str, Role) {
    match tone {
        Tone::Good => (signs.done, Role::Good),
        Tone::Warning => (signs.alert, Role::Warning),
        Tone::Bad => (signs.alert, Role::Error),
    }
}

impl Screen for Messages {
    fn contexts(&self) -> &'static [Context] {
        Context::Help.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        match (self.roll.update(input), input.action()) {
            (Outcome::Open(line), _) => self.lines.get(line).map_or_else(Vec::new, |(at, ..)| {
                vec![
                    Command::Copy(self.notices[*at].said.get(self.lang).to_owned()),
                    told_copied(),
                ]
            }),
            (Outcome::Moved, _) => Vec::new(),
            (Outcome::Pass, Some(Action::Messages)) => vec![Command::Pop],
            (Outcome::Pass, _) => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.lang = cx.prefs.lang;
        self.notices = cx.notices.iter().rev().cloned().collect();
        self.wrap_lines();
    }

    fn layout(&mut self, area: Rect) {
        if self.width != area.width {
            self.width = area.width;
            self.wrap_lines();
        }
        self.roll.layout(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        if self.notices.is_empty() {
            canvas.text(1, 1, NONE.get(canvas.lang), Role::Dim);
        }
        self.roll.draw(canvas, Cursor::Shown, |row, line| {
            let Some((at, place, words)) = self.lines.get(line) else {
                return;
            };
            let (sign, role) = sign(self.notices[*at].tone, &row.theme.signs);
            if *place == Place::First {
                row.text(1, 0, sign, role);
            }
            row.text(3, 0, words, Role::Text);
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang)).fact(self.notices.len().to_string())
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = vec![Action::Back.into()];
        if !self.notices.is_empty() {
            offers.insert(0, Offer::named(Action::Open, Text::new("sao chép", "copy")));
        }
        offers
    }
}

fn told_copied() -> Command {
    let said = Text::new("Đã chép thông báo.", "The message was copied.");
    Command::Tell(Notice::good(said))
}
