//! Which column goes where, before any row is looked at: what the headings say, with an example beside each; every line
//! can be changed by Enter, and what was changed is kept for the next file with these headings.

mod shown;

use std::sync::Arc;

use ratatui::layout::Rect;

use super::preview::PreviewScreen;
use super::shown::raw_text;
use super::{Loaded, Wanted};
use crate::domain::record::{KINDS, Kind, kind};
use crate::domain::schema::Schema;
use crate::domain::settings::Settings;
use crate::domain::text::{Lang, Message, Text};
use crate::import::decisions::Capitals;
use crate::import::event::Event;
use crate::import::file::Raw;
use crate::import::headings::{self, Names};
use crate::import::kept;
use crate::import::mapping::{OwnMap, Target};
use crate::import::table::{self, Choice, Table};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::{Context, Offer};
use crate::ui::screen::{Command, Cx, Heading, Input, Notice, Screen};
use crate::ui::theme::Role;
use crate::ui::widget::picker::{Choice as Several, Item, PickList, Picked, PickerScreen};
use crate::vietnamese::legacy::Encoding;
use shown::places;

const TITLE: Text = Text::new("Cột nào vào đâu", "Which column goes where");
const LEFT_OUT: Text = Text::new("(không nhập)", "(left out)");
const IN_FILE: Text = Text::new("Cột trong tệp", "Column in the file");
const EXAMPLE: Text = Text::new("Ví dụ", "Example");
const IN_BOOK: Text = Text::new("Vào ô", "Goes into");
const NO_NAME: Text = Text::new("(không tên)", "(no heading)");
/// Column of the values above.
const VALUES: u16 = 20;

/// The line under the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Kind,
    Sheet,
    Heading,
    Encoding,
    Capitals,
    Column(usize),
}

/// The lines above the columns.
const ABOVE: [Line; 5] = [Line::Kind, Line::Sheet, Line::Heading, Line::Encoding, Line::Capitals];

/// The encodings offered, in turn.
const CHOICES: [(Choice, Text); 6] = [
    (Choice::Auto, Text::new("tự nhận từng ô", "found out cell by cell")),
    (
        Choice::As(Encoding::Unicode),
        Text::new("Unicode, để nguyên", "Unicode, as it is"),
    ),
    (
        Choice::As(Encoding::Tcvn3),
        Text::new("TCVN3 (.VnTime, ABC)", "TCVN3 (.VnTime, ABC)"),
    ),
    (
        Choice::As(Encoding::Vni),
        Text::new("VNI (VNI-Times)", "VNI (VNI-Times)"),
    ),
    (Choice::As(Encoding::Viscii), Text::new("VISCII", "VISCII")),
    (
        Choice::As(Encoding::Cp1258),
        Text::new("CP1258 (Windows)", "CP1258 (Windows)"),
    ),
];

/// See the module.
pub(super) struct MappingScreen {
    loaded: Arc<Loaded>,
    kind: &'static dyn Kind,
    event: Option<Event>,
    choice: Choice,
    capitals: Capitals,
    map: OwnMap,
    table: Arc<Table>,
    /// Whether columns of figures go nowhere here.
    leaves_figures: bool,
    /// Whether a map kept from an earlier file is followed.
    from_kept: bool,
    /// Whether the officer changed where a column goes.
    changed: bool,
    at: usize,
    top: usize,
    height: usize,
    asked: Option<Line>,
}

impl MappingScreen {
    /// The columns of a file that was read.
    ///
    /// # Errors
    /// Nothing is filled in it.
    pub(super) fn new(loaded: Arc<Loaded>, cx: &Cx<'_>) -> Result<MappingScreen, Message> {
        let (kind, event) = match &loaded.wanted {
            Wanted::Kind(kind) => (*kind, None),
            Wanted::Event(event) => (event.rows().unwrap_or(KINDS[0]), Some(event.clone())),
            Wanted::Anything => (loaded.likeliest.or_else(|| kind("person")).unwrap_or(KINDS[0]), None),
        };
        let mut screen = MappingScreen {
            table: Arc::new(empty()),
            loaded,
            kind,
            event,
            choice: Choice::Auto,
            capitals: Capitals::AsTyped,
            map: OwnMap::default(),
            leaves_figures: false,
            from_kept: false,
            changed: false,
            at: 0,
            top: 0,
            height: 1,
            asked: None,
        };
        screen.look(cx.store.schema(), cx.settings)?;
        Ok(screen)
    }

    /// Finds the table anew; a map kept for headings like these is followed until the officer changes it.
    fn look(&mut self, schema: &Schema, settings: &Settings) -> Result<(), Message> {
        let find = |map: &OwnMap| {
            let names = Names::new(self.kind, schema, map, self.event.as_ref());
            table::guess(&self.loaded.grids, &names, map, self.choice).map_err(|fault| fault.message())
        };
        let mut table = find(&self.map)?;
        self.from_kept = false;
        if self.map.columns.is_empty()
            && let Some(kept) = kept::find(settings, self.kind.key(), &table.headings)
        {
            let kept = OwnMap {
                sheet: Some(table.sheet.clone()),
                line: Some(table.line),
                ..kept
            };
            table = find(&kept)?;
            self.from_kept = true;
        }
        self.leaves_figures = headings::leaves_figures(self.kind, &table.headings, &table.targets, schema);
        self.table = Arc::new(table);
        Ok(())
    }

    fn lines(&self) -> Vec<Line> {
        let columns = (0..self.table.headings.len()).filter(|column| self.is_filled(*column));
        ABOVE.into_iter().chain(columns.map(Line::Column)).collect()
    }

    /// Whether a column has a heading or anything below it.
    fn is_filled(&self, column: usize) -> bool {
        !self.table.headings[column].is_empty() || self.example(column).is_some()
    }

    fn example(&self, column: usize) -> Option<String> {
        let records = self
            .table
            .rows
            .iter()
            .filter(|(line, _)| !self.table.aside.contains(line));
        let cells = records.filter_map(|(_, cells)| cells.get(column));
        cells.filter(|cell| **cell != Raw::Empty).map(raw_text).next()
    }

    fn line(&self) -> Line {
        self.lines().get(self.at).copied().unwrap_or(Line::Kind)
    }

    /// Changes the line under the cursor: the next choice, or one from a list.
    fn change(&mut self, forward: bool, cx: &Cx<'_>) -> Vec<Command> {
        let line = self.line();
        match line {
            Line::Kind if self.event.is_some() => return Vec::new(),
            Line::Kind => return self.ask(line, kinds(self.kind, cx.prefs.lang), cx.prefs.lang),
            Line::Column(column) => return self.ask(line, self.targets(column, cx), cx.prefs.lang),
            Line::Sheet => {
                let grids = &self.loaded.grids;
                let at = grids.iter().position(|grid| grid.name == self.table.sheet).unwrap_or(0);
                let next = step(at, grids.len(), forward);
                self.map = OwnMap {
                    sheet: grids.get(next).map(|grid| grid.name.clone()),
                    ..OwnMap::default()
                };
            }
            Line::Heading => self.move_heading(forward),
            Line::Encoding => {
                let at = CHOICES
                    .iter()
                    .position(|(choice, _)| *choice == self.choice)
                    .unwrap_or(0);
                self.choice = CHOICES[step(at, CHOICES.len(), forward)].0;
            }
            Line::Capitals => {
                self.capitals = match self.capitals {
                    Capitals::AsTyped => Capitals::SetRight,
                    Capitals::SetRight => Capitals::AsTyped,
                }
            }
        }
        self.look_again(cx)
    }

    fn look_again(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        match self.look(cx.store.schema(), cx.settings) {
            Ok(()) => Vec::new(),
            Err(said) => vec![Command::Tell(Notice::bad(said))],
        }
    }

    fn move_heading(&mut self, forward: bool) {
        let grid = self.loaded.grids.iter().find(|grid| grid.name == self.table.sheet);
        let lines: Vec<u32> = grid
            .map(|grid| grid.rows.iter().map(|(line, _)| *line).take(40).collect())
            .unwrap_or_default();
        let at = lines.iter().position(|line| *line == self.table.line).unwrap_or(0);
        self.map = OwnMap {
            sheet: Some(self.table.sheet.clone()),
            line: lines.get(step(at, lines.len(), forward)).copied(),
            ..OwnMap::default()
        };
    }

    fn ask(&mut self, line: Line, list: PickList, lang: Lang) -> Vec<Command> {
        self.asked = Some(line);
        let title = match line {
            Line::Column(column) => self.heading_of(column, lang),
            _ => Text::new("Nhập thành", "Import as").get(lang).to_owned(),
        };
        vec![Command::Push(Box::new(PickerScreen::new(title, list)))]
    }

    /// The fields that a column may go into.
    fn targets(&self, column: usize, cx: &Cx<'_>) -> PickList {
        let lang = cx.prefs.lang;
        let names = Names::new(self.kind, cx.store.schema(), &OwnMap::default(), self.event.as_ref());
        let mut items = vec![Item::new("", LEFT_OUT.get(lang), "")];
        for target in names.targets() {
            let label = label(&target, lang);
            if !matches!(target, Target::About(_)) {
                items.push(Item::new(target.key(), label, target.key()));
            }
        }
        let now = self.table.targets.get(column).copied().flatten();
        PickList::new(items, Several::One).with_chosen(&[now.map_or("", |target| target.key()).to_owned()])
    }

    fn answered(&mut self, keys: &[String], cx: &Cx<'_>) -> Vec<Command> {
        let (Some(line), Some(key)) = (self.asked.take(), keys.first()) else {
            return Vec::new();
        };
        match line {
            Line::Kind => {
                if let Some(kind) = kind(key) {
                    self.kind = kind;
                    self.map = OwnMap::default();
                }
            }
            Line::Column(column) => self.put(column, key),
            _ => {}
        }
        self.look_again(cx)
    }

    /// Sends a column into a field; the column that went there before goes nowhere.
    fn put(&mut self, column: usize, key: &str) {
        let named = self.table.headings.iter().zip(&self.table.targets);
        let mut columns: std::collections::BTreeMap<String, String> = named
            .filter(|(heading, _)| !heading.is_empty())
            .map(|(heading, target)| (heading.clone(), target.map_or("", |target| target.key()).to_owned()))
            .collect();
        for other in columns.values_mut().filter(|other| *other == key) {
            other.clear();
        }
        columns.insert(self.table.headings[column].clone(), key.to_owned());
        self.map = OwnMap {
            sheet: Some(self.table.sheet.clone()),
            line: Some(self.table.line),
            columns,
        };
        self.changed = true;
    }

    /// On to the preview; what the officer changed is kept.
    fn go_on(&mut self, cx: &Cx<'_>) -> Vec<Command> {
        if self.table.targets.iter().all(Option::is_none) {
            return vec![Command::Tell(Notice::bad(Message::new(
                "Chưa có cột nào được nhập. Chưa ghi gì. Đứng ở một cột, bấm Enter và chọn ô.",
                "No column goes anywhere. Nothing was written. Press Enter at a column and choose its field.",
            )))];
        }
        let mut commands = Vec::new();
        if self.changed {
            let mut settings = cx.settings.clone();
            kept::keep(
                &mut settings,
                self.kind.key(),
                &self.table.headings,
                &self.table.targets,
            );
            commands.push(Command::Set(Box::new(settings)));
            self.changed = false;
        }
        let loaded = (self.loaded.path.clone(), self.loaded.name());
        let (screen, more) = PreviewScreen::new(
            loaded,
            self.kind,
            self.event.clone(),
            Arc::clone(&self.table),
            self.capitals,
            cx,
        );
        commands.push(Command::Push(Box::new(screen)));
        commands.extend(more);
        commands
    }

    fn heading_of(&self, column: usize, lang: Lang) -> String {
        match self.table.headings[column].as_str() {
            "" => format!("{} {}", NO_NAME.get(lang), column + 1),
            heading => heading.to_owned(),
        }
    }
}

fn step(at: usize, count: usize, forward: bool) -> usize {
    let count = count.max(1);
    if forward {
        (at + 1) % count
    } else {
        (at + count - 1) % count
    }
}

fn empty() -> Table {
    Table {
        sheet: String::new(),
        line: 1,
        headings: Vec::new(),
        targets: Vec::new(),
        rows: Vec::new(),
        converted: Default::default(),
        aside: Default::default(),
        fit: 0,
    }
}

fn kinds(now: &'static dyn Kind, lang: Lang) -> PickList {
    let items = KINDS
        .iter()
        .map(|kind| Item::new(kind.key(), kind.label().get(lang), ""));
    PickList::new(items.collect(), Several::One).with_chosen(&[now.key().to_owned()])
}

fn label(target: &Target, lang: Lang) -> &'static str {
    match target {
        Target::Field(field) | Target::Person(field) => field.label.get(lang),
        Target::Sex(sex) => sex.label().get(lang),
        Target::Id => "id",
        Target::About(key) => key,
    }
}

impl Screen for MappingScreen {
    fn contexts(&self) -> &'static [Context] {
        Context::Import.chain()
    }

    fn update(&mut self, input: &Input, cx: &Cx<'_>) -> Vec<Command> {
        if let Input::Answer(answer) = input {
            return match answer.get::<Picked>() {
                Some(Picked::Chosen(keys)) => self.answered(&keys.clone(), cx),
                _ => Vec::new(),
            };
        }
        let last = self.lines().len() - 1;
        match input.action() {
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(last),
            Some(Action::PageUp) => self.at = self.at.saturating_sub(self.height),
            Some(Action::PageDown) => self.at = (self.at + self.height).min(last),
            Some(Action::First) => self.at = 0,
            Some(Action::Last) => self.at = last,
            Some(Action::Open | Action::MendCell) => return self.change(true, cx),
            Some(Action::Right) if !matches!(self.line(), Line::Kind | Line::Column(_)) => {
                return self.change(true, cx);
            }
            Some(Action::Left) if !matches!(self.line(), Line::Kind | Line::Column(_)) => {
                return self.change(false, cx);
            }
            Some(Action::Right | Action::Left) => {}
            Some(Action::LeaveOut) => {
                if let Line::Column(column) = self.line() {
                    self.put(column, "");
                    return self.look_again(cx);
                }
            }
            Some(Action::GoOn) => return self.go_on(cx),
            Some(_) => return vec![Command::Pass],
            None => {}
        }
        Vec::new()
    }

    fn layout(&mut self, area: Rect) {
        self.height = usize::from(area.height.saturating_sub(9)).max(1);
        let row = self.at.saturating_sub(ABOVE.len());
        self.top = self.top.min(row);
        if row >= self.top + self.height {
            self.top = row + 1 - self.height;
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let (lang, width) = (canvas.lang, canvas.width());
        let pointer = |canvas: &mut Canvas<'_>, y: u16| {
            canvas.text(1, y, canvas.theme.signs.pointer, Role::Text);
            canvas.shade(0, y, width, Role::Selected);
        };
        for (y, line) in (0u16..).zip(ABOVE) {
            let (name, value) = self.value(line, lang);
            canvas.text(3, y, name.get(lang), Role::Dim);
            canvas.text_in(VALUES, y, width.saturating_sub(VALUES), &value, Role::Text);
            if line == self.line() {
                pointer(canvas, y);
            }
        }
        let [first, second, third] = places(width);
        for (x, text) in [(first, IN_FILE), (second, EXAMPLE), (third, IN_BOOK)] {
            canvas.text(x, 6, text.get(lang), Role::Heading);
        }
        let lines = self.lines();
        let columns = lines.iter().skip(ABOVE.len() + self.top).take(self.height);
        for (y, line) in (7u16..).zip(columns) {
            if let Line::Column(column) = line {
                self.draw_column(canvas, y, *column);
            }
            if *line == self.line() {
                pointer(canvas, y);
            }
        }
        let missing = self.missing(lang);
        let said = match lang {
            _ if missing.is_empty() && self.leaves_figures => headings::FIGURES_LEFT.get(lang).to_owned(),
            _ if missing.is_empty() => return,
            Lang::Vi => format!("! Chưa có cột cho ô phải điền: {}", missing.join(", ")),
            Lang::En => format!("! No column for what must be filled: {}", missing.join(", ")),
        };
        canvas.text(1, canvas.height().saturating_sub(1), &said, Role::Warning);
    }

    fn heading(&self, lang: Lang) -> Heading {
        let heading = Heading::new(format!("{} · {}", TITLE.get(lang), self.loaded.name()));
        match self.from_kept {
            true => heading.fact(Text::new("theo lần trước", "as last time").get(lang)),
            false => heading,
        }
    }

    fn offers(&self) -> Vec<Offer> {
        let named = |action, vi, en| Offer::named(action, Text::new(vi, en));
        let mut offers = vec![
            named(Action::GoOn, "xem trước các dòng", "preview the rows"),
            named(Action::Open, "đổi", "change"),
        ];
        if matches!(self.line(), Line::Column(_)) {
            offers.push(named(Action::LeaveOut, "không nhập cột", "leave out"));
        }
        offers.push(Action::Back.into());
        offers
    }
}
