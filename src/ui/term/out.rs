//! Writing to the terminal with as few bytes as can be: over a serial line or ssh every byte of a key's echo is felt.
//!
//! It remembers where the terminal's cursor is and how it writes, and sends only what must change: a typed letter at the
//! cursor is that letter's bytes and nothing else. A frame goes out in one write.

use crate::ui::term::MouseUse;
use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
use crossterm::execute;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Where `App` draws, with the clipboard that belongs to it.
pub trait Surface: Backend {
    /// Puts text on the system's clipboard, where the terminal can (OSC 52).
    ///
    /// # Errors
    /// The terminal is gone.
    fn copy(&mut self, text: &str) -> Result<(), Self::Error>;

    /// Takes the mouse from the terminal, or gives it back.
    ///
    /// # Errors
    /// The terminal is gone.
    fn listen_to_mouse(&mut self, mouse: MouseUse) -> Result<(), Self::Error>;
}

impl Surface for ratatui::backend::TestBackend {
    fn copy(&mut self, _: &str) -> Result<(), Self::Error> {
        Ok(())
    }

    fn listen_to_mouse(&mut self, _: MouseUse) -> Result<(), Self::Error> {
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// A terminal that understands ANSI sequences, behind `W`.
pub struct Out<W: Write> {
    writer: W,
    frame: Vec<u8>,
    pen: Option<Pen>,
    cursor: Option<Position>,
    shown: Option<bool>,
}

impl<W: Write> Out<W> {
    /// Writes to `writer`; nothing is supposed of the terminal's state.
    pub fn new(writer: W) -> Out<W> {
        Out {
            writer,
            frame: Vec::with_capacity(8192),
            pen: None,
            cursor: None,
            shown: None,
        }
    }

    fn go(&mut self, to: Position) {
        if self.cursor == Some(to) {
            return;
        }
        let same_row = self.cursor.filter(|at| at.y == to.y);
        match same_row {
            // One step back or forth is shorter than saying the place.
            Some(at) if at.x + 1 == to.x => self.frame.extend(b"\x1b[C"),
            Some(at) if at.x == to.x + 1 => self.frame.push(b'\x08'),
            _ => self.frame.extend(format!("\x1b[{};{}H", to.y + 1, to.x + 1).bytes()),
        }
        self.cursor = Some(to);
    }

    fn take_pen(&mut self, pen: Pen) {
        if self.pen == Some(pen) {
            return;
        }
        let mut codes = String::from("\x1b[");
        for (bit, code) in [
            (Modifier::BOLD, ";1"),
            (Modifier::DIM, ";2"),
            (Modifier::ITALIC, ";3"),
            (Modifier::UNDERLINED, ";4"),
            (Modifier::SLOW_BLINK, ";5"),
            (Modifier::REVERSED, ";7"),
            (Modifier::CROSSED_OUT, ";9"),
        ] {
            if pen.modifier.contains(bit) {
                codes.push_str(code);
            }
        }
        color(&mut codes, pen.fg, 30);
        color(&mut codes, pen.bg, 40);
        codes.push('m');
        self.frame.extend(codes.bytes());
        self.pen = Some(pen);
    }
}

/// The codes of a colour: `base` 30 for letters, 40 for the ground.
fn color(codes: &mut String, color: Color, base: u8) {
    use std::fmt::Write as _;
    let named = match color {
        Color::Reset => return,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(n) => {
            let _ = write!(codes, ";{};5;{n}", base + 8);
            return;
        }
        Color::Rgb(r, g, b) => {
            let _ = write!(codes, ";{};2;{r};{g};{b}", base + 8);
            return;
        }
    };
    let _ = write!(codes, ";{}", base + named);
}

impl<W: Write> Backend for Out<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(Position { x, y });
            self.take_pen(Pen {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            });
            let symbol = cell.symbol();
            self.frame.extend(symbol.bytes());
            // Terminals differ in the width of sequences and wide letters, and in what the last column does.
            let single = symbol.chars().count() == 1 && symbol.width() == 1;
            self.cursor = single.then_some(Position { x: x + 1, y });
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(false) {
            self.frame.extend(b"\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.extend(b"\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.frame.extend(b"\x1b[m\x1b[2J");
        self.pen = None;
        self.cursor = None;
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.frame.is_empty() {
            self.writer.write_all(&self.frame)?;
            self.writer.flush()?;
            self.frame.clear();
        }
        Ok(())
    }
}

impl<W: Write> Surface for Out<W> {
    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.frame.extend(b"\x1b]52;c;");
        base64(text.as_bytes(), &mut self.frame);
        self.frame.push(0x07);
        self.flush()
    }

    fn listen_to_mouse(&mut self, mouse: MouseUse) -> io::Result<()> {
        let mut out = io::stdout();
        match mouse {
            MouseUse::On => execute!(out, EnableMouseCapture),
            MouseUse::Off => execute!(out, DisableMouseCapture),
        }
    }
}

/// RFC 4648, as OSC 52 wants it.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for part in bytes.chunks(3) {
        let word = part.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for at in 0..4 {
            out.push(if at <= part.len() {
                LETTERS[(word >> (18 - 6 * at)) as usize & 63]
            } else {
                b'='
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(symbol: &str) -> Cell {
        let mut cell = Cell::default();
        cell.set_symbol(symbol);
        cell
    }

    #[test]
    fn a_letter_at_the_cursor_costs_only_its_own_bytes() {
        let mut out = Out::new(Vec::new());
        let (a, b) = (cell("a"), cell("ế"));
        out.draw([(4, 2, &a)].into_iter()).unwrap();
        out.show_cursor().unwrap();
        out.set_cursor_position((5, 2)).unwrap();
        out.flush().unwrap();
        out.writer.clear();
        out.draw([(5, 2, &b)].into_iter()).unwrap();
        out.show_cursor().unwrap();
        out.set_cursor_position((6, 2)).unwrap();
        out.flush().unwrap();
        assert_eq!(out.writer, "ế".as_bytes());
    }

    #[test]
    fn a_letter_composed_in_place_steps_back_once() {
        let mut out = Out::new(Vec::new());
        let (e, circumflex) = (cell("e"), cell("ê"));
        out.draw([(3, 0, &e)].into_iter()).unwrap();
        out.flush().unwrap();
        out.writer.clear();
        out.draw([(3, 0, &circumflex)].into_iter()).unwrap();
        out.flush().unwrap();
        assert_eq!(out.writer, "\u{8}ê".as_bytes());
    }

    #[test]
    fn behind_a_letter_of_doubtful_width_the_place_is_said_anew() {
        let mut out = Out::new(Vec::new());
        let (odd, a) = (cell("e\u{302}"), cell("a"));
        out.draw([(0, 0, &odd), (1, 0, &a)].into_iter()).unwrap();
        out.flush().unwrap();
        assert!(String::from_utf8(out.writer).unwrap().ends_with("e\u{302}\x1b[1;2Ha"));
    }

    #[test]
    fn the_clipboard_gets_base64() {
        for (text, code) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("Việt", "Vmnhu4d0"),
        ] {
            let mut out = Vec::new();
            base64(text.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), code);
        }
    }
}
