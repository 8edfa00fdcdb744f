//! What stands around a screen: the top line, the bottom line made from the keymap, messages, and the words for a window
//! that is too small.

use crate::domain::text::{Lang, Text};
use crate::ui::canvas::Canvas;
use crate::ui::keymap::show::GAP;
use crate::ui::keymap::{Follows, Hint, Key, Keymap};
use crate::ui::screen::{Heading, Notice, Prefs, Tone, TypingState};
use crate::ui::theme::{Role, Theme};
use crate::vietnamese::number::format_count;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The smallest window in which screens are drawn, in cells across and down.
pub const SMALLEST: (u16, u16) = (60, 20);
/// From this height on a line stands below the top line, and messages have a row of their own.
const ROOMY: u16 = 24;
/// Rows that a message may cover.
const MESSAGE_ROWS: usize = 3;

/// The part of a window that a full screen gets.
pub fn inside(window: Rect) -> Rect {
    let (above, below) = if window.height >= ROOMY { (2, 2) } else { (1, 1) };
    Rect {
        y: window.y + above,
        height: window.height.saturating_sub(above + below),
        ..window
    }
}

/// Whether a window is too small for screens.
pub fn too_small(window: Rect) -> bool {
    window.width < SMALLEST.0 || window.height < SMALLEST.1
}

/// Says that the window is too small, and how large it must be.
pub fn draw_too_small(canvas: &mut Canvas<'_>) {
    let (width, height) = SMALLEST;
    let said = match canvas.lang {
        Lang::Vi => format!(
            "Cửa sổ nhỏ quá ({}×{}). Hãy mở rộng ít nhất {width}×{height}; điều đang gõ vẫn được giữ.",
            canvas.width(),
            canvas.height()
        ),
        Lang::En => format!(
            "The window is too small ({}×{}). Make it at least {width}×{height}; what you typed is kept.",
            canvas.width(),
            canvas.height()
        ),
    };
    for (row, line) in (0..canvas.height()).zip(wrap(&said, usize::from(canvas.width()))) {
        canvas.text(0, row, &line, Role::Text);
    }
}

/// Draws the top line, and the line below it where there is room.
pub fn draw_top(canvas: &mut Canvas<'_>, heading: &Heading, prefs: &Prefs) {
    let mut facts = heading.facts.clone();
    facts.extend(heading.typing.map(|state| typing_word(state, prefs)));
    if !prefs.officer.is_empty() {
        facts.push(prefs.officer.clone());
    }
    let width = canvas.width();
    let title = heading.title.width();
    // The facts give way to the title from their end: typing and officer are known, the title is not.
    while !facts.is_empty() && title + 3 + facts.join(" · ").width() > usize::from(width) {
        facts.pop();
    }
    let end = canvas.text_right(width.saturating_sub(1), 0, &facts.join(" · "), Role::TopLine);
    let room = if facts.is_empty() {
        width.saturating_sub(1)
    } else {
        end.saturating_sub(3)
    };
    canvas.text_in(1, 0, room, &heading.title, Role::Strong);
    if canvas.height() >= ROOMY {
        canvas.rule(0, 1, width);
    }
}

/// The typing method as the top line has it.
fn typing_word(state: TypingState, prefs: &Prefs) -> String {
    const OFF: Text = Text::new("tắt gõ", "typing off");
    const OUTSIDE: Text = Text::new("gõ bằng bộ gõ ngoài", "outside typing");
    match state.under(prefs.typing.state) {
        TypingState::On => prefs.typing.method.label().to_uppercase(),
        TypingState::Off => format!(
            "{} {}",
            prefs.typing.method.label().to_uppercase(),
            Text::new("tắt", "off").get(prefs.lang)
        ),
        TypingState::NotHere => OFF.get(prefs.lang).to_owned(),
        TypingState::SteppedAside => OUTSIDE.get(prefs.lang).to_owned(),
    }
}

/// What the bottom line shows.
pub enum Bottom<'a> {
    /// The keys that work here.
    Hints(Vec<Hint>),
    /// The first keys of a chord, and what may follow.
    Chord(&'a [Key], &'a [(Key, Follows)], &'a Keymap),
    /// Work going on: what, how far (done of total), and the key that stops it, where it can be stopped.
    Gauge(&'a str, (u64, u64), Option<String>),
}

/// The cells that hints take with the signs of a terminal.
pub fn hints_width(hints: &[Hint], theme: &Theme) -> usize {
    let cells = |hint: &Hint| theme.signs.plain(&hint.keys).width() + 1 + hint.label.width() + GAP;
    hints.iter().map(cells).sum::<usize>().saturating_sub(GAP)
}

/// Draws the bottom line into the canvas' last row.
pub fn draw_bottom(canvas: &mut Canvas<'_>, bottom: &Bottom<'_>) {
    let row = canvas.height().saturating_sub(1);
    let width = canvas.width();
    match bottom {
        Bottom::Hints(hints) => {
            let mut x = 1;
            for hint in hints {
                x = canvas.text(x, row, &hint.keys, Role::Key);
                x = canvas.text(x + 1, row, hint.label, Role::BottomLine) + GAP as u16;
            }
        }
        Bottom::Chord(pressed, follows, keymap) => {
            let mut x = canvas.text(
                1,
                row,
                &format!("{} …", crate::ui::keymap::key::shown(pressed)),
                Role::Key,
            ) + GAP as u16;
            for (key, label) in keymap.continuation(follows, canvas.lang) {
                if usize::from(x) + key.width() + 1 + label.width() > usize::from(width) {
                    break;
                }
                x = canvas.text(x, row, &key, Role::Key);
                x = canvas.text(x + 1, row, label, Role::BottomLine) + GAP as u16;
            }
        }
        Bottom::Gauge(title, (done, total), stop) => {
            let x = canvas.text(1, row, title, Role::BottomLine);
            let x = canvas.text(x + 1, row, &so_far(*done, *total, canvas.lang), Role::Strong);
            if let Some(stop) = stop {
                let stop_word = Text::new("dừng", "stop").get(canvas.lang);
                let x = canvas.text(x + GAP as u16, row, stop, Role::Key);
                canvas.text(x + 1, row, stop_word, Role::BottomLine);
            }
        }
    }
}

/// From so many on it is bytes that are done, which say nothing to anybody.
const COUNTED: u64 = 1_000_000;

/// What is done and what is left.
fn so_far(done: u64, total: u64, lang: Lang) -> String {
    let count = |number: u64| format_count(i64::try_from(number).unwrap_or(i64::MAX));
    match total {
        0 if done == 0 => "…".to_owned(),
        0 => count(done),
        COUNTED.. => format!("{}%", done.saturating_mul(100) / total),
        _ => {
            let left = Text::new("còn", "left").get(lang);
            let percent = done.saturating_mul(100) / total;
            format!(
                "{percent}% · {}, {left} {}",
                count(done),
                count(total.saturating_sub(done))
            )
        }
    }
}

/// The rows of a message in a window of a width, up to three.
fn notice_lines(notice: &Notice, theme: &Theme, lang: Lang, width: u16) -> Vec<String> {
    let sign = match notice.tone {
        Tone::Good => theme.signs.done,
        Tone::Warning | Tone::Bad => theme.signs.alert,
    };
    let said = format!("{sign} {}", notice.said.get(lang));
    let mut lines = wrap(&said, usize::from(width.saturating_sub(2)));
    if lines.len() > MESSAGE_ROWS {
        lines.truncate(MESSAGE_ROWS);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    lines
}

/// The part of a window that a screen gets whose lowest rows must be seen while a message stands there too.
pub fn above_notice(window: Rect, notice: &Notice, theme: &Theme, lang: Lang) -> Rect {
    let inside = inside(window);
    let rows = notice_lines(notice, theme, lang, window.width).len() as u16;
    let end = window.bottom().saturating_sub(1 + rows);
    Rect {
        height: inside.height.min(end.saturating_sub(inside.y)),
        ..inside
    }
}

/// Draws a message above the bottom line, on as many rows as it needs, up to three.
pub fn draw_notice(canvas: &mut Canvas<'_>, notice: &Notice) {
    let role = match notice.tone {
        Tone::Good => Role::Good,
        Tone::Warning => Role::Warning,
        Tone::Bad => Role::Error,
    };
    let lines = notice_lines(notice, canvas.theme, canvas.lang, canvas.width());
    let first = canvas.height().saturating_sub(1 + lines.len() as u16);
    for (row, line) in (first..).zip(&lines) {
        let width = canvas.width();
        canvas.within(Rect::new(0, row, width, 1), |part| {
            part.clear();
            part.text_in(1, 0, width.saturating_sub(2), line, role);
        });
    }
}

/// Breaks text into lines of at most `width` cells between words; a longer word stands in a line of its own, uncut.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_says_what_is_done_and_left_of_rows_and_the_share_of_bytes() {
        assert_eq!(so_far(5_100, 10_000, Lang::Vi), "51% · 5.100, còn 4.900");
        assert_eq!(so_far(2_000_000, 8_000_000, Lang::Vi), "25%");
        assert_eq!(
            (so_far(0, 0, Lang::Vi), so_far(40, 0, Lang::Vi)),
            ("…".into(), "40".into())
        );
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("Hội Liên hiệp Phụ nữ", 9), ["Hội Liên", "hiệp Phụ", "nữ"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("a\nb", 5), ["a", "b"]);
        assert_eq!(wrap("dàiquákhôngcắt x", 4), ["dàiquákhôngcắt", "x"]);
    }
}
