//! One row in full: what the file says in each field and why it is not taken; of a record that is there, what each field
//! says now and what it would say, to take or leave field by field. It closes with [`Turned`].

use ratatui::layout::Rect;

use super::shown::Changed;
use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Answer, Command, Cx, Extent, Heading, Input, Screen};
use crate::ui::theme::Role;

/// Cells across.
const WIDTH: u16 = 74;
/// Cells down.
const HEIGHT: u16 = 18;
/// Column of the values.
const VALUES: u16 = 26;

/// The fields, by key, whose choice was turned.
pub(super) struct Turned {
    pub(super) line: u32,
    pub(super) keys: Vec<String>,
}

/// A field of the row, where it changes nothing that is there.
pub(super) struct Said {
    pub(super) label: String,
    pub(super) text: String,
    /// Why it cannot be taken, or is doubtful.
    pub(super) reasons: Vec<String>,
}

/// See the module.
pub(super) struct RowScreen {
    line: u32,
    title: String,
    /// Why the row as a whole is not taken.
    reasons: Vec<String>,
    said: Vec<Said>,
    changes: Vec<Changed>,
    turned: Vec<String>,
    at: usize,
    top: usize,
    height: usize,
    width: u16,
}

impl RowScreen {
    pub(super) fn new(
        line: u32,
        title: String,
        reasons: Vec<String>,
        said: Vec<Said>,
        changes: Vec<Changed>,
    ) -> RowScreen {
        RowScreen {
            line,
            title,
            reasons,
            said,
            changes,
            turned: Vec::new(),
            at: 0,
            top: 0,
            height: 1,
            width: WIDTH,
        }
    }

    fn turn(&mut self) {
        let Some(change) = self.changes.get_mut(self.at) else {
            return;
        };
        change.taken = !change.taken;
        match self.turned.iter().position(|key| *key == change.key) {
            Some(place) => _ = self.turned.remove(place),
            None => self.turned.push(change.key.clone()),
        }
    }

    /// Lines above the first change.
    fn reason_lines(&self) -> usize {
        let width = usize::from(self.width - 2);
        self.reasons.iter().map(|reason| wrap(reason, width).len()).sum()
    }

    /// The lines, each with what it is and where its first cell stands.
    fn lines(&self, lang: Lang) -> Vec<(String, String, Role)> {
        let mut lines = Vec::new();
        let width = usize::from(self.width - 2);
        for reason in &self.reasons {
            lines.extend(
                wrap(reason, width)
                    .into_iter()
                    .map(|line| (line, String::new(), Role::Warning)),
            );
        }
        for change in &self.changes {
            let sign = if change.taken { "[x]" } else { "[ ]" };
            let value = match change.taken {
                true => format!("{} → {}", change.before, change.after),
                false => format!("{} ({})", change.before, KEPT.get(lang)),
            };
            let role = if change.taken { Role::Changed } else { Role::Dim };
            lines.push((format!("{sign} {}", change.label), value, role));
        }
        for said in &self.said {
            let role = if said.reasons.is_empty() {
                Role::Text
            } else {
                Role::Warning
            };
            lines.push((said.label.clone(), said.text.clone(), role));
            for reason in &said.reasons {
                let room = width - usize::from(VALUES);
                lines.extend(
                    wrap(reason, room)
                        .into_iter()
                        .map(|line| (String::new(), line, Role::Warning)),
                );
            }
        }
        lines
    }
}

const KEPT: Text = Text::new("giữ nguyên", "kept");

impl Screen for RowScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Import.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let last = match self.changes.len() {
            0 => self.lines(cx.prefs.lang).len().saturating_sub(self.height),
            count => count - 1,
        };
        match input.action() {
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(last),
            Some(Action::PageUp | Action::First) => self.at = 0,
            Some(Action::PageDown | Action::Last) => self.at = last,
            Some(Action::LeaveOut) => self.turn(),
            Some(Action::Open) if !self.changes.is_empty() => self.turn(),
            Some(Action::Back | Action::GoOn | Action::Open) => {
                return vec![Command::Close(Answer::new(Turned {
                    line: self.line,
                    keys: std::mem::take(&mut self.turned),
                }))];
            }
            Some(Action::Help) => return vec![Command::Pass],
            _ => {}
        }
        Vec::new()
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height).max(1);
        self.width = area.width.clamp(VALUES + 10, WIDTH);
        let row = self.at + self.reason_lines();
        self.top = match self.changes.is_empty() {
            true => self.at,
            false => self.top.min(row).max((row + 1).saturating_sub(self.height)),
        };
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let lines = self.lines(canvas.lang);
        let first_change = self.reason_lines();
        for (y, (at, (name, value, role))) in (0u16..).zip(lines.iter().enumerate().skip(self.top).take(self.height)) {
            let whole = value.is_empty();
            let room = if whole { self.width } else { VALUES - 1 };
            canvas.text_in(1, y, room, name, if whole { *role } else { Role::Dim });
            canvas.text_in(VALUES, y, canvas.width().saturating_sub(VALUES), value, *role);
            if !self.changes.is_empty() && at == first_change + self.at {
                canvas.shade(0, y, canvas.width(), Role::Selected);
            }
        }
    }

    fn heading(&self, _: Lang) -> Heading {
        Heading::new(self.title.clone())
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        if !self.changes.is_empty() {
            offers.push(Offer::named(Action::LeaveOut, Text::new("lấy hay giữ", "take or keep")));
        }
        offers.push(Action::Back.into());
        offers
    }

    fn extent(&self) -> Extent {
        Extent::Popup {
            width: WIDTH,
            height: HEIGHT.min(u16::try_from(self.lines(Lang::Vi).len()).unwrap_or(HEIGHT).max(3)),
        }
    }
}
