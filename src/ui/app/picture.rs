//! What is drawn: the screens in sight, and around them the top line, the message and the bottom line.

use super::App;
use super::opening::OPENING;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::{self, Bottom};
use crate::ui::keymap::Context;
use crate::ui::term::out::Surface;

impl<B: Surface> App<B> {
    /// Draws what is seen; only what changed is sent.
    ///
    /// # Errors
    /// The terminal can no longer be written to.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        let App {
            terminal,
            stack,
            around,
            chord,
            running,
            opening,
            now,
            ..
        } = self;
        let (theme, lang, keymap) = (&around.chosen.theme, around.chosen.prefs.lang, &around.chosen.keymap);
        terminal.draw(|frame| {
            let window = frame.area();
            let buffer = frame.buffer_mut();
            buffer.set_style(window, theme.base());
            if chrome::too_small(window) {
                chrome::draw_too_small(&mut Canvas::new(buffer, window, theme, lang));
                return;
            }
            // The grids' line and what they add up to stand at the bottom: a long message covers none of it.
            let grid = [Context::Attendance, Context::Booths];
            let inside = match around.told.shown() {
                Some(notice) if stack.top().contexts().iter().any(|context| grid.contains(context)) => {
                    chrome::above_notice(window, notice, theme, lang)
                }
                _ => chrome::inside(window),
            };
            let cursor = stack.draw(buffer, inside, theme, lang);
            let mut canvas = Canvas::new(buffer, window, theme, lang);
            chrome::draw_top(&mut canvas, &stack.seen().heading(lang), &around.chosen.prefs);
            if let Some(notice) = around.told.shown() {
                chrome::draw_notice(&mut canvas, notice);
            }
            let contexts = stack.top().contexts();
            let slow = opening.as_ref().and_then(|opening| opening.told(now()));
            let bottom = match (running, slow) {
                _ if !chord.pressed.is_empty() => Bottom::Chord(&chord.pressed, &chord.follows, keymap),
                (Some(running), _) => {
                    let stop = keymap.key_for(contexts, Action::Back).unwrap_or_default();
                    Bottom::Gauge(running.title.get(lang), running.progress.reported(), Some(stop))
                }
                (None, Some(far)) => Bottom::Gauge(OPENING.get(lang), far, None),
                (None, None) => {
                    let width = usize::from(window.width.saturating_sub(2));
                    let hints = |room| keymap.hints(contexts, &stack.top().offers(), room, lang);
                    // Keys that are written with more letters here ("Down" for an arrow) leave room for fewer.
                    let mut shown = hints(width);
                    let more = chrome::hints_width(&shown, theme).saturating_sub(width);
                    if more > 0 {
                        shown = hints(width - more.min(width));
                    }
                    Bottom::Hints(shown)
                }
            };
            chrome::draw_bottom(&mut canvas, &bottom);
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
    }
}
