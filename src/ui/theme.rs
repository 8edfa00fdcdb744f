//! Colours and signs for whatever terminal there is.
//!
//! A screen names roles, never colours, and every state also has a sign or a word: in monochrome, under `NO_COLOR` and
//! on paper nothing is lost. Signs have a form for the Linux console's small font, and one in ASCII.

use ratatui::style::{Color, Modifier, Style};
use std::borrow::Cow;

/// What a piece of the screen is, as far as its look goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    Text,
    /// Less important: labels beside values, yesterday's figures, placeholders.
    Dim,
    /// The name the eye shall find first.
    Strong,
    /// Headings of parts and columns.
    Heading,
    /// The row or choice under the cursor.
    Selected,
    /// The field that has the cursor.
    Focus,
    /// Text selected in a field.
    Selection,
    /// Rows marked by the officer.
    Marked,
    /// All is well.
    Good,
    /// To mind.
    Warning,
    /// Wrong.
    Error,
    /// Changed against last time.
    Changed,
    /// A suggestion behind the cursor.
    Suggestion,
    /// The top line.
    TopLine,
    /// The bottom line.
    BottomLine,
    /// A key in the bottom line and in help.
    Key,
    /// Lines and frames.
    Border,
    /// The full part of a bar.
    Bar,
}

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None, or none wanted: bold, underlined and reversed only.
    Mono,
    /// The sixteen.
    Sixteen,
    /// 256.
    Indexed,
    /// Any.
    True,
}

/// What the officer chose the colours to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
    /// As much contrast as there is.
    HighContrast,
}

impl Palette {
    /// All of them.
    pub const ALL: [Palette; 3] = [Palette::Dark, Palette::Light, Palette::HighContrast];

    /// The name in settings.
    pub const fn id(self) -> &'static str {
        match self {
            Palette::Dark => "dark",
            Palette::Light => "light",
            Palette::HighContrast => "high-contrast",
        }
    }

    /// The palette of this name.
    pub fn by_name(id: &str) -> Option<Palette> {
        Palette::ALL.into_iter().find(|palette| palette.id() == id)
    }
}

/// Which signs the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// All of them.
    Unicode,
    /// The Linux console's 512 glyphs: letters, lines and a few blocks.
    Console,
    /// ASCII signs and lines; letters stay Vietnamese.
    Ascii,
}

/// The signs and lines of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Which set it is.
    pub charset: Charset,
    /// A line across.
    pub horizontal: &'static str,
    /// A line down.
    pub vertical: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// The row under the cursor.
    pub pointer: &'static str,
    /// A marked row.
    pub mark: &'static str,
    /// Yes, present.
    pub yes: &'static str,
    /// Something went well.
    pub done: &'static str,
    /// No, absent.
    pub no: &'static str,
    /// Wrong or to mind.
    pub alert: &'static str,
    /// To come.
    pub open: &'static str,
    /// A draft.
    pub draft: &'static str,
    /// Stopped for a time.
    pub paused: &'static str,
    /// An OCOP star.
    pub star: &'static str,
    /// Sorted upwards, downwards.
    pub sorted: [&'static str; 2],
    /// More above, more below.
    pub more: [&'static str; 2],
    /// Changed against last time.
    pub changed: &'static str,
    /// A bar: empty, full, then eighths from one to seven.
    pub bar: [&'static str; 9],
    /// A trend, from lowest to highest.
    pub spark: [&'static str; 8],
    /// Nothing there.
    pub none: &'static str,
}

const UNICODE: Signs = Signs {
    charset: Charset::Unicode,
    horizontal: "─",
    vertical: "│",
    corners: ["┌", "┐", "└", "┘"],
    ellipsis: "…",
    pointer: "▶",
    mark: "●",
    yes: "✓",
    done: "✓",
    no: "·",
    alert: "!",
    open: "○",
    draft: "~",
    paused: "‖",
    star: "★",
    sorted: ["▲", "▼"],
    more: ["↑", "↓"],
    changed: "‹",
    bar: ["·", "█", "▏", "▎", "▍", "▌", "▋", "▊", "▉"],
    spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    none: "–",
};

/// What every 512-glyph font with the Vietnamese letters has (the `Vietnamese-*16` and wider ones of console-setup).
const CONSOLE: Signs = Signs {
    charset: Charset::Console,
    yes: "x",
    done: "●",
    open: "o",
    paused: "=",
    star: "*",
    bar: ["·", "█", "·", "·", "·", "█", "█", "█", "█"],
    spark: ["_", "_", ".", ".", "-", "-", "█", "█"],
    ..UNICODE
};

const ASCII: Signs = Signs {
    charset: Charset::Ascii,
    horizontal: "-",
    vertical: "|",
    corners: ["+", "+", "+", "+"],
    ellipsis: "..",
    pointer: ">",
    mark: "*",
    done: "*",
    no: ".",
    sorted: ["^", "v"],
    more: ["^", "v"],
    changed: "<",
    bar: [".", "#", ".", ".", ".", "#", "#", "#", "#"],
    spark: ["_", "_", ".", ".", "-", "-", "=", "="],
    none: "-",
    ..CONSOLE
};

impl Signs {
    /// The signs of a character set.
    pub const fn of(charset: Charset) -> Signs {
        match charset {
            Charset::Unicode => UNICODE,
            Charset::Console => CONSOLE,
            Charset::Ascii => ASCII,
        }
    }

    /// Text with the signs that this terminal lacks written with others.
    pub fn plain<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.charset == Charset::Unicode || text.is_ascii() {
            return text.into();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let other = in_console(c).or_else(|| in_ascii(c).filter(|_| self.charset == Charset::Ascii));
            match other {
                Some(other) => out.push_str(other),
                None => out.push(c),
            }
        }
        out.into()
    }
}

/// What the small font writes for a sign that it lacks.
const fn in_console(c: char) -> Option<&'static str> {
    Some(match c {
        // In a sentence; a mark in a list of its own is `Signs::yes`.
        '✓' => "v",
        '★' => "*",
        '○' => "o",
        '‖' => "=",
        '⌫' => "Backspace",
        _ => return None,
    })
}

/// What ASCII writes for a sign of the small font.
const fn in_ascii(c: char) -> Option<&'static str> {
    Some(match c {
        '…' => "..",
        '▶' | '›' => ">",
        '‹' => "<",
        '●' => "*",
        '▲' => "^",
        '▼' => "v",
        '█' => "#",
        '│' => "|",
        '–' | '—' | '·' => "-",
        '↑' => "Up",
        '↓' => "Down",
        '←' => "<-",
        '→' => "->",
        '“' | '”' => "\"",
        '’' | '‘' => "'",
        _ => return None,
    })
}

/// The look of one terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// How many colours.
    pub depth: Depth,
    /// Which colours.
    pub palette: Palette,
    /// Signs and lines.
    pub signs: Signs,
}

impl Theme {
    /// A theme for a terminal.
    pub const fn new(depth: Depth, palette: Palette, charset: Charset) -> Theme {
        Theme {
            depth,
            palette,
            signs: Signs::of(charset),
        }
    }

    /// Without colours, with all signs: for tests and previews.
    pub const fn plain() -> Theme {
        Theme::new(Depth::Mono, Palette::Dark, Charset::Unicode)
    }

    /// What a cell is painted with before anything stands in it: nothing, so that the terminal's own background is seen;
    /// of high contrast black, for yellow keys could not be read on the white of a light terminal.
    pub fn base(&self) -> Style {
        match (self.palette, self.depth) {
            (_, Depth::Mono) => Style::new(),
            (Palette::HighContrast, _) => Style::new().fg(Color::White).bg(Color::Black),
            _ => Style::new(),
        }
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        let style = mono(role);
        if self.depth == Depth::Mono {
            return style;
        }
        match self.palette {
            Palette::HighContrast => high_contrast(role, style),
            palette => match self.depth {
                Depth::Sixteen => sixteen(role, palette, style),
                _ => rich(role, palette, style),
            },
        }
    }
}

/// By attributes alone.
fn mono(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Strong | Role::Heading | Role::Error | Role::Warning | Role::Key => style.add_modifier(Modifier::BOLD),
        Role::Selected | Role::Selection => style.add_modifier(Modifier::REVERSED),
        Role::Focus => style.add_modifier(Modifier::UNDERLINED),
        Role::Dim | Role::Suggestion => style.add_modifier(Modifier::DIM),
        Role::Text
        | Role::Marked
        | Role::Good
        | Role::Changed
        | Role::TopLine
        | Role::BottomLine
        | Role::Border
        | Role::Bar => style,
    }
}

/// The sixteen colours, which every user can set: plain names, so that their own scheme holds.
fn sixteen(role: Role, palette: Palette, style: Style) -> Style {
    let light = palette == Palette::Light;
    let pick = |dark, bright| if light { dark } else { bright };
    match role {
        Role::Heading | Role::Bar => style.fg(pick(Color::Blue, Color::LightCyan)),
        Role::Key => style.fg(pick(Color::Blue, Color::LightYellow)),
        Role::Good => style.fg(pick(Color::Green, Color::LightGreen)),
        Role::Warning | Role::Changed => style.fg(pick(Color::Magenta, Color::LightYellow)),
        Role::Error => style.fg(pick(Color::Red, Color::LightRed)),
        Role::Dim | Role::Suggestion | Role::Border => style
            .remove_modifier(Modifier::DIM)
            .fg(pick(Color::DarkGray, Color::Gray)),
        Role::Marked => style.fg(pick(Color::Blue, Color::LightYellow)),
        _ => style,
    }
}

/// The fixed part of 256 colours, where contrast is known: every pair here has at least 4.5 to 1 on black or white.
fn rich(role: Role, palette: Palette, style: Style) -> Style {
    let light = palette == Palette::Light;
    let pick = |dark: u8, bright: u8| Color::Indexed(if light { dark } else { bright });
    match role {
        Role::Heading | Role::Bar => style.fg(pick(24, 116)),
        Role::Key | Role::Marked => style.fg(pick(25, 222)),
        Role::Good => style.fg(pick(22, 114)),
        Role::Warning | Role::Changed => style.fg(pick(94, 221)),
        Role::Error => style.fg(pick(124, 210)),
        Role::Dim | Role::Suggestion => style.remove_modifier(Modifier::DIM).fg(pick(241, 248)),
        Role::Border => style.fg(pick(241, 244)),
        _ => style,
    }
}

/// Nothing dim, nothing between: bold and bright.
fn high_contrast(role: Role, style: Style) -> Style {
    let style = style.remove_modifier(Modifier::DIM);
    match role {
        Role::Error => style.fg(Color::LightRed),
        Role::Warning | Role::Key | Role::Changed => style.fg(Color::LightYellow),
        Role::Focus => style.add_modifier(Modifier::BOLD),
        Role::Suggestion => style.fg(Color::LightCyan),
        _ => style,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn without_colour_no_role_sets_one() {
        let theme = Theme::plain();
        for role in [
            Role::Error,
            Role::Good,
            Role::Key,
            Role::Bar,
            Role::Selected,
            Role::Suggestion,
        ] {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn what_the_cursor_is_on_is_seen_without_colour() {
        for palette in Palette::ALL {
            for depth in [Depth::Mono, Depth::Sixteen, Depth::Indexed, Depth::True] {
                let theme = Theme::new(depth, palette, Charset::Unicode);
                for role in [Role::Selected, Role::Focus, Role::Selection] {
                    assert!(
                        !theme.style(role).add_modifier.is_empty(),
                        "{role:?} {palette:?} {depth:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn high_contrast_paints_its_own_background_under_all_that_is_drawn() {
        use crate::ui::canvas::Canvas;
        use ratatui::buffer::Buffer;
        use ratatui::layout::Rect;
        let theme = Theme::new(Depth::Indexed, Palette::HighContrast, Charset::Unicode);
        let area = Rect::new(0, 0, 12, 6);
        let mut buffer = Buffer::empty(area);
        buffer.set_style(area, theme.base());
        let mut canvas = Canvas::new(&mut buffer, area, &theme, crate::domain::text::Lang::Vi);
        canvas.clear();
        canvas.text(0, 0, "khóa", Role::Key);
        canvas.text(0, 1, "dòng", Role::Dim);
        canvas.shade(0, 1, 12, Role::Selected);
        crate::ui::widget::popup::frame(&mut buffer, area, (4, 2), "Hỏi", &theme);
        for cell in &buffer.content {
            assert_eq!(cell.bg, Color::Black, "{cell:?}");
            assert_ne!(cell.fg, Color::Reset, "{cell:?}");
        }
        let usual = Theme::new(Depth::Indexed, Palette::Light, Charset::Unicode);
        assert_eq!(usual.base(), Style::new());
    }

    #[test]
    fn the_consoles_small_font_keeps_lines_and_arrows_and_has_words_for_the_rest() {
        let signs = Signs::of(Charset::Console);
        assert_eq!(signs.plain("▶ Gian 1 → 2 ✓ ★★ ⌫…"), "▶ Gian 1 → 2 v ** Backspace…");
        for sign in signs.bar.iter().chain(&signs.spark) {
            assert_eq!(sign.width(), 1);
        }
    }

    #[test]
    fn ascii_signs_are_ascii_but_letters_stay() {
        let signs = Signs::of(Charset::Ascii);
        assert_eq!(signs.plain("▶ Tuần 21 · ↑ lên…"), "> Tuần 21 - Up lên..");
        for sign in [
            signs.horizontal,
            signs.vertical,
            signs.pointer,
            signs.mark,
            signs.yes,
            signs.done,
            signs.star,
            signs.paused,
            signs.none,
        ] {
            assert!(sign.is_ascii());
        }
        for sign in signs
            .corners
            .iter()
            .chain(&signs.bar)
            .chain(&signs.spark)
            .chain(&signs.sorted)
        {
            assert!(sign.is_ascii() && sign.width() == 1);
        }
    }
}
