//! A column of lines that is read and chosen from: some lines are stops for the cursor, the others are headings and
//! space. What a line looks like is its owner's affair; the roll knows where the cursor is and what is in sight.

use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::screen::{Input, Mouse, MouseAct};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// Whether the cursor may stand on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// It may: Enter opens what the line is about.
    Stop,
    /// It is only read.
    #[default]
    Plain,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not for the roll.
    Pass,
    /// The cursor moved, or the lines went by.
    Moved,
    /// The line under the cursor is to be opened.
    Open(usize),
}

/// Where the cursor of a column of lines stands, and what of it is in sight.
#[derive(Clone, Debug, Default)]
pub struct Roll {
    lines: Vec<Line>,
    at: usize,
    top: usize,
    area: Rect,
}

impl Roll {
    /// A roll of these lines, the cursor on the first stop.
    pub fn new(lines: Vec<Line>) -> Roll {
        let mut roll = Roll::default();
        roll.set_lines(lines);
        roll
    }

    /// Other lines; the cursor stays near where it was.
    pub fn set_lines(&mut self, lines: Vec<Line>) {
        self.lines = lines;
        self.at = self.nearest_stop(self.at).unwrap_or(0);
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line under the cursor; none where no line is a stop.
    pub fn at(&self) -> Option<usize> {
        (self.lines.get(self.at) == Some(&Line::Stop)).then_some(self.at)
    }

    /// Puts the cursor on a line, or on the stop nearest to it.
    pub fn go(&mut self, line: usize) {
        self.at = self.nearest_stop(line).unwrap_or(0);
        self.show_cursor();
    }

    /// The lines in sight.
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        self.top..(self.top + usize::from(self.area.height)).min(self.lines.len())
    }

    fn nearest_stop(&self, line: usize) -> Option<usize> {
        let is_stop = |at: &usize| self.lines.get(*at) == Some(&Line::Stop);
        let after = (line..self.lines.len()).find(is_stop);
        after.or_else(|| (0..line.min(self.lines.len())).rev().find(is_stop))
    }

    /// Takes an input.
    pub fn update(&mut self, input: &Input) -> Outcome {
        match input {
            Input::Key {
                action: Some(action), ..
            } => self.act(*action),
            Input::Mouse(mouse) => self.mouse(*mouse),
            _ => Outcome::Pass,
        }
    }

    fn act(&mut self, action: Action) -> Outcome {
        let page = usize::from(self.area.height).saturating_sub(1).max(1);
        match action {
            Action::Up => self.step_back(),
            Action::Down => self.step_on(),
            Action::PageUp => self.turn(-(page as isize)),
            Action::PageDown => self.turn(page as isize),
            Action::First => self.turn(-(self.lines.len() as isize)),
            Action::Last => self.turn(self.lines.len() as isize),
            Action::Open | Action::Accept => return self.at().map_or(Outcome::Pass, Outcome::Open),
            _ => return Outcome::Pass,
        }
        Outcome::Moved
    }

    /// To the stop above if it is near, else the lines go by one.
    fn step_back(&mut self) {
        let before = (0..self.at.min(self.lines.len())).rev();
        let stop = before.into_iter().find(|at| self.lines[*at] == Line::Stop);
        match stop {
            Some(stop) if self.at().is_some() && stop + usize::from(self.area.height) > self.at => {
                self.at = stop;
                self.show_cursor();
            }
            _ => self.top = self.top.saturating_sub(1),
        }
    }

    /// To the stop below if it is near, else the lines go by one.
    fn step_on(&mut self) {
        let stop = (self.at + 1..self.lines.len()).find(|at| self.lines[*at] == Line::Stop);
        match stop {
            Some(stop) if self.at().is_some() && stop < self.at + usize::from(self.area.height).max(1) => {
                self.at = stop;
                self.show_cursor();
            }
            _ => self.top = (self.top + 1).min(self.last_top()),
        }
    }

    fn turn(&mut self, by: isize) {
        let last = self.lines.len().saturating_sub(1);
        let to = self.at.saturating_add_signed(by).min(last);
        self.top = self.top.saturating_add_signed(by).min(self.last_top());
        if self.at().is_some() {
            self.at = self.nearest_stop(to).unwrap_or(0);
            self.show_cursor();
        }
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(usize::from(self.area.height))
    }

    /// Brings the cursor into sight, with the headings right above it and a line below it where there is room.
    fn show_cursor(&mut self) {
        if self.at().is_none() {
            return;
        }
        let height = usize::from(self.area.height).max(1);
        let headed = (0..self.at)
            .rev()
            .take_while(|at| self.lines[*at] == Line::Plain)
            .count();
        let first = self.at - headed.min(height - 1);
        if first < self.top {
            self.top = first;
        } else {
            let below = usize::from(height > 3 && self.at + 1 < self.lines.len());
            self.top = self.top.max((self.at + 1 + below).saturating_sub(height));
        }
    }

    fn mouse(&mut self, mouse: Mouse) -> Outcome {
        match mouse.what {
            MouseAct::WheelUp => self.act(Action::Up),
            MouseAct::WheelDown => self.act(Action::Down),
            MouseAct::Click => {
                let line = self.top + usize::from(mouse.y.saturating_sub(self.area.y));
                let inside = self.area.contains((mouse.x, mouse.y).into());
                if !inside || self.lines.get(line) != Some(&Line::Stop) {
                    return Outcome::Pass;
                }
                // A click on the line under the cursor opens it.
                let again = line == self.at;
                self.at = line;
                if again { Outcome::Open(line) } else { Outcome::Moved }
            }
        }
    }

    /// Gets to know its room, in cells of the window.
    pub fn layout(&mut self, area: Rect) {
        self.area = area;
        self.top = self.top.min(self.last_top());
        self.show_cursor();
    }

    /// Draws the lines in sight on a canvas of the area laid out, each by `draw`, which gets a canvas of one row and the
    /// line's number. The first column is left to the pointer.
    pub fn draw(&self, canvas: &mut Canvas<'_>, cursor: Cursor, mut draw: impl FnMut(&mut Canvas<'_>, usize)) {
        let (width, height) = (canvas.width(), canvas.height());
        for (row, line) in (0u16..).zip(self.in_sight()) {
            canvas.within(Rect::new(1, row, width.saturating_sub(1), 1), |part| draw(part, line));
            if cursor == Cursor::Shown && self.at() == Some(line) {
                let pointer = canvas.theme.signs.pointer;
                canvas.text(0, row, pointer, Role::Text);
                canvas.shade(0, row, width, Role::Selected);
            }
        }
        let signs = canvas.theme.signs;
        let edge = width.saturating_sub(1);
        if self.top > 0 {
            canvas.text(edge, 0, signs.more[0], Role::Dim);
        }
        if self.in_sight().end < self.lines.len() {
            canvas.text(edge, height.saturating_sub(1), signs.more[1], Role::Dim);
        }
    }
}

/// Whether the line under the cursor is marked: of several rolls side by side only one has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// This roll has the keys.
    Shown,
    /// Another one has them.
    Hidden,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::{Code, Key};

    fn roll(pattern: &str, height: u16) -> Roll {
        let line = |c| if c == 's' { Line::Stop } else { Line::Plain };
        let mut roll = Roll::new(pattern.chars().map(line).collect());
        roll.layout(Rect::new(0, 0, 20, height));
        roll
    }

    fn press(roll: &mut Roll, action: Action) -> Outcome {
        roll.update(&Input::Key {
            key: Key::plain(Code::F(5)),
            action: Some(action),
        })
    }

    #[test]
    fn the_cursor_goes_from_stop_to_stop_and_takes_its_heading_along() {
        let mut roll = roll("-s-ss--s", 4);
        assert_eq!((roll.at(), roll.top), (Some(1), 0));
        for (action, at, top) in [
            (Action::Down, 3, 1),
            (Action::Down, 4, 2),
            (Action::Down, 7, 4),
            (Action::Down, 7, 4),
            (Action::First, 1, 0),
            (Action::Last, 7, 4),
            (Action::Up, 4, 4),
            (Action::Up, 3, 2),
            (Action::Up, 1, 0),
            (Action::Up, 1, 0),
        ] {
            assert_eq!(press(&mut roll, action), Outcome::Moved);
            assert_eq!((roll.at(), roll.top), (Some(at), top), "{action:?}");
        }
        assert_eq!(press(&mut roll, Action::Open), Outcome::Open(1));
    }

    #[test]
    fn lines_without_stops_go_by() {
        let mut roll = roll("-----", 3);
        press(&mut roll, Action::Down);
        press(&mut roll, Action::Down);
        press(&mut roll, Action::Down);
        assert_eq!((roll.at(), roll.in_sight()), (None, 2..5));
        assert_eq!(press(&mut roll, Action::Open), Outcome::Pass);
        press(&mut roll, Action::Up);
        assert_eq!(roll.in_sight(), 1..4);
    }

    #[test]
    fn a_long_text_between_two_stops_is_not_jumped_over() {
        let mut roll = roll("s---------s", 3);
        press(&mut roll, Action::Down);
        assert_eq!((roll.at(), roll.in_sight()), (Some(0), 1..4));
    }

    #[test]
    fn fewer_lines_and_no_room_do_not_matter() {
        let mut roll = roll("ssss", 2);
        roll.go(3);
        roll.set_lines(vec![Line::Plain, Line::Stop]);
        assert_eq!(roll.at(), Some(1));
        roll.set_lines(Vec::new());
        for action in [Action::Down, Action::Up, Action::Last, Action::PageUp, Action::Open] {
            press(&mut roll, action);
        }
        roll.layout(Rect::default());
        roll.set_lines(vec![Line::Stop; 3]);
        for action in [Action::Down, Action::Last, Action::Up] {
            press(&mut roll, action);
        }
        assert!(roll.at().is_some());
    }
}
