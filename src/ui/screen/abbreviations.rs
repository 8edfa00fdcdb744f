//! The abbreviations (gõ tắt): those that come with the program and the officer's own, to be added, changed and dropped.
//! What is done here is kept and followed at once.

use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form::Writing;
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome};
use crate::ui::keymap::{Context, Offer};
use crate::ui::look::TypingPrefs;
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::theme::Role;
use crate::vietnamese::typing::{self, Abbreviations};
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::sync::Arc;

const TITLE: Text = Text::new("Gõ tắt", "Abbreviations");
const SHORT: Text = Text::new("Chữ tắt:", "Abbreviation:");
const LONG: Text = Text::new("Thay bằng:", "Stands for:");
const OWN: Text = Text::new("của mình", "own");
const BUILT_IN: Text = Text::new("có sẵn", "built in");
const OFF: Text = Text::new("(đã bỏ)", "(dropped)");
/// Column of what an abbreviation stands for, and cells for where it comes from.
const MEANS: u16 = 16;
const ORIGIN: u16 = 10;

/// One abbreviation as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    short: String,
    long: String,
    is_own: bool,
}

impl Line {
    /// A built-in one that the officer dropped: it stands for itself.
    fn is_off(&self) -> bool {
        self.short == self.long
    }
}

/// What is being typed: first the abbreviation, then what it stands for.
struct Typing {
    short: LineEdit,
    long: Option<LineEdit>,
    wrong: Option<Message>,
    /// The typing without abbreviations, so that what one stands for is not spelled out itself.
    prefs: TypingPrefs,
}

impl Typing {
    fn line(&self) -> &LineEdit {
        self.long.as_ref().unwrap_or(&self.short)
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let y = canvas.height().saturating_sub(3);
        let (first, second) = match self.long {
            None => (Focus::Here, None),
            Some(_) => (Focus::Elsewhere, self.long.as_ref()),
        };
        canvas.text(1, y, SHORT.get(canvas.lang), Role::Heading);
        self.short.draw(canvas, MEANS, y, Role::Focus, first);
        if let Some(long) = second {
            canvas.text(1, y + 1, LONG.get(canvas.lang), Role::Heading);
            long.draw(canvas, MEANS, y + 1, Role::Focus, Focus::Here);
        }
        if let Some(wrong) = &self.wrong {
            let said = format!("{} {}", canvas.theme.signs.alert, wrong.get(canvas.lang));
            canvas.text(1, y + 2, &said, Role::Error);
        }
    }
}

/// The list.
pub struct AbbreviationsScreen {
    lines: Vec<Line>,
    at: usize,
    top: usize,
    height: usize,
    typing: Option<Typing>,
}

impl AbbreviationsScreen {
    /// Those in force.
    pub fn new(cx: &Cx<'_>) -> AbbreviationsScreen {
        AbbreviationsScreen {
            lines: lines(cx.settings),
            at: 0,
            top: 0,
            height: 1,
            typing: None,
        }
    }

    fn begin(&mut self, line: Option<Line>, cx: &Cx<'_>) {
        let prefs = &cx.prefs.typing;
        let plain = typing::Settings {
            abbreviations: Abbreviations::default(),
            ..prefs.settings.as_ref().clone()
        };
        let prefs = TypingPrefs {
            settings: Arc::new(plain),
            ..prefs.clone()
        };
        let (short, long) = line.map(|line| (line.short, line.long)).unwrap_or_default();
        self.typing = Some(Typing {
            long: (!short.is_empty()).then(|| LineEdit::new().with_text(&long)),
            short: LineEdit::of(Writing::Plain).with_text(&short),
            wrong: None,
            prefs,
        });
    }

    /// Keeps the settings with one abbreviation put in or taken out.
    fn keep(&mut self, short: &str, long: Option<&str>, cx: &Cx<'_>) -> Vec<Command> {
        let mut settings = cx.settings.clone();
        let own = &mut settings.typing.abbreviations;
        match long {
            Some(long) => _ = own.insert(short.to_owned(), long.to_owned()),
            None => _ = own.remove(short),
        }
        self.lines = lines(&settings);
        self.at = self
            .lines
            .iter()
            .position(|line| line.short == short)
            .unwrap_or(self.at);
        self.at = self.at.min(self.lines.len().saturating_sub(1));
        vec![Command::Set(Box::new(settings))]
    }

    /// Drops an abbreviation; a built-in one is kept from being spelled out. The same again brings that one back.
    fn drop(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let Some(line) = self.lines.get(self.at).cloned() else {
            return Vec::new();
        };
        let long = (!line.is_own).then_some(line.short.as_str());
        self.keep(&line.short, long, cx)
    }

    fn typed(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let Some(typing) = &mut self.typing else {
            return Vec::new();
        };
        match (input.action(), &mut typing.long) {
            (Some(Action::Back), _) => {
                self.typing = None;
                Vec::new()
            }
            (Some(Action::PreviousField), Some(_)) => {
                typing.long = None;
                Vec::new()
            }
            (Some(Action::NextField | Action::Accept | Action::Save), None) => {
                let short = typing.short.text().trim().to_lowercase();
                typing.wrong = wrong_with(&short, "x");
                if typing.wrong.is_none() {
                    let known = self.lines.iter().find(|line| line.short == short);
                    let long = known.map(|line| line.long.as_str()).unwrap_or_default();
                    typing.short.set_text(&short);
                    typing.long = Some(LineEdit::new().with_text(long));
                }
                Vec::new()
            }
            (Some(Action::NextField | Action::Accept | Action::Save), Some(long)) => {
                long.leave(&typing.prefs);
                let (short, long) = (typing.short.text().to_owned(), long.text().trim().to_owned());
                typing.wrong = wrong_with(&short, &long);
                if typing.wrong.is_some() {
                    return Vec::new();
                }
                self.typing = None;
                self.keep(&short, Some(&long), cx)
            }
            (_, long) => {
                typing.wrong = None;
                let line = long.as_mut().unwrap_or(&mut typing.short);
                match line.update(input, &typing.prefs) {
                    Outcome::Pass => vec![Command::Pass],
                    Outcome::Copied(text) | Outcome::Cut(text) => vec![Command::Copy(text)],
                    _ => Vec::new(),
                }
            }
        }
    }
}

/// What comes with the program, and the officer's own over it, by abbreviation.
fn lines(settings: &Settings) -> Vec<Line> {
    let starter = Abbreviations::starter();
    let line = |(short, long): (&str, &str), is_own| {
        let line = Line {
            short: short.to_owned(),
            long: long.to_owned(),
            is_own,
        };
        (short.to_owned(), line)
    };
    let mut all: BTreeMap<String, Line> = starter.iter().map(|pair| line(pair, false)).collect();
    let own = settings.typing.abbreviations.iter();
    all.extend(own.map(|(short, long)| line((short, long), true)));
    all.into_values().collect()
}

/// Why an abbreviation cannot stand; none where it can.
fn wrong_with(short: &str, long: &str) -> Option<Message> {
    let mut table = toml::Table::new();
    table.insert(short.to_owned(), toml::Value::String(long.to_owned()));
    let faults = Abbreviations::parse(&table.to_string()).err()?;
    let reason = faults.into_iter().next()?.reason;
    Some(Message::new(reason.vi, reason.en))
}

impl Screen for AbbreviationsScreen {
    fn contexts(&self) -> &'static [Context] {
        match self.typing {
            Some(_) => Context::Form.chain(),
            None => Context::Table.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if self.typing.is_some() && matches!(input, Input::Key { .. } | Input::Paste(_)) {
            return self.typed(input, cx);
        }
        let last = self.lines.len().saturating_sub(1);
        match input.action() {
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(last),
            Some(Action::PageUp) => self.at = self.at.saturating_sub(self.height),
            Some(Action::PageDown) => self.at = (self.at + self.height).min(last),
            Some(Action::First) => self.at = 0,
            Some(Action::Last) => self.at = last,
            Some(Action::New) => self.begin(None, cx),
            Some(Action::Open | Action::Edit) => self.begin(self.lines.get(self.at).cloned(), cx),
            Some(Action::Delete) => return self.drop(cx),
            Some(Action::Undo) => {
                let said = Text::new(
                    "Gõ tắt không hoàn tác bằng phím này; chọn dòng rồi sửa lại.",
                    "Abbreviations are not undone by this key; change the line again.",
                );
                return vec![Command::Tell(Notice::warning(said))];
            }
            Some(_) => return vec![Command::Pass],
            None => {}
        }
        Vec::new()
    }

    fn layout(&mut self, area: Rect) {
        let below = if self.typing.is_some() { 4 } else { 0 };
        self.height = usize::from(area.height.saturating_sub(below)).max(1);
        self.top = self.top.clamp((self.at + 1).saturating_sub(self.height), self.at);
        if let Some(typing) = &mut self.typing {
            let room = area.width.saturating_sub(MEANS + 1);
            typing.short.layout(room, 1);
            if let Some(long) = &mut typing.long {
                long.layout(room, 1);
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let origin = canvas.width().saturating_sub(ORIGIN);
        let rows = self.lines.iter().enumerate().skip(self.top).take(self.height);
        for (y, (at, line)) in (0u16..).zip(rows) {
            let here = at == self.at && self.typing.is_none();
            if here {
                canvas.text(1, y, canvas.theme.signs.pointer, Role::Strong);
            }
            canvas.text_in(3, y, MEANS - 4, &line.short, Role::Strong);
            let room = origin.saturating_sub(MEANS + 1);
            if line.is_off() {
                canvas.text_in(MEANS, y, room, OFF.get(canvas.lang), Role::Dim);
            } else {
                canvas.text_in(MEANS, y, room, &line.long, Role::Text);
            }
            let from = if line.is_own { OWN } else { BUILT_IN };
            canvas.text(origin, y, from.get(canvas.lang), Role::Dim);
            if here {
                canvas.shade(MEANS, y, room, Role::Selected);
            }
        }
        if let Some(typing) = &self.typing {
            typing.draw(canvas);
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let heading = Heading::new(TITLE.get(lang)).fact(self.lines.len().to_string());
        match &self.typing {
            Some(typing) => heading.typing(typing.line().typing_here()),
            None => heading,
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        match self.typing {
            Some(_) => vec![Action::NextField.into(), Action::Back.into()],
            None => vec![
                named(Action::New, "thêm", "add"),
                named(Action::Open, "sửa", "change"),
                named(Action::Delete, "bỏ", "drop"),
                Action::Back.into(),
            ],
        }
    }
}
