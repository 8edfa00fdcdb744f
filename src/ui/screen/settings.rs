//! The settings: the office and its officer, how Vietnamese is typed with a field to try it, keys, colours, the week. A
//! choice is turned by Enter and followed at once; nothing has to be saved.

use crate::domain::known::unit_name;
use crate::domain::settings::{Settings, WeekStart};
use crate::domain::text::{Lang, Message, Text};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::data::Read;
use crate::ui::form::Writing;
use crate::ui::form::line_edit::{Focus, LineEdit, Outcome};
use crate::ui::keymap::{Context, Offer, Shipped};
use crate::ui::look::TypingPrefs;
use crate::ui::screen::abbreviations::AbbreviationsScreen;
use crate::ui::screen::first_start::FirstStart;
use crate::ui::screen::{Command, Cx, Heading, Input, Mouse, MouseAct, Notice, Screen};
use crate::ui::theme::Role;
use crate::vietnamese::typing::METHODS;
use ratatui::layout::Rect;
use std::path::Path;

const TITLE: Text = Text::new("Cài đặt", "Settings");
const ON: Text = Text::new("bật", "on");
const OFF: Text = Text::new("tắt", "off");
/// Column of the values.
const VALUES: u16 = 37;

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Office,
    Officer,
    Language,
    TypingOn,
    Method,
    Tone,
    Restore,
    Brackets,
    Abbreviations,
    Trial,
    Keys,
    Colours,
    Mouse,
    Week,
    Backup,
}

/// Headings and what stands below them.
const PARTS: [(Text, &[Item]); 3] = [
    (
        Text::new("Cơ quan", "Office"),
        &[Item::Office, Item::Officer, Item::Week, Item::Backup],
    ),
    (
        Text::new("Gõ tiếng Việt", "Typing Vietnamese"),
        &[
            Item::TypingOn,
            Item::Method,
            Item::Tone,
            Item::Restore,
            Item::Brackets,
            Item::Abbreviations,
            Item::Trial,
        ],
    ),
    (
        Text::new("Màn hình và phím", "Screen and keys"),
        &[Item::Language, Item::Keys, Item::Colours, Item::Mouse],
    ),
];

const COLOURS: [(&str, Text); 5] = [
    ("auto", Text::new("theo máy", "as the terminal")),
    ("dark", Text::new("nền tối", "dark")),
    ("light", Text::new("nền sáng", "light")),
    ("contrast", Text::new("tương phản cao", "high contrast")),
    ("mono", Text::new("đen trắng", "monochrome")),
];

impl Item {
    fn label(self) -> Text {
        match self {
            Item::Office => Text::new("Đơn vị", "Unit"),
            Item::Officer => Text::new("Họ tên cán bộ", "Officer's name"),
            Item::Language => Text::new("Ngôn ngữ", "Language"),
            Item::TypingOn => Text::new("Bộ gõ của Sổ Hội", "Built-in typing"),
            Item::Method => Text::new("Kiểu gõ", "Method"),
            Item::Tone => Text::new("Chỗ đặt dấu thanh", "Place of the tone"),
            Item::Restore => Text::new("Trả lại từ không phải tiếng Việt", "Restore words not Vietnamese"),
            Item::Brackets => Text::new("Phím [ ] gõ ơ, ư", "[ ] type ơ, ư"),
            Item::Abbreviations => Text::new("Gõ tắt", "Abbreviations"),
            Item::Trial => Text::new("Gõ thử ở đây", "Try typing here"),
            Item::Keys => Text::new("Bộ phím", "Keys"),
            Item::Colours => Text::new("Màu", "Colours"),
            Item::Mouse => Text::new("Chuột", "Mouse"),
            Item::Week => Text::new("Tuần bắt đầu từ", "The week begins on"),
            Item::Backup => Text::new("Thư mục sao lưu hằng ngày", "Folder of the daily backup"),
        }
    }

    fn is_typed(self) -> bool {
        matches!(self, Item::Officer | Item::Trial | Item::Backup)
    }

    fn value(self, settings: &Settings, office: &str, lang: Lang) -> String {
        let switch = |on: bool| {
            if on {
                ON.get(lang).to_owned()
            } else {
                OFF.get(lang).to_owned()
            }
        };
        match self {
            Item::Office => office.to_owned(),
            Item::Officer => settings.office.officer.clone().unwrap_or_default(),
            Item::Language => match settings.lang.unwrap_or_default() {
                Lang::Vi => "tiếng Việt".to_owned(),
                Lang::En => "English".to_owned(),
            },
            Item::TypingOn => switch(settings.typing.on),
            Item::Method => {
                let built_in = TypingPrefs::of(&settings.typing.method);
                built_in.map_or_else(
                    || settings.typing.method.clone(),
                    |prefs| prefs.method.label().to_owned(),
                )
            }
            Item::Tone => match settings.typing.tone.as_str() {
                "new" => Text::new("kiểu mới: hoà, thuỷ", "new: hoà, thuỷ").get(lang).to_owned(),
                _ => Text::new("kiểu cũ: hòa, thủy", "old: hòa, thủy").get(lang).to_owned(),
            },
            Item::Restore => switch(settings.typing.restore),
            Item::Brackets => switch(settings.typing.brackets),
            Item::Abbreviations => abbreviations(settings, lang),
            Item::Trial => String::new(),
            Item::Keys => keys_label(settings.keymap.as_deref()).get(lang).to_owned(),
            Item::Colours => {
                let chosen = settings.theme.as_deref().unwrap_or("auto");
                let found = COLOURS.iter().find(|(id, _)| *id == chosen);
                found.map_or(chosen, |(_, text)| text.get(lang)).to_owned()
            }
            Item::Mouse => switch(settings.mouse.unwrap_or(false)),
            Item::Week => match settings.week_start {
                WeekStart::Monday => Text::new("thứ Hai", "Monday").get(lang).to_owned(),
                WeekStart::Friday => Text::new("thứ Sáu tuần trước", "Friday of the week before")
                    .get(lang)
                    .to_owned(),
            },
            Item::Backup => settings.backup.clone().unwrap_or_default(),
        }
    }

    /// The next choice.
    fn turn(self, settings: &mut Settings) {
        match self {
            Item::Language => {
                settings.lang = Some(match settings.lang.unwrap_or_default() {
                    Lang::Vi => Lang::En,
                    Lang::En => Lang::Vi,
                });
            }
            Item::TypingOn => settings.typing.on = !settings.typing.on,
            Item::Method => settings.typing.method = after(&METHODS, &settings.typing.method),
            Item::Tone => settings.typing.tone = after(&["old", "new"], &settings.typing.tone),
            Item::Restore => settings.typing.restore = !settings.typing.restore,
            Item::Brackets => settings.typing.brackets = !settings.typing.brackets,
            Item::Keys => {
                let ids = Shipped::ALL.map(Shipped::id);
                settings.keymap = Some(after(&ids, settings.keymap.as_deref().unwrap_or(ids[0])));
            }
            Item::Colours => {
                let ids = COLOURS.map(|(id, _)| id);
                settings.theme = Some(after(&ids, settings.theme.as_deref().unwrap_or(ids[0])));
            }
            Item::Mouse => settings.mouse = Some(!settings.mouse.unwrap_or(false)),
            Item::Week => {
                settings.week_start = match settings.week_start {
                    WeekStart::Monday => WeekStart::Friday,
                    WeekStart::Friday => WeekStart::Monday,
                }
            }
            Item::Office | Item::Officer | Item::Abbreviations | Item::Trial | Item::Backup => {}
        }
    }

    /// Takes what was typed; blank empties.
    fn take(self, settings: &mut Settings, text: &str) {
        let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match self {
            Item::Officer => settings.office.officer = text,
            Item::Backup => settings.backup = text,
            _ => {}
        }
    }
}

/// A folder for the backup that is not there is kept in the settings all the same: it may be on a stick. But it is told.
fn absent_folder(item: Item, text: &str) -> Option<Notice> {
    let folder = Path::new(text.trim());
    let is_absent = item == Item::Backup && folder.is_absolute() && !folder.is_dir();
    is_absent.then(|| {
        let folder = folder.display();
        Notice::warning(Message::new(
            format!("Hiện không thấy thư mục {folder}. Khi rời chương trình, nếu thư mục này có mặt (đã cắm USB) thì mới sao lưu."),
            format!("The folder {folder} is not there now. The backup is made on leaving whenever it is (the stick plugged in)."),
        ))
    })
}

/// What was typed is kept on leaving too; what stood there is told, so that neither is lost.
fn kept(typed: &str, before: &str) -> Notice {
    let shown = |text: &str| {
        if text.is_empty() {
            "–".to_owned()
        } else {
            format!("\"{text}\"")
        }
    };
    let (typed, before) = (shown(typed), shown(before));
    Notice::good(Message::new(
        format!("Đã giữ {typed}; trước đó là {before}."),
        format!("Kept {typed}; before it was {before}."),
    ))
}

/// How many of them are the officer's own, and a few to remember them by.
fn abbreviations(settings: &Settings, lang: Lang) -> String {
    let own = &settings.typing.abbreviations;
    let some: Vec<String> = own
        .iter()
        .take(2)
        .map(|(short, long)| format!("{short} → {long}"))
        .collect();
    match (own.is_empty(), lang) {
        (true, Lang::Vi) => "htx → hợp tác xã … (có sẵn)".to_owned(),
        (true, Lang::En) => "htx → hợp tác xã … (built in)".to_owned(),
        (false, Lang::Vi) => format!("{} của mình: {}", own.len(), some.join(", ")),
        (false, Lang::En) => format!("{} own: {}", own.len(), some.join(", ")),
    }
}

fn after(all: &[&str], now: &str) -> String {
    let at = all.iter().position(|one| *one == now);
    all[at.map_or(0, |at| (at + 1) % all.len())].to_owned()
}

fn keys_label(id: Option<&str>) -> Text {
    match id.unwrap_or("default") {
        "default" => Text::new("mặc định", "default"),
        "vi" => Text::new("vi: hjkl như trình soạn thảo vi", "vi: hjkl, as in the editor"),
        "foxpro" => Text::new(
            "FoxPro: cho người quen phím thời DOS",
            "FoxPro: for hands from the DOS age",
        ),
        _ => Text::new("tệp riêng", "a file of your own"),
    }
}

/// The screen.
pub struct SettingsScreen {
    settings: Settings,
    office: String,
    at: usize,
    top: u16,
    typing: Option<LineEdit>,
    /// Where it stands in the window, for the mouse.
    place: Rect,
}

impl SettingsScreen {
    /// The settings as they are.
    pub fn new(cx: &Cx<'_>) -> SettingsScreen {
        SettingsScreen {
            settings: cx.settings.clone(),
            office: unit_name(cx.read.known(), cx.settings.office.unit.as_deref()),
            at: 0,
            top: 0,
            typing: None,
            place: Rect::default(),
        }
    }

    fn items() -> Vec<Item> {
        PARTS.iter().flat_map(|(_, items)| items.iter().copied()).collect()
    }

    fn item(&self) -> Item {
        Self::items()[self.at]
    }

    fn open(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        let item = self.item();
        if item == Item::Office {
            return vec![Command::Push(Box::new(FirstStart::new()))];
        }
        if item == Item::Abbreviations {
            return vec![Command::Push(Box::new(AbbreviationsScreen::new(cx)))];
        }
        if item.is_typed() {
            let line = match item {
                // A path is typed as it is: no letter of it is a mark or a tone.
                Item::Backup => LineEdit::of(Writing::Plain),
                _ => LineEdit::new(),
            };
            self.typing = Some(line.with_text(&item.value(&self.settings, "", cx.prefs.lang)));
            return Vec::new();
        }
        let mut settings = cx.settings.clone();
        item.turn(&mut settings);
        self.settings.clone_from(&settings);
        vec![Command::Set(Box::new(settings))]
    }

    fn typed(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        let item = self.item();
        let Some(line) = &mut self.typing else {
            return Vec::new();
        };
        match input.action() {
            Some(action @ (Action::Back | Action::NextField | Action::Save | Action::Accept)) => {
                line.leave(&cx.prefs.typing);
                let text = line.text().to_owned();
                self.typing = None;
                let before = item.value(&self.settings, "", cx.prefs.lang);
                if item != Item::Trial && text.trim() != before {
                    let mut settings = cx.settings.clone();
                    item.take(&mut settings, &text);
                    self.settings.clone_from(&settings);
                    let mut commands = vec![Command::Set(Box::new(settings))];
                    let left = (action == Action::Back).then(|| kept(text.trim(), &before));
                    let told = left.into_iter().chain(absent_folder(item, &text));
                    commands.extend(told.map(Command::Tell));
                    return commands;
                }
            }
            _ => match line.update(input, &cx.prefs.typing) {
                Outcome::Pass => return vec![Command::Pass],
                Outcome::Copied(text) | Outcome::Cut(text) => return vec![Command::Copy(text)],
                _ => {}
            },
        }
        Vec::new()
    }

    /// A click goes to a line, and opens or turns the one under the cursor.
    fn mouse(&mut self, mouse: Mouse, cx: &Cx<'_>) -> Vec<Command> {
        if mouse.what != MouseAct::Click || self.typing.is_some() {
            return vec![Command::Pass];
        }
        let row = mouse.y.checked_sub(self.place.y).map(|row| row + self.top);
        let item = Self::rows()
            .into_iter()
            .find(|(at, ..)| Some(*at) == row)
            .and_then(|(_, item, _)| item);
        let place = Self::items().into_iter().position(|known| Some(known) == item);
        match place {
            Some(place) if place == self.at => self.open(cx),
            Some(place) => {
                self.at = place;
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// The row of each item, headings counted; and how many there are.
    fn rows() -> Vec<(u16, Option<Item>, Text)> {
        let mut rows = Vec::new();
        let mut row = 0;
        for (heading, items) in PARTS {
            rows.push((row, None, heading));
            row += 1;
            for item in items {
                rows.push((row, Some(*item), item.label()));
                row += 1;
            }
            row += 1;
        }
        rows
    }
}

impl Screen for SettingsScreen {
    fn contexts(&self) -> &'static [Context] {
        match self.typing {
            Some(_) => Context::Form.chain(),
            None => Context::Settings.chain(),
        }
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if self.typing.is_some() && matches!(input, Input::Key { .. } | Input::Paste(_)) {
            return self.typed(input, cx);
        }
        if let Input::Mouse(mouse) = input {
            return self.mouse(*mouse, cx);
        }
        let last = Self::items().len() - 1;
        match input.action() {
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(last),
            Some(Action::First | Action::PageUp) => self.at = 0,
            Some(Action::Last | Action::PageDown) => self.at = last,
            Some(Action::Open | Action::Mark) => return self.open(cx),
            Some(_) => return vec![Command::Pass],
            None => {}
        }
        Vec::new()
    }

    fn reload(&mut self, read: &dyn Read) {
        self.settings = read.settings().clone();
        self.office = unit_name(read.known(), self.settings.office.unit.as_deref());
    }

    fn layout(&mut self, area: Rect) {
        self.place = area;
        let here = self.item();
        let row = Self::rows()
            .iter()
            .find(|(_, item, _)| *item == Some(here))
            .map_or(0, |(row, ..)| *row);
        self.top = self.top.min(row.saturating_sub(1));
        if row >= self.top + area.height {
            self.top = row + 1 - area.height;
        }
        if let Some(line) = &mut self.typing {
            line.layout(area.width.saturating_sub(VALUES + 2), 1);
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        for (row, item, label) in Self::rows() {
            let Some(y) = row.checked_sub(self.top) else { continue };
            let Some(item) = item else {
                canvas.text(1, y, label.get(canvas.lang), Role::Heading);
                continue;
            };
            let here = item == self.item();
            if here {
                let pointer = canvas.theme.signs.pointer;
                canvas.text(1, y, pointer, Role::Strong);
            }
            let room = VALUES - 4;
            canvas.text_in(
                3,
                y,
                room,
                label.get(canvas.lang),
                if here { Role::Strong } else { Role::Dim },
            );
            if let (true, Some(line)) = (here, &self.typing) {
                canvas.shade(VALUES, y, canvas.width().saturating_sub(VALUES + 2), Role::Focus);
                line.draw(canvas, VALUES, y, Role::Focus, Focus::Here);
                continue;
            }
            let value = item.value(&self.settings, &self.office, canvas.lang);
            let value = if value.is_empty() {
                canvas.theme.signs.none.to_owned()
            } else {
                value
            };
            canvas.text_in(VALUES, y, canvas.width().saturating_sub(VALUES + 1), &value, Role::Text);
            if here {
                canvas.shade(VALUES, y, canvas.width().saturating_sub(VALUES + 2), Role::Selected);
            }
        }
    }

    fn heading(&self, lang: Lang) -> Heading {
        let heading = Heading::new(TITLE.get(lang));
        match &self.typing {
            Some(line) => heading.typing(line.typing_here()),
            None => heading,
        }
    }

    fn offers(&self) -> Vec<Offer> {
        const CHANGE: Text = Text::new("đổi", "change");
        match self.typing {
            Some(_) => vec![Action::NextField.into(), Action::Back.into()],
            None => vec![
                Offer {
                    action: Action::Open,
                    label: CHANGE,
                },
                Action::Down.into(),
                Action::Back.into(),
            ],
        }
    }
}
