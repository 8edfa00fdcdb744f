//! Selective double entry: the figures of a form typed a second time from the paper, the first ones out of sight; then
//! those that differ side by side, to be decided one by one. It changes nothing until that is done.

use crate::domain::reading;
use crate::domain::text::{Lang, Message, Text};
use crate::domain::value::Value;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::field::{Cell, Editor};
use crate::ui::form::line_edit::{Focus, Outcome};
use crate::ui::form::second::Figure;
use crate::ui::form::show;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

const TITLE: Text = Text::new("Nhập lần hai", "Second entry");
const SAID: Text = Text::new(
    "Gõ lại các số từ giấy; số nhập lần đầu được giấu đi.",
    "Type the figures again from the paper; the first ones are hidden.",
);
const DIFFER: Text = Text::new(
    "Hai lần nhập khác nhau. Chọn số đúng:",
    "The two entries differ. Choose the right ones:",
);
const FIRST: Text = Text::new("Lần một", "First");
const SECOND: Text = Text::new("Lần hai", "Second");
/// Column of the values, and cells of each where there is room.
const VALUES: u16 = 34;
const WIDTH: u16 = 18;
/// Cells between the two entries, with the sign of the one that stands.
const GAP: u16 = 2;

/// What was decided: cells and their values, only those that the second pass changes.
pub struct Decided(pub Vec<(usize, Option<Value>)>);

/// Which of the two entries stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stands {
    #[default]
    First,
    Second,
}

/// A figure, its second entry, and which of them stands.
struct Row {
    figure: Figure,
    again: Cell,
    second: Option<Value>,
    wrong: Option<Message>,
    stands: Stands,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Typing again.
    Typing,
    /// Deciding between the two.
    Deciding,
}

/// See the module.
pub struct SecondEntry {
    rows: Vec<Row>,
    at: usize,
    stage: Stage,
    top: usize,
    height: usize,
    /// Cells of each entry.
    width: u16,
}

impl SecondEntry {
    /// Over the figures of a form.
    pub fn new(figures: Vec<Figure>) -> SecondEntry {
        let row = |figure: Figure| Row {
            again: Cell::new(0, figure.field),
            figure,
            second: None,
            wrong: None,
            stands: Stands::First,
        };
        SecondEntry {
            rows: figures.into_iter().map(row).collect(),
            at: 0,
            stage: Stage::Typing,
            top: 0,
            height: 1,
            width: WIDTH,
        }
    }

    /// Reads the figure under the cursor; whether it can be left.
    fn leave(&mut self, cx: &Cx<'_>) -> bool {
        let row = &mut self.rows[self.at];
        match reading::from_text(&row.figure.field, row.again.text(), cx.read.known()) {
            Ok(value) => {
                row.second = value;
                row.wrong = None;
            }
            Err(wrong) => row.wrong = Some(wrong.text),
        }
        row.wrong.is_none()
    }

    /// Places of the figures that differ.
    fn differing(&self) -> Vec<usize> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.second != row.figure.first)
            .map(|(at, _)| at)
            .collect()
    }

    fn compare(&mut self) -> Vec<Command> {
        match self.differing().first() {
            Some(first) => {
                self.at = *first;
                self.stage = Stage::Deciding;
                Vec::new()
            }
            None => {
                let said = Text::new("Hai lần nhập khớp nhau.", "Both entries are the same.");
                vec![
                    Command::Tell(Notice::good(said)),
                    Command::Close(Answer::new(Decided(Vec::new()))),
                ]
            }
        }
    }

    fn close(&self) -> Vec<Command> {
        let taken = self.rows.iter().filter(|row| row.stands == Stands::Second);
        let decided = taken.map(|row| (row.figure.cell, row.second.clone())).collect();
        vec![Command::Close(Answer::new(Decided(decided)))]
    }

    fn type_again(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let last = self.rows.len().saturating_sub(1);
        match input.action() {
            Some(Action::NextField | Action::Accept) => {
                if !self.leave(cx) {
                    return Vec::new();
                }
                if self.at == last {
                    return self.compare();
                }
                self.at += 1;
            }
            Some(Action::PreviousField) => {
                if self.leave(cx) {
                    self.at = self.at.saturating_sub(1);
                }
            }
            Some(Action::Save) => {
                if self.leave(cx) {
                    return self.compare();
                }
            }
            _ => {
                let row = &mut self.rows[self.at];
                row.wrong = None;
                let Editor::Line(line) = &mut row.again.editor else {
                    return vec![Command::Pass];
                };
                return match line.update(input, &cx.prefs.typing) {
                    Outcome::Pass => vec![Command::Pass],
                    Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
                    _ => Vec::new(),
                };
            }
        }
        Vec::new()
    }

    fn decide(&mut self, input: &Input) -> Vec<Command> {
        let differing = self.differing();
        let here = differing.iter().position(|at| *at == self.at).unwrap_or(0);
        match input.action() {
            Some(Action::Left) => self.rows[self.at].stands = Stands::First,
            Some(Action::Right) => self.rows[self.at].stands = Stands::Second,
            Some(Action::Up) => self.at = differing[here.saturating_sub(1)],
            Some(Action::Down) => self.at = differing[(here + 1).min(differing.len() - 1)],
            Some(Action::Accept) => match differing.get(here + 1) {
                Some(next) => self.at = *next,
                None => return self.close(),
            },
            _ => return vec![Command::Pass],
        }
        Vec::new()
    }

    fn draw_row(&self, at: usize, y: u16, canvas: &mut Canvas<'_>) {
        let row = &self.rows[at];
        let here = at == self.at;
        if here {
            canvas.text(1, y, canvas.theme.signs.pointer, Role::Strong);
        }
        let label = row.figure.field.label.get(canvas.lang);
        canvas.text_in(3, y, VALUES - 5, label, if here { Role::Strong } else { Role::Dim });
        if self.stage == Stage::Typing {
            if here {
                canvas.shade(VALUES, y, self.width, Role::Focus);
            }
            if let Editor::Line(line) = &row.again.editor {
                let focus = if here { Focus::Here } else { Focus::Elsewhere };
                line.draw(canvas, VALUES, y, if here { Role::Focus } else { Role::Text }, focus);
            }
            return;
        }
        let differs = row.second != row.figure.first;
        let none = canvas.theme.signs.none;
        let both = [(&row.figure.first, Stands::First), (&row.second, Stands::Second)];
        for (x, (value, which)) in [VALUES, VALUES + self.width + GAP].into_iter().zip(both) {
            let said = value.as_ref().map(|value| show::typed(&row.figure.field, value));
            let chosen = differs && row.stands == which;
            let role = match (differs, chosen) {
                (true, true) => Role::Changed,
                (true, false) => Role::Text,
                _ => Role::Dim,
            };
            let sign = if chosen { canvas.theme.signs.yes } else { " " };
            let end = canvas.text_in(x, y, self.width, said.as_deref().unwrap_or(none), role);
            canvas.text(end + 1, y, sign, role);
        }
    }
}

impl Screen for SecondEntry {
    fn contexts(&self) -> &'static [Context] {
        match self.stage {
            Stage::Typing => Context::Form.chain(),
            Stage::Deciding => Context::Dialog.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        match (input, self.stage) {
            (Input::Key { .. } | Input::Paste(_), Stage::Typing) => self.type_again(input, cx),
            (Input::Key { .. }, Stage::Deciding) => self.decide(input),
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(5)).max(1);
        self.width = (area.width.saturating_sub(VALUES + 2 * GAP) / 2).min(WIDTH);
        self.top = self.top.clamp((self.at + 1).saturating_sub(self.height), self.at);
        for row in &mut self.rows {
            if let Editor::Line(line) = &mut row.again.editor {
                line.layout(self.width, 1);
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let said = match self.stage {
            Stage::Typing => SAID,
            Stage::Deciding => DIFFER,
        };
        canvas.text(1, 0, said.get(canvas.lang), Role::Text);
        if self.stage == Stage::Deciding {
            canvas.text(VALUES, 1, FIRST.get(canvas.lang), Role::Heading);
            canvas.text(VALUES + self.width + GAP, 1, SECOND.get(canvas.lang), Role::Heading);
        }
        for (y, at) in (2u16..).zip((self.top..self.rows.len()).take(self.height)) {
            self.draw_row(at, y, canvas);
        }
        if let Some(wrong) = self.rows.get(self.at).and_then(|row| row.wrong.as_ref()) {
            let said = format!("{} {}", canvas.theme.signs.alert, wrong.get(canvas.lang));
            canvas.text(1, canvas.height().saturating_sub(1), &said, Role::Error);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang)).fact(format!("{}/{}", self.at + 1, self.rows.len()))
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        match self.stage {
            Stage::Typing => vec![
                Action::NextField.into(),
                named(Action::Save, "đối chiếu", "compare"),
                Action::Back.into(),
            ],
            Stage::Deciding => vec![
                named(Action::Left, "lần một đúng", "first"),
                named(Action::Right, "lần hai đúng", "second"),
                named(Action::Accept, "tiếp", "go on"),
                Action::Back.into(),
            ],
        }
    }
}
