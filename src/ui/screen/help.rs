//! Help, made from the keymap in force: the keys of the screen it was asked on first, then those that work everywhere,
//! then the words that cannot be typed as they are. It cannot say anything that the keys do not do.

use crate::domain::text::{Lang, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::chrome::wrap;
use crate::ui::keymap::show::HelpRow;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Screen, TypingState};
use crate::ui::theme::Role;
use crate::ui::widget::roll::{Cursor, Line, Outcome, Roll};
use crate::vietnamese::typing::{HardWord, hard_words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

const TITLE: Text = Text::new("Trợ giúp", "Help");
const BEGIN: [Text; 2] = [
    Text::new(
        "Enter ở một dòng là làm ngay việc ấy. Gõ tên việc cần tìm: mở bảng lệnh.",
        "Enter on a line does it at once. To find something by name, open the commands.",
    ),
    Text::new(
        "Điều đang gõ không bao giờ mất: Esc, mất điện hay tắt cửa sổ đều còn bản nháp.",
        "What you type is never lost: Esc, a power cut or a closed window leave a draft.",
    ),
];
const HARD: Text = Text::new(
    "Từ nước ngoài trùng cách gõ tiếng Việt: gõ thế này",
    "Foreign words typed like Vietnamese ones: type them so",
);
const TYPING_OFF: Text = Text::new(
    "Bộ gõ đang tắt: mọi từ gõ ra đúng như phím.",
    "Typing is off: every word comes as its keys.",
);

const OWN_FIELDS: Text = Text::new("Trường riêng của cơ quan", "The office's own fields");
const OWN_FIELDS_SAID: [Text; 4] = [
    Text::new(
        "Đặt tệp own-fields.toml trong thư mục dữ liệu rồi mở lại chương trình. Mỗi trường một đoạn:",
        "Put a file own-fields.toml into the data folder and start the program again. A part for each field:",
    ),
    Text::new(
        "Thêm được: label_en, hint (lời nhắc), required = true (bắt buộc), personal = true (riêng tư), sticky = true (giữ cho phiếu sau), min, max (ngoài khoảng thì nhắc), max_length, list = \"htx_status\" (danh mục có sẵn, thay codes).",
        "More: label_en, hint, required = true, personal = true, sticky = true (kept for the next record), min, max (a doubt outside), max_length, list = \"htx_status\" (a built-in list instead of codes).",
    ),
    Text::new(
        "Kiểu (type): text, lines, number, money, decimal, year, date, yes-no, phone, choice, choices.",
        "Types: text, lines, number, money, decimal, year, date, yes-no, phone, choice, choices.",
    ),
    Text::new(
        "Trường riêng có trong phiếu, bảng, tệp xuất và nhập. Tệp sai thì chương trình báo dòng sai và chạy với các trường có sẵn.",
        "Own fields stand in form, table, export and import. If the file is wrong the program names the line and goes on with the built-in fields.",
    ),
];
/// The file's form, shown as it is written.
const OWN_FIELDS_SAMPLE: [Text; 6] = [
    same("[[field]]"),
    same("kind = \"cooperative\""),
    same("key = \"zalo\""),
    same("label = \"Nhóm Zalo\""),
    same("type = \"choice\""),
    same("codes = [\"CO = Có dùng\", \"KHONG = Không dùng\"]"),
];

const fn same(text: &'static str) -> Text {
    Text::new(text, text)
}

/// One part of help.
enum Row {
    /// An introducing sentence.
    Said(Text),
    /// A line of a file, as it is written.
    Sample(Text),
    /// The heading of a part.
    Title(Text),
    /// An action and its keys.
    Does(Action, Vec<String>),
    /// Words, each with the keys that give it.
    Words(Vec<HardWord>),
    /// A space.
    Blank,
}

/// One line of the window: the part it shows, and its piece of a sentence too long for one.
struct Shown {
    row: usize,
    place: Place,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Further,
}

/// The help over a screen.
pub struct Help {
    rows: Vec<Row>,
    lines: Vec<Shown>,
    /// The width of the column of keys, in cells.
    keys: u16,
    lang: Lang,
    width: u16,
    roll: Roll,
}

/// Hard words that stand in one line.
const WORDS_A_LINE: usize = 3;
/// The widest column of keys, in cells.
const WIDEST: u16 = 24;

impl Help {
    /// For the screen that has the keys.
    pub fn new(cx: &Cx<'_>) -> Help {
        let mut rows: Vec<Row> = BEGIN.into_iter().map(Row::Said).collect();
        let help = cx.keymap.help(cx.contexts);
        for context in cx.contexts {
            let part: Vec<&HelpRow> = help.iter().filter(|row| row.context == *context).collect();
            if part.is_empty() {
                continue;
            }
            rows.extend([Row::Blank, Row::Title(context.title())]);
            rows.extend(part.into_iter().map(|row| Row::Does(row.action, row.keys.clone())));
        }
        rows.push(Row::Blank);
        rows.extend(typing_rows(cx));
        if cx.contexts.contains(&Context::Settings) {
            rows.extend(own_field_rows());
        }
        let keys = rows.iter().map(|row| match row {
            Row::Does(_, keys) => u16::try_from(shown(keys).width()).unwrap_or(WIDEST),
            _ => 0,
        });
        let keys = keys.max().unwrap_or(0).min(WIDEST);
        Help {
            rows,
            lines: Vec::new(),
            keys,
            lang: cx.prefs.lang,
            width: 0,
            roll: Roll::default(),
        }
    }

    /// Breaks sentences into lines of the window's width.
    fn arrange(&mut self) {
        if self.width == 0 {
            return;
        }
        let here = self.roll.at().map(|line| self.lines[line].row);
        let room = |indent: u16| usize::from(self.width.saturating_sub(indent + 2)).max(12);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let pieces = match row {
                Row::Said(text) | Row::Title(text) => wrap(text.get(self.lang), room(1)),
                Row::Does(action, _) => wrap(action.doc().get(self.lang), room(self.keys + 3)),
                Row::Sample(text) => vec![text.get(self.lang).to_owned()],
                Row::Words(_) | Row::Blank => vec![String::new()],
            };
            let places = std::iter::once(Place::First).chain(std::iter::repeat(Place::Further));
            let shown = |(text, place)| Shown { row: at, place, text };
            lines.extend(pieces.into_iter().zip(places).map(shown));
        }
        let stop = |line: &Shown| match self.rows[line.row] {
            Row::Does(..) if line.place == Place::First => Line::Stop,
            _ => Line::Plain,
        };
        self.roll.set_lines(lines.iter().map(stop).collect());
        if let Some(line) = here.and_then(|row| lines.iter().position(|line| line.row == row)) {
            self.roll.go(line);
        }
        self.lines = lines;
    }

    fn draw_line(&self, canvas: &mut Canvas<'_>, line: &Shown) {
        match &self.rows[line.row] {
            Row::Said(_) => _ = canvas.text(1, 0, &line.text, Role::Text),
            Row::Sample(_) => _ = canvas.text(3, 0, &line.text, Role::Key),
            Row::Title(_) => _ = canvas.text(1, 0, &line.text, Role::Heading),
            Row::Does(_, keys) => {
                if line.place == Place::First {
                    canvas.text_in(1, 0, self.keys, &shown(keys), Role::Key);
                }
                canvas.text(self.keys + 3, 0, &line.text, Role::Text);
            }
            Row::Words(words) => draw_words(words, canvas),
            Row::Blank => {}
        }
    }
}

fn draw_words(words: &[HardWord], canvas: &mut Canvas<'_>) {
    let column = canvas.width().saturating_sub(2) / WORDS_A_LINE as u16;
    for (place, word) in (0u16..).zip(words) {
        let x = 1 + place * column;
        let after = canvas.text_in(x, 0, column, &word.keys, Role::Key);
        canvas.text_in(after + 1, 0, column, word.word, Role::Dim);
    }
}

/// The keys of an action in one piece, as many as can be remembered.
fn shown(keys: &[String]) -> String {
    keys.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// How an office adds fields of its own: said where settings are made.
fn own_field_rows() -> Vec<Row> {
    let mut rows = vec![Row::Blank, Row::Title(OWN_FIELDS), Row::Said(OWN_FIELDS_SAID[0])];
    rows.extend(OWN_FIELDS_SAMPLE.into_iter().map(Row::Sample));
    rows.extend(OWN_FIELDS_SAID[1..].iter().copied().map(Row::Said));
    rows
}

fn typing_rows(cx: &Cx<'_>) -> Vec<Row> {
    let typing = &cx.prefs.typing;
    if typing.state == TypingState::Off {
        return vec![Row::Said(TYPING_OFF)];
    }
    let words = hard_words(&typing.method);
    if words.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Row::Title(HARD)];
    rows.extend(words.chunks(WORDS_A_LINE).map(|words| Row::Words(words.to_vec())));
    rows
}

impl Screen for Help {
    fn contexts(&self) -> &'static [Context] {
        Context::Help.chain()
    }

    fn update(&mut self, input: &Input, _: &Cx<'_>) -> Vec<Command> {
        match (self.roll.update(input), input.action()) {
            (Outcome::Open(line), _) => match &self.rows[self.lines[line].row] {
                Row::Does(action, _) => vec![Command::Pop, Command::Run(*action)],
                _ => Vec::new(),
            },
            (Outcome::Moved, _) => Vec::new(),
            (Outcome::Pass, Some(Action::Help)) => vec![Command::Pop],
            (Outcome::Pass, _) => vec![Command::Pass],
        }
    }

    fn come_up(&mut self, cx: &Cx<'_>) {
        self.lang = cx.prefs.lang;
        self.arrange();
    }

    fn layout(&mut self, area: Rect) {
        if self.width != area.width {
            self.width = area.width;
            self.arrange();
        }
        self.roll.layout(area);
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        self.roll.draw(canvas, Cursor::Shown, |row, line| {
            self.draw_line(row, &self.lines[line]);
        });
    }

    fn heading(&self, lang: Lang) -> Heading {
        Heading::new(TITLE.get(lang))
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::named(Action::Open, Text::new("làm việc này", "do it")),
            Action::Down.into(),
            Action::PageDown.into(),
            Action::Palette.into(),
            Action::Back.into(),
        ]
    }
}
